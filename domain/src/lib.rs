//! The rules of Beffroi: pure values and decisions. No IO, no clock, no randomness; time and ids come in as values.
#![warn(missing_docs, clippy::wildcard_enum_match_arm, clippy::float_arithmetic, clippy::as_conversions)]

pub mod document;
pub mod kernel;
