//! The rules of Beffroi: pure values and decisions. No IO, no clock, no randomness; time and ids come in as values.
#![warn(clippy::wildcard_enum_match_arm, clippy::float_arithmetic, clippy::as_conversions)]

pub mod audit;
pub mod authz;
pub mod award;
pub mod calc;
pub mod contract;
pub mod document;
pub mod evaluation;
pub mod execution;
pub mod fault;
pub mod kernel;
pub mod need;
pub mod offer;
pub mod organisation;
pub mod parameter;
pub mod procedure;
pub mod refusal;
pub mod score;
pub mod share;
pub mod specification;
pub mod surety;
pub mod tender;
pub mod voucher;
