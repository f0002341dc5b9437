//! The report of what was ordered, over its pages: who reads what, and its files.

use chrono::Datelike as _;
use domain::{
    kernel::time::brussels,
    organisation::{OrganisationKind, Role},
};
use service::testing::Concluded;

use crate::site::{Browser, Site};

struct Reported {
    site: Site,
    concluded: Concluded,
    year: i32,
}

impl Reported {
    /// The pilot ordered 6 000 euro, another participant 1 200.
    async fn open() -> Self {
        let site = Site::open().await;
        let concluded = site.world.concluded_contract("100000.00").await;
        site.world.confirmed_voucher(&concluded, concluded.pilot(), &[("P-02", "10")]).await;
        site.world.confirmed_voucher(&concluded, &concluded.parties[1], &[("P-02", "2")]).await;
        let year = brussels(site.world.services.now()).year();
        Self { site, concluded, year }
    }

    fn name(&self, party: usize) -> &str {
        &self.concluded.parties[party].organisation.name
    }
}

#[tokio::test]
async fn the_report_is_reached_from_the_list_and_tells_the_pilot_and_the_firm_of_all() {
    let reported = Reported::open().await;
    let site = &reported.site;

    for actor in [&reported.concluded.pilot().officer, &reported.concluded.firm] {
        let browser = site.signed_in(actor).await;
        let list = site.get(&browser, "/bons").await;
        assert!(list.body.contains("href=\"/bons/rapport\""), "{}", list.body);
        let page = site.get(&browser, "/bons/rapport").await;

        page.assert_page();
        let read = page.read();
        assert!([0, 1].iter().all(|party| read.contains(reported.name(*party))), "{read}");
        assert!(["6 000,00 €", "1 200,00 €", "7 200,00 €"].iter().all(|amount| read.contains(amount)), "{read}");
        assert_eq!(page.body.matches("class=\"f-commit\"").count(), 12, "a bar for each month");
        let heads = page.body.matches("scope=\"col\"").count();
        assert_eq!(heads, 3, "authority, sum, the one month with orders\n{}", page.body);
        assert!(page.body.contains(">7</text>"), "its thousands of euros stand at the bar\n{}", page.body);
    }
}

#[tokio::test]
async fn a_participant_reads_its_own_line_and_a_stranger_none() {
    let reported = Reported::open().await;
    let site = &reported.site;
    let other = site.signed_in(&reported.concluded.parties[1].officer).await;
    let rival = site.world.organisation(OrganisationKind::Sme, "Autre SRL").await;
    let rival = site.signed_in(&site.world.member(&rival, Role::SmeMember).await).await;

    let own = site.get(&other, "/bons/rapport").await;
    let nothing = site.get(&rival, "/bons/rapport").await;

    assert!(own.read().contains("1 200,00 €") && !own.read().contains("7 200,00 €"), "{}", own.read());
    assert!(nothing.status == 200 && nothing.read().contains("Aucune commande cette année-là"), "{}", nothing.read());
}

#[tokio::test]
async fn its_files_are_those_of_the_filter_and_of_nobody_who_is_not_signed_in() {
    let reported = Reported::open().await;
    let (site, year) = (&reported.site, reported.year);
    let firm = site.signed_in(&reported.concluded.firm).await;
    let reference = reported.concluded.reference;
    let query = format!("?annee={year}&contrat={reference}");

    let page = site.get(&firm, &format!("/bons/rapport{query}")).await;
    let csv = site.get(&firm, &format!("/bons/rapport.csv{query}")).await;
    let earlier = site.get(&firm, &format!("/bons/rapport.csv?annee={}", year - 1)).await;

    for kind in ["csv", "xlsx"] {
        let link = format!("/bons/rapport.{kind}?annee={year}&amp;contrat={reference}");
        assert!(page.body.contains(&link), "{link}\n{}", page.body);
        let visitor = site.get(&Browser::default(), &format!("/bons/rapport.{kind}")).await;
        assert_eq!(visitor.status, 404, "{kind}");
    }
    assert!(csv.status == 200 && csv.body.trim_end().ends_with("7200,00"), "{}", csv.body);
    assert_eq!(csv.header("content-disposition"), format!("attachment; filename=\"commandes-{year}.csv\""));
    assert!(earlier.body.trim_end().ends_with(";0,00"), "{}", earlier.body);
    let xlsx = site.bytes(&firm, &format!("/bons/rapport.xlsx{query}")).await;
    assert!(xlsx.starts_with(b"PK") && String::from_utf8_lossy(&xlsx).contains("<v>7200.00</v>"));
}

#[tokio::test]
async fn a_year_or_a_contract_that_can_not_be_read_is_told_at_its_field_and_shows_nothing() {
    let reported = Reported::open().await;
    let site = &reported.site;
    let firm = site.signed_in(&reported.concluded.firm).await;

    for (query, field, sentence) in [
        ("annee=demain", "annee", "Écrivez un nombre entier de 1900 à 2200"),
        ("annee=1", "annee", "Écrivez un nombre entier de 1900 à 2200"),
        ("contrat=%3Cb%3E", "contrat", "Écrivez la référence du contrat"),
    ] {
        let told = site.get(&firm, &format!("/bons/rapport?{query}")).await;

        told.assert_page();
        assert_eq!(told.read().matches(sentence).count(), 2, "{query}: {}", told.read());
        assert!(told.body.contains(&format!("id=\"{field}-erreur\"")), "{query}: {}", told.body);
        assert!(!told.read().contains("7 200,00 €") && !told.read().contains("Aucune commande"), "{}", told.read());
        for kind in ["csv", "xlsx"] {
            assert_eq!(site.get(&firm, &format!("/bons/rapport.{kind}?{query}")).await.status, 404, "{kind} {query}");
        }
    }
    let typed = site.get(&firm, "/bons/rapport?contrat=%3Cb%3E").await;
    assert_eq!(typed.value("contrat"), "<b>");
}
