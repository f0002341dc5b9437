//! The rules of Beffroi: pure values and decisions. No IO, no clock, no randomness; time and ids come in as values.

pub mod document;
pub mod specification;
