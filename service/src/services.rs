//! What every use case is handed: the database, the clock, the identifiers, the settings.

use std::{path::PathBuf, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    clock::{Clock, DemoClock, Ids},
    offer::Arrivals,
    secret::Secret,
    store::{Store, parameters},
};

/// Cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    /// The same clock, where it may be put forward.
    demo_clock: Option<DemoClock>,
    ids: Arc<dyn Ids>,
    settings: Settings,
    parameters: parameters::Cache,
    arrivals: Arrivals,
    /// Off in one test, which proves that it would see what is not sealed.
    #[cfg(feature = "testing")]
    unsealed: bool,
}

/// What the environment decided.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Public address, without a slash at its end: links in mails start with it.
    pub base_url: String,
    /// Where files are kept, and mails when there is no mail server.
    pub data_dir: PathBuf,
    pub mail: MailMode,
    /// The demo world: a banner, and people who sign in by one click.
    pub demo: bool,
    pub secret: Secret,
    /// Most mebibytes of files of one firm for one tender: what the disk of this installation has room for.
    pub offer_mebibytes: u64,
    /// How long the sender of a form or of a file may pause before nobody waits for the rest.
    pub upload_pause: Duration,
}

/// Where mails go.
#[derive(Clone)]
pub enum MailMode {
    /// To this server (`smtp://…`, `smtps://…`).
    Smtp(String),
    /// To `.eml` files under the data directory, and pages say so.
    Files,
}

impl std::fmt::Debug for MailMode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Smtp(_) => "Smtp",
            Self::Files => "Files",
        })
    }
}

impl Services {
    pub fn new(store: Store, clock: impl Clock, ids: impl Ids, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            store,
            clock: Arc::new(clock),
            demo_clock: None,
            ids: Arc::new(ids),
            settings,
            parameters: parameters::Cache::default(),
            arrivals: Arrivals::default(),
            #[cfg(feature = "testing")]
            unsealed: false,
        }))
    }

    /// The same database and settings, on a clock that may be put forward.
    #[must_use]
    pub fn on_demo_clock(&self, clock: DemoClock) -> Self {
        Self(Arc::new(Inner {
            store: self.0.store.clone(),
            clock: Arc::new(clock.clone()),
            demo_clock: Some(clock),
            ids: self.0.ids.clone(),
            settings: self.0.settings.clone(),
            parameters: parameters::Cache::default(),
            arrivals: Arrivals::default(),
            #[cfg(feature = "testing")]
            unsealed: false,
        }))
    }

    /// The clock of the demo; nothing outside it.
    pub fn demo_clock(&self) -> Option<&DemoClock> {
        self.0.demo_clock.as_ref()
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The present instant, for reads; a write uses the instant at which it began.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Offers are sealed. A build without the feature of the tests knows nothing else.
    #[cfg(not(feature = "testing"))]
    #[expect(clippy::unused_self, reason = "the build of the tests asks the services")]
    pub(crate) fn seals(&self) -> bool {
        true
    }

    #[cfg(feature = "testing")]
    pub(crate) fn seals(&self) -> bool {
        !self.0.unsealed
    }

    /// The same services with the seal left out, for the test that proves that it would see the difference.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn without_seal(&self) -> Self {
        Self(Arc::new(Inner {
            store: self.0.store.clone(),
            clock: self.0.clock.clone(),
            demo_clock: self.0.demo_clock.clone(),
            ids: self.0.ids.clone(),
            settings: self.0.settings.clone(),
            parameters: parameters::Cache::default(),
            arrivals: Arrivals::default(),
            unsealed: true,
        }))
    }

    pub(crate) fn parameters(&self) -> &parameters::Cache {
        &self.0.parameters
    }

    pub(crate) fn arrivals(&self) -> &Arrivals {
        &self.0.arrivals
    }

    pub(crate) fn next_id(&self) -> Uuid {
        self.0.ids.next()
    }
}
