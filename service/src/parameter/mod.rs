//! The figures of law: the shipped rows, and those that a coordinator adds.

mod add_row;
mod ship;

pub use add_row::add_row;
pub use ship::ship;
