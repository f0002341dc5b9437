//! Time for the files of the demo: each begins some days ago and lives through its steps, as if people had taken them then.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{DemoClock, Services};

/// The services as they were some days ago.
pub(super) struct Past {
    pub(super) services: Services,
    clock: DemoClock,
}

impl Past {
    pub(super) fn days_ago(services: &Services, days: i64) -> Self {
        let clock = DemoClock::behind(services.now(), TimeDelta::days(days));
        Self { services: services.on_demo_clock(clock.clone()), clock }
    }

    /// So many days later.
    pub(super) fn days_pass(&self, days: i64) {
        self.clock.shift(TimeDelta::days(days));
    }

    /// Two minutes after this instant, if that is still to come.
    pub(super) fn until_after(&self, instant: DateTime<Utc>) {
        let wait = instant - self.services.now() + TimeDelta::minutes(2);
        if wait > TimeDelta::zero() {
            self.clock.shift(wait);
        }
    }
}
