//! Who takes part, and what their councils answer.

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    kernel::reference::TenderRef,
    organisation::{OrganisationKind, Role},
    procedure::Procedure,
    refusal::Refusal,
    share::{Key, Rule},
    tender::{Adhesion, Channel, Plan, Stage, Vehicle},
};
use service::{
    Error, on_both_databases, specification, store,
    tender::{self, Adoption, AnswerDraft, PlanDraft},
    testing::{World, an_adhesion, an_adoption, example_answers},
};

use crate::{a_plan, a_written_file, euros, found};

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

/// A joint tender of Namur, to which Gembloux is invited.
async fn invited(world: &World) -> (Actor, Actor, TenderRef) {
    let (pilot, other) = (world.officer("Namur").await, world.officer("Gembloux").await);
    let services = &world.services;
    let reference = tender::plan(services, &pilot, &a_plan(Vehicle::Joint, euros(50_000))).await.expect("planned");
    tender::invite_participant(services, &pilot, reference, other.organisation(), euros(10_000), "1")
        .await
        .expect("invited");
    (pilot, other, reference)
}

on_both_databases! {
    async fn a_participant_reads_the_file_and_does_not_lead_it(world: World) {
        let (_, other, reference) = invited(&world).await;

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
        let (pilot, other, reference) = invited(&world).await;

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

    async fn of_two_who_answer_or_choose_the_key_the_second_is_told(world: World) {
        let (pilot, other, reference) = invited(&world).await;
        let services = &world.services;
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
}
