//! From the opened offers to their ranking, on both databases.

use domain::{
    evaluation::{Refusal, Standing},
    score::Points,
    tender::Stage,
};
use service::{
    Error, evaluation, on_both_databases, store,
    testing::{World, a_sheet},
};

/// The example of the common model: price 40, method 25, team 20, free software and documentation 15.
const TOTALS: [&str; 3] = ["120000.00", "100000.00", "150000.00"];
const QUALITY: [&[&str]; 3] = [&["22", "18", "14"], &["17", "14", "9"], &["23", "19", "15"]];

fn points(text: &str) -> Option<Points> {
    Some(Points::parse_iso(text).expect("points"))
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(domain::refusal::Refusal::Evaluation(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

on_both_databases! {
    async fn the_quality_example_gives_its_totals_and_ranks(world: World) {
        let closed = world.evaluated_tender("Namur", &TOTALS, &QUALITY).await;

        let view = store::tenders::find(&world.services, closed.officer.scope(), closed.reference).await.expect("found");
        let examination = evaluation::result(&world.services, &view).await.expect("closed");

        let told: Vec<_> = examination.offers.iter().map(|offer| (offer.total(), offer.rank())).collect();
        assert_eq!(
            told,
            [(points("87.33"), Some(1)), (points("80.00"), Some(3)), (points("83.67"), Some(2))]
        );
        assert_eq!(examination.first().map(|offer| offer.firm_name.as_str()), Some("PME 1"));
        assert!(!examination.provisional && examination.tie.is_none());
        let Standing::Compared { points: own, .. } = &examination.offers[0].standing else { panic!("compared") };
        assert_eq!(own, &[points("33.33"), points("22"), points("18"), points("14")]);
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
}
