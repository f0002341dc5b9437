//! Needs: described by one authority, joined by others, taken up by a pilot.

mod describe;
mod join;

pub use describe::describe;
pub use join::join;
