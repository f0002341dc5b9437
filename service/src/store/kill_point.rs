//! Where a test has the program killed in the middle of a write. `BEFFROI_KILL_AT=voucher.approve:3`: just before the
//! third statement that follows the permission to approve. The commit counts as one, and so does what comes after it.

use std::{
    process::{self, Command},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Counts the statements of one write; nothing where nothing was asked.
#[derive(Debug, Default)]
pub(super) struct KillPoint(AtomicU32);

impl KillPoint {
    /// From here on statements count, if it is this action's write that is to be killed.
    pub(super) fn permitted(&self, action: &str) {
        if let Some((asked, statement)) = asked()
            && asked == action
        {
            self.0.store(*statement, Ordering::Relaxed);
        }
    }

    pub(super) fn statement(&self) {
        match self.0.load(Ordering::Relaxed) {
            0 => {}
            1 => kill(),
            left => self.0.store(left - 1, Ordering::Relaxed),
        }
    }
}

fn asked() -> Option<&'static (String, u32)> {
    static ASKED: OnceLock<Option<(String, u32)>> = OnceLock::new();
    let read = || {
        let asked = std::env::var("BEFFROI_KILL_AT").ok()?;
        let (action, statement) = asked.split_once(':')?;
        Some((action.to_owned(), statement.parse().ok()?))
    };
    ASKED.get_or_init(read).as_ref()
}

/// `kill -9` on itself: nothing is rolled back, closed or said.
fn kill() -> ! {
    let _ = Command::new("kill").arg("-9").arg(process::id().to_string()).status();
    process::abort()
}
