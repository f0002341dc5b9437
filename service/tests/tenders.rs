//! Tenders from the plan to the legality opinion, on both databases.

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    fault::Fault,
    kernel::{Money, reference::TenderRef},
    organisation::{OrganisationKind, Role},
    procedure::{Nature, Procedure},
    refusal::Refusal,
    share::{Fixed, Key, Rule},
    tender::{Adhesion, Channel, Plan, Stage, Step, Vehicle},
};
use service::{
    Error, FieldErrors, FormKey,
    call::{self, CallDraft},
    on_both_databases, store,
    tender::{self, AnswerDraft, Opinion, PlanDraft},
    testing::{World, at},
};

fn euros(amount: i64) -> Money {
    Money::from_cents(amount * 100)
}

fn a_plan(vehicle: Vehicle, estimate: Money) -> PlanDraft {
    PlanDraft {
        plan: Plan {
            object: "Guichet citoyen".to_owned(),
            description: String::new(),
            cpv: "72212000".to_owned(),
            nature: Nature::Services,
            vehicle,
            procedure: Procedure::Pnspp,
            channel: Channel::Hosted,
            procedure_reason: None,
            lots_reason: None,
            estimate,
        },
        own_need: euros(10_000),
        quantity: "1".to_owned(),
        need: None,
        reason: None,
    }
}

fn adheres() -> AnswerDraft {
    AnswerDraft {
        adheres: true,
        deliberated_on: "2026-10-20".parse().expect("a date"),
        number: "2026/147".to_owned(),
        mandate_signed_on: None,
        budget_article: None,
        need: euros(10_000),
        remark: None,
    }
}

async fn found(world: &World, actor: &Actor, reference: TenderRef) -> store::tenders::TenderView {
    store::tenders::find(&world.services, actor.scope(), reference).await.expect("the tender is found")
}

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

    async fn a_participant_reads_the_file_and_does_not_lead_it(world: World) {
        let pilot = world.officer("Namur").await;
        let other = world.officer("Gembloux").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &plan).await.expect("planned");
        tender::invite_participant(&world.services, &pilot, reference, other.organisation(), euros(10_000), "1")
            .await
            .expect("invited");

        let denied = tender::ask_for_adhesions(&world.services, &other, reference).await;

        let view = found(&world, &other, reference).await;
        assert!(matches!(denied, Err(Error::Denied(_))));
        let told = world.last_audit(Stream::Tender(view.tender.id)).await;
        assert_eq!((told.action.as_str(), told.outcome), ("tender.change", Outcome::Denied));
    }

    async fn a_joint_tender_alone_does_not_reach_its_specification(world: World) {
        let pilot = world.officer("Namur").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &plan).await.expect("planned");

        let alone = tender::start_drafting(&world.services, &pilot, reference).await;

        assert!(matches!(alone, Err(Error::Refused(Refusal::TooFewParticipants { present: 1 }))));
        assert_eq!(found(&world, &pilot, reference).await.tender.stage, Stage::Needs);
    }

    async fn each_council_answers_from_its_own_account(world: World) {
        let pilot = world.officer("Namur").await;
        let other = world.officer("Gembloux").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &plan).await.expect("planned");
        tender::invite_participant(&world.services, &pilot, reference, other.organisation(), euros(10_000), "1")
            .await
            .expect("invited");

        tender::answer(&world.services, &other, reference, &adheres(), None).await.expect("answered");
        let left = AnswerDraft { adheres: false, ..adheres() };
        tender::answer(&world.services, &other, reference, &left, None).await.expect("answered again");

        let tender = found(&world, &pilot, reference).await.tender;
        let participant = tender.participant(other.organisation()).expect("it stays in the history");
        assert_eq!(participant.adhesion, Adhesion::Withdrawn);
        assert_eq!(tender.needs_total(), Some(euros(10_000)), "who left no longer counts");
    }

    async fn a_deliberation_reads_back_from_the_file(world: World) {
        let officer = world.officer("Namur").await;
        let stranger = world.officer("Wavre").await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");
        let bytes = b"%PDF-1.7 deliberation".to_vec();
        let kept = store::files::keep(&world.services, "deliberation.pdf", "application/pdf", bytes.clone()).await.expect("kept");
        tender::answer(&world.services, &officer, reference, &adheres(), Some(&kept)).await.expect("answered");

        let filed = tender::documents(&world.services, officer.scope(), reference).await.expect("its files");
        let read = tender::document(&world.services, officer.scope(), reference, filed[0].file.id).await.expect("its bytes");
        let stolen = tender::document(&world.services, stranger.scope(), reference, filed[0].file.id).await;

        assert_eq!((filed[0].kind.as_str(), filed[0].about.as_str()), ("deliberation", "Namur"));
        assert_eq!(read.bytes, bytes);
        assert!(matches!(stolen, Err(Error::NotFound)));
    }

    async fn inviting_twice_is_refused(world: World) {
        let pilot = world.officer("Namur").await;
        let other = world.commune("Gembloux").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &plan).await.expect("planned");
        let invite = || tender::invite_participant(&world.services, &pilot, reference, other.id, euros(1), "1");
        invite().await.expect("invited");

        assert!(matches!(invite().await, Err(Error::Refused(Refusal::TakesPartAlready))));
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

    async fn a_rule_of_shares_that_cannot_be_computed_is_refused_at_its_field(world: World) {
        let pilot = world.officer("Namur").await;
        let other = world.commune("Gembloux").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &plan).await.expect("planned");
        tender::invite_participant(&world.services, &pilot, reference, other.id, euros(1), "1").await.expect("invited");
        let by_population = Rule::by(Key::Population);
        let equal = Rule { fixed: Fixed::None, ..Rule::by(Key::Equal) };

        let refused = tender::set_rule(&world.services, &pilot, reference, &by_population).await;
        tender::set_rule(&world.services, &pilot, reference, &equal).await.expect("adopted");

        assert!(matches!(refused, Err(Error::Invalid(_))), "no population is known in this world");
        assert_eq!(found(&world, &pilot, reference).await.tender.rule, equal);
    }

    async fn the_finance_director_alone_gives_the_opinion_and_only_once_it_is_asked(world: World) {
        let namur = world.commune("Namur").await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let director = world.member(&namur, Role::FinanceDirector).await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");
        tender::start_drafting(&world.services, &officer, reference).await.expect("drafting");
        let opinion = Opinion { result: "favourable".to_owned(), text: "Rien à redire".to_owned() };

        let too_early = tender::give_opinion(&world.services, &director, reference, &opinion).await;
        tender::ask_opinion(&world.services, &officer, reference).await.expect("asked");
        let by_the_officer = tender::give_opinion(&world.services, &officer, reference, &opinion).await;
        tender::give_opinion(&world.services, &director, reference, &opinion).await.expect("given");

        assert!(matches!(too_early, Err(Error::Refused(Refusal::Step { from: Stage::Drafting, .. }))));
        assert!(matches!(by_the_officer, Err(Error::Denied(_))));
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn giving_up_needs_the_executive_and_ends_the_file(world: World) {
        let namur = world.commune("Namur").await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let executive = world.member(&namur, Role::Executive).await;
        let plan = a_plan(Vehicle::Isolated, euros(50_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");

        tender::give_up(&world.services, &executive, reference, "Budget retiré").await.expect("given up");
        let again = tender::give_up(&world.services, &executive, reference, "Encore").await;

        let given_up = found(&world, &officer, reference).await.tender;
        assert_eq!((given_up.stage, given_up.progress()), (Stage::GivenUp, Stage::Needs));
        assert_eq!(given_up.may_change(), Err(Refusal::Stopped { stage: Stage::GivenUp }));
        assert!(matches!(again, Err(Error::Refused(Refusal::Step { from: Stage::GivenUp, step: Step::GiveUp }))));
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

    async fn the_bounds_of_the_shares_are_kept_with_the_rule(world: World) {
        let pilot = world.established("Ville de Namur", "92094", "1000000021", 12_000).await;
        let officer = world.member(&pilot, Role::ProcurementOfficer).await;
        let second = world.established("Commune de Gembloux", "92142", "1000000219", 8_500).await;
        let third = world.established("Commune de Perwez", "92200", "1000000120", 4_300).await;
        let plan = a_plan(Vehicle::Joint, euros(100_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");
        for commune in [&second, &third] {
            tender::invite_participant(&world.services, &officer, reference, commune.id, euros(10_000), "1")
                .await
                .expect("invited");
        }
        let rule = Rule {
            key: Key::Population,
            fixed: Fixed::Amount(euros(250)),
            min: Some(euros(20_000)),
            max: Some(euros(45_000)),
        };

        tender::set_rule(&world.services, &officer, reference, &rule).await.expect("set");

        let tender = found(&world, &officer, reference).await.tender;
        assert_eq!(tender.rule, rule);
        let shares: Vec<_> =
            tender.shares(tender.plan.estimate, &tender.rule).expect("shared").into_values().map(Money::to_iso).collect();
        assert_eq!(shares, ["45000.00", "35000.00", "20000.00"]);
        let impossible = Rule { min: Some(euros(40_000)), ..rule };
        let refused = tender::set_rule(&world.services, &officer, reference, &impossible).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.of("cle") == Some(&Fault::Shares)));
    }

    async fn a_coordinator_advises_once_asked_and_never_decides(world: World) {
        let adopted = world.adopted_tender("Namur").await;
        let union = world.organisation(OrganisationKind::Union, "UVCW").await;
        let coordinator = world.member(&union, Role::Coordinator).await;
        let services = &world.services;
        let give = async |actor: &Actor| {
            let opinion = Opinion { result: "favourable_with_remarks".to_owned(), text: "Préciser la licence".to_owned() };
            tender::give_coordinator_opinion(services, actor, adopted.reference, &opinion).await
        };

        let too_early = give(&coordinator).await;
        let not_hers = tender::ask_coordinator(services, &coordinator, adopted.reference).await;
        tender::ask_coordinator(services, &adopted.officer, adopted.reference).await.expect("asked");
        let not_theirs = give(&adopted.officer).await;
        give(&coordinator).await.expect("given");
        let twice = give(&coordinator).await;

        assert!(matches!(too_early, Err(Error::Refused(Refusal::Step { from: Stage::Adopted, .. }))));
        assert!(matches!(not_hers, Err(Error::Denied(_))));
        assert!(matches!(not_theirs, Err(Error::Denied(_))));
        assert!(matches!(twice, Err(Error::Refused(Refusal::AlreadyDone))));
        let tender = found(&world, &adopted.officer, adopted.reference).await.tender;
        assert_eq!(tender.stage, Stage::CoordinatorOpinion);
        let acts = store::acts::of_tender(services, tender.id).await.expect("listed");
        let kinds: Vec<_> = acts.iter().map(|act| act.kind.as_str()).collect();
        assert_eq!(kinds, ["adoption", "coordinator_asked", "coordinator_opinion"]);
    }

    async fn the_call_does_not_wait_for_the_coordinator(world: World) {
        let adopted = world.adopted_tender("Namur").await;
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        tender::ask_coordinator(&world.services, &adopted.officer, adopted.reference).await.expect("asked");

        let draft = CallDraft {
            questions_until: at("2026-12-14 11:00"),
            deposit_until: at("2026-12-21 11:00"),
            notice: None,
            invited: [firm.id].into(),
            reason: None,
        };
        call::publish(&world.services, &adopted.officer, adopted.reference, &draft).await.expect("published");

        assert_eq!(found(&world, &adopted.officer, adopted.reference).await.tender.stage, Stage::Called);
    }
}
