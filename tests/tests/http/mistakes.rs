//! Wrong values in the forms of central bodies and of the performance of a contract: each comes back as typed, with its
//! sentence at the field.

use chrono::TimeDelta;
use domain::{
    kernel::time::brussels,
    voucher::{Found, VoucherDraft},
};
use service::{
    store,
    testing::{Concluded, World, a_draft, an_approval, quantities},
    voucher::{self, DeliveryDraft},
};

use crate::site::{Browser, Site};

/// What is typed in one field, and the sentence that comes back.
type Wrong<'a> = (&'a str, &'a str, &'a str);

const DATE: &str = "Écrivez une date qui existe";
const AMOUNT: &str = "Écrivez le montant en euros";
const NOT_A_CHOICE: &str = "Choisissez une des réponses proposées";
/// Their page offers choices, and does not repeat another value.
const CHOICES: [&str; 3] = ["organisation", "cas", "livraison"];

/// Sends the form once for each wrong value, in place of the good one.
async fn assert_each(site: &Site, browser: &Browser, path: &str, good: &[(&str, &str)], wrong: &[Wrong<'_>]) {
    for (name, typed, sentence) in wrong.iter().copied() {
        let fields: Vec<_> =
            good.iter().copied().map(|(field, value)| (field, if field == name { typed } else { value })).collect();
        let answer = site.post(browser, path, &fields).await;

        assert_eq!(answer.status, 422, "{name} {typed}\n{}", answer.read());
        answer.assert_page();
        assert_eq!(answer.read().matches(sentence).count(), 2, "{name} {typed}: {sentence}\n{}", answer.read());
        let field = ["-jour", "-mois", "-annee"].iter().find_map(|part| name.strip_suffix(*part)).unwrap_or(name);
        assert!(answer.body.contains(&format!("id=\"{field}-erreur\"")), "{field}\n{}", answer.body);
        if !CHOICES.contains(&name) {
            assert_eq!(answer.value(name), typed, "{name} as it was typed");
        }
    }
}

#[tokio::test]
async fn a_wrong_accession_comes_back_as_typed() {
    let site = Site::open().await;
    let offered = site.world.offered_framework().await;
    let (_, officer) = site.officer("Namur").await;
    let long = "é".repeat(121);
    let good = [
        ("geste", "adherer"),
        ("deliberation-jour", "20"),
        ("deliberation-mois", "11"),
        ("deliberation-annee", "2026"),
        ("numero", "CC-14"),
        ("convention-jour", "20"),
        ("convention-mois", "11"),
        ("convention-annee", "2026"),
        ("transmission-jour", ""),
        ("transmission-mois", ""),
        ("transmission-annee", ""),
    ];
    let wrong = [
        ("deliberation-mois", "13", DATE),
        ("numero", long.as_str(), "Raccourcissez ce texte : 120 caractères au plus"),
        ("convention-jour", "trente", DATE),
        ("convention-annee", "<b>", DATE),
        ("transmission-jour", "31", DATE),
    ];

    assert_each(&site, &officer, &format!("/centrale/adhesions/{}", offered.body.id), &good, &wrong).await;
}

#[tokio::test]
async fn a_wrong_need_or_part_of_a_framework_comes_back_as_typed() {
    let site = Site::open().await;
    let offered = site.world.offered_framework().await;
    let (adherent, officer) = site.officer("Namur").await;
    site.world.adhered(&offered, &adherent).await;
    let path = format!("/centrale/{}", offered.reference);
    let good = [("version", "0"), ("quantite", "40 postes"), ("estimation", "30 000,00")];
    let wrong = [
        ("quantite", "", "Écrivez la quantité"),
        ("estimation", "beaucoup", AMOUNT),
        ("estimation", "-1", "Écrivez un montant positif"),
        ("estimation", "0", "Écrivez un montant plus grand que zéro"),
    ];
    assert_each(&site, &officer, &format!("{path}/besoin"), &good, &wrong).await;

    let body = site.signed_in(&offered.officer).await;
    let member = adherent.organisation().to_string();
    let good = [("geste", "nommer"), ("version-cadre", "1"), ("organisation", member.as_str()), ("part", "1 000,00")];
    let wrong = [
        ("organisation", "", "Remplissez ce champ"),
        ("organisation", "Namur", NOT_A_CHOICE),
        ("part", "mille", AMOUNT),
        ("part", "0", "Écrivez un montant plus grand que zéro"),
    ];
    assert_each(&site, &body, &format!("{path}/utilisateurs"), &good, &wrong).await;

    site.world.needs(&offered, &adherent, "30000.00").await;
    let field = format!("part-{member}");
    let good = [("geste", "accepter"), ("usager", member.as_str()), ("version", "1"), (field.as_str(), "30 000,00")];
    let wrong = [
        (field.as_str(), "", "Remplissez ce champ"),
        (field.as_str(), "12,345", "Écrivez le montant avec deux décimales au plus"),
        (field.as_str(), "0,00", "Écrivez un montant plus grand que zéro"),
    ];
    assert_each(&site, &body, &format!("{path}/utilisateurs"), &good, &wrong).await;
}

#[tokio::test]
async fn a_wrong_advance_comes_back_as_typed() {
    let site = Site::open().await;
    let concluded = site.world.concluded_contract("100000.00").await;
    let officer = site.signed_in(&concluded.pilot().officer).await;
    let good = [
        ("geste", "enregistrer"),
        ("version", "1"),
        ("cas", "micro"),
        ("taille-jour", "20"),
        ("taille-mois", "11"),
        ("taille-annee", "2026"),
    ];
    let wrong = [("cas", "", "Remplissez ce champ"), ("cas", "immense", NOT_A_CHOICE), ("taille-jour", "32", DATE)];

    assert_each(&site, &officer, &format!("/contrats/{}/avances", concluded.reference), &good, &wrong).await;
}

#[tokio::test]
async fn a_penalty_of_no_delivery_comes_back_with_its_sentence() {
    let site = Site::open().await;
    let concluded = site.world.concluded_contract("100000.00").await;
    deliver_late(&site.world, &concluded).await;
    let pilot = concluded.pilot();
    let manager = site.signed_in(&pilot.manager).await;
    let found = store::contracts::find(&site.world.services, pilot.manager.scope(), concluded.reference).await;
    let version = found.expect("seen").version.to_string();
    let path = format!("/contrats/{}/penalites", concluded.reference);

    let good = [("version", version.as_str()), ("livraison", "")];
    assert_each(&site, &manager, &path, &good, &[("livraison", "la première", NOT_A_CHOICE)]).await;
    let good = [("version", version.as_str()), ("rien", "")];
    let nothing = site.post(&manager, &path, &good).await;

    assert_eq!(nothing.status, 422, "{}", nothing.read());
    assert!(nothing.body.contains("id=\"livraison-erreur\""), "{}", nothing.body);
}

/// Three days of work, sixty days after they were wanted.
async fn deliver_late(world: &World, concluded: &Concluded) {
    let (services, pilot, firm) = (&world.services, concluded.pilot(), &concluded.firm);
    let today = brussels(services.now()).date();
    let draft = VoucherDraft { wanted_on: Some(today - TimeDelta::days(60)), ..a_draft(&[("P-02", "3")]) };
    let id = voucher::draft(services, &pilot.officer, concluded.reference, &draft).await.expect("drawn");
    voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await.expect("checked");
    voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
    voucher::confirm(services, firm, id, 4).await.expect("confirmed");
    let brought = DeliveryDraft { on: today, note: String::new(), quantities: quantities(&[("P-02", "3")]) };
    voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
    voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("received");
}
