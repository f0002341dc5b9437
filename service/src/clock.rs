//! Time and new identifiers, passed in so that tests see 10:00 and 1, 2, 3.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
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

/// The machine's clock, shifted: in the demo nobody waits for the end of a delay of fifteen days.
#[derive(Debug, Clone)]
pub struct DemoClock {
    ahead_seconds: Arc<AtomicI64>,
    /// Keeps the lead, in seconds; none for a clock of the moment.
    file: Option<PathBuf>,
}

impl DemoClock {
    /// The clock as it was left; `file` keeps its lead in seconds.
    pub fn kept_in(file: PathBuf) -> Self {
        let kept = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok());
        Self { ahead_seconds: Arc::new(AtomicI64::new(kept.unwrap_or_default())), file: Some(file) }
    }

    /// Another clock, so far behind this instant: the demo world begins in the past and catches up.
    pub(crate) fn behind(now: DateTime<Utc>, by: TimeDelta) -> Self {
        let lead = now - SystemClock.now() - by;
        Self { ahead_seconds: Arc::new(AtomicI64::new(lead.num_seconds())), file: None }
    }

    /// Puts the clock forward, and keeps that.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn put_forward(&self, by: TimeDelta) -> std::io::Result<()> {
        self.shift(by);
        let lead = self.ahead_seconds.load(Ordering::SeqCst).to_string();
        self.file.as_ref().map_or(Ok(()), |file| std::fs::write(file, lead))
    }

    /// Moves the clock without keeping that.
    pub(crate) fn shift(&self, by: TimeDelta) {
        self.ahead_seconds.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::seconds(self.ahead_seconds.load(Ordering::SeqCst))
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
