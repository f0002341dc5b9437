//! Dumps pages for the eye.
use crate::site::{Browser, Site};
use service::{evaluation, testing::a_sheet};

async fn dump(site: &Site, browser: &Browser, path: &str, name: &str) {
    let answer = site.get(browser, path).await;
    std::fs::create_dir_all("/tmp/h2look").unwrap();
    std::fs::write(format!("/tmp/h2look/{name}.html"), &answer.body).unwrap();
}

#[tokio::test]
async fn look() {
    let site = Site::open().await;
    let before = site.world.services.now();
    let totals = ["120000.00", "100000.00", "150000.00"];
    let opened = site.world.opened_tender("Ville de Namur", &totals).await;
    let (s, o, r) = (&site.world.services, &opened.officer, opened.reference);
    site.world.hours_pass(-(site.world.services.now() - before).num_hours());
    let officer = site.signed_in(o).await;
    let at = |p: &str| format!("/marches/{r}/{p}");
    evaluation::start_selection(s, o, r).await.unwrap();
    let request = |offer, kind, due: Option<&str>| evaluation::RequestDraft { offer, kind, text: "Une dette sociale de 4 200 euros apparaît dans Télémarc au 21 décembre 2026. Vous pouvez la régulariser.".to_owned(), due_on: due.map(|d| d.parse().unwrap()) };
    evaluation::request(s, o, r, &request(2, domain::evaluation::RequestKind::Debts, None)).await.unwrap();
    dump(&site, &officer, &at("selection"), "selection").await;
    dump(&site, &officer, &at("selection?offre=2"), "selection-offre").await;
    let firm = site.signed_in(&opened.firms[1].1).await;
    dump(&site, &firm, &format!("/offres/{r}/demandes"), "demandes").await;
    for offer in 1..=3 {
        let draft = evaluation::SelectionDraft { offer, version: 0, selection: domain::evaluation::Selection { selected: true, grounds: service::testing::clear_grounds() }, reason: String::new() };
        evaluation::select(s, o, r, &draft).await.unwrap();
    }
    evaluation::start_regularity(s, o, r).await.unwrap();
    let reading = evaluation::read(s, o, r).await.unwrap();
    let code = reading.terms.inventory[0].code.clone();
    let line = |p: &str| domain::offer::OfferLine { code: code.clone(), unit_price: domain::kernel::UnitPrice::parse_iso(p).unwrap(), vat: domain::kernel::Percent::parse_iso("21").unwrap() };
    for p in ["110000.00", "100000.00"] {
        let seen = if p == "110000.00" { 0 } else { 1 };
        evaluation::correct(s, o, r, &evaluation::CorrectionDraft { offer: 2, kind: domain::evaluation::CorrectionKind::Error, seen, lines: vec![line(p)], reason: "Le détail joint à l’offre compte une unité de moins.".to_owned() }).await.unwrap();
    }
    dump(&site, &officer, &at("regularite"), "regularite").await;
    dump(&site, &officer, &at("regularite?offre=2"), "regularite-offre").await;
    for offer in 1..=3 {
        let regularity = if offer == 3 { domain::evaluation::Regularity::NotSubstantial(domain::evaluation::Irregularity::Form) } else { domain::evaluation::Regularity::Regular };
        let reason = if offer == 3 { "Deux annexes ne sont pas numérotées ; le contenu se lit sans doute possible." } else { "" };
        evaluation::decide_regularity(s, o, r, &evaluation::RegularityDraft { offer, version: 0, regularity, reason: reason.to_owned() }).await.unwrap();
    }
    evaluation::evaluate(s, o, r).await.unwrap();
    let one = site.world.juror(&opened).await;
    let two = site.world.juror(&opened).await;
    dump(&site, &officer, &at("evaluation"), "comparaison-avant").await;
    let quality: [&[&str]; 3] = [&["22", "18", "14"], &["17", "14", "9"], &["23", "19", "15"]];
    evaluation::score(s, &one, r, &a_sheet(0, &quality)).await.unwrap();
    let b_two = site.signed_in(&two).await;
    dump(&site, &b_two, &at("evaluation/fiche"), "fiche").await;
    evaluation::score(s, &two, r, &a_sheet(0, &quality)).await.unwrap();
    dump(&site, &b_two, &at("evaluation/fiche"), "fiche-complete").await;
    dump(&site, &officer, &at("evaluation/jury"), "jury").await;
    dump(&site, &officer, &at("evaluation"), "comparaison").await;
    evaluation::close(s, o, r).await.unwrap();
    dump(&site, &officer, &at("evaluation"), "comparaison-close").await;
    dump(&site, &officer, &format!("/marches/{r}"), "marche").await;
    std::fs::write("/tmp/h2look/rapport.pdf", evaluation::report(s, o, r).await.unwrap().bytes).unwrap();
    std::fs::write("/tmp/h2look/c.xlsx", evaluation::xlsx(s, o, r).await.unwrap().bytes).unwrap();
    std::fs::write("/tmp/h2look/c.csv", evaluation::csv(s, o, r).await.unwrap().bytes).unwrap();
}
