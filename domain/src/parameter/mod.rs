//! Legal amounts, rates and delays: dated rows with a source, never constants.
//!
//! Each row names the event that dates it; a tender keeps the row of its own event when a later row replaces it.

mod revision;
mod row;
mod set;
mod shipped;

pub use revision::{LEGAL_REF_MOST, NewRow, Revision, RevisionError};
pub use row::{BadRow, Certainty, Event, Level, Parameter, Unit, Value};
pub use set::{Fault, MissingParameter, ParameterSet};
