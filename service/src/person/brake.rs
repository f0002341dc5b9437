use chrono::TimeDelta;

use crate::{Error, Services, store::people};

/// Network address of the caller, for the brake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub String);

/// Attempts on one account, then from one address, before they must wait.
const MOST_PER_ACCOUNT: u64 = 8;
const MOST_PER_ADDRESS: u64 = 60;
const WINDOW_MINUTES: i64 = 15;

/// Slows down whoever tries passwords, links or addresses one after the other.
pub(crate) struct Brake {
    limits: Vec<(String, u64)>,
}

impl Brake {
    /// On one account (`sign-in`, `reset`, …: each gesture counts for itself) and on the caller.
    pub(crate) fn on_account(gesture: &str, email: &str, from: &Address) -> Self {
        let account = format!("{gesture}/{}", email.trim().to_lowercase());
        Self { limits: vec![(account, MOST_PER_ACCOUNT), caller(from)] }
    }

    /// On the caller alone.
    pub(crate) fn on_caller(from: &Address) -> Self {
        Self { limits: vec![caller(from)] }
    }

    /// # Errors
    /// [`Error::TooMany`] when there were too many attempts already.
    pub(crate) async fn hold(&self, services: &Services) -> Result<(), Error> {
        let since = services.now() - TimeDelta::minutes(WINDOW_MINUTES);
        for (subject, most) in &self.limits {
            if people::attempts_since(services, subject, since).await? >= *most {
                return Err(Error::TooMany { retry_after_seconds: WINDOW_MINUTES * 60 });
            }
        }
        Ok(())
    }

    /// One more attempt.
    pub(crate) async fn count(&self, services: &Services) -> Result<(), Error> {
        let since = services.now() - TimeDelta::minutes(WINDOW_MINUTES);
        let subjects: Vec<_> = self.limits.iter().map(|(subject, _)| subject.clone()).collect();
        people::count_attempt(services, &subjects, since).await
    }
}

fn caller(from: &Address) -> (String, u64) {
    (format!("address/{}", from.0), MOST_PER_ADDRESS)
}
