//! From the opened offers to their ranking, on both databases.

use domain::{
    authz::{Actor, DraftSpecification},
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
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error,
    evaluation::{self, CorrectionDraft, Departure, RegularityDraft, RequestDraft, SelectionDraft, SheetDraft},
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

/// Somebody leaves the jury.
fn leaves(juror: &Actor, version: i32, reason: &str) -> Departure {
    Departure { person: juror.person(), version, reason: reason.to_owned() }
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

/// The specification of this tender says something else than the example's.
async fn specified(world: &World, open: &Opened, question: &str, answer: &str) {
    let tx = world.services.begin().await.expect("a write begins");
    let tender = store::tenders::lock(&tx, open.officer.scope(), open.reference).await.expect("found");
    let (tx, permitted) = tx.permit::<DraftSpecification>(&open.officer, tender).await.expect("the officer may");
    let mut draft = store::specifications::in_write(&tx, permitted.subject().id).await.expect("answered");
    draft.answers.insert(question.to_owned(), answer.to_owned());
    let saved = store::specifications::save(&tx, &permitted, &draft.answers, draft.version).await.expect("saved");
    tx.commit(store::Audit::of(&permitted), [saved]).await.expect("kept");
}

/// Every price of an offer, so: one line at this unit price.
async fn priced(
    world: &World,
    open: &Opened,
    draft: (i32, CorrectionKind, usize),
    unit_price: &str,
) -> CorrectionDraft {
    let reading = evaluation::read(&world.services, &open.officer, open.reference).await.expect("read");
    let (offer, kind, seen) = draft;
    let line = OfferLine {
        code: reading.terms.inventory[0].code.clone(),
        unit_price: UnitPrice::parse_iso(unit_price).expect("a price"),
        vat: Percent::parse_iso("21").expect("a rate"),
    };
    CorrectionDraft { offer, kind, seen, lines: vec![line], reason: "Lettre du 21 décembre".to_owned() }
}

/// What stands in the cells of a spreadsheet, row after row, numbers with their comma; empty cells apart.
fn cells_of(book: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(book);
    let values = |row: &str| {
        let cells = row.split("<c ").skip(1).filter_map(|cell| {
            let number = cell.split_once("<v>").and_then(|(_, rest)| rest.split_once("</v>"));
            let number = number.map(|(number, _)| number.replace('.', ","));
            let words = || Some(cell.split_once("preserve\">")?.1.split_once("</t>")?.0.to_owned());
            number.or_else(words).filter(|cell| !cell.is_empty())
        });
        cells.collect()
    };
    text.split("<row ").skip(1).map(values).collect()
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
        let drawn = |winner, between: &[i32]| Draw {
            winner,
            between: between.to_vec(),
            reason: "Hôtel de ville, 22 décembre à 10 h, devant deux témoins".to_owned(),
        };
        for wrong in [drawn(3, &[1, 2]), drawn(2, &[1, 2, 3]), drawn(2, &[2])] {
            assert_eq!(refusal(evaluation::draw_lots(services, officer, reference, &wrong).await), Refusal::NotTied);
        }
        let improved = priced(&world, &open, (1, CorrectionKind::Improvement, 0), "99000.00").await;
        let improved = evaluation::correct(services, officer, reference, &improved).await;
        assert_eq!(refusal(improved), Refusal::NotTied, "the specification tells them apart by the heaviest criterion");

        let draw = drawn(2, &[1, 2]);
        evaluation::draw_lots(services, officer, reference, &draw).await.expect("drawn");
        assert_eq!(refusal(evaluation::draw_lots(services, officer, reference, &draw).await), Refusal::NotTied);
        evaluation::close(services, officer, reference).await.expect("closed");

        let view = store::tenders::find(services, officer.scope(), reference).await.expect("found");
        let examination = evaluation::result(services, &view).await.expect("closed");
        assert_eq!(examination.first().map(|offer| offer.position), Some(2));
        assert_eq!(examination.tie.and_then(|tie| tie.drawn), Some(draw.reason));
    }

    async fn nothing_is_tied_before_every_juror_is_done(world: World) {
        let quality: [&[&str]; 2] = [&["20", "18", "12"], &["20", "18", "12"]];
        let open = world.compared_tender("Namur", &["100000.00", "100000.00"]).await;
        let [one, two] = [world.juror(&open).await, world.juror(&open).await];
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let draw = Draw { winner: 2, between: vec![1, 2], reason: "Hôtel de ville, 10 h".to_owned() };
        let tie = async || {
            let reading = evaluation::read(services, officer, reference).await.expect("read");
            reading.examination().expect("sums fit").tie
        };

        evaluation::score(services, &one, reference, &a_sheet(0, &quality)).await.expect("scored");
        let early = (tie().await, evaluation::draw_lots(services, officer, reference, &draw).await);
        evaluation::score(services, &two, reference, &a_sheet(0, &quality)).await.expect("scored");
        let late = (tie().await, evaluation::draw_lots(services, officer, reference, &draw).await);

        assert_eq!((early.0, refusal(early.1)), (None, Refusal::NotTied));
        assert_eq!(late.0.map(|tie| tie.positions), Some(vec![1, 2]));
        late.1.expect("drawn");
    }

    async fn each_tied_firm_improves_its_price_downwards_where_the_specification_says_so(world: World) {
        let quality: [&[&str]; 3] = [&["20", "18", "12"], &["20", "18", "12"], &["20", "18", "11"]];
        let open = world.compared_tender("Namur", &["100000.00", "100000.00", "100000.00"]).await;
        specified(&world, &open, "ex_aequo", "amelioration").await;
        let juror = world.juror(&open).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let improve = async |offer, seen, price: &str| {
            let draft = priced(&world, &open, (offer, CorrectionKind::Improvement, seen), price).await;
            evaluation::correct(services, officer, reference, &draft).await
        };
        let ask = |offer| RequestDraft {
            offer,
            kind: RequestKind::Improvement,
            text: "Votre meilleur prix, par écrit.".to_owned(),
            due_on: "2026-12-28".parse().ok(),
        };
        let unscored = evaluation::request(services, officer, reference, &ask(1)).await;
        evaluation::score(services, &juror, reference, &a_sheet(0, &quality)).await.expect("scored");

        let untied = evaluation::request(services, officer, reference, &ask(3)).await;
        evaluation::request(services, officer, reference, &ask(1)).await.expect("asked");
        let upwards = improve(1, 0, "100000.01").await;
        improve(1, 0, "99000.00").await.expect("lower");
        improve(2, 0, "98000.00").await.expect("the other tied firm is invited too");
        let third = improve(3, 0, "1.00").await;
        evaluation::close(services, officer, reference).await.expect("the improvements tell them apart");

        assert_eq!((refusal(unscored), refusal(untied)), (Refusal::NotTied, Refusal::NotTied));
        assert!(matches!(refusal(upwards), Refusal::NotImproved { price } if price.to_iso() == "100000.00"));
        assert_eq!(refusal(third), Refusal::NotTied);
        let view = store::tenders::find(services, officer.scope(), reference).await.expect("found");
        let examination = evaluation::result(services, &view).await.expect("closed");
        let first = examination.first().expect("a first offer");
        assert_eq!((first.position, first.excluding.to_iso().as_str()), (2, "98000.00"));
    }

    async fn a_zero_price_is_corrected_before_the_evaluation_begins(world: World) {
        let open = selected(&world, &["0.00", "100000.00"]).await;
        specified(&world, &open, "negociation", "avec").await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        for offer in [1, 2] {
            let draft = RegularityDraft { offer, version: 0, regularity: Regularity::Regular, reason: String::new() };
            evaluation::decide_regularity(services, officer, reference, &draft).await.expect("regular");
        }

        let evaluated = refusal(evaluation::evaluate(services, officer, reference).await);
        let negotiated = refusal(evaluation::negotiate(services, officer, reference).await);
        let right = priced(&world, &open, (1, CorrectionKind::Error, 0), "90000.00").await;
        evaluation::correct(services, officer, reference, &right).await.expect("corrected");
        evaluation::evaluate(services, officer, reference).await.expect("every price counts");

        let told = Refusal::PricesToCheck { names: vec!["PME 1".to_owned()] };
        assert_eq!((evaluated, negotiated), (told.clone(), told));
    }

    async fn every_tenderer_is_decided_before_the_regularity_and_nobody_selected_ends_it(world: World) {
        let open = world.opened_tender("Namur", &TOTALS[..2]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let out = |offer, reason: &str| SelectionDraft {
            offer,
            version: 0,
            selection: Selection { selected: false, grounds: Grounds { criteria_met: false, ..clear_grounds() } },
            reason: reason.to_owned(),
        };

        let early = evaluation::select(services, officer, reference, &out(1, "Une référence manque")).await;
        assert_eq!(refusal(early), Refusal::NotAtThisStep { stage: Stage::Selection });
        evaluation::start_selection(services, officer, reference).await.expect("started");
        let silent = evaluation::select(services, officer, reference, &out(1, "")).await;
        assert!(matches!(silent, Err(Error::Invalid(errors)) if errors.of("motif").is_some()));
        evaluation::select(services, officer, reference, &out(1, "Une référence manque")).await.expect("decided");
        let again = evaluation::select(services, officer, reference, &out(1, "Deux références manquent")).await;
        assert!(matches!(again, Err(Error::Stale)), "somebody decided in between");

        let undecided = refusal(evaluation::start_regularity(services, officer, reference).await);
        assert_eq!(undecided, Refusal::SelectionUndecided { names: vec!["PME 2".to_owned()] });
        evaluation::select(services, officer, reference, &out(2, "Aucune référence")).await.expect("decided");
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

    async fn debts_leave_a_tenderer_out_once_they_were_asked_about_and_the_delay_is_over(world: World) {
        let open = world.opened_tender("Namur", &TOTALS[..1]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::start_selection(services, officer, reference).await.expect("started");
        let leave_out = async || {
            let selection = Selection { selected: false, grounds: Grounds { debts: Debts::Above, ..clear_grounds() } };
            let draft = SelectionDraft { offer: 1, version: 0, selection, reason: "Dettes de 4 200 euros".to_owned() };
            evaluation::select(services, officer, reference, &draft).await
        };
        let text = "Une dette sociale de 4 200 euros.".to_owned();
        let ask = RequestDraft { offer: 1, kind: RequestKind::Debts, text, due_on: None };

        let unasked = leave_out().await;
        evaluation::request(services, officer, reference, &ask).await.expect("asked");
        let asked = evaluation::read(services, officer, reference).await.expect("read").dossier.requests.remove(0);
        let judge = || evaluation::judge_request(services, officer, reference, asked.id, asked.version, false, None);
        world.now_is("2026-12-29 23:59");
        let (last_day, judged) = (leave_out().await, judge().await);
        world.now_is("2026-12-30 00:01");
        judge().await.expect("nothing came");
        leave_out().await.expect("the delay is over");

        let awaited = Refusal::AnswerAwaited { until: "2026-12-29".parse().expect("a date") };
        assert_eq!(refusal(unasked), Refusal::DebtsToAsk);
        assert_eq!((refusal(last_day), refusal(judged)), (awaited.clone(), awaited));
    }

    async fn a_tenderer_left_out_for_something_else_too_is_not_asked_about_its_debts(world: World) {
        let open = world.opened_tender("Namur", &TOTALS[..1]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::start_selection(services, officer, reference).await.expect("started");
        let grounds = Grounds { debts: Debts::Above, criteria_met: false, ..clear_grounds() };
        let selection = Selection { selected: false, grounds };
        let draft = SelectionDraft { offer: 1, version: 0, selection, reason: "Aucune référence".to_owned() };

        evaluation::select(services, officer, reference, &draft).await.expect("decided");
    }

    async fn a_request_reads_its_delay_on_the_day_of_the_notice(world: World) {
        let open = selected(&world, &TOTALS[..2]).await;
        let database = Database::connect(&world.url).await.expect("the database opens");
        let older = "UPDATE tender SET notice_number = '2017-500001', notice_sent_on = '2017-06-01'";
        database.execute_unprepared(older).await.expect("a notice from before the figures");

        let ask = RequestDraft { offer: 1, kind: RequestKind::Price, text: "Le prix total.".to_owned(), due_on: None };
        let asked = evaluation::request(&world.services, &open.officer, open.reference, &ask).await;

        let Err(Error::Refused(domain::refusal::Refusal::MissingParameter { on, .. })) = asked else {
            panic!("{asked:?}")
        };
        assert_eq!(on.to_string(), "2017-06-01");
    }

    async fn an_abnormal_price_voids_an_offer_once_its_justification_came_or_is_overdue(world: World) {
        let open = selected(&world, &TOTALS[..2]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let void = async |offer| {
            let regularity = Regularity::Substantial(Irregularity::Price);
            let draft = RegularityDraft { offer, version: 0, regularity, reason: "Prix anormal".to_owned() };
            evaluation::decide_regularity(services, officer, reference, &draft).await
        };

        let unasked = void(1).await;
        for offer in [1, 2] {
            let text = "Le prix total.".to_owned();
            let ask = RequestDraft { offer, kind: RequestKind::Price, text, due_on: None };
            evaluation::request(services, officer, reference, &ask).await.expect("asked");
        }
        let early = void(1).await;
        let dossier = evaluation::read(services, officer, reference).await.expect("read").dossier;
        let asked = dossier.requests.iter().find(|one| one.offer == dossier.offers[0].id).expect("asked");
        evaluation::answer_request(services, &open.firms[0].1, reference, asked.id, asked.version, "Nos salaires.")
            .await
            .expect("answered");
        void(1).await.expect("the justification came");
        world.now_is("2027-01-04 23:59");
        let last_day = void(2).await;
        world.now_is("2027-01-05 00:01");
        void(2).await.expect("none came");

        let awaited = Refusal::AnswerAwaited { until: "2027-01-04".parse().expect("a date") };
        assert_eq!(refusal(unasked), Refusal::PriceToAsk);
        assert_eq!((refusal(early), refusal(last_day)), (awaited.clone(), awaited));
    }

    async fn an_open_procedure_puts_no_irregularity_right(world: World) {
        let open = selected(&world, &TOTALS[..1]).await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let database = Database::connect(&world.url).await.expect("the database opens");
        database.execute_unprepared("UPDATE tender SET procedure = 'PO'").await.expect("an open procedure");
        let regularity = Regularity::PutRight(Irregularity::Form);
        let draft = RegularityDraft { offer: 1, version: 0, regularity, reason: "Signature apportée".to_owned() };
        let text = "La signature manque.".to_owned();
        let due_on = "2026-12-28".parse().ok();
        let ask = RequestDraft { offer: 1, kind: RequestKind::Regularisation, text, due_on };

        let decided = evaluation::decide_regularity(services, officer, reference, &draft).await;
        let asked = evaluation::request(services, officer, reference, &ask).await;

        assert_eq!((refusal(decided), refusal(asked)), (Refusal::NoRegularisation, Refusal::NoRegularisation));
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
        let criteria = &reading.terms.criteria;
        let check = price_check(&parameters, "2026-11-23".parse().expect("a date"), criteria, &prices).expect("rows");
        assert_eq!(check.questioned, [reading.dossier.offers[0].id]);
        assert_eq!(check.mean.map(domain::kernel::Money::to_iso), Some("105000.00".to_owned()));
        assert!(check.is_light(), "the price of the example weighs 40 of 100");
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

    async fn an_evaluator_leaves_the_jury_until_they_have_scored(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let [ill, one] = [world.juror(&open).await, world.juror(&open).await];
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::score(services, &one, reference, &a_sheet(0, &QUALITY)).await.expect("scored");

        let scored = evaluation::remove_juror(services, officer, reference, &leaves(&one, 1, "Malade")).await;
        let waiting = evaluation::close(services, officer, reference).await;
        evaluation::remove_juror(services, officer, reference, &leaves(&ill, 0, "")).await.expect("nothing was scored");
        evaluation::close(services, officer, reference).await.expect("closed");

        assert_eq!(refusal(scored), Refusal::HasScored);
        assert!(matches!(refusal(waiting), Refusal::SheetsIncomplete { .. }));
    }

    async fn an_evaluator_who_leaves_with_a_begun_sheet_takes_its_points_along_for_a_reason(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let [ill, one] = [world.juror(&open).await, world.juror(&open).await];
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        evaluation::score(services, &one, reference, &a_sheet(0, &QUALITY)).await.expect("scored");
        evaluation::score(services, &ill, reference, &a_sheet(0, &QUALITY[..1])).await.expect("begun");
        let remove = async |version: i32, reason: &str| {
            evaluation::remove_juror(services, officer, reference, &leaves(&ill, version, reason)).await
        };

        let (silent, stale) = (remove(1, "").await, remove(0, "Malade jusqu’en mars").await);
        remove(1, "Malade jusqu’en mars").await.expect("the sheet is not complete");
        let view = store::tenders::find(services, officer.scope(), reference).await.expect("found");
        let row = world.last_audit(domain::audit::Stream::Tender(view.tender.id)).await;
        evaluation::close(services, officer, reference).await.expect("nobody is waited for");

        let field = evaluation::departure_field(ill.person());
        assert!(matches!(&silent, Err(Error::Invalid(errors)) if errors.of(&field).is_some()), "{silent:?}");
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        assert_eq!((row.action.as_str(), row.facts["reason"].as_str()), ("evaluation.jury", Some("Malade jusqu’en mars")));
        let dossier = store::evaluation::dossier(services, view.tender.id).await.expect("read");
        assert_eq!(dossier.scores.iter().filter(|score| score.person == ill.person()).count(), 0);
    }

    async fn points_taken_back_from_a_sheet_are_gone(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let juror = world.juror(&open).await;
        let (services, reference) = (&world.services, open.reference);
        evaluation::score(services, &juror, reference, &a_sheet(0, &QUALITY)).await.expect("kept");

        evaluation::score(services, &juror, reference, &a_sheet(1, &QUALITY[..2])).await.expect("a line less");

        let reading = evaluation::read(services, &open.officer, reference).await.expect("read");
        assert_eq!((reading.dossier.jury[0].sheet_version, reading.dossier.scores.len()), (2, 6));
        let early = evaluation::close(services, &open.officer, reference).await;
        assert!(matches!(refusal(early), Refusal::SheetsIncomplete { .. }));
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
        let told = lines.iter().map(|line| line.trim_start_matches('\u{feff}').split(';').filter(|cell| !cell.is_empty()));
        let told: Vec<Vec<_>> = told.map(Iterator::collect).collect();
        assert_eq!(cells_of(&book.bytes), told, "the two files say the same, cell after cell");
        let reading = evaluation::read(services, officer, reference).await.expect("read");
        let rows = evaluation::comparison(&reading).expect("sums fit").rows.len();
        assert_eq!(lines.len(), rows + 1);
    }

    async fn a_round_of_negotiation_brings_new_prices(world: World) {
        let open = selected(&world, &TOTALS[..2]).await;
        specified(&world, &open, "negociation", "avec").await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        for offer in [1, 2] {
            let draft = RegularityDraft { offer, version: 0, regularity: Regularity::Regular, reason: String::new() };
            evaluation::decide_regularity(services, officer, reference, &draft).await.expect("regular");
        }
        let negotiated = async |price: &str, seen| {
            let draft = priced(&world, &open, (1, CorrectionKind::Negotiated, seen), price).await;
            evaluation::correct(services, officer, reference, &draft).await
        };

        let early = negotiated("90000.00", 0).await;
        evaluation::negotiate(services, officer, reference).await.expect("the specification has a negotiation");
        negotiated("95000.00", 0).await.expect("a first round");
        negotiated("90000.00", 1).await.expect("a second one");
        evaluation::evaluate(services, officer, reference).await.expect("evaluated");
        let late = negotiated("80000.00", 2).await;

        assert_eq!(refusal(early), Refusal::NotAtThisStep { stage: Stage::Negotiation });
        assert_eq!(refusal(late), Refusal::NotAtThisStep { stage: Stage::Negotiation });
        let reading = evaluation::read(services, officer, reference).await.expect("read");
        let [first, second] = &reading.examination().expect("sums fit").offers[..] else { panic!("two offers") };
        assert_eq!((first.submitted.to_iso(), first.excluding.to_iso()), ("120000.00".into(), "90000.00".into()));
        let of_price = |offer: &domain::evaluation::Examined| match &offer.standing {
            Standing::Compared { points, .. } => points[0],
            other => panic!("compared, not {other:?}"),
        };
        assert_eq!((of_price(first), of_price(second)), (Some(points("40")), Some(points("36"))));
    }

    async fn a_specification_without_negotiation_has_no_round(world: World) {
        let open = selected(&world, &TOTALS[..1]).await;
        specified(&world, &open, "negociation", "sans").await;
        let (services, officer, reference) = (&world.services, &open.officer, open.reference);
        let draft = RegularityDraft { offer: 1, version: 0, regularity: Regularity::Regular, reason: String::new() };
        evaluation::decide_regularity(services, officer, reference, &draft).await.expect("regular");

        assert_eq!(refusal(evaluation::negotiate(services, officer, reference).await), Refusal::NoNegotiation);
    }
}
