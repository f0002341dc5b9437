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
    tender::{ActKind, Adhesion, Channel, OpinionResult, Organ, Plan, Stage, Step, Vehicle},
};
use service::{
    Error, FieldErrors, FormKey,
    call::{self, CallDraft},
    on_both_databases, specification, store,
    tender::{self, Adoption, AnswerDraft, Opinion, PlanDraft},
    testing::{Joint, World, an_adhesion, an_adoption, at, example_answers},
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

/// A joint tender whose specification is complete, and who acts on it.
struct Written<'world> {
    world: &'world World,
    joint: Joint,
    director: Actor,
}

async fn a_written_file(world: &World) -> Written<'_> {
    let joint = world.tender_in_drafting().await;
    let director = world.member(&joint.pilot, Role::FinanceDirector).await;
    let answers = example_answers();
    specification::save_answers(&world.services, &joint.officer, joint.reference, 0, &answers).await.expect("saved");
    Written { world, joint, director }
}

impl Written<'_> {
    async fn ask(&self) -> Result<(), Error> {
        tender::ask_opinion(&self.world.services, &self.joint.officer, self.joint.reference).await
    }

    async fn opine(&self, who: &Actor, result: OpinionResult) -> Result<(), Error> {
        let opinion = Opinion { result, text: "Lu".to_owned() };
        tender::give_opinion(&self.world.services, who, self.joint.reference, &opinion).await
    }

    async fn answer_differently(&self, version: i32) {
        let typed = [("duree".to_owned(), "36".to_owned())].into();
        specification::save_answers(&self.world.services, &self.joint.officer, self.joint.reference, version, &typed)
            .await
            .expect("saved");
    }

    async fn adopt(&self, organ: Organ, on: &str) -> Result<(), Error> {
        self.adopt_because(organ, on, "").await
    }

    async fn adopt_because(&self, organ: Organ, on: &str, reason: &str) -> Result<(), Error> {
        self.adopt_as(&self.joint.council, organ, on, reason).await
    }

    async fn adopt_as(&self, who: &Actor, organ: Organ, on: &str, reason: &str) -> Result<(), Error> {
        let decided_on = on.parse().expect("a date");
        let adoption = Adoption { organ, decided_on, reason: Some(reason.to_owned()), ..an_adoption() };
        tender::adopt(&self.world.services, who, self.joint.reference, &adoption).await
    }

    async fn stream(&self) -> Stream {
        Stream::Tender(found(self.world, &self.joint.officer, self.joint.reference).await.tender.id)
    }
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

        tender::answer(&world.services, &other, reference, 1, &adheres(), None).await.expect("answered");
        let left = AnswerDraft { adheres: false, ..adheres() };
        tender::answer(&world.services, &other, reference, 2, &left, None).await.expect("answered again");

        let tender = found(&world, &pilot, reference).await.tender;
        let participant = tender.participant(other.organisation()).expect("it stays in the history");
        assert_eq!(participant.adhesion, Adhesion::Withdrawn);
        assert_eq!(tender.needs_total(), Some(euros(10_000)), "who left no longer counts");
    }

    async fn a_deliberation_reads_back_from_the_file(world: World) {
        let officer = world.officer("Namur").await;
        let stranger = world.officer("Wavre").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");
        let bytes = b"%PDF-1.7 deliberation".to_vec();
        let kept = store::files::keep(&world.services, "deliberation.pdf", "application/pdf", bytes.clone()).await.expect("kept");
        tender::answer(&world.services, &officer, reference, 1, &adheres(), Some(&kept)).await.expect("answered");

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

    async fn of_two_who_answer_or_choose_the_key_the_second_is_told(world: World) {
        let pilot = world.officer("Namur").await;
        let other = world.officer("Gembloux").await;
        let services = &world.services;
        let reference = tender::plan(services, &pilot, &a_plan(Vehicle::Joint, euros(50_000))).await.expect("planned");
        tender::invite_participant(services, &pilot, reference, other.organisation(), euros(10_000), "1")
            .await
            .expect("invited");
        let read = found(&world, &pilot, reference).await.tender.version;
        let equal = Rule::by(Key::Equal);
        let refuses = AnswerDraft { adheres: false, ..adheres() };

        tender::answer(services, &other, reference, 1, &adheres(), None).await.expect("the first answers");
        let second = tender::answer(services, &other, reference, 1, &refuses, None).await;
        let key = tender::set_rule(services, &pilot, reference, read, &equal).await;

        assert!(matches!(second, Err(Error::Stale)));
        assert!(matches!(key, Err(Error::Stale)), "a council answered meanwhile");
        let tender = found(&world, &pilot, reference).await.tender;
        assert_eq!(tender.participant(other.organisation()).map(|own| own.adhesion), Some(Adhesion::Adhered));
        tender::set_rule(services, &pilot, reference, tender.version, &equal).await.expect("chosen after reading");
    }

    async fn a_rule_of_shares_that_cannot_be_computed_is_refused_at_its_field(world: World) {
        let pilot = world.officer("Namur").await;
        let other = world.commune("Gembloux").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &plan).await.expect("planned");
        tender::invite_participant(&world.services, &pilot, reference, other.id, euros(1), "1").await.expect("invited");
        let by_population = Rule::by(Key::Population);
        let equal = Rule { fixed: Fixed::None, ..Rule::by(Key::Equal) };

        let refused = tender::set_rule(&world.services, &pilot, reference, 2, &by_population).await;
        tender::set_rule(&world.services, &pilot, reference, 2, &equal).await.expect("adopted");

        assert!(matches!(refused, Err(Error::Invalid(_))), "no population is known in this world");
        assert_eq!(found(&world, &pilot, reference).await.tender.rule, equal);
    }

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

    async fn alone_a_commune_adheres_to_nothing_and_decides_by_adopting(world: World) {
        let namur = world.established("Ville de Namur", "92094", "1000000021", 114_000).await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let council = world.member(&namur, Role::Council).await;
        let plan = PlanDraft { reason: Some("Épreuve".to_owned()), ..a_plan(Vehicle::Isolated, euros(50_000)) };
        let described = Plan { procedure: Procedure::Po, description: "Un guichet".to_owned(), ..plan.plan };
        let plan = PlanDraft { plan: described, ..plan };
        let services = &world.services;
        let reference = tender::plan(services, &officer, &plan).await.expect("planned");

        let sent = tender::ask_for_adhesions(services, &officer, reference).await;
        let answered = tender::answer(services, &officer, reference, 1, &adheres(), None).await;
        assert!(matches!(sent, Err(Error::Refused(Refusal::NotJoint))));
        assert!(matches!(answered, Err(Error::Refused(Refusal::NotJoint))));

        tender::start_drafting(services, &officer, reference).await.expect("drafting at once");
        let answers = example_answers();
        specification::save_answers(services, &officer, reference, 0, &answers).await.expect("saved");
        let adoption = Adoption { budget_article: Some("104/123-13".to_owned()), ..an_adoption() };
        tender::adopt(services, &council, reference, &adoption).await.expect("adopted");
        let tender = found(&world, &officer, reference).await.tender;
        let own = tender.participant(namur.id).and_then(|own| own.answer.clone()).expect("its own decision");
        assert_eq!((own.number.as_str(), own.budget_article.as_deref()), ("14", Some("104/123-13")));
    }

    async fn the_trail_tells_what_a_council_and_a_pilot_changed(world: World) {
        let file = a_written_file(&world).await;
        let (services, joint) = (&world.services, &file.joint);
        let other = AnswerDraft { need: euros(12_000), budget_article: Some("104/123-13".to_owned()), ..an_adhesion() };

        tender::answer(services, &joint.others[0], joint.reference, 2, &other, None).await.expect("answered again");
        let told = world.last_audit(file.stream().await).await;
        assert_eq!(told.facts["estimate"], serde_json::json!({ "before": "10000.00", "after": "12000.00" }));
        assert_eq!(told.facts["budget_article"]["before"], "104/742-53");
        assert_eq!(told.facts.get("mandate_signed_on"), None, "what did not change is not told");

        let before = found(&world, &joint.officer, joint.reference).await.tender;
        let plan = Plan { cpv: "72267000".to_owned(), channel: Channel::Hosted, ..before.plan };
        tender::change_plan(services, &joint.officer, joint.reference, before.version, &plan, Some("Épreuve"))
            .await
            .expect("changed");
        let told = world.last_audit(file.stream().await).await;
        assert_eq!(told.facts["cpv"], serde_json::json!({ "before": "72212000", "after": "72267000" }));
        assert_eq!(told.facts["channel"]["after"], "hosted");
        let (rows, count) = store::audit::page(services, file.stream().await, 0, 3).await.expect("read");
        assert_eq!((rows.len(), rows[0].seq), (3, i64::try_from(count).expect("small")));
    }

    async fn who_never_answers_does_not_stop_the_others(world: World) {
        let pilot = world.officer("Namur").await;
        let silent = world.officer("Gembloux").await;
        let adhering = world.officer("Andenne").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let services = &world.services;
        let reference = tender::plan(services, &pilot, &plan).await.expect("planned");
        for other in [&silent, &adhering] {
            tender::invite_participant(services, &pilot, reference, other.organisation(), euros(1), "1")
                .await
                .expect("invited");
        }
        tender::answer(services, &adhering, reference, 1, &adheres(), None).await.expect("answered");
        let withdraw = |organisation| tender::withdraw_invitation(services, &pilot, reference, organisation);

        withdraw(silent.organisation()).await.expect("withdrawn");

        let decided = withdraw(adhering.organisation()).await;
        let oneself = withdraw(pilot.organisation()).await;
        assert!(matches!(decided, Err(Error::Refused(Refusal::NotWaiting))));
        assert!(matches!(oneself, Err(Error::Refused(Refusal::NotWaiting))));
        let seen = store::tenders::find(services, silent.scope(), reference).await;
        assert!(matches!(seen, Err(Error::NotFound)), "the file is no longer its own");
        assert_eq!(found(&world, &pilot, reference).await.tender.participants.len(), 2);
    }

    async fn only_authorities_are_invited_and_only_into_a_joint_tender(world: World) {
        let pilot = world.officer("Namur").await;
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        let commune = world.commune("Gembloux").await;
        let services = &world.services;
        let joint = tender::plan(services, &pilot, &a_plan(Vehicle::Joint, euros(50_000))).await.expect("planned");
        let alone = tender::plan(services, &pilot, &a_plan(Vehicle::Isolated, euros(50_000))).await.expect("planned");
        let invite = |reference, organisation| {
            tender::invite_participant(services, &pilot, reference, organisation, euros(1), "1")
        };

        assert!(matches!(invite(joint, firm.id).await, Err(Error::Refused(Refusal::NotAnAuthority))));
        assert!(matches!(invite(alone, commune.id).await, Err(Error::Refused(Refusal::NotJoint))));
        invite(joint, commune.id).await.expect("invited");
        let tender = found(&world, &pilot, joint).await.tender;
        let isolated = Plan { vehicle: Vehicle::Isolated, ..tender.plan };
        let left_alone = tender::change_plan(services, &pilot, joint, tender.version, &isolated, None).await;
        assert!(matches!(left_alone, Err(Error::Refused(Refusal::OthersTakePart))));
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

        tender::set_rule(&world.services, &officer, reference, 3, &rule).await.expect("set");

        let tender = found(&world, &officer, reference).await.tender;
        assert_eq!(tender.rule, rule);
        let shares: Vec<_> =
            tender.shares(tender.plan.estimate, &tender.rule).expect("shared").into_values().map(Money::to_iso).collect();
        assert_eq!(shares, ["45000.00", "35000.00", "20000.00"]);
        let impossible = Rule { min: Some(euros(40_000)), ..rule };
        let refused = tender::set_rule(&world.services, &officer, reference, 4, &impossible).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.of("cle") == Some(&Fault::Shares)));
    }

    async fn a_coordinator_advises_once_asked_and_never_decides(world: World) {
        let adopted = world.adopted_tender("Namur").await;
        let union = world.organisation(OrganisationKind::Union, "UVCW").await;
        let coordinator = world.member(&union, Role::Coordinator).await;
        let services = &world.services;
        let give = async |actor: &Actor| {
            let opinion = Opinion { result: OpinionResult::FavourableWithRemarks, text: "Préciser la licence".to_owned() };
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
        let kinds: Vec<_> = acts.iter().map(|act| act.kind).collect();
        assert_eq!(kinds, [ActKind::Adoption, ActKind::CoordinatorAsked, ActKind::CoordinatorOpinion]);
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
