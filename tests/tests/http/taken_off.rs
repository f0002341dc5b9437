//! What is taken off an invoice over the pages: the advance that the firm sets off, the penalties that the finance director
//! withholds, and where each penalty comes from.

use chrono::TimeDelta;
use domain::{
    authz::Actor,
    execution::AdvanceCase,
    kernel::{Money, ids::VoucherId, time::brussels},
    voucher::{Found, VoucherDraft},
};
use service::{
    contract::{self, AdvanceDraft},
    store,
    testing::{Concluded, a_draft, an_approval},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

use crate::site::{Answer, Browser, Site};

/// The library that keeps sessions reads the machine's clock; this world has its own.
async fn signed_in(site: &Site, actor: &Actor) -> Browser {
    let browser = site.signed_in(actor).await;
    store::sessions::prolong(&site.world.services, TimeDelta::days(3_650)).await.expect("kept longer");
    browser
}

fn assert_told(answer: &Answer, words: &[&str]) {
    let told = answer.read().replace(['\u{a0}', '\u{202f}'], " ");
    for words in words {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

/// A typed day, in its three fields.
fn day(name: &str, site: &Site) -> [(String, String); 3] {
    let today = brussels(site.world.services.now()).date();
    [("jour", "%d"), ("mois", "%m"), ("annee", "%Y")]
        .map(|(part, format)| (format!("{name}-{part}"), today.format(format).to_string()))
}

async fn post(site: &Site, browser: &Browser, path: &str, fields: &[(&str, &str)], on: &str) -> Answer {
    let on = day(on, site);
    let on = on.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<_> = fields.iter().copied().chain(on).collect();
    site.post(browser, path, &fields).await
}

/// Fifty days, received so many days after they were wanted; the voucher is at version 7.
async fn received(site: &Site, concluded: &Concluded, days: i64) -> VoucherId {
    let (world, pilot, firm) = (&site.world, concluded.pilot(), &concluded.firm);
    let services = &world.services;
    let today = || brussels(services.now()).date();
    let draft = VoucherDraft { wanted_on: Some(today()), ..a_draft(&[("P-02", "50")]) };
    let id = voucher::draft(services, &pilot.officer, concluded.reference, &draft).await.expect("drawn");
    voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await.expect("checked");
    voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
    voucher::confirm(services, firm, id, 4).await.expect("accepted");
    world.hours_pass(days * 24);
    let brought = DeliveryDraft { on: today(), note: String::new(), quantities: draft.quantities };
    voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
    voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("received");
    id
}

#[tokio::test]
async fn the_firm_sets_off_its_advance_in_the_form_of_its_invoice() {
    let site = Site::open().await;
    let concluded = site.world.concluded_contract("100000.00").await;
    let services = &site.world.services;
    let size_on = brussels(services.now()).date();
    let amount = Money::from_cents(100_000_000);
    let given = AdvanceDraft { case: AdvanceCase::Micro, size_on, amount, months: 12 };
    let officer = &concluded.pilot().officer;
    contract::give_advance(services, officer, concluded.reference, 1, &given).await.expect("given");
    let id = received(&site, &concluded, 0).await;
    let firm = site.signed_in(&concluded.firm).await;
    let path = format!("/bons/{id}/facture");
    let state = async |advance: &str| {
        let fields = [
            ("version", "7"),
            ("facture", "F-1"),
            ("htva", "30 000,00"),
            ("tva", "6 300,00"),
            ("tvac", "36 300,00"),
            ("avance", advance),
        ];
        post(&site, &firm, &path, &fields, "emise").await
    };

    assert_told(&site.get(&firm, &path).await, &["Avance imputée", "2 117,50 € au plus"]);
    let more = state("2 117,51").await;
    assert_eq!(more.status, 422, "{}", more.read());
    assert_told(&more, &["Cette facture ne peut imputer que 2 117,50 € de l’avance, et non 2 117,51 €."]);
    assert_eq!(more.value("avance"), "2 117,51", "as it was typed");
    let less = state("-1,00").await;
    assert_eq!(less.status, 422, "{}", less.read());
    assert_eq!(state("2 117,50").await.status, 303);

    let shown = site.get(&firm, &format!("/bons/{id}")).await;
    assert_told(&shown, &["Avance imputée", "2 117,50 €", "À payer TVAC", "34 182,50 €"]);
    let advance = site.get(&firm, &format!("/contrats/{}/avances", concluded.reference)).await;
    assert_told(&advance, &["Imputé par les factures acceptées", "Reste à imputer", "0,00 €"]);
}

#[tokio::test]
async fn a_form_without_an_advance_does_not_ask_for_one() {
    let site = Site::open().await;
    let concluded = site.world.concluded_contract("100000.00").await;
    let id = received(&site, &concluded, 0).await;
    let firm = site.signed_in(&concluded.firm).await;

    let asked = site.get(&firm, &format!("/bons/{id}/facture")).await;

    assert!(!asked.read().contains("Avance imputée"), "{}", asked.read());
}

#[tokio::test]
async fn the_finance_director_withholds_a_decided_penalty_and_the_specification_says_its_cap() {
    let site = Site::open().await;
    let concluded = site.world.concluded_contract("100000.00").await;
    let services = &site.world.services;
    let id = received(&site, &concluded, 20).await;
    let manager = signed_in(&site, &concluded.pilot().manager).await;
    let penalties = format!("/contrats/{}/penalites", concluded.reference);
    let voucher = site.world.voucher(&concluded.pilot().officer, id).await;

    let proposed = site.get(&manager, &penalties).await;
    assert_told(&proposed, &["ne fait pas du délai un critère d’attribution", "600,00 €"]);
    assert!(!proposed.body.contains("name=\"critere\""), "what is known is not asked\n{}", proposed.read());
    let (version, delivery) = (voucher.contract.version.to_string(), voucher.deliveries[0].id.to_string());
    let fields = [("version", version.as_str()), ("livraison", delivery.as_str())];
    assert_eq!(site.post(&manager, &penalties, &fields).await.status, 303);

    let (excluding, vat, including) = voucher.due().expect("it fits");
    let issued_on = brussels(services.now()).date();
    let number = "F-1".to_owned();
    let invoice = InvoiceDraft { number, issued_on, excluding, vat, including, prepaid: Money::ZERO };
    voucher::state_invoice(services, &concluded.firm, id, 7, &invoice).await.expect("invoiced");
    let director = signed_in(&site, &concluded.pilot().director).await;
    let path = format!("/bons/{id}/paiement");
    let pay = async |withheld: &str| {
        let fields = [("version", "8"), ("amendes", withheld)];
        post(&site, &director, &path, &fields, "le").await
    };

    let asked = site.get(&director, &path).await;
    assert_told(&asked, &["600,00 € d’amendes pour retard sont décidés et pas encore retenus", "600,00 € au plus"]);
    assert_eq!(asked.value("amendes"), "", "nothing is withheld of itself");
    let more = pay("600,01").await;
    assert_eq!((more.status, more.value("amendes").as_str()), (422, "600,01"), "{}", more.read());
    assert_eq!(pay("600,00").await.status, 303);

    let shown = site.get(&director, &format!("/bons/{id}")).await;
    assert_told(&shown, &["Amendes retenues", "600,00 €", "À payer TVAC", "35 700,00 €"]);
}

#[tokio::test]
async fn the_penalty_of_works_is_computed_before_it_is_decided_and_the_firm_reads_it() {
    let site = Site::open().await;
    let concluded = site.world.concluded_works("100000.00").await;
    let manager = site.signed_in(&concluded.pilot().manager).await;
    let path = format!("/contrats/{}/penalites", concluded.reference);
    let send = async |gesture: &str, late: &str, version: &str| {
        let fields =
            [("geste", gesture), ("version", version), ("delai", "100"), ("unite", "working"), ("retard", late)];
        site.post(&manager, &path, &fields).await
    };

    let wrong = send("calculer", "zéro", "1").await;
    assert_eq!((wrong.status, wrong.value("retard").as_str()), (422, "zéro"), "{}", wrong.read());
    let computed = send("calculer", "10", "1").await;
    assert_eq!(computed.status, 303, "{}", computed.read());
    let address = computed.header("location").split('#').next().unwrap_or_default().to_owned();
    let shown = site.get(&manager, &address).await;
    assert_told(&shown, &["Calcul de l’amende", "70 000,00 €", "100 jours ouvrables", "210,00 €"]);
    let nothing = site.get(&manager, &path).await;
    assert!(!nothing.read().contains("Amende décidée le"), "nothing is kept by a computation");

    assert_eq!(send("appliquer", "10", "0").await.status, 409);
    assert_eq!(send("appliquer", "10", "1").await.status, 303);
    let again = send("appliquer", "11", "2").await;
    assert_eq!(again.status, 422, "{}", again.read());
    let firm = site.signed_in(&concluded.firm).await;
    assert_told(&site.get(&firm, &path).await, &["Amende décidée le", "210,00 €"]);
}
