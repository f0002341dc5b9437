//! Who may not is told so before anything is made for them, and the trail keeps every refused attempt; on both databases.

use std::path::Path;

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    award::AnnulledBy,
    kernel::{reference::TenderRef, time::brussels},
    offer::Refusal as OfferRefusal,
    organisation::Role,
    refusal::Refusal,
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error, award, evaluation, offer, on_both_databases, specification, store,
    tender::{self, PlanDraft},
    testing::{World, a_sheet, an_adoption, example_answers, quiet_plan},
};

const TOTALS: [&str; 2] = ["120000.00", "100000.00"];
const QUALITY: [&[&str]; 2] = [&["22", "18", "14"], &["17", "14", "9"]];

/// What the last row of the tender's chain says: what was tried, and what came of it.
async fn told(world: &World, actor: &Actor, reference: TenderRef) -> (String, Outcome) {
    let view = store::tenders::find(&world.services, actor.scope(), reference).await.expect("found");
    let row = world.last_audit(Stream::Tender(view.tender.id)).await;
    (row.action, row.outcome)
}

fn painted(world: &World) -> usize {
    fn count(folder: &Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        let paths = entries.flatten().map(|entry| entry.path());
        paths.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&world.data_dir.join("files"))
}

/// The attempt is denied, the trail says so, and nothing was painted for it.
async fn denied<T: std::fmt::Debug>(
    world: &World,
    who: &Actor,
    reference: TenderRef,
    action: &str,
    attempt: impl Future<Output = Result<T, Error>>,
) {
    let before = painted(world);

    let result = Box::pin(attempt).await;

    assert!(matches!(result, Err(Error::Denied(_))), "{action}: {result:?}");
    assert_eq!(told(world, who, reference).await, (action.to_owned(), Outcome::Denied));
    assert_eq!(painted(world), before, "{action}");
}

fn refusal_of<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

on_both_databases! {
    async fn no_paper_of_an_award_is_painted_for_somebody_who_may_not(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, nobody, reference) = (&world.services, &proposed.director, proposed.reference);
        let decision = proposed.decision(&world);
        let today = brussels(services.now()).date();

        denied(&world, nobody, reference, "award.decide", award::decide(services, nobody, reference, &decision)).await;
        denied(&world, nobody, reference, "tender.give_up", tender::give_up(services, nobody, reference, "Motif")).await;
        award::decide(services, &proposed.executive, reference, &decision).await.expect("decided");
        denied(&world, nobody, reference, "award.inform", award::send_information(services, nobody, reference)).await;
        award::send_information(services, &proposed.officer, reference).await.expect("sent");
        let annul = award::annul(services, nobody, reference, AnnulledBy::Judge, today, "Motif");
        denied(&world, nobody, reference, "award.annul", annul).await;
        denied(&world, nobody, reference, "award.conclude", award::conclude(services, nobody, reference, None)).await;
    }

    async fn no_report_is_painted_for_somebody_who_may_not_close_the_evaluation(world: World) {
        let open = world.compared_tender("Namur", &TOTALS).await;
        let (services, reference) = (&world.services, open.reference);
        let juror = world.juror(&open).await;
        evaluation::score(services, &juror, reference, &a_sheet(0, &QUALITY)).await.expect("scored");

        denied(&world, &juror, reference, "evaluation.close", evaluation::close(services, &juror, reference)).await;
    }

    async fn no_specification_is_painted_for_somebody_who_may_not_adopt_it(world: World) {
        let joint = world.tender_in_drafting().await;
        let (services, officer, reference) = (&world.services, &joint.officer, joint.reference);
        specification::save_answers(services, officer, reference, 0, &example_answers()).await.expect("saved");

        let adoption = an_adoption();
        let adopt = tender::adopt(services, officer, reference, &adoption);
        denied(&world, officer, reference, "tender.adopt", adopt).await;
    }

    async fn a_correction_or_a_sheet_of_somebody_who_may_not_or_too_early_is_refused_and_recorded(world: World) {
        let called = world.called_tender("Wavre", 1).await;
        let open = world.compared_tender("Namur", &TOTALS).await;
        let (services, reference) = (&world.services, open.reference);
        let director = world.member(&open.pilot, Role::FinanceDirector).await;

        let correct = evaluation::read_to_correct(services, &director, reference);
        denied(&world, &director, reference, "evaluation.assess", correct).await;
        let score = evaluation::read_to_score(services, &director, reference);
        denied(&world, &director, reference, "evaluation.score", score).await;
        let early = evaluation::read_to_correct(services, &called.officer, called.reference).await;

        assert!(matches!(refusal_of(early), Refusal::Evaluation(_)));
        let row = told(&world, &called.officer, called.reference).await;
        assert_eq!(row, ("evaluation.assess".to_owned(), Outcome::Refused));
    }

    async fn a_copy_of_an_offer_by_somebody_who_may_not_or_too_early_is_refused_and_recorded(world: World) {
        let adopted = world.platform_tender("Namur").await;
        let (services, officer, reference) = (&world.services, &adopted.officer, adopted.reference);
        let director = world.member(&adopted.pilot, Role::FinanceDirector).await;

        let copy = offer::terms_to_type(services, &director, reference);
        denied(&world, &director, reference, "offer.type", copy).await;
        let early = offer::terms_to_type(services, officer, reference).await;

        assert!(matches!(refusal_of(early), Refusal::Offer(OfferRefusal::StillSealed { .. })));
        assert_eq!(told(&world, officer, reference).await, ("offer.type".to_owned(), Outcome::Refused));
    }

    async fn only_the_one_who_is_present_leaves_and_the_attempt_of_another_is_recorded(world: World) {
        let called = world.called_tender("Namur", 1).await;
        let (services, officer, reference) = (&world.services, &called.officer, called.reference);
        let other = world.member(&called.pilot, Role::ChiefExecutive).await;
        world.now_is("2026-12-21 11:30");
        offer::attend(services, officer, reference).await.expect("the first is present");

        let left = offer::leave(services, &other, reference).await;
        assert_eq!(refusal_of(left), OfferRefusal::NotPresent.into());
        assert_eq!(told(&world, &other, reference).await, ("offer.open".to_owned(), Outcome::Refused));

        offer::leave(services, officer, reference).await.expect("the one who is present leaves");
        let twice = offer::leave(services, officer, reference).await;
        assert_eq!(refusal_of(twice), OfferRefusal::NotPresent.into());
        assert_eq!(told(&world, officer, reference).await, ("offer.open".to_owned(), Outcome::Refused));
    }

    async fn a_paper_whose_call_has_no_figure_on_its_day_is_refused_and_recorded(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let (services, manager, reference) = (&world.services, &concluded.manager, concluded.reference);
        let called_on = award::gather(services, manager.scope(), reference).await.expect("gathered").file.called_on;
        let database = Database::connect(&world.url).await.expect("the database opens");
        let later = "UPDATE parameter SET valid_from = '2026-12-01' WHERE \"key\" = 'default.defence_days'";
        database.execute_unprepared(later).await.expect("a delay from after the call");
        world.hours_pass(1);

        let reported = award::report_failure(services, manager, reference, "Rien n’est livré").await;

        let refused = refusal_of(reported);
        assert!(
            matches!(&refused, Refusal::MissingParameter { key, on } if key == "default.defence_days" && *on == called_on),
            "{refused:?}"
        );
        assert_eq!(told(&world, manager, reference).await, ("award.accept".to_owned(), Outcome::Refused));
    }

    async fn a_plan_on_a_day_without_its_figure_is_refused_and_recorded(world: World) {
        let officer = world.officer("Namur").await;
        let plan = quiet_plan("Guichet citoyen");
        let draft = PlanDraft {
            own_need: plan.estimate,
            plan,
            quantity: "1".to_owned(),
            need: None,
            reason: Some("Une épreuve".to_owned()),
        };
        world.now_is("2028-01-03 09:00");

        let planned = tender::plan(&world.services, &officer, &draft).await;

        assert!(matches!(refusal_of(planned), Refusal::MissingParameter { .. }));
        let row = world.last_audit(Stream::Organisation(officer.organisation())).await;
        assert_eq!((row.action.as_str(), row.outcome), ("tender.plan", Outcome::Refused));
    }
}
