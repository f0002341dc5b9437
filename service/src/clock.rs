//! Time and new identifiers, passed in so that tests see 10:00 and 1, 2, 3.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Reads the time. Asked once per transaction: the rule, the row and the audit agree.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// Makes new identifiers.
pub trait Ids: Send + Sync + 'static {
    /// A new identifier, larger than the ones before it.
    fn next(&self) -> Uuid;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the system clock is read")]
    fn now(&self) -> DateTime<Utc> {
        domain::kernel::time::truncate_to_microseconds(Utc::now())
    }
}

/// Time-ordered random identifiers (UUID version 7).
#[derive(Debug, Clone, Copy, Default)]
pub struct TimeOrderedIds;

impl Ids for TimeOrderedIds {
    #[expect(clippy::disallowed_methods, reason = "the one place where identifiers are drawn")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
