//! The common model, read as a jurist and as an agent would.

mod answers;
mod composition;
mod reading;
mod selection;
mod typography;
mod world;

use super::*;
