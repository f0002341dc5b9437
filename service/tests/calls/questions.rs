//! Questions, and their answers to everybody.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    audit::Outcome,
    authz::Scope,
    kernel::{ids::QuestionId, reference::TenderRef},
    refusal::Refusal,
};
use service::{
    Error,
    call::{self, CallDraft},
    on_both_databases, store,
    testing::{World, at, quiet_plan},
};

use crate::{a_call, a_firm, a_published_call, a_question, promised, stream};

async fn the_question(world: &World, reference: TenderRef) -> (QuestionId, i32) {
    let found = store::tenders::find(&world.services, Scope::VISITOR, reference).await.expect("published");
    let question = store::questions::of_tender(&world.services, found.tender.id).await.expect("read").remove(0);
    (question.id, question.version)
}

on_both_databases! {
    async fn an_answer_five_days_before_the_end_warns_and_six_days_before_does_not(world: World) {
        let (tender, _, member) = a_published_call(&world).await;
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");
        let (question, version) = the_question(&world, tender.reference).await;
        let answer = |version, reason| {
            call::answer(&world.services, &tender.officer, tender.reference, question, version, "Oui.", reason)
        };

        world.now_is("2026-12-15 23:59");
        answer(version, None).await.expect("answered on the last day");
        world.now_is("2026-12-16 00:00");
        let late = answer(version + 1, None).await;
        answer(version + 1, Some("Une firme signale une erreur de frappe")).await.expect("answered with a reason");

        assert!(matches!(late, Err(Error::Refused(Refusal::WarningsNeedAReason))));
        let told = world.last_audit(stream(&world, &tender).await).await;
        assert!(told.facts["warnings"].to_string().contains("answer_late"), "{}", told.facts);
        assert!(told.facts["warnings"].to_string().contains("art. 64"), "{}", told.facts);
    }

    async fn a_question_is_taken_at_the_last_second_and_not_one_after(world: World) {
        let (open, firm, member) = a_published_call(&world).await;
        let closed = world.adopted_by(&open.pilot, quiet_plan("Une seconde plus tôt")).await;
        let questions_until = at("2026-12-14 11:00") - TimeDelta::seconds(1);
        let draft = CallDraft { questions_until, ..a_call([firm.id]) };
        call::publish(&world.services, &closed.officer, closed.reference, &draft).await.expect("published");

        world.now_is("2026-12-14 11:00");
        call::ask(&world.services, &member, open.reference, &a_question()).await.expect("asked at the last second");
        let late = call::ask(&world.services, &member, closed.reference, &a_question()).await;

        let refusal = Refusal::QuestionsClosed { at: questions_until };
        assert!(matches!(late, Err(Error::Refused(refused)) if refused == refusal));
        let told = world.last_audit(stream(&world, &closed).await).await;
        assert_eq!((told.action.as_str(), told.outcome), ("call.ask", Outcome::Refused));
        let kinds: Vec<_> = promised(&world).await.into_iter().map(|due| due.kind).collect();
        assert_eq!(kinds, ["call.invitation", "call.invitation", "call.question_asked"]);
    }

    async fn a_question_is_answered_to_everybody_and_names_nobody(world: World) {
        let (tender, invited, _) = a_published_call(&world).await;
        let (asker, member) = a_firm(&world, "Orneau Informatique").await;
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");
        let (question, version) = the_question(&world, tender.reference).await;

        call::answer(&world.services, &tender.officer, tender.reference, question, version, "Oui.", None)
            .await
            .expect("answered");

        let found = store::calls::find(&world.services, tender.reference).await.expect("published");
        let read = store::questions::of_tender(&world.services, found.tender.id).await.expect("read");
        assert_eq!(read[0].answer.as_ref().map(|answer| answer.text.as_str()), Some("Oui."));
        let shown = format!("{read:?}");
        assert!(!shown.contains("Orneau") && !shown.contains(&asker.id.to_string()), "{shown}");
        let due = promised(&world).await;
        let told: BTreeSet<_> = due
            .iter()
            .filter(|due| due.kind == "call.question_answered")
            .map(|due| due.payload["organisation"].as_str().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(told, BTreeSet::from([invited.id.to_string(), asker.id.to_string()]));
        for promise in &due {
            let letter = call::letters_of(&world.services, promise).await.expect("written");
            assert!(letter.is_none_or(|letter| !letter.text.contains("Orneau")));
        }
    }

    async fn the_same_question_sent_twice_is_kept_once(world: World) {
        let (tender, _, member) = a_published_call(&world).await;
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");

        let again = call::ask(&world.services, &member, tender.reference, &a_question()).await;

        assert!(matches!(again, Err(Error::Refused(Refusal::AlreadyDone))));
        assert_eq!(promised(&world).await.len(), 2);
    }

    async fn an_answer_to_an_older_version_is_stale(world: World) {
        let (tender, _, member) = a_published_call(&world).await;
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");
        let (question, version) = the_question(&world, tender.reference).await;
        let answer = |text| call::answer(&world.services, &tender.officer, tender.reference, question, version, text, None);
        answer("Oui.").await.expect("answered");

        assert!(matches!(answer("Non.").await, Err(Error::Stale)));
    }

    async fn an_answer_after_the_deposit_is_refused_with_its_hour(world: World) {
        let (tender, _, member) = a_published_call(&world).await;
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");
        let (question, version) = the_question(&world, tender.reference).await;

        world.now_is("2026-12-21 11:01");
        let late = call::answer(&world.services, &tender.officer, tender.reference, question, version, "Oui.", None).await;

        let closed = Refusal::DepositClosed { at: at("2026-12-21 11:00") };
        assert!(matches!(late, Err(Error::Refused(refusal)) if refusal == closed));
    }

    async fn another_commune_finds_no_file_and_a_firm_may_not_answer(world: World) {
        let (tender, _, member) = a_published_call(&world).await;
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");
        let (question, version) = the_question(&world, tender.reference).await;
        let stranger = world.officer("Gembloux").await;

        let published = call::publish(&world.services, &stranger, tender.reference, &a_call([])).await;
        let answered = call::answer(&world.services, &stranger, tender.reference, question, version, "Oui.", None).await;
        let by_a_firm = call::answer(&world.services, &member, tender.reference, question, version, "Oui.", None).await;

        assert!(matches!(published, Err(Error::NotFound)));
        assert!(matches!(answered, Err(Error::NotFound)));
        assert!(matches!(by_a_firm, Err(Error::Denied(_))));
    }
}
