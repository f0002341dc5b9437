//! Order vouchers: their rows, their steps, their deliveries, and who sees them.

mod budget;
mod deliveries;
mod draft;
mod filter;
mod invoices;
mod list;
mod read;
mod report;
mod surety;
mod write;

pub use deliveries::{accept, deliver};
pub use draft::{insert, update};
pub use filter::{Filter, Parties, parties};
pub use invoices::{NewInvoice, invoice, pay};
pub use list::{Listed, Open, Sums, Waiting, all, list, of_contract, oldest, open, outstanding, sums};
pub(in crate::store) use read::one;
pub(crate) use read::promised;
pub use read::{StepTaken, document, find, lock, steps};
pub use report::{Ordered, first_month, names, ordered_by_month};
pub use surety::{ask_surety, deposit_surety, release_surety};
pub use write::{approve, check, keep_file, move_to, record, sent};

use read::visible;
