//! Electronic invoices: those of a voucher as they came, each as a person reads it, beside its order and receipts.

mod comparison;
pub(crate) mod list;
mod reading;
pub(crate) mod show;
mod units;
mod words;
