//! The codes of the common procurement vocabulary: those of computing ship, others are imported from a file.

mod file;
mod import;

pub use import::{import, ship, shipped};
