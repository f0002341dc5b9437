//! The plan: its reference, its warnings, who sees it, and its end.

use domain::{
    audit::Stream,
    fault::Fault,
    kernel::Money,
    organisation::Role,
    refusal::Refusal,
    tender::{Plan, Stage, Step, Vehicle},
};
use service::{
    Error, FieldErrors, FormKey, on_both_databases, store,
    tender::{self, PlanDraft},
};

use crate::{a_plan, euros, found};

on_both_databases! {
    async fn references_follow_each_other_without_a_gap(world: World) {
        let officer = world.officer("Namur").await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));

        let first = tender::plan(&world.services, &officer, &plan).await.expect("planned");
        let refused = tender::plan(&world.services, &officer, &a_plan(Vehicle::Isolated, euros(200_000))).await;
        let second = tender::plan(&world.services, &officer, &plan).await.expect("planned");

        assert!(matches!(refused, Err(Error::Refused(Refusal::WarningsNeedAReason))));
        assert_eq!((first.to_string(), second.to_string()), ("MP-2026-0001".to_owned(), "MP-2026-0002".to_owned()));
    }

    async fn the_law_warns_and_a_named_person_goes_on_with_a_reason(world: World) {
        let officer = world.officer("Namur").await;
        let at_the_limit = a_plan(Vehicle::Isolated, euros(140_000));

        let silent = tender::plan(&world.services, &officer, &at_the_limit).await;
        let reasoned = PlanDraft { reason: Some("Fournisseur unique".to_owned()), ..at_the_limit };
        let reference = tender::plan(&world.services, &officer, &reasoned).await.expect("planned");

        assert!(matches!(silent, Err(Error::Refused(Refusal::WarningsNeedAReason))));
        let view = found(&world, &officer, reference).await;
        let told = world.last_audit(Stream::Tender(view.tender.id)).await;
        assert_eq!(told.facts["reason"], "Fournisseur unique");
        assert!(told.facts["warnings"].to_string().contains("procedure_limit"), "{}", told.facts);
    }

    async fn one_cent_below_the_limit_nothing_warns(world: World) {
        let officer = world.officer("Namur").await;
        let plan = a_plan(Vehicle::Isolated, Money::from_cents(13_999_999));

        tender::plan(&world.services, &officer, &plan).await.expect("planned without a reason");
    }

    async fn another_commune_does_not_find_the_file(world: World) {
        let officer = world.officer("Namur").await;
        let stranger = world.officer("Wavre").await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");

        let seen = store::tenders::find(&world.services, stranger.scope(), reference).await;
        let moved = tender::start_drafting(&world.services, &stranger, reference).await;

        assert!(matches!(seen, Err(Error::NotFound)));
        assert!(matches!(moved, Err(Error::NotFound)));
    }

    async fn of_two_agents_who_edit_the_second_is_told_and_nothing_is_overwritten(world: World) {
        let pilot = world.officer("Namur").await;
        let draft = a_plan(Vehicle::Isolated, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &draft).await.expect("planned");
        let version = found(&world, &pilot, reference).await.tender.version;
        let first = Plan { object: "Premier".to_owned(), ..draft.plan.clone() };
        let second = Plan { object: "Second".to_owned(), ..draft.plan };
        tender::change_plan(&world.services, &pilot, reference, version, &first, None).await.expect("changed");

        let stale = tender::change_plan(&world.services, &pilot, reference, version, &second, None).await;

        assert!(matches!(stale, Err(Error::Stale)));
        assert_eq!(found(&world, &pilot, reference).await.tender.plan.object, "Premier");
    }

    async fn a_plan_sent_twice_is_one_tender_with_one_reference(world: World) {
        let officer = world.officer("Namur").await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));
        let key = FormKey::read("00000000-0000-0000-0000-0000000000ff", [("objet", "x".as_bytes())]);

        let first = tender::plan_once(&world.services, &officer, key.as_ref(), &plan).await.expect("planned");
        let second = tender::plan_once(&world.services, &officer, key.as_ref(), &plan).await.expect("the same");
        let third = tender::plan(&world.services, &officer, &plan).await.expect("another");

        assert_eq!(first, second);
        assert_eq!(third.to_string(), "MP-2026-0002");
    }

    async fn a_plan_takes_a_code_of_the_list_alone(world: World) {
        let officer = world.officer("Namur").await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");
        let unknown = Plan { cpv: "99999999".to_owned(), ..plan.plan.clone() };
        let errors = FieldErrors::one("cpv", Fault::UnknownCpv);

        let planned =
            tender::plan(&world.services, &officer, &PlanDraft { plan: unknown.clone(), ..plan }).await;
        let changed = tender::change_plan(&world.services, &officer, reference, 1, &unknown, None).await;

        assert!(matches!(planned, Err(Error::Invalid(found)) if found == errors));
        assert!(matches!(changed, Err(Error::Invalid(found)) if found == errors));
    }

    async fn giving_up_needs_the_executive_and_ends_the_file(world: World) {
        let namur = world.commune("Namur").await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let executive = world.member(&namur, Role::Executive).await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");

        let denied = tender::give_up(&world.services, &officer, reference, "Budget retiré").await;
        tender::give_up(&world.services, &executive, reference, "Budget retiré").await.expect("given up");
        let again = tender::give_up(&world.services, &executive, reference, "Encore").await;

        let given_up = found(&world, &officer, reference).await.tender;
        assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
        assert_eq!((given_up.stage, given_up.progress()), (Stage::GivenUp, Stage::Needs));
        assert_eq!(given_up.may_change(), Err(Refusal::Stopped { stage: Stage::GivenUp }));
        assert!(matches!(again, Err(Error::Refused(Refusal::Step { from: Stage::GivenUp, step: Step::GiveUp }))));
    }
}
