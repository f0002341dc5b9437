//! Order vouchers: a list, a record, and one page for each act.

pub(crate) mod accept;
mod act;
pub(crate) mod answer;
pub(crate) mod approve;
mod budget;
pub(crate) mod cancel;
mod ceilings;
pub(crate) mod check;
pub(crate) mod deliver;
mod deliveries;
pub(crate) mod draft;
pub(crate) mod edit;
pub(crate) mod filter;
mod form;
pub(crate) mod invoice;
mod invoices;
mod lines;
pub(crate) mod list;
mod next;
pub(crate) mod pay;
pub(crate) mod report;
pub(crate) mod send_many;
pub(crate) mod show;
mod surety;
mod timeline;
pub(crate) mod verify;
pub(crate) mod words;

pub(crate) use next::tasks;

/// Address of the list.
pub(crate) const PATH: &str = "/bons";
