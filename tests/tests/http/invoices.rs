//! Invoices of a voucher over their pages: a file is brought, read by a person, compared, kept; who may not finds nothing.

use chrono::TimeDelta;
use domain::kernel::ids::VoucherId;
use service::{
    store,
    testing::{Concluded, Ubl},
};

use crate::{
    site::{Answer, Browser, Site},
    uploads::{form, request},
};

struct Invoicing {
    site: Site,
    concluded: Concluded,
    voucher: VoucherId,
    firm: Browser,
}

impl Invoicing {
    async fn open() -> Self {
        let site = Site::open().await;
        site.world.now_is("2026-11-23 10:00");
        let (concluded, voucher) = site.world.invoicing().await;
        let firm = site.signed_in(&concluded.firm).await;
        Self { site, concluded, voucher, firm }
    }

    fn page(&self) -> String {
        format!("/bons/{}/factures", self.voucher)
    }

    /// The page of the invoice that was brought.
    async fn bring(&self, ubl: &Ubl<'_>) -> (String, Answer) {
        let file = ubl.file();
        let sent = self.site.send(request(&self.firm, &self.page(), form(&file.name, &file.bytes))).await;
        assert_eq!(sent.status, 303, "{}", sent.read());
        let address = sent.header("location").to_owned();
        let shown = self.site.get(&self.firm, &address).await;
        assert_eq!(shown.status, 200);
        shown.assert_page();
        (address.split('?').next().unwrap_or_default().to_owned(), shown)
    }
}

fn assert_told(answer: &Answer, words: &[&str]) {
    let told = answer.read().replace(['\u{a0}', '\u{202f}'], " ");
    for words in words {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[tokio::test]
async fn a_file_is_shown_as_a_person_reads_it_and_compared_line_by_line() {
    let invoicing = Invoicing::open().await;
    invoicing.site.world.accepted_days(&invoicing.concluded, invoicing.voucher, "2").await;

    let (address, shown) = invoicing.bring(&Ubl::default()).await;

    assert_told(
        &shown,
        &[
            "Facture F-1",
            "Acceptée",
            "Aubier Logiciels SRL (0010.090.176)",
            "BC-2026-000001",
            "1. Prestation P-02",
            "2 jours",
            "1 452,00 €",
            "Commande, réception et facture",
            "Peuvent être payés 1 452,00 € TVAC : c’est le total de la facture.",
        ],
    );
    assert!(!shown.read().contains("DAY"), "a unit is read in words\n{}", shown.read());
    let kept = invoicing.site.bytes(&invoicing.firm, &format!("{address}/fichier")).await;
    assert_eq!(kept, Ubl::default().xml().into_bytes());
    let list = invoicing.site.get(&invoicing.firm, &invoicing.page()).await;
    assert_told(&list, &["Facture F-1", "Acceptée"]);
}

#[tokio::test]
async fn a_refused_file_says_why_and_stays_in_the_list() {
    let invoicing = Invoicing::open().await;
    invoicing.site.world.accepted_days(&invoicing.concluded, invoicing.voucher, "2").await;

    let (_, foreign) = invoicing.bring(&Ubl { order: "BC-2026-000099", ..Ubl::default() }).await;
    let broken = form("cassee.xml", b"<!DOCTYPE a><a/>");
    let broken = invoicing.site.send(request(&invoicing.firm, &invoicing.page(), broken)).await;
    let broken = invoicing.site.get(&invoicing.firm, broken.header("location")).await;

    let why = "La facture indique le bon « BC-2026-000099 », et non BC-2026-000001";
    assert_told(&foreign, &["La facture est refusée", why]);
    assert_told(&broken, &["Facture illisible", "Refusée", "DOCTYPE"]);
    let list = invoicing.site.get(&invoicing.firm, &invoicing.page()).await;
    assert_told(&list, &[why, "Facture illisible"]);
    let voucher = invoicing.site.get(&invoicing.firm, &format!("/bons/{}", invoicing.voucher)).await;
    assert!(voucher.body.contains(&format!("href=\"{}\"", invoicing.page())), "the voucher leads to its invoices");
}

#[tokio::test]
async fn a_form_without_a_file_asks_for_one_and_too_large_a_file_is_said() {
    let invoicing = Invoicing::open().await;

    let empty = invoicing.site.send(request(&invoicing.firm, &invoicing.page(), form("", b""))).await;
    let large = form("f.xml", &vec![b' '; 5 * 1024 * 1024 + 1]);
    let large = invoicing.site.send(request(&invoicing.firm, &invoicing.page(), large)).await;

    assert_eq!((empty.status, large.status), (422, 422), "{}\n{}", empty.read(), large.read());
    assert!(empty.body.contains("id=\"fichier-erreur\"") && large.body.contains("id=\"fichier-erreur\""));
}

#[tokio::test]
async fn the_director_compares_an_invoice_that_waits_once_more_or_refuses_it_with_a_reason() {
    let invoicing = Invoicing::open().await;
    let site = &invoicing.site;
    let director = site.signed_in(&invoicing.concluded.pilot().director).await;

    let (address, waiting) = invoicing.bring(&Ubl::default()).await;
    assert_told(&waiting, &["La facture attend", "2 facturés, 0 réceptionnés", "1 200,00 € HTVA de trop"]);
    assert!(!waiting.body.contains("value=\"refuser\""), "the firm does not judge its own invoice");
    assert!(site.get(&director, "/").await.body.contains(&format!("href=\"{address}\"")), "it waits on the home page");
    let silent = [("geste", "refuser"), ("version", "1"), ("raison", "")];
    assert_eq!(site.post(&director, &address, &silent).await.status, 422);
    let stale = [("geste", "refuser"), ("version", "9"), ("raison", "Prix")];
    assert_eq!(site.post(&director, &address, &stale).await.status, 409);
    assert_eq!(site.post(&invoicing.firm, &address, &stale).await.status, 403);

    site.world.accepted_days(&invoicing.concluded, invoicing.voucher, "2").await;
    let compared = site.post(&director, &address, &[("geste", "comparer"), ("version", "1")]).await;
    assert_eq!(compared.status, 303, "{}", compared.read());
    let taken = site.get(&director, compared.header("location")).await;
    assert_told(&taken, &["Acceptée", "comparée de nouveau"]);

    let (second, _) = invoicing.bring(&Ubl { number: "F-2", ..Ubl::default() }).await;
    let refused =
        site.post(&director, &second, &[("geste", "refuser"), ("version", "1"), ("raison", "Déjà payé")]).await;
    let refused = site.get(&invoicing.firm, refused.header("location")).await;
    assert_told(&refused, &["Refusée par le directeur financier : Déjà payé"]);
}

#[tokio::test]
async fn invoices_of_others_are_not_there() {
    let invoicing = Invoicing::open().await;
    let (address, _) = invoicing.bring(&Ubl::default()).await;
    let stranger = invoicing.site.world.officer("Tournai").await;
    let stranger = invoicing.site.signed_in(&stranger).await;
    let participant = invoicing.site.signed_in(&invoicing.concluded.parties[1].director).await;

    for browser in [&stranger, &participant] {
        for page in [invoicing.page(), address.clone(), format!("{address}/fichier")] {
            assert_eq!(invoicing.site.get(browser, &page).await.status, 404, "{page}");
        }
        let file = Ubl::default().file();
        let sent = invoicing.site.send(request(browser, &invoicing.page(), form(&file.name, &file.bytes))).await;
        assert_eq!(sent.status, 404);
    }
    let officer = invoicing.site.signed_in(&invoicing.concluded.pilot().officer).await;
    let list = invoicing.site.get(&officer, &invoicing.page()).await;
    assert!(list.status == 200 && !list.body.contains("type=\"file\""), "the officer reads, and brings no file");
}

#[tokio::test]
async fn a_day_to_pay_is_moved_from_the_thirtieth_day_after_the_acceptance_when_it_came_later() {
    let invoicing = Invoicing::open().await;
    let (site, concluded) = (&invoicing.site, &invoicing.concluded);
    let director = site.signed_in(&concluded.pilot().director).await;
    // The library that keeps sessions reads the machine's clock.
    store::sessions::prolong(&site.world.services, TimeDelta::days(3_650)).await.expect("kept longer");
    site.world.now_is("2026-11-26 10:00");

    let (address, _) = invoicing.bring(&Ubl::default()).await;
    site.world.now_is("2026-11-27 10:00");
    site.world.accepted_days(concluded, invoicing.voucher, "2").await;
    let compared = site.post(&director, &address, &[("geste", "comparer"), ("version", "1")]).await;

    assert_eq!(compared.status, 303, "{}", compared.read());
    let shown = site.get(&director, &format!("/bons/{}", invoicing.voucher)).await;
    // From the receipt it would be Saturday 26 December.
    assert_told(&shown, &["lundi 28 décembre 2026", "reporté du dimanche 27 décembre 2026"]);
}

#[tokio::test]
async fn a_late_payment_shows_its_interest_before_and_after() {
    let invoicing = Invoicing::open().await;
    let (site, concluded) = (&invoicing.site, &invoicing.concluded);
    site.world.accepted_days(concluded, invoicing.voucher, "2").await;
    invoicing.bring(&Ubl::default()).await;
    site.world.now_is("2026-12-31 10:00");
    let director = site.signed_in(&concluded.pilot().director).await;
    // The library that keeps sessions reads the machine's clock.
    store::sessions::prolong(&site.world.services, TimeDelta::days(3_650)).await.expect("kept longer");
    let address = format!("/bons/{}/paiement", invoicing.voucher);

    let before = site.get(&director, &address).await;
    let day = [("le-jour", "31"), ("le-mois", "12"), ("le-annee", "2026")];
    let fields = [&day[..], &[("version", "8"), ("interets", "oui")]].concat();
    let paid = site.post(&director, &address, &fields).await;

    assert_told(&before, &["3,34 € d’intérêts pour 8 jours de retard et 40,00 € d’indemnité, soit 43,34 €"]);
    assert_eq!(paid.status, 303, "{}", paid.read());
    let after = site.get(&director, &format!("/bons/{}", invoicing.voucher)).await;
    assert_told(&after, &["Payée avec 8 jours de retard, avec 3,34 € d’intérêts et 40,00 € d’indemnité."]);
}

#[tokio::test]
async fn a_payment_whose_rate_is_not_published_shows_the_flat_sum_that_is_owed() {
    let invoicing = Invoicing::open().await;
    let (site, concluded) = (&invoicing.site, &invoicing.concluded);
    site.world.accepted_days(concluded, invoicing.voucher, "2").await;
    invoicing.bring(&Ubl::default()).await;
    site.world.now_is("2027-01-05 10:00");
    let (services, director) = (&site.world.services, &concluded.pilot().director);
    let on = "2027-01-04".parse().expect("a day");

    service::voucher::pay(services, director, invoicing.voucher, 8, on).await.expect("paid");

    let director = site.signed_in(director).await;
    // The library that keeps sessions reads the machine's clock.
    store::sessions::prolong(services, TimeDelta::days(3_650)).await.expect("kept longer");
    let after = site.get(&director, &format!("/bons/{}", invoicing.voucher)).await;
    assert_told(&after, &["Payée avec 12 jours de retard : 40,00 € d’indemnité restent dus au fournisseur"]);
}
