//! Order vouchers: their rows, their steps, their deliveries, and who sees them.

mod list;
mod read;
mod write;

pub use list::{Filter, Listed, Open, Sums, Waiting, list, of_contract, oldest, open, outstanding, sums};
pub(crate) use read::promised;
pub use read::{StepTaken, document, find, lock, steps};
pub use write::{
    NewInvoice, accept, approve, check, deliver, insert, invoice, keep_file, ledger, move_to, pay, sent, update,
};

use read::visible;
