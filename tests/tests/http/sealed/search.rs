//! Where anybody could look: files on the disk, the log, and every page and file about the tender.

use std::{
    collections::BTreeSet,
    fs, io,
    path::PathBuf,
    sync::{Mutex, Once},
};

use domain::organisation::{OrganisationKind, Role};
use memchr::memmem;
use service::{
    offer,
    testing::{Opened, text_of},
};

use crate::site::{Browser, Site};

/// What is looked for. Each test has its own: they share one log and one server of PostgreSQL.
pub(super) struct Marker {
    pub(super) word: &'static str,
    /// A unit price as it may be written: typed, stored, shown, and its amount.
    prices: [&'static str; 7],
}

pub(super) static MARKERS: [Marker; 4] = [
    Marker {
        word: "xylophone-cuivre",
        prices: ["7351,9137", "73519137", "7351.91", "7351,91", "7 351,91", "7\u{a0}351,91", "7\u{202f}351,91"],
    },
    Marker {
        word: "clarinette-laiton",
        prices: ["8264,7519", "82647519", "8264.75", "8264,75", "8 264,75", "8\u{a0}264,75", "8\u{202f}264,75"],
    },
    Marker {
        word: "hautbois-argent",
        prices: ["9173,6428", "91736428", "9173.64", "9173,64", "9 173,64", "9\u{a0}173,64", "9\u{202f}173,64"],
    },
    Marker {
        word: "trombone-bronze",
        prices: ["6482,9351", "64829351", "6482.94", "6482,94", "6 482,94", "6\u{a0}482,94", "6\u{202f}482,94"],
    },
];

impl Marker {
    /// The price as somebody types it.
    pub(super) fn typed(&self) -> &'static str {
        self.prices[0]
    }

    /// Which of its writings stand in these bytes.
    pub(super) fn marks(&self, bytes: &[u8]) -> Vec<&'static str> {
        let stands = |mark: &&str| memmem::find(bytes, mark.as_bytes()).is_some();
        [self.word].into_iter().chain(self.prices).filter(stands).collect()
    }
}

static LOGGED: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// A log that keeps nothing but the marks it was given.
struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let marks = MARKERS.iter().flat_map(|marker| marker.marks(bytes));
        LOGGED.lock().expect("the log is whole").extend(marks);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whatever any thread of the program logs from now on, down to the last detail, is looked at.
pub(super) fn watch_the_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let logging = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(|| Log);
        tracing::subscriber::set_global_default(logging.finish()).expect("nobody else watches the log");
    });
}

pub(super) fn logged(marker: &Marker) -> BTreeSet<&'static str> {
    let own = |mark: &&str| **mark == *marker.word || marker.prices.contains(mark);
    LOGGED.lock().expect("the log is whole").iter().copied().filter(own).collect()
}

/// The files that hold a mark, or are named by one.
pub(super) fn marked_files(files: &[PathBuf], marker: &Marker) -> Vec<String> {
    let mut found = Vec::new();
    for path in files {
        // A server that runs takes files away meanwhile.
        let bytes = fs::read(path).unwrap_or_default();
        found.extend(marker.marks(&bytes).into_iter().map(|mark| format!("{}: {mark}", path.display())));
        if path.to_string_lossy().contains(marker.word) {
            found.push(format!("{}: its name", path.display()));
        }
    }
    found
}

/// Everybody but the firms that answer, each signed in: every role of the pilot, other organisations, a visitor.
pub(super) async fn everybody(site: &Site, called: &Opened) -> Vec<(String, Browser)> {
    let world = &site.world;
    let mut readers = vec![("visitor".to_owned(), Browser::default())];
    for role in Role::ALL.into_iter().filter(|role| called.pilot.kind.roles().contains(role)) {
        let member = world.member(&called.pilot, role).await;
        readers.push((role.code().to_owned(), site.signed_in(&member).await));
    }
    for (kind, role) in [
        (OrganisationKind::Union, Role::Coordinator),
        (OrganisationKind::Union, Role::PlatformAdministrator),
        (OrganisationKind::Region, Role::Auditor),
        (OrganisationKind::Commune, Role::ProcurementOfficer),
        (OrganisationKind::Sme, Role::SmeMember),
    ] {
        let other = world.organisation(kind, "Organisation curieuse").await;
        let member = world.member(&other, role).await;
        readers.push((format!("another {}", role.code()), site.signed_in(&member).await));
    }
    readers
}

/// Every page and every file about the tender: those of the router's sources, their changing parts filled in.
pub(super) async fn addresses(site: &Site, called: &Opened) -> Vec<String> {
    let offers =
        offer::opened(&site.world.services, called.officer.scope(), called.reference).await.expect("its pilot reads");
    let file =
        offers.first().and_then(|offer| offer.files.first()).map_or_else(uuid_of_nothing, |file| file.id.to_string());
    let pages = app::routes().into_iter().map(|route| route.path.to_owned());
    let files = tests::files(&tests::root().join("server/src"));
    let files = files.iter().flat_map(|path| written_addresses(&fs::read_to_string(path).expect("a source reads")));
    let filled = pages.chain(files).map(|path| {
        let parts = [
            ("{reference}", called.reference.to_string()),
            ("{numero}", "1".to_owned()),
            ("{offre}", "1".to_owned()),
            ("{fichier}", file.clone()),
        ];
        parts.iter().fold(path, |path, (part, value)| path.replace(part, value))
    });
    // What is left belongs to needs, vouchers and people.
    filled.filter(|path| !path.contains('{')).collect::<BTreeSet<_>>().into_iter().collect()
}

fn uuid_of_nothing() -> String {
    "00000000-0000-0000-0000-000000000001".to_owned()
}

/// Addresses with a tender in them, as a source writes them.
fn written_addresses(source: &str) -> Vec<String> {
    source.split('"').filter(|text| text.starts_with('/') && text.contains("{reference}")).map(str::to_owned).collect()
}

/// What of all this shows a mark, and to whom; and which pages about answers name the firm that answered.
pub(super) async fn marked_pages(
    site: &Site,
    addresses: &[String],
    readers: &[(String, Browser)],
    marker: &Marker,
    firm: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    for path in addresses {
        for (reader, browser) in readers {
            let read = read(site, browser, path).await;
            found.extend(marker.marks(&read).into_iter().map(|mark| format!("{path} to {reader}: {mark}")));
            // The page of the call tells its pilot whom it invited.
            let tells_who_answered = path.contains("MP-") && !path.ends_with("/appel");
            if tells_who_answered && String::from_utf8_lossy(&read).contains(firm) {
                found.push(format!("{path} to {reader}: the name of a firm"));
            }
        }
    }
    found
}

/// What a person reads: the bytes, and of a PDF its text. Our spreadsheets are archives that pack nothing.
async fn read(site: &Site, browser: &Browser, path: &str) -> Vec<u8> {
    let bytes = site.bytes(browser, path).await;
    if bytes.starts_with(b"%PDF") { [text_of(&bytes).into_bytes(), bytes].concat() } else { bytes }
}
