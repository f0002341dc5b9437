//! From the opened offers to their ranking, on both databases.

use domain::{
    evaluation::{
        CorrectionKind, Debts, Draw, Grounds, Irregularity, Refusal, Regularity, RequestKind, Selection, Standing,
        price_check,
    },
    kernel::{Percent, UnitPrice},
    offer::OfferLine,
    organisation::Role,
    score::Points,
    tender::Stage,
};
use service::{
    Error,
    evaluation::{self, CorrectionDraft, RegularityDraft, RequestDraft, SelectionDraft, SheetDraft},
    on_both_databases, store,
    testing::{Opened, World, a_sheet, clear_grounds},
};

/// The example of the common model: price 40, method 25, team 20, free software and documentation 15.
const TOTALS: [&str; 3] = ["120000.00", "100000.00", "150000.00"];
const QUALITY: [&[&str]; 3] = [&["22", "18", "14"], &["17", "14", "9"], &["23", "19", "15"]];

fn points(text: &str) -> Points {
    Points::parse_iso(text).expect("points")
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(domain::refusal::Refusal::Evaluation(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// Everybody is selected: the tender stands at the regularity of its offers.
async fn selected(world: &World, totals: &[&str]) -> Opened {
    let open = world.opened_tender("Namur", totals).await;
    let (services, officer, reference) = (&world.services, &open.officer, open.reference);
    evaluation::start_selection(services, officer, reference).await.expect("started");
    for (offer, _) in (1..).zip(totals) {
        let selection = Selection { selected: true, grounds: clear_grounds() };
        let draft = SelectionDraft { offer, version: 0, selection, reason: String::new() };
        evaluation::select(services, officer, reference, &draft).await.expect("selected");
    }
    evaluation::start_regularity(services, officer, reference).await.expect("everybody is decided");
    open
}

/// Every offer is regular: the tender stands at its evaluation.
async fn regular(world: &World, open: &Opened) {
    let (services, officer, reference) = (&world.services, &open.officer, open.reference);
    for (offer, _) in (1..).zip(&open.firms) {
        let draft = RegularityDraft { offer, version: 0, regularity: Regularity::Regular, reason: String::new() };
        evaluation::decide_regularity(services, officer, reference, &draft).await.expect("regular");
    }
    evaluation::evaluate(services, officer, reference).await.expect("every offer is decided");
}

on_both_databases! {
    async fn the_quality_example_gives_its_totals_and_ranks(world: World) {
        let closed = world.evaluated_tender("Namur", &TOTALS, &QUALITY).await;

        let view = store::tenders::find(&world.services, closed.officer.scope(), closed.reference).await.expect("found");
        let examination = evaluation::result(&world.services, &view).await.expect("closed");

        let told: Vec<_> = examination.offers.iter().map(|offer| (offer.total(), offer.rank())).collect();
        assert_eq!(
            told,
            [(Some(points("87.33")), Some(1)), (Some(points("80.00")), Some(3)), (Some(points("83.67")), Some(2))]
        );
        assert_eq!(examination.first().map(|offer| offer.firm_name.as_str()), Some("PME 1"));
        assert!(!examination.provisional && examination.tie.is_none());
        let Standing::Compared { points: own, .. } = &examination.offers[0].standing else { panic!("compared") };
        assert_eq!(own, &[Some(points("33.33")), Some(points("22")), Some(points("18")), Some(points("14"))]);
        assert_eq!(view.tender.stage, Stage::Evaluation);
        let report = evaluation::report(&world.services, &closed.officer, closed.reference).await.expect("kept");
        assert!(report.bytes.starts_with(b"%PDF-"));
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn without_a_closed_evaluation_there_is_no_ranking(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let juror = world.juror(&open).await;
        evaluation::score(&world.services, &juror, open.reference, &a_sheet(0, &QUALITY[..2])).await.expect("kept");

        let view = store::tenders::find(&world.services, open.officer.scope(), open.reference).await.expect("found");
        assert_eq!(refusal(evaluation::result(&world.services, &view).await), Refusal::NotClosed);
        let early = evaluation::close(&world.services, &open.officer, open.reference).await;
        assert!(matches!(refusal(early), Refusal::SheetsIncomplete { .. }));
    }

    async fn offers_of_equal_totals_are_told_apart_by_the_heaviest_criterion(world: World) {
        // 40 + 20 + 18 + 12 against 40 + 21 + 17 + 12: the price weighs most and is the same, then the method.
        let quality: [&[&str]; 2] = [&["20", "18", "12"], &["21", "17", "12"]];
        let closed = world.evaluated_tender("Namur", &["100000.00", "100000.00"], &quality).await;

        let view = store::tenders::find(&world.services, closed.officer.scope(), closed.reference).await.expect("found");
        let examination = evaluation::result(&world.services, &view).await.expect("closed");

        assert_eq!(examination.offers.iter().map(domain::evaluation::Examined::rank).collect::<Vec<_>>(), [Some(2), Some(1)]);
        assert_eq!(examination.tie.and_then(|tie| tie.first), Some(2));
    }

    async fn offers_that_nothing_tells_apart_wait_for_a_draw_with_its_reason(world: World) {
        let quality: [&[&str]; 2] = [&["20", "18", "12"], &["20", "18", "12"]];
        let open = world.compared_tender("Namur", &["100000.00", "100000.00"]).await;
        let juror = world.juror(&open).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::score(services, &juror, reference, &a_sheet(0, &quality)).await.expect("scored");

        let tied = refusal(evaluation::close(services, officer, reference).await);
        assert_eq!(tied, Refusal::Tied { names: vec!["PME 1".to_owned(), "PME 2".to_owned()] });
        let nobody = Draw { winner: 3, reason: "Hôtel de ville, 10 h".to_owned() };
        assert_eq!(refusal(evaluation::draw_lots(services, officer, reference, &nobody).await), Refusal::NotTied);

        let draw = Draw { winner: 2, reason: "Hôtel de ville, 22 décembre à 10 h, devant deux témoins".to_owned() };
        evaluation::draw_lots(services, officer, reference, &draw).await.expect("drawn");
        assert_eq!(refusal(evaluation::draw_lots(services, officer, reference, &draw).await), Refusal::NotTied);
        evaluation::close(services, officer, reference).await.expect("closed");

        let view = store::tenders::find(services, officer.scope(), reference).await.expect("found");
        let examination = evaluation::result(services, &view).await.expect("closed");
        assert_eq!(examination.first().map(|offer| offer.position), Some(2));
        assert_eq!(examination.tie.and_then(|tie| tie.drawn), Some(draw.reason));
    }

    async fn a_zero_price_leaves_the_ranking_provisional(world: World) {
        let open = world.compared_tender("Namur", &["0.00", "100000.00"]).await;
        let juror = world.juror(&open).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::score(services, &juror, reference, &a_sheet(0, &QUALITY[..2])).await.expect("scored");

        let reading = evaluation::read(services, officer, reference).await.expect("read");
        let examination = reading.examination().expect("sums fit");
        assert!(examination.provisional);
        assert_eq!(examination.offers.iter().map(domain::evaluation::Examined::rank).collect::<Vec<_>>(), [None, Some(1)]);
        let closed = refusal(evaluation::close(services, officer, reference).await);
        assert_eq!(closed, Refusal::PricesToCheck { names: vec!["PME 1".to_owned()] });
    }

    async fn every_tenderer_is_decided_before_the_regularity_and_nobody_selected_ends_it(world: World) {
        let open = world.opened_tender("Namur", &TOTALS[..2]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let out = |offer, reason: &str| SelectionDraft {
            offer,
            version: 0,
            selection: Selection { selected: false, grounds: Grounds { debts: Debts::Above, ..clear_grounds() } },
            reason: reason.to_owned(),
        };

        let early = evaluation::select(services, officer, reference, &out(1, "Dettes de 4 000 euros")).await;
        assert_eq!(refusal(early), Refusal::NotAtThisStep { stage: Stage::Selection });
        evaluation::start_selection(services, officer, reference).await.expect("started");
        let silent = evaluation::select(services, officer, reference, &out(1, "")).await;
        assert!(matches!(silent, Err(Error::Invalid(errors)) if errors.of("motif").is_some()));
        evaluation::select(services, officer, reference, &out(1, "Dettes de 4 000 euros")).await.expect("decided");
        let again = evaluation::select(services, officer, reference, &out(1, "Dettes de 5 000 euros")).await;
        assert!(matches!(again, Err(Error::Stale)), "somebody decided in between");

        let undecided = refusal(evaluation::start_regularity(services, officer, reference).await);
        assert_eq!(undecided, Refusal::SelectionUndecided { names: vec!["PME 2".to_owned()] });
        evaluation::select(services, officer, reference, &out(2, "Dettes non régularisées")).await.expect("decided");
        let nobody = refusal(evaluation::start_regularity(services, officer, reference).await);
        assert_eq!(nobody, Refusal::NobodySelected);
    }

    async fn debts_are_asked_about_once_with_five_working_days(world: World) {
        let open = world.opened_tender("Namur", &TOTALS[..1]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::start_selection(services, officer, reference).await.expect("started");
        world.post().await;
        let ask = RequestDraft {
            offer: 1,
            kind: RequestKind::Debts,
            text: "Une dette sociale de 4 200 euros apparaît dans Télémarc.".to_owned(),
            due_on: None,
        };

        evaluation::request(services, officer, reference, &ask).await.expect("asked");

        let letters = world.post().await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].text.contains("mardi 29 décembre 2026"), "{}", letters[0].text);
        assert!(letters[0].text.contains("art. 68"));
        let again = evaluation::request(services, officer, reference, &ask).await;
        assert_eq!(refusal(again), Refusal::DebtsAskedOnce);
    }

    async fn a_firm_answers_its_own_request_once_and_another_firm_finds_none(world: World) {
        let open = world.opened_tender("Namur", &TOTALS[..2]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::start_selection(services, officer, reference).await.expect("started");
        let due_on = "2026-12-28".parse().ok();
        let ask = RequestDraft { offer: 1, kind: RequestKind::Piece, text: "Les trois références.".to_owned(), due_on };
        evaluation::request(services, officer, reference, &ask).await.expect("asked");
        let tender = store::tenders::find(services, officer.scope(), reference).await.expect("found").tender;
        let [own, other] = [&open.firms[0], &open.firms[1]];
        let asked = store::evaluation::requests_of_firm(services, tender.id, own.0.id).await.expect("own").remove(0);
        let answer = |actor| evaluation::answer_request(services, actor, reference, asked.id, asked.version, "Les voici.");

        assert!(matches!(answer(&other.1).await, Err(Error::NotFound)));
        assert_eq!(store::evaluation::requests_of_firm(services, tender.id, other.0.id).await.expect("own"), []);
        answer(&own.1).await.expect("answered");
        assert_eq!(refusal(answer(&own.1).await), Refusal::RequestSettled);

        let judge = || evaluation::judge_request(services, officer, reference, asked.id, asked.version + 1, true, None);
        judge().await.expect("accepted");
        assert_eq!(refusal(judge().await), Refusal::RequestSettled);
        let dossier = store::evaluation::dossier(services, tender.id).await.expect("read");
        assert_eq!((dossier.requests[0].accepted, dossier.requests[0].answer.as_deref()), (Some(true), Some("Les voici.")));
    }

    async fn a_corrected_unit_price_changes_the_total_and_the_points(world: World) {
        let open = selected(&world, &TOTALS).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let code = evaluation::read(services, officer, reference).await.expect("read").terms.inventory[0].code.clone();
        let price = |text: &str| OfferLine {
            code: code.clone(),
            unit_price: UnitPrice::parse_iso(text).expect("a price"),
            vat: Percent::parse_iso("21").expect("a rate"),
        };
        let draft = |seen, text: &str| CorrectionDraft {
            offer: 2,
            kind: CorrectionKind::Error,
            seen,
            lines: vec![price(text)],
            reason: "Une unité de plus dans le détail joint".to_owned(),
        };

        evaluation::correct(services, officer, reference, &draft(0, "110000.00")).await.expect("corrected");

        let stale = evaluation::correct(services, officer, reference, &draft(0, "90000.00")).await;
        assert!(matches!(stale, Err(Error::Stale)));
        let same = evaluation::correct(services, officer, reference, &draft(1, "110000.00")).await;
        assert!(matches!(same, Err(Error::Refused(domain::refusal::Refusal::AlreadyDone))));
        regular(&world, &open).await;
        let reading = evaluation::read(services, officer, reference).await.expect("read");
        let [_, corrected, _] = &reading.examination().expect("sums fit").offers[..] else { panic!("three offers") };
        assert_eq!((corrected.submitted.to_iso(), corrected.excluding.to_iso()), ("100000.00".into(), "110000.00".into()));
        let told = reading.dossier.corrections_of(corrected.offer).next().expect("kept");
        assert_eq!(told.before.as_ref().map(|line| line.unit_price), Some(price("100000.00").unit_price));
    }

    async fn a_price_is_justified_in_twelve_days_and_low_prices_are_a_hint(world: World) {
        let open = selected(&world, &["80000.00", "100000.00", "105000.00", "110000.00", "140000.00"]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let ask = RequestDraft { offer: 1, kind: RequestKind::Price, text: "Le prix total.".to_owned(), due_on: None };

        evaluation::request(services, officer, reference, &ask).await.expect("asked");

        let reading = evaluation::read(services, officer, reference).await.expect("read");
        assert_eq!(reading.dossier.requests[0].due_on, "2027-01-04".parse().expect("a date"));
        let parameters = store::parameters::set(services).await.expect("read");
        let prices: Vec<_> = reading.dossier.offers.iter().map(|offer| (offer, offer.excluding)).collect();
        let check = price_check(&parameters, "2026-11-23".parse().expect("a date"), &prices).expect("rows");
        assert_eq!(check.questioned, [reading.dossier.offers[0].id]);
        assert_eq!(check.mean.map(domain::kernel::Money::to_iso), Some("105000.00".to_owned()));
    }

    async fn a_void_offer_is_not_compared_and_the_report_says_why(world: World) {
        let open = selected(&world, &TOTALS).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let decide = |offer, regularity, reason: &str| {
            let draft = RegularityDraft { offer, version: 0, regularity, reason: reason.to_owned() };
            async move { evaluation::decide_regularity(services, officer, reference, &draft).await }
        };
        let silent = decide(2, Regularity::Substantial(Irregularity::Minimum), "").await;
        assert!(matches!(silent, Err(Error::Invalid(errors)) if errors.of("motif").is_some()));

        decide(1, Regularity::Regular, "").await.expect("regular");
        decide(2, Regularity::Substantial(Irregularity::Minimum), "Pas de code source").await.expect("void");
        let early = refusal(evaluation::evaluate(services, officer, reference).await);
        assert_eq!(early, Refusal::RegularityUndecided { names: vec!["PME 3".to_owned()] });
        decide(3, Regularity::NotSubstantial(Irregularity::Form), "Page non numérotée").await.expect("kept");
        evaluation::evaluate(services, officer, reference).await.expect("two are left");

        let reading = evaluation::read(services, officer, reference).await.expect("read");
        let offers = reading.examination().expect("sums fit").offers;
        let Standing::Irregular { reason, article } = &offers[1].standing else { panic!("void") };
        assert_eq!(reason, "Pas de code source");
        assert!(article.contains("art. 76"));
        let Standing::Compared { points: own, .. } = &offers[0].standing else { panic!("compared") };
        assert_eq!(own[0], Some(points("40")), "the lowest of those that are left");
    }

    async fn without_a_regular_offer_the_evaluation_does_not_begin(world: World) {
        let open = selected(&world, &TOTALS[..1]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let regularity = Regularity::Substantial(Irregularity::Competition);
        let draft = RegularityDraft { offer: 1, version: 0, regularity, reason: "Engagement incertain".to_owned() };
        evaluation::decide_regularity(services, officer, reference, &draft).await.expect("void");

        assert_eq!(refusal(evaluation::evaluate(services, officer, reference).await), Refusal::NoRegularOffer);
    }

    async fn an_evaluator_who_declares_a_conflict_does_not_score(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let evaluator = world.member(&open.pilot, Role::Evaluator).await;
        let sheet = a_sheet(0, &QUALITY);

        let unnamed = evaluation::score(services, &evaluator, reference, &sheet).await;
        assert_eq!(refusal(unnamed), Refusal::NotOnTheJury);
        evaluation::name_juror(services, officer, reference, evaluator.person()).await.expect("named");
        let silent = evaluation::score(services, &evaluator, reference, &sheet).await;
        assert_eq!(refusal(silent), Refusal::NotDeclared);
        evaluation::declare_interests(services, &evaluator, reference, true, "Mon frère y travaille").await.expect("told");
        let out = evaluation::score(services, &evaluator, reference, &sheet).await;
        assert_eq!(refusal(out), Refusal::InConflict);
        let again = evaluation::declare_interests(services, &evaluator, reference, false, "Rien").await;
        assert_eq!(refusal(again), Refusal::DeclaredAlready);

        let closed = refusal(evaluation::close(services, officer, reference).await);
        assert_eq!(closed, Refusal::NoJury);
    }

    async fn an_evaluator_who_scores_twice_changes_nothing_and_an_old_sheet_is_stale(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let juror = world.juror(&open).await;
        let (services, reference) = (&world.services, open.reference);
        let juror = &juror;
        let score = |draft: SheetDraft| async move { evaluation::score(services, juror, reference, &draft).await };

        score(a_sheet(0, &QUALITY)).await.expect("kept");
        score(a_sheet(0, &QUALITY)).await.expect("the same again is no act");
        let other: [&[&str]; 3] = [&["1", "1", "1"], &["17", "14", "9"], &["23", "19", "15"]];
        assert!(matches!(score(a_sheet(0, &other)).await, Err(Error::Stale)));

        let reading = evaluation::read(services, &open.officer, reference).await.expect("read");
        assert_eq!((reading.dossier.jury[0].sheet_version, reading.dossier.scores.len()), (1, 9));
        evaluation::close(services, &open.officer, reference).await.expect("closed");
        assert_eq!(refusal(score(a_sheet(1, &other)).await), Refusal::Closed);
    }

    async fn points_above_the_weight_or_below_zero_are_told_at_their_field(world: World) {
        let open = world.compared_tender("Namur", &TOTALS[..1]).await;
        let juror = world.juror(&open).await;
        let (services, juror, reference) = (&world.services, &juror, open.reference);
        let score = |quality: [&'static str; 3]| async move {
            evaluation::score(services, juror, reference, &a_sheet(0, &[&quality])).await
        };

        for wrong in [["25.01", "1", "1"], ["-0.01", "1", "1"]] {
            let told = score(wrong).await;
            assert!(matches!(&told, Err(Error::Invalid(errors)) if errors.of("points-1-1").is_some()), "{told:?}");
        }
        score(["25.00", "0", "15"]).await.expect("the edges are taken");
    }

    async fn others_points_are_shown_when_ones_own_sheet_is_complete(world: World) {
        let open = world.compared_tender("Namur", &TOTALS[..1]).await;
        let [one, two] = [world.juror(&open).await, world.juror(&open).await];
        let (services, reference) = (&world.services, open.reference);
        let quality: [&[&str]; 1] = [&["22", "18", "14"]];
        evaluation::score(services, &one, reference, &a_sheet(0, &quality)).await.expect("scored");
        let mut half = a_sheet(0, &quality);
        half.lines.truncate(1);
        half.lines[0].points = Points::parse_iso("21.01").expect("points");
        evaluation::score(services, &two, reference, &half).await.expect("kept");

        let reading = evaluation::read(services, &two, reference).await.expect("read");
        assert_eq!(reading.dossier.shown_to(&reading.terms, two.person()).len(), 0);
        assert_eq!(reading.dossier.shown_to(&reading.terms, one.person()).len(), 1);
        assert!(!reading.is_revealed());
        let shown = format!("{:?}", evaluation::comparison(&reading).expect("sums fit"));
        assert!(!shown.contains("2200"), "nobody reads points of quality yet: {shown}");

        half.version = 1;
        half.lines = a_sheet(0, &quality).lines;
        evaluation::score(services, &two, reference, &half).await.expect("complete");
        let reading = evaluation::read(services, &two, reference).await.expect("read");
        assert_eq!(reading.dossier.shown_to(&reading.terms, two.person()).len(), 3);
        assert!(reading.is_revealed());
    }

    async fn another_commune_finds_nothing_and_other_roles_may_not(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let (services, reference) = (&world.services, open.reference);
        let stranger = world.officer("Gembloux").await;
        let director = world.member(&open.pilot, Role::FinanceDirector).await;

        assert!(matches!(evaluation::read(services, &stranger, reference).await, Err(Error::NotFound)));
        assert!(matches!(evaluation::close(services, &stranger, reference).await, Err(Error::NotFound)));
        assert!(matches!(evaluation::read(services, &open.firms[0].1, reference).await, Err(Error::NotFound)));
        evaluation::read(services, &director, reference).await.expect("who takes part reads");
        assert!(matches!(evaluation::close(services, &director, reference).await, Err(Error::Denied(_))));
        let stream = domain::audit::Stream::Tender(
            store::tenders::find(services, open.officer.scope(), reference).await.expect("found").tender.id,
        );
        assert_eq!(world.last_audit(stream).await.outcome, domain::audit::Outcome::Denied);
    }

    async fn the_spreadsheet_is_the_table_of_the_page(world: World) {
        let closed = world.evaluated_tender("Namur", &TOTALS, &QUALITY).await;
        let (services, officer, reference) = (&world.services, &closed.officer, closed.reference);

        let text = evaluation::csv(services, officer, reference).await.expect("written");
        let text = String::from_utf8(text.bytes).expect("text");
        let book = evaluation::xlsx(services, officer, reference).await.expect("written");

        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "\u{feff}Critère;PME 1;PME 3;PME 2");
        assert_eq!(lines[2], "Rang;1;2;3");
        assert_eq!(lines[3], "Total sur 100;87,33;83,67;80,00");
        assert!(lines.contains(&"Méthode, sur 25;22,00;23,00;17,00"), "{text}");
        assert!(book.bytes.starts_with(b"PK"));
        let reading = evaluation::read(services, officer, reference).await.expect("read");
        let rows = evaluation::comparison(&reading).expect("sums fit").rows.len();
        assert_eq!(lines.len(), rows + 1);
    }

    async fn a_round_of_negotiation_brings_new_prices(world: World) {
        let open = selected(&world, &TOTALS[..2]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        for offer in [1, 2] {
            let draft = RegularityDraft { offer, version: 0, regularity: Regularity::Regular, reason: String::new() };
            evaluation::decide_regularity(services, officer, reference, &draft).await.expect("regular");
        }
        let line = evaluation::read(services, officer, reference).await.expect("read").dossier.offers[0].content.lines[0].clone();
        let lower = OfferLine { unit_price: UnitPrice::parse_iso("110000.00").expect("a price"), ..line };
        let draft = |kind| CorrectionDraft {
            offer: 1,
            kind,
            seen: 0,
            lines: vec![lower.clone()],
            reason: "Offre améliorée du 4 janvier".to_owned(),
        };

        let too_early = evaluation::correct(services, officer, reference, &draft(CorrectionKind::Negotiated)).await;
        evaluation::negotiate(services, officer, reference).await.expect("open");
        let no_error = evaluation::correct(services, officer, reference, &draft(CorrectionKind::Error)).await;
        evaluation::correct(services, officer, reference, &draft(CorrectionKind::Negotiated)).await.expect("new prices");
        evaluation::evaluate(services, officer, reference).await.expect("compared");

        assert_eq!(refusal(too_early), Refusal::NotAtThisStep { stage: Stage::Negotiation });
        assert_eq!(refusal(no_error), Refusal::NotAtThisStep { stage: Stage::Regularity });
        let reading = evaluation::read(services, officer, reference).await.expect("read");
        let negotiated = &reading.examination().expect("sums fit").offers[0];
        assert_eq!((negotiated.submitted.to_iso(), negotiated.excluding.to_iso()), ("120000.00".into(), "110000.00".into()));
    }
}
