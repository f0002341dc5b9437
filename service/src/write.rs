//! What the writes of every part ask.

use chrono::NaiveDate;
use domain::kernel::time::brussels;

use crate::{Error, store::Tx};

/// The day of this write, in Brussels.
pub(crate) fn today(tx: &Tx) -> NaiveDate {
    brussels(tx.now()).date()
}

/// What was read is what is written: a page that is older than the record is stale.
pub(crate) fn same(read: i32, version: i32) -> Result<(), Error> {
    if read == version { Ok(()) } else { Err(Error::Stale) }
}
