//! Files of an offer through the router: taken piece by piece, told apart by what they hold, each fault with its sentence.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use domain::{
    authz::Actor,
    kernel::{
        reference::TenderRef,
        time::{brussels, date_time_seconds_french},
    },
};
use service::{
    offer,
    testing::{Opened, text_of},
};

use crate::site::{Answer, Browser, Site};

const BOUNDARY: &str = "----une-limite";
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// A form with one file, as a browser sends it.
pub(crate) fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

pub(crate) fn request(browser: &Browser, path: &str, body: Vec<u8>) -> Request<Body> {
    browser
        .request(Method::POST, path)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(body))
        .expect("a request")
}

struct Answering {
    site: Site,
    reference: TenderRef,
    firm: Actor,
    browser: Browser,
    called: Opened,
}

impl Answering {
    async fn open() -> Self {
        let site = Site::open().await;
        let called = site.world.called_tender("Namur", 2).await;
        let firm = called.firms[0].1.clone();
        let browser = site.signed_in(&firm).await;
        Self { reference: called.reference, firm, browser, site, called }
    }

    fn page(&self) -> String {
        format!("/offres/{}/fichiers", self.reference)
    }

    async fn send(&self, name: &str, bytes: &[u8]) -> Answer {
        self.site.send(request(&self.browser, &self.page(), form(name, bytes))).await
    }

    async fn names(&self) -> Vec<String> {
        let own = offer::own(&self.site.world.services, &self.firm, self.reference).await.expect("its own offer");
        own.draft.files.into_iter().map(|file| file.name).collect()
    }

    /// Files that stand in the folder of sealed bytes, half ones too.
    fn stored(&self) -> usize {
        self.site.world.sealed_files().len()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_kept_under_its_clean_name_and_shown_with_its_hash() {
    let answering = Answering::open().await;

    let answer = answering.send("../../méthode.pdf", PDF).await;

    assert_eq!(
        (answer.status, answer.header("location")),
        (303, format!("{}?fait=fichier", answering.page()).as_str())
    );
    assert_eq!(answering.names().await, ["méthode.pdf"]);
    let page = answering.site.get(&answering.browser, &answering.page()).await;
    page.assert_page();
    assert!(page.read().contains("méthode.pdf"), "{}", page.body);
    assert!(page.header("content-security-policy").contains("script-src 'self';"), "its own script and no other");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_file_has_its_sentence_and_leaves_nothing_behind() {
    let answering = Answering::open().await;
    let (bomb, leaving) = (archive("a", 500_000_000), archive("../a", 10));
    let long = format!("{}.pdf", "a".repeat(200));

    for (name, bytes, sentence) in [
        ("vide.pdf", &b""[..], "Choisissez un fichier qui n’est pas vide"),
        ("", b"", "Choisissez un fichier qui n’est pas vide"),
        ("coupe.pdf", &PDF[..20], "sa fin manque"),
        ("renomme.docx", PDF, "l’extension de ce qu’il contient : PDF"),
        ("programme.pdf", b"MZ\x90\x00\x01\x02", "celui-ci n’en est pas un"),
        ("bombe.zip", &bomb, "une place démesurée"),
        ("fuite.zip", &leaving, "hors de son dossier"),
        ("coupe.zip", &leaving[..70], "sa fin manque"),
        ("renomme.pdf", &leaving, "hors de son dossier"),
        (long.as_str(), PDF, "150 caractères"),
    ] {
        let answer = answering.send(name, bytes).await;

        assert_eq!(answer.status, 422, "{name}\n{}", answer.body);
        answer.assert_page();
        assert_eq!(answer.read().matches(sentence).count(), 2, "{name}: {sentence}\n{}", answer.read());
    }
    assert_eq!(answering.names().await, Vec::<String>::new());
    assert_eq!(answering.stored(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_beyond_a_hundred_mebibytes_is_refused_and_not_kept() {
    let answering = Answering::open().await;
    let mut bytes = vec![b' '; 100 * 1024 * 1024 + 1];
    bytes[..8].copy_from_slice(b"%PDF-1.7");

    let answer = answering.send("lourd.pdf", &bytes).await;

    assert_eq!(answer.status, 422);
    assert!(answer.read().contains("100 Mo au plus"), "{}", answer.read());
    // The thread that wrote hears that nobody sends any more a moment later.
    for _ in 0..50 {
        if answering.stored() == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("half a file stayed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_went_dead_keeps_nothing() {
    let answering = Answering::open().await;
    let whole = form("methode.pdf", PDF);

    let answer =
        answering.site.send(request(&answering.browser, &answering.page(), whole[..whole.len() - 30].to_vec())).await;

    assert_eq!(answer.status, 400, "{}", answer.body);
    answer.assert_page();
    assert_eq!(answering.names().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_removed_by_its_own_firm_and_by_no_other() {
    let answering = Answering::open().await;
    answering.send("methode.pdf", PDF).await;
    let own = offer::own(&answering.site.world.services, &answering.firm, answering.reference).await.expect("its own");
    let file = own.draft.files[0].id.to_string();
    let other = answering.site.signed_in(&answering.called.firms[1].1).await;

    let stolen = answering.site.post(&other, &answering.page(), &[("retirer", &file)]).await;
    assert!([404, 409].contains(&stolen.status), "{}", stolen.status);
    assert_eq!(answering.names().await, ["methode.pdf"]);

    let removed = answering.site.post(&answering.browser, &answering.page(), &[("retirer", &file)]).await;
    assert_eq!(removed.status, 303, "{}", removed.body);
    assert_eq!(answering.names().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_sends_a_file() {
    let answering = Answering::open().await;
    let officer = answering.site.signed_in(&answering.called.officer).await;

    for (browser, expected) in [(&officer, 403), (&Browser::default(), 401)] {
        let answer = answering.site.send(request(browser, &answering.page(), form("x.pdf", PDF))).await;
        assert_eq!(answer.status, expected, "{}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_prices_come_back_as_typed_with_their_sentence() {
    let answering = Answering::open().await;
    let page = format!("/offres/{}/prix", answering.reference);

    for (typed, sentence) in [
        ("douze", "Écrivez le montant en euros"),
        ("-5", "Écrivez un montant positif"),
        ("1000000000000000", "Vérifiez ce montant"),
        ("1,23456", "quatre décimales au plus"),
    ] {
        let fields = [("version", "0"), ("prix-1", typed), ("tva-1", "21"), ("remarque", "Une remarque")];
        let answer = answering.site.post(&answering.browser, &page, &fields).await;

        assert_eq!(answer.status, 422, "{typed}\n{}", answer.body);
        answer.assert_page();
        assert_eq!(answer.read().matches(sentence).count(), 2, "{typed}: {}", answer.read());
        assert_eq!((answer.value("prix-1"), answer.value("remarque")), (typed.to_owned(), "Une remarque".to_owned()));
    }
    for typed in ["1 250,50", "1250.5", "0"] {
        let own =
            offer::own(&answering.site.world.services, &answering.firm, answering.reference).await.expect("its own");
        let version = own.draft.version.to_string();
        let fields = [("version", version.as_str()), ("prix-1", typed), ("tva-1", "21")];
        let answer = answering.site.post(&answering.browser, &page, &fields).await;
        assert_eq!(answer.status, 303, "{typed}\n{}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deposit_is_taken_a_second_before_the_hour_and_refused_a_second_after() {
    let answering = Answering::open().await;
    let (world, site, page) =
        (&answering.site.world, &answering.site, format!("/offres/{}/verifier", answering.reference));
    let firms = [&answering.called.firms[0].1, &answering.called.firms[1].1];
    for firm in firms {
        let browser = site.signed_in(firm).await;
        let fields = [("version", "0"), ("prix-1", "120 000,00"), ("tva-1", "21")];
        let priced = site.post(&browser, &page.replace("verifier", "prix"), &fields).await;
        assert_eq!(priced.status, 303, "{}", priced.body);
    }
    let own = offer::own(&world.services, firms[0], answering.reference).await.expect("its own");
    let hour = own.view.tender.clock.deposit_until.expect("a called tender");

    let deposit = async |firm: &Actor, seconds: i64| {
        world.stands_at(hour + chrono::TimeDelta::seconds(seconds));
        let browser = site.signed_in(firm).await;
        site.post(&browser, &page, &[("version", "1"), ("engage", "oui")]).await
    };
    let (before, after) = (deposit(firms[0], -1).await, deposit(firms[1], 1).await);

    assert_eq!(before.status, 303, "{}", before.body);
    assert_eq!(after.status, 422, "{}", after.body);
    after.assert_page();
    assert!(after.read().contains("Le dépôt est clos depuis"), "{}", after.read());
    let late = offer::own(&world.services, firms[1], answering.reference).await.expect("its own");
    assert_eq!(late.receipts, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_a_closed_offer_say_that_the_files_of_a_draft_are_not_kept() {
    let answering = Answering::open().await;
    let (world, site) = (&answering.site.world, &answering.site);
    answering.send("methode.pdf", PDF).await;
    let own = offer::own(&world.services, &answering.firm, answering.reference).await.expect("its own");
    let pages = [format!("/offres/{}", answering.reference), answering.page()];
    let sentence = "ceux d’un brouillon sont supprimés à l’ouverture des offres";

    for (seconds, is_told) in [(0, false), (1, true)] {
        let hour = own.view.tender.clock.deposit_until.expect("a called tender");
        world.stands_at(hour + chrono::TimeDelta::seconds(seconds));
        let (writing, other) =
            (site.signed_in(&answering.firm).await, site.signed_in(&answering.called.firms[1].1).await);
        for page in &pages {
            let shown = site.get(&writing, page).await;
            let nothing_written = site.get(&other, page).await;

            shown.assert_page();
            assert_eq!(shown.read().contains(sentence), is_told, "{page}, {seconds}\n{}", shown.read());
            assert!(!nothing_written.read().contains(sentence), "{page}\n{}", nothing_written.read());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_a_minute_after_the_hour_the_page_of_the_opening_says_from_when_offers_may_be_opened() {
    let answering = Answering::open().await;
    let (world, site, page) =
        (&answering.site.world, &answering.site, format!("/marches/{}/ouverture", answering.reference));
    let own = offer::own(&world.services, &answering.firm, answering.reference).await.expect("its own");
    let hour = own.view.tender.clock.deposit_until.expect("a called tender");
    let sentence = "finissent d’être enregistrées : l’ouverture est possible à partir du";

    world.stands_at(hour + chrono::TimeDelta::seconds(59));
    let officer = site.signed_in(&answering.called.officer).await;
    let early = site.get(&officer, &page).await;
    let refused = site.post(&officer, &page, &[("geste", "present")]).await;
    world.stands_at(hour + chrono::TimeDelta::seconds(60));
    let present = site.post(&officer, &page, &[("geste", "present")]).await;

    early.assert_page();
    assert!(early.read().contains(sentence) && early.read().contains("à 11:01:00"), "{}", early.read());
    assert!(!early.read().contains("Signaler ma présence"), "{}", early.read());
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.read().contains(sentence), "{}", refused.read());
    assert_eq!(present.status, 303, "{}", present.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_goes_from_its_prices_to_its_receipt_page_by_page() {
    let answering = Answering::open().await;
    let at = |page: &str| format!("/offres/{}/{page}", answering.reference);
    let (site, browser) = (&answering.site, &answering.browser);
    let priced = site.post(browser, &at("prix"), &[("version", "0"), ("prix-1", "120 000,00"), ("tva-1", "21")]).await;
    assert_eq!(priced.status, 303, "{}", priced.body);
    answering.send("methode.pdf", PDF).await;
    let check = site.get(browser, &at("verifier")).await;
    check.assert_page();
    let version = check.value("version");

    let unsigned = site.post(browser, &at("verifier"), &[("version", &version)]).await;
    assert_eq!(unsigned.status, 422, "{}", unsigned.body);
    let deposited = site.post(browser, &at("verifier"), &[("version", &version), ("engage", "oui")]).await;
    assert_eq!(deposited.status, 303, "{}", deposited.body);

    let own = offer::own(&site.world.services, &answering.firm, answering.reference).await.expect("its own");
    let (receipt, file) = (&own.receipts[0], &own.draft.files[0]);
    let hashes = [&receipt.sealed_sha256, &receipt.commitment, &receipt.files[0].sealed_sha256, &file.sha256];
    let second = date_time_seconds_french(brussels(receipt.received_at));
    let page = site.get(browser, &at("recepisse")).await;
    page.assert_page();
    let pdf = text_of(&site.bytes(browser, &at("recepisse.pdf")).await);
    let letters = site.world.post().await;
    let letter = letters.into_iter().find(|letter| letter.head.contains("RO-")).expect("the receipt by mail");
    for (number, hash) in hashes.into_iter().enumerate() {
        assert!(together(&page.read()).contains(hash), "on the page: {hash}\n{}", page.read());
        assert!(together(&pdf).contains(hash), "in the PDF: {hash}\n{pdf}");
        // A letter says nothing of the content: neither its commitment nor what the file was.
        assert_eq!(letter.text.contains(hash), number % 2 == 0, "in the letter: {hash}\n{}", letter.text);
    }
    for told in [page.read(), pdf.replace('\n', " "), letter.text] {
        assert!(told.contains(&second) && told.contains(&receipt.number.to_string()), "{second}: {told}");
    }
    let withdrawn = site.post(browser, &at("retirer"), &[]).await;
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.body);
    assert!(site.get(browser, "/offres").await.read().contains("Retirée"));
}

/// Without the spaces and lines that group the figures of a hash.
fn together(text: &str) -> String {
    text.split_whitespace().collect()
}

/// An archive of one entry that announces this name and this unpacked size.
fn archive(name: &str, unpacked: u32) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.resize(64, 0);
    let mut entry = b"PK\x01\x02".to_vec();
    entry.resize(46, 0);
    entry[24..28].copy_from_slice(&unpacked.to_le_bytes());
    entry[28..30].copy_from_slice(&u16::try_from(name.len()).expect("short").to_le_bytes());
    entry.extend_from_slice(name.as_bytes());
    let mut end = b"PK\x05\x06".to_vec();
    end.resize(22, 0);
    end[10..12].copy_from_slice(&1_u16.to_le_bytes());
    end[12..16].copy_from_slice(&u32::try_from(entry.len()).expect("short").to_le_bytes());
    end[16..20].copy_from_slice(&64_u32.to_le_bytes());
    [bytes, entry, end].concat()
}
