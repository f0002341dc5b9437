//! Needs: described by one authority, joined by others, taken up by a pilot.

mod describe;
mod join;

pub use describe::{describe, describe_once};
pub use join::join;
