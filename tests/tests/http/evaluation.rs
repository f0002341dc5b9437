//! The pages after the opening: what is typed wrongly comes back, and nobody reads what is not theirs.

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    organisation::Role,
};
use service::{
    evaluation, store,
    testing::{Opened, a_sheet},
};

use crate::site::{Answer, Browser, Site};

/// A tender at its evaluation, seen on the day of the machine, on which sessions live.
async fn compared(site: &Site) -> Opened {
    back(site, async |world| world.compared_tender("Namur", &["120000.00", "100000.00"]).await).await
}

/// Makes something that puts the clock forward, then sets the clock back: sessions are kept by the machine's time.
async fn back<T>(site: &Site, make: impl AsyncFn(&service::testing::World) -> T) -> T {
    let before = site.world.services.now();
    let made = make(&site.world).await;
    site.world.hours_pass(-(site.world.services.now() - before).num_hours());
    made
}

async fn juror(site: &Site, open: &Opened) -> (Actor, Browser) {
    let juror = site.world.juror(open).await;
    let browser = site.signed_in(&juror).await;
    (juror, browser)
}

fn at(open: &Opened, page: &str) -> String {
    format!("/marches/{}/{page}", open.reference)
}

/// A whole sheet of two offers and three criteria, with these fields in place of the good ones.
fn sheet<'a>(wrong: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    const GOOD: [(&str, &str); 14] = [
        ("geste", "coter"),
        ("version", "0"),
        ("points-1-1", "22"),
        ("motif-1-1", "Organisation claire"),
        ("points-2-1", "17"),
        ("motif-2-1", "Peu de tests"),
        ("points-1-2", "18"),
        ("motif-1-2", "Équipe stable"),
        ("points-2-2", "14"),
        ("motif-2-2", "Équipe jeune"),
        ("points-1-3", "14,5"),
        ("motif-1-3", "Dépôt public"),
        ("points-2-3", "9"),
        ("motif-2-3", "Documentation courte"),
    ];
    GOOD.into_iter()
        .map(|(name, value)| wrong.iter().copied().find(|(field, _)| *field == name).unwrap_or((name, value)))
        .collect()
}

fn assert_told(answer: &Answer, field: &str, sentence: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    answer.assert_page();
    assert_eq!(answer.read().matches(sentence).count(), 2, "{sentence} in the summary and at the field");
    assert!(answer.body.contains(&format!("<a href=\"#{field}\">")), "the summary leads to {field}");
    assert!(answer.body.contains(&format!("id=\"{field}-erreur\"")), "the sentence stands at {field}");
}

#[tokio::test]
async fn wrong_points_come_back_as_typed_with_their_sentence() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let (_, browser) = juror(&site, &open).await;

    for typed in ["vingt", "-1", "25,01", "1e1", "22,005", "<b>22</b>", "999999999999999999999"] {
        let answer = site.post(&browser, &at(&open, "evaluation/fiche"), &sheet(&[("points-1-1", typed)])).await;

        assert_told(&answer, "points-1-1", "Écrivez des points de 0 à 25,00");
        assert_eq!(answer.value("points-1-1"), typed);
        assert_eq!(answer.value("motif-2-3"), "Documentation courte", "nothing else is lost");
    }
}

#[tokio::test]
async fn points_without_a_reason_and_a_reason_without_points_are_told() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let (_, browser) = juror(&site, &open).await;
    let page = at(&open, "evaluation/fiche");

    let silent = site.post(&browser, &page, &sheet(&[("motif-2-2", "  ")])).await;
    assert_eq!(silent.status, 422);
    assert!(silent.body.contains("id=\"motif-2-2-erreur\""), "{}", silent.body);

    let pointless = site.post(&browser, &page, &sheet(&[("points-2-2", "")])).await;
    assert_told(&pointless, "points-2-2", "Écrivez des points de 0 à 20,00");
}

#[tokio::test]
async fn a_sheet_or_a_correction_by_somebody_who_may_not_is_refused_whatever_it_says_and_written_down() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let director = site.world.member(&open.pilot, Role::FinanceDirector).await;
    let browser = site.signed_in(&director).await;
    let view = store::tenders::find(&site.world.services, director.scope(), open.reference).await.expect("found");
    let correction = [("geste", "corriger"), ("offre", "1"), ("vues", "0")];
    let sheet = sheet(&[("points-1-1", "vingt")]);
    let stream = Stream::Tender(view.tender.id);
    let mut last = site.world.last_audit(stream).await.seq;

    for (page, fields, action) in [
        ("evaluation/fiche", &sheet[..], "evaluation.score"),
        ("regularite", &correction[..], "evaluation.assess"),
        ("negociation", &correction[..], "evaluation.assess"),
        ("evaluation", &correction[..], "evaluation.assess"),
    ] {
        let answer = site.post(&browser, &at(&open, page), fields).await;

        assert_eq!(answer.status, 403, "{page}: {}", answer.body);
        let row = site.world.last_audit(stream).await;
        assert_eq!((row.action.as_str(), row.outcome), (action, Outcome::Denied), "{page}");
        assert!(row.seq > last, "{page}: a row of its own");
        last = row.seq;
    }
}

#[tokio::test]
async fn a_sheet_is_kept_and_an_old_one_is_told_so() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let (_, browser) = juror(&site, &open).await;
    let page = at(&open, "evaluation/fiche");

    let first = site.post(&browser, &page, &sheet(&[])).await;
    let double = site.post(&browser, &page, &sheet(&[])).await;
    let old = site.post(&browser, &page, &sheet(&[("points-1-1", "1")])).await;

    assert_eq!((first.status, double.status, old.status), (303, 303, 409), "{}", old.body);
    old.assert_page();
    assert_eq!(site.get(&browser, &page).await.value("points-1-1"), "22,00");
}

#[tokio::test]
async fn a_conflict_without_a_word_is_told_and_a_declared_one_closes_the_sheet() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let evaluator = site.world.member(&open.pilot, Role::Evaluator).await;
    evaluation::name_juror(&site.world.services, &open.officer, open.reference, evaluator.person())
        .await
        .expect("named");
    let browser = site.signed_in(&evaluator).await;
    let page = at(&open, "evaluation/fiche");

    let home = site.get(&browser, "/").await;
    assert!(home.read().contains("Déclarer vos intérêts avant de coter"), "{}", home.body);
    let declare =
        |choice: &'static str, text: &'static str| [("geste", "declarer"), ("interets", choice), ("precision", text)];
    let nothing = site.post(&browser, &page, &declare("", "")).await;
    assert!(nothing.status == 422 && nothing.body.contains("id=\"interets-erreur\""));
    let silent = site.post(&browser, &page, &declare("conflit", "")).await;
    assert!(silent.status == 422 && silent.body.contains("id=\"precision-erreur\""));
    let told = site.post(&browser, &page, &declare("conflit", "Ma sœur y est gérante")).await;
    assert_eq!(told.status, 303, "{}", told.body);

    let read = site.get(&browser, &page).await;
    assert!(read.read().contains("Vous ne cotez pas ces offres") && !read.body.contains("points-1-1"));
    let scored = site.post(&browser, &page, &sheet(&[])).await;
    assert_eq!(scored.status, 422);
    assert!(scored.read().contains("Vous avez déclaré un conflit d’intérêts"));
}

#[tokio::test]
async fn an_evaluator_with_a_begun_sheet_is_removed_for_a_reason() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let (juror, _) = juror(&site, &open).await;
    let begun: [&[&str]; 1] = [&["22", "18", "14"]];
    evaluation::score(&site.world.services, &juror, open.reference, &a_sheet(0, &begun)).await.expect("begun");
    let browser = site.signed_in(&open.officer).await;
    let page = at(&open, "evaluation/jury");
    let (person, field) = (juror.person().to_string(), evaluation::departure_field(juror.person()));
    let remove = async |reason: &str| {
        let fields = [("geste", "retirer"), ("personne", &*person), ("version", "1"), (&*field, reason)];
        site.post(&browser, &page, &fields).await
    };

    let silent = remove("").await;
    let removed = remove("Malade jusqu’en mars").await;

    silent.assert_page();
    assert!(silent.status == 422 && silent.body.contains(&format!("id=\"{field}-erreur\"")), "{}", silent.body);
    assert_eq!(removed.status, 303, "{}", removed.body);
    let trail = site.get(&browser, &at(&open, "historique")).await;
    assert!(trail.read().contains("Malade jusqu’en mars"), "{}", trail.body);
}

#[tokio::test]
async fn an_evaluator_finds_the_sheet_on_the_home_page_until_it_is_complete() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let (juror, browser) = juror(&site, &open).await;

    let before = site.get(&browser, "/").await;
    assert!(before.body.contains(&at(&open, "evaluation/fiche")), "{}", before.body);
    let quality: [&[&str]; 2] = [&["22", "18", "14"], &["17", "14", "9"]];
    evaluation::score(&site.world.services, &juror, open.reference, &a_sheet(0, &quality)).await.expect("scored");
    let after = site.get(&browser, "/").await;

    assert!(!after.body.contains(&at(&open, "evaluation/fiche")), "{}", after.body);
}

#[tokio::test]
async fn a_decision_without_its_reason_comes_back_as_typed() {
    let site = Site::open().await;
    let open = back(&site, async |world| world.opened_tender("Namur", &["120000.00"]).await).await;
    evaluation::start_selection(&site.world.services, &open.officer, open.reference).await.expect("started");
    let browser = site.signed_in(&open.officer).await;
    let page = at(&open, "selection");
    let decide = |result: &'static str, reason: &'static str| {
        [
            ("geste", "decider"),
            ("offre", "1"),
            ("version", "0"),
            ("obligatoire", "none"),
            ("dettes", "none"),
            ("facultatif", "none"),
            ("criteres", "non"),
            ("resultat", result),
            ("motif", reason),
        ]
    };

    let silent = site.post(&browser, &page, &decide("non", "")).await;
    assert!(silent.status == 422 && silent.body.contains("id=\"motif-erreur\""), "{}", silent.body);
    let unreadable = site.post(&browser, &page, &decide("peut-être", "Références")).await;
    assert!(unreadable.status == 422 && unreadable.body.contains("id=\"resultat-erreur\""));
    assert_eq!(unreadable.value("motif"), "Références");
    let unprintable = site.post(&browser, &page, &decide("non", "Références \u{1f4a7}")).await;
    assert_eq!(unprintable.status, 422, "the report could not print it");
    let decided = site.post(&browser, &page, &decide("non", "Deux références sur les trois demandées")).await;
    assert_eq!(decided.status, 303, "{}", decided.body);
    let twice = site.post(&browser, &page, &decide("non", "Autre chose")).await;
    assert_eq!(twice.status, 409);
}

#[tokio::test]
async fn a_wrong_price_comes_back_as_typed() {
    let site = Site::open().await;
    let open = back(&site, async |world| {
        let open = world.opened_tender("Namur", &["120000.00"]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::start_selection(services, officer, reference).await.expect("started");
        let draft = evaluation::SelectionDraft {
            offer: 1,
            version: 0,
            selection: domain::evaluation::Selection { selected: true, grounds: service::testing::clear_grounds() },
            reason: String::new(),
        };
        evaluation::select(services, officer, reference, &draft).await.expect("selected");
        evaluation::start_regularity(services, officer, reference).await.expect("decided");
        open
    })
    .await;
    let browser = site.signed_in(&open.officer).await;
    let page = at(&open, "regularite");
    let correct = |price: &'static str, reason: &'static str| {
        [("geste", "corriger"), ("offre", "1"), ("vues", "0"), ("prix-P-01", price), ("motif-prix", reason)]
    };

    for typed in ["cent mille", "-5", "10000000000000000", "1,00005"] {
        let answer = site.post(&browser, &page, &correct(typed, "Erreur de virgule")).await;
        assert_eq!(answer.status, 422, "{typed}\n{}", answer.body);
        assert!(answer.body.contains("id=\"prix-P-01-erreur\""), "{typed}");
        assert_eq!(answer.value("prix-P-01"), typed);
    }
    let silent = site.post(&browser, &page, &correct("110 000", "")).await;
    assert!(silent.status == 422 && silent.body.contains("id=\"motif-prix-erreur\""));
    let corrected = site.post(&browser, &page, &correct("110 000", "Erreur de virgule")).await;
    assert_eq!(corrected.status, 303, "{}", corrected.body);
    let read = site.get(&browser, corrected.header("location")).await;
    assert!(read.read().contains("120 000,00 €") && read.read().contains("110 000,00 €"), "before and after");
}

#[tokio::test]
async fn the_comparison_and_its_files_are_for_those_who_take_part() {
    let site = Site::open().await;
    let quality: [&[&str]; 2] = [&["22", "18", "14"], &["17", "14", "9"]];
    let closed =
        back(&site, async |world| world.evaluated_tender("Namur", &["120000.00", "100000.00"], &quality).await).await;
    let officer = site.signed_in(&closed.officer).await;
    let firm = site.signed_in(&closed.firms[0].1).await;
    let (_, stranger) = site.officer("Gembloux").await;
    let page = format!("/marches/{}/evaluation", closed.reference);

    let read = site.get(&officer, &page).await;
    read.assert_page();
    assert!(read.read().contains("87,33") && read.body.contains("rapport.pdf"), "{}", read.body);
    for file in ["", "/comparaison.csv", "/comparaison.xlsx", "/rapport.pdf", "/jury"] {
        for other in [&firm, &stranger] {
            assert_eq!(site.get(other, &format!("{page}{file}")).await.status, 404, "{file}");
        }
    }
    let csv = site.get(&officer, &format!("{page}/comparaison.csv")).await;
    assert!(csv.status == 200 && csv.body.contains("Total sur 100"));
    assert_eq!(site.get(&stranger, &format!("/offres/{}/demandes", closed.reference)).await.status, 404);
    assert_eq!(site.get(&firm, &format!("/offres/{}/demandes", closed.reference)).await.status, 200);
}

#[tokio::test]
async fn a_firm_finds_what_it_was_asked_on_its_home_page_until_it_answers() {
    let site = Site::open().await;
    let open = back(&site, async |world| {
        let open = world.opened_tender("Namur", &["120000.00", "100000.00"]).await;
        evaluation::start_selection(&world.services, &open.officer, open.reference).await.expect("started");
        let due_on = world.services.now().date_naive().checked_add_days(chrono::Days::new(8));
        let kind = domain::evaluation::RequestKind::Piece;
        let draft = evaluation::RequestDraft { offer: 1, kind, text: "Les trois références.".to_owned(), due_on };
        evaluation::request(&world.services, &open.officer, open.reference, &draft).await.expect("asked");
        open
    })
    .await;
    let [own, other] = [&open.firms[0].1, &open.firms[1].1];
    let page = format!("/offres/{}/demandes", open.reference);
    let home = async |actor: &Actor| site.get(&site.signed_in(actor).await, "/").await;

    let before = home(own).await;
    let of_the_other = home(other).await;
    let tender = service::store::calls::find(&site.world.services, open.reference).await.expect("found").tender.id;
    let asked = service::store::evaluation::requests_of_firm(&site.world.services, tender, own.organisation()).await;
    let asked = asked.expect("its own").remove(0);
    evaluation::answer_request(&site.world.services, own, open.reference, asked.id, asked.version, "Les voici.")
        .await
        .expect("answered");
    let after = home(own).await;

    before.assert_page();
    assert!(before.read().contains("Répondre à une demande sur votre offre") && before.body.contains(&page));
    assert!(!of_the_other.body.contains(&page) && !after.body.contains(&page));
}

#[tokio::test]
async fn lots_are_drawn_between_the_offers_that_the_page_showed() {
    let site = Site::open().await;
    let open = back(&site, async |world| {
        let open = world.compared_tender("Namur", &["100000.00", "100000.00"]).await;
        let juror = world.juror(&open).await;
        let quality: [&[&str]; 2] = [&["20", "18", "12"], &["20", "18", "12"]];
        evaluation::score(&world.services, &juror, open.reference, &a_sheet(0, &quality)).await.expect("scored");
        open
    })
    .await;
    let browser = site.signed_in(&open.officer).await;
    let page = at(&open, "evaluation");
    let draw = async |between: &str| {
        let fields = [
            ("geste", "tirer"),
            ("entre", between),
            ("gagnante", "2"),
            ("motif-tirage", "Hôtel de ville, devant deux témoins"),
        ];
        site.post(&browser, &page, &fields).await
    };

    let shown = site.get(&browser, &page).await.value("entre");
    let (stale, drawn) = (draw("1 2 3").await, draw(&shown).await);

    assert_eq!(shown, "1 2");
    assert_eq!((stale.status, drawn.status), (422, 303), "{}", stale.body);
    let read = site.get(&browser, &page).await;
    assert!(read.read().contains("Hôtel de ville, devant deux témoins"));
}

#[tokio::test]
async fn a_closed_evaluation_asks_the_officer_for_a_proposal() {
    let site = Site::open().await;
    let quality: [&[&str]; 1] = [&["22", "18", "14"]];
    let closed = back(&site, async |world| world.evaluated_tender("Namur", &["120000.00"], &quality).await).await;

    let home = site.get(&site.signed_in(&closed.officer).await, "/").await;

    assert!(home.read().contains("Proposer l’attribution"), "{}", home.body);
    assert!(home.body.contains(&format!("/marches/{}/attribution", closed.reference)));
}

#[tokio::test]
async fn the_page_of_the_award_leads_to_an_evaluation_that_is_not_closed_for_who_may_read_it() {
    let site = Site::open().await;
    let open = compared(&site).await;
    let administrator = site.world.member(&open.pilot, Role::PlatformAdministrator).await;
    let page = at(&open, "attribution");
    let link = format!("href=\"{}\"", at(&open, "evaluation"));

    let officers = site.get(&site.signed_in(&open.officer).await, &page).await;
    let administrators = site.get(&site.signed_in(&administrator).await, &page).await;

    officers.assert_page();
    assert!(officers.body.contains(&link), "{}", officers.body);
    assert!(administrators.read().contains("L’évaluation n’est pas clôturée"), "{}", administrators.body);
    assert!(!administrators.body.contains(&link), "{}", administrators.body);
}
