//! The legality opinion, and the decision that rests on it.

use domain::{
    organisation::Role,
    refusal::Refusal,
    tender::{OpinionResult, Organ, Stage},
};
use service::{
    Error, on_both_databases, specification, store, tender,
    testing::{an_adhesion, an_adoption},
};

use crate::a_written_file;

on_both_databases! {
    async fn the_finance_director_alone_gives_the_opinion_and_only_once_it_is_asked(world: World) {
        let file = a_written_file(&world).await;

        let too_early = file.opine(&file.director, OpinionResult::Favourable).await;
        file.ask().await.expect("asked");
        let by_the_officer = file.opine(&file.joint.officer, OpinionResult::Favourable).await;
        file.opine(&file.director, OpinionResult::Favourable).await.expect("given");

        assert!(matches!(too_early, Err(Error::Refused(Refusal::Step { from: Stage::Drafting, .. }))));
        assert!(matches!(by_the_officer, Err(Error::Denied(_))));
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn no_opinion_is_asked_on_an_empty_file(world: World) {
        let joint = world.tender_in_drafting().await;

        let asked = tender::ask_opinion(&world.services, &joint.officer, joint.reference).await;

        assert!(
            matches!(asked, Err(Error::Refused(Refusal::SpecificationIncomplete { missing })) if missing > 0),
            "{asked:?}"
        );
    }

    async fn an_opinion_on_another_state_of_the_file_is_none(world: World) {
        let file = a_written_file(&world).await;
        file.ask().await.expect("asked");
        world.now_is("2026-11-24 10:00");
        file.opine(&file.director, OpinionResult::Favourable).await.expect("given");
        file.answer_differently(1).await;

        let outdated = file.adopt(Organ::Council, "2026-11-24").await;
        assert!(matches!(outdated, Err(Error::Refused(Refusal::OpinionOutdated))), "{outdated:?}");

        file.ask().await.expect("asked again");
        let awaited = file.adopt(Organ::Council, "2026-11-24").await;
        let until = "2026-12-08".parse().expect("a date");
        assert!(matches!(awaited, Err(Error::Refused(Refusal::OpinionAwaited { until: day })) if day == until));
        file.opine(&file.director, OpinionResult::Favourable).await.expect("given on the file as it is");
        file.adopt(Organ::Council, "2026-11-24").await.expect("adopted without a warning");
    }

    async fn an_unfavourable_opinion_warns_and_the_reason_is_kept(world: World) {
        let file = a_written_file(&world).await;
        file.ask().await.expect("asked");
        file.opine(&file.director, OpinionResult::Unfavourable).await.expect("given");

        let silent = file.adopt(Organ::Council, "2026-11-23").await;
        assert!(matches!(silent, Err(Error::Refused(Refusal::WarningsNeedAReason))), "{silent:?}");
        file.adopt_because(Organ::Council, "2026-11-23", "Le conseil maintient son choix").await.expect("adopted");

        let told = world.last_audit(file.stream().await).await;
        assert!(told.facts["warnings"].to_string().contains("opinion_unfavourable"), "{}", told.facts);
        assert_eq!(told.facts["reason"], "Le conseil maintient son choix");
    }

    async fn a_decision_comes_neither_before_the_opinion_nor_from_the_future(world: World) {
        let file = a_written_file(&world).await;
        file.ask().await.expect("asked");
        world.now_is("2026-11-25 10:00");
        file.opine(&file.director, OpinionResult::Favourable).await.expect("given");

        let before = file.adopt(Organ::Council, "2026-11-24").await;
        let on = "2026-11-25".parse().expect("a date");
        assert!(matches!(before, Err(Error::Refused(Refusal::DecidedBeforeOpinion { on: day })) if day == on));
        let future = file.adopt(Organ::Council, "2026-11-26").await;
        assert!(matches!(future, Err(Error::Refused(Refusal::DecidedInTheFuture))), "{future:?}");
        file.adopt(Organ::Council, "2026-11-25").await.expect("adopted on the day of the opinion");
    }

    async fn without_an_opinion_the_decision_waits_for_the_end_of_its_delay(world: World) {
        let file = a_written_file(&world).await;
        file.ask().await.expect("asked");
        world.now_is("2026-12-08 10:00");

        let last_day = file.adopt(Organ::Council, "2026-12-07").await;
        let after = file.adopt_because(Organ::Council, "2026-12-08", "Absence d’avis dans le délai").await;

        assert!(matches!(last_day, Err(Error::Refused(Refusal::OpinionAwaited { .. }))), "{last_day:?}");
        after.expect("adopted on the day after");
    }

    async fn the_college_does_not_record_what_the_council_decided_nor_the_reverse(world: World) {
        let file = a_written_file(&world).await;
        let college = world.member(&file.joint.pilot, Role::Executive).await;

        let by_the_college = file.adopt_as(&college, Organ::Council, "2026-11-23", "Urgence").await;
        let by_the_council = file.adopt_as(&file.joint.council, Organ::Executive, "2026-11-23", "Urgence").await;

        assert!(matches!(by_the_college, Err(Error::Refused(Refusal::NotYourOrgan))));
        assert!(matches!(by_the_council, Err(Error::Refused(Refusal::NotYourOrgan))));
    }

    async fn a_college_above_its_delegation_is_warned_with_the_article(world: World) {
        let file = a_written_file(&world).await;
        let college = world.member(&file.joint.pilot, Role::Executive).await;
        file.ask().await.expect("asked");
        file.opine(&file.director, OpinionResult::Favourable).await.expect("given");

        let silent = file.adopt_as(&college, Organ::Executive, "2026-11-23", "").await;
        assert!(matches!(silent, Err(Error::Refused(Refusal::WarningsNeedAReason))), "{silent:?}");
        file.adopt_as(&college, Organ::Executive, "2026-11-23", "Urgence imprévisible").await.expect("adopted");

        let told = world.last_audit(file.stream().await).await;
        let warnings = told.facts["warnings"].to_string();
        assert!(warnings.contains("above_delegation (CDLD, art. L1222-3"), "{warnings}");
    }

    async fn what_changed_since_the_edition_was_composed_is_not_adopted_unread(world: World) {
        let file = a_written_file(&world).await;
        let (services, joint) = (&world.services, &file.joint);
        let compose = async || specification::compose(services, &joint.council, joint.reference).await.expect("composed");
        let adopt = async |edition| {
            tender::adopt_edition(services, &joint.council, joint.reference, &an_adoption(), &edition).await
        };

        let edition = compose().await;
        file.answer_differently(1).await;
        let after_an_answer = adopt(edition).await;
        let edition = compose().await;
        tender::answer(services, &joint.others[0], joint.reference, 2, &an_adhesion(), None).await.expect("answered again");
        let after_a_council = adopt(edition).await;

        assert!(matches!(after_an_answer, Err(Error::Stale)), "{after_an_answer:?}");
        assert!(matches!(after_a_council, Err(Error::Stale)), "{after_a_council:?}");
        adopt(compose().await).await.expect("adopted as read");
    }
}
