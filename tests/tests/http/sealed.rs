//! Nobody reads an offer before it is opened: a marker in two hundred of them is looked for wherever anybody could look, and
//! is found at once when the seal is left out.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
};

use domain::{
    authz::Actor,
    kernel::{UnitPrice, reference::TenderRef},
    offer::{OfferContent, OfferLine},
    organisation::{OrganisationKind, Role},
};
use service::{Services, offer, testing::Opened};

use crate::site::{Browser, Site};

const MARKER: &str = "xylophone-cuivre";
const OFFERS: usize = 200;
/// The price as it may be written: stored, typed, shown.
const PRICE: [&str; 5] = ["73519137", "7351.9137", "7351,9137", "7 351,9137", "7\u{202f}351,9137"];

/// What the program writes to its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log is whole").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_marker_in_two_hundred_offers_is_found_nowhere_before_the_opening() {
    let log = Log::default();
    let written = log.clone();
    let logging = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || written.clone());
    let _kept = tracing::subscriber::set_default(logging.finish());
    let site = Site::open().await;
    let called = site.world.called_tender("Namur", OFFERS).await;
    fill(&site.world.services, &called).await;

    let letters = site.world.post().await;
    assert_eq!(letters.iter().filter(|letter| letter.head.contains("RO-")).count(), OFFERS / 2, "one receipt each");
    for letter in letters {
        assert!(marks(letter.text.as_bytes()).is_empty() && marks(letter.head.as_bytes()).is_empty(), "{letter:?}");
    }
    assert_eq!(marked_files(&site.world.data_dir), Vec::<String>::new());
    assert!(marks(&log.0.lock().expect("the log is whole")).is_empty(), "the log");
    let read = marked_pages(&site, &called).await;
    assert_eq!(read, Vec::<String>::new());
}

#[tokio::test]
async fn the_same_search_finds_the_marker_when_the_seal_is_left_out() {
    let mut site = Site::open().await;
    let called = site.world.called_tender("Namur", 2).await;
    site.world.services = site.world.services.without_seal();

    fill(&site.world.services, &called).await;

    let found = marked_files(&site.world.data_dir).join("\n");
    assert!(found.contains("beffroi.db"), "in the database: {found}");
    assert!(found.contains("sealed/"), "in an uploaded file: {found}");
}

/// Every other offer is deposited; the rest stay drafts.
async fn fill(services: &Services, called: &Opened) {
    for (number, (_, firm)) in called.firms.iter().enumerate() {
        write(services, firm, called.reference).await;
        let version = offer::own(services, firm, called.reference).await.expect("its own").draft.version;
        if number % 2 == 0 {
            offer::submit(services, firm, called.reference, version, services.now()).await.expect("deposited");
        }
    }
}

async fn write(services: &Services, firm: &Actor, reference: TenderRef) {
    let own = offer::own(services, firm, reference).await.expect("the firm may answer");
    let line = OfferLine {
        code: own.terms.inventory[0].code.clone(),
        unit_price: UnitPrice::from_ten_thousandths(73_519_137),
        vat: own.terms.vat,
    };
    let content = OfferContent { lines: vec![line], remark: format!("Une remarque, {MARKER}.") };
    offer::write(services, firm, reference, 0, &content, services.now()).await.expect("written");
    let mut upload = offer::begin_upload(services, firm, reference).await.expect("a file may come");
    upload.push(format!("poste;{MARKER}\r\n").into_bytes()).await.expect("taken");
    upload.finish(&format!("{MARKER}.csv"), services.now()).await.expect("kept");
}

/// Every file below the folder of the data that holds a mark: database, WAL, uploads, mails.
fn marked_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder reads") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(marked_files(&path));
        } else {
            let marks = marks(&fs::read(&path).expect("a file reads"));
            found.extend(marks.into_iter().map(|mark| format!("{}: {mark}", path.display())));
        }
        if path.to_string_lossy().contains(MARKER) {
            found.push(format!("{}: its name", path.display()));
        }
    }
    found
}

fn marks(bytes: &[u8]) -> Vec<&'static str> {
    let holds = |mark: &&&str| bytes.windows(mark.len()).any(|window| window == mark.as_bytes());
    [MARKER].iter().chain(&PRICE).filter(holds).copied().collect()
}

/// Every page and every file about the tender, for everybody but the firm itself.
async fn marked_pages(site: &Site, called: &Opened) -> Vec<String> {
    let world = &site.world;
    let mut askers = vec![Browser::default(), site.signed_in(&called.officer).await];
    for role in [Role::FinanceDirector, Role::Executive, Role::Council, Role::Evaluator, Role::ChiefExecutive] {
        askers.push(site.signed_in(&world.member(&called.pilot, role).await).await);
    }
    let union = world.organisation(OrganisationKind::Union, "UVCW").await;
    askers.push(site.signed_in(&world.member(&union, Role::Coordinator).await).await);
    askers.push(site.signed_in(&world.member(&union, Role::PlatformAdministrator).await).await);
    let region = world.organisation(OrganisationKind::Region, "Région wallonne").await;
    askers.push(site.signed_in(&world.member(&region, Role::Auditor).await).await);
    let firm = world.organisation(OrganisationKind::Sme, "PME curieuse").await;
    askers.push(site.signed_in(&world.member(&firm, Role::SmeMember).await).await);

    let reference = called.reference.to_string();
    let mut paths: Vec<String> = app::routes()
        .into_iter()
        .filter(|route| route.path.matches('{').count() == usize::from(route.path.contains("{reference}")))
        .map(|route| route.path.replace("{reference}", &reference))
        .collect();
    for page in ["ouverture.pdf", "offres/1", "offres/1/fichiers/00000000-0000-0000-0000-000000000001"] {
        paths.push(format!("/marches/{reference}/{page}"));
    }
    paths.push(format!("/offres/{reference}/recepisse.pdf"));

    let mut found = Vec::new();
    for path in &paths {
        for (number, browser) in askers.iter().enumerate() {
            let answer = site.get(browser, path).await;
            found.extend(marks(answer.body.as_bytes()).into_iter().map(|mark| format!("{path} to {number}: {mark}")));
            // Before the opening nobody learns who answered either.
            if !path.starts_with("/organisations") && answer.body.contains("PME 7<") && !path.ends_with("/appel") {
                found.push(format!("{path} to {number}: the name of a firm"));
            }
        }
    }
    found
}
