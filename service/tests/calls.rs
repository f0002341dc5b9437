//! Calls, on both databases: sent out once, public, asked about until the last second, anonymous.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    audit::{Outcome, Stream},
    authz::{Actor, Scope},
    kernel::{
        Money,
        ids::{OrganisationId, QuestionId},
        reference::TenderRef,
    },
    organisation::{Organisation, OrganisationKind, Role},
    procedure::Procedure,
    refusal::Refusal,
    tender::{Channel, Notice, Plan, Stage, WarningRule},
};
use service::{
    Error, call,
    call::{CallDraft, QuestionDraft},
    on_both_databases, specification,
    store::{
        self,
        calls::{Filter, Sort, State},
    },
    tender::{self, AnswerDraft},
    testing::{Adopted, World, an_adhesion, an_adoption, at, example_answers, quiet_plan},
};

/// Questions until 14 December, offers until 21 December 2026 at 11:00.
fn a_call(invited: impl IntoIterator<Item = OrganisationId>) -> CallDraft {
    CallDraft {
        questions_until: at("2026-12-14 11:00"),
        deposit_until: at("2026-12-21 11:00"),
        notice: None,
        invited: invited.into_iter().collect(),
        reason: None,
    }
}

fn a_question() -> QuestionDraft {
    QuestionDraft { article: Some("12".to_owned()), text: "Le paiement en ligne est-il compris ?".to_owned() }
}

fn published_openly(object: &str) -> Plan {
    Plan { procedure: Procedure::Pndapp, channel: Channel::EProcurement, ..quiet_plan(object) }
}

fn a_notice() -> Notice {
    Notice { number: "2026-512345".to_owned(), sent_on: at("2026-11-23 10:00").date_naive() }
}

async fn a_firm(world: &World, name: &str) -> (Organisation, Actor) {
    let firm = world.organisation(OrganisationKind::Sme, name).await;
    let member = world.member(&firm, Role::SmeMember).await;
    (firm, member)
}

/// An adopted tender, called with one invited firm.
async fn a_published_call(world: &World) -> (Adopted, Organisation, Actor) {
    let tender = world.adopted_tender("Namur").await;
    let (firm, member) = a_firm(world, "Aubier Logiciels").await;
    call::publish(&world.services, &tender.officer, tender.reference, &a_call([firm.id])).await.expect("published");
    (tender, firm, member)
}

async fn stream(world: &World, tender: &Adopted) -> Stream {
    let found = store::tenders::find(&world.services, tender.officer.scope(), tender.reference).await.expect("found");
    Stream::Tender(found.tender.id)
}

/// The kinds of the promises that wait, in their order.
async fn promised(world: &World) -> Vec<store::outbox::Due> {
    let mut due = Vec::new();
    while let Some(next) = store::outbox::take(&world.services, TimeDelta::hours(1)).await.expect("the outbox reads") {
        due.push(next);
    }
    due
}

async fn refused(world: &World, tender: &Adopted, draft: &CallDraft) -> Refusal {
    match call::publish(&world.services, &tender.officer, tender.reference, draft).await {
        Err(Error::Refused(refusal)) => {
            let told = world.last_audit(stream(world, tender).await).await;
            assert_eq!((told.action.as_str(), told.outcome), ("call.publish", Outcome::Refused));
            refusal
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn the_question(world: &World, reference: TenderRef) -> (QuestionId, i32) {
    let found = store::tenders::find(&world.services, Scope::VISITOR, reference).await.expect("published");
    let question = store::questions::of_tender(&world.services, found.tender.id).await.expect("read").remove(0);
    (question.id, question.version)
}

on_both_databases! {
    async fn a_call_is_public_and_its_firms_are_promised_a_letter(world: World) {
        let (tender, firm, _) = a_published_call(&world).await;

        let found = store::calls::find(&world.services, tender.reference).await.expect("published");

        assert_eq!(found.tender.stage, Stage::Called);
        assert_eq!(found.tender.clock.deposit_until, Some(at("2026-12-21 11:00")));
        assert!(found.specification.is_some());
        let invited = store::invitations::of_tender(&world.services, found.tender.id).await.expect("read");
        assert_eq!(invited.iter().map(|row| row.firm.id).collect::<Vec<_>>(), [firm.id]);
        let told = world.last_audit(stream(&world, &tender).await).await;
        assert_eq!((told.action.as_str(), told.outcome), ("call.publish", Outcome::Done));
        assert_eq!(told.facts["invited"], 1);
        assert_eq!(told.facts["deposit_until"], "21 décembre 2026 à 11:00");
        let due = promised(&world).await;
        assert_eq!(due.iter().map(|due| due.kind.as_str()).collect::<Vec<_>>(), ["call.invitation"]);
        let letter = call::letters_of(&world.services, &due[0]).await.expect("written").expect("addressed");
        assert!(letter.to.ends_with("@example.be"));
        assert!(letter.text.contains("lundi 21 décembre 2026 à 11:00"));
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn a_deposit_that_ends_now_is_refused_and_one_second_later_is_not(world: World) {
        let tender = world.adopted_tender("Namur").await;
        let (firm, _) = a_firm(&world, "Aubier Logiciels").await;
        let now = world.services.now();
        let ending = |deposit_until, questions_until| CallDraft { deposit_until, questions_until, ..a_call([firm.id]) };

        let in_the_past = refused(&world, &tender, &ending(now, now - TimeDelta::seconds(1))).await;
        assert_eq!(in_the_past, Refusal::DepositInThePast);
        let questions = refused(&world, &tender, &ending(now + TimeDelta::seconds(2), now)).await;
        assert_eq!(questions, Refusal::QuestionsInThePast);

        let draft = ending(now + TimeDelta::seconds(2), now + TimeDelta::seconds(1));
        call::publish(&world.services, &tender.officer, tender.reference, &draft).await.expect("published");
    }

    async fn questions_close_before_the_deposit_does(world: World) {
        let tender = world.adopted_tender("Namur").await;
        let (firm, _) = a_firm(&world, "Aubier Logiciels").await;
        let same = CallDraft { questions_until: at("2026-12-21 11:00"), ..a_call([firm.id]) };

        assert_eq!(refused(&world, &tender, &same).await, Refusal::QuestionsAfterDeposit);
    }

    async fn without_a_notice_somebody_must_be_invited(world: World) {
        let tender = world.adopted_tender("Namur").await;

        assert_eq!(refused(&world, &tender, &a_call([])).await, Refusal::NobodyInvited);
        assert_eq!(promised(&world).await, []);
    }

    async fn a_commune_is_not_invited_as_a_firm(world: World) {
        let tender = world.adopted_tender("Namur").await;
        let commune = world.commune("Gembloux").await;

        let published =
            call::publish(&world.services, &tender.officer, tender.reference, &a_call([commune.id])).await;

        assert!(matches!(published, Err(Error::NotFound)));
    }

    async fn on_the_federal_platform_the_notice_is_compulsory(world: World) {
        let pilot = world.commune("Namur").await;
        let tender = world.adopted_by(&pilot, published_openly("Portail")).await;

        assert_eq!(refused(&world, &tender, &a_call([])).await, Refusal::NoticeMissing);

        let noticed = CallDraft { notice: Some(a_notice()), ..a_call([]) };
        call::publish(&world.services, &tender.officer, tender.reference, &noticed).await.expect("published");
        let found = store::calls::find(&world.services, tender.reference).await.expect("published");
        assert_eq!(found.tender.notice, Some(a_notice()));
    }

    async fn a_short_delay_warns_and_the_reason_is_kept(world: World) {
        let pilot = world.commune("Namur").await;
        let tender = world.adopted_by(&pilot, published_openly("Portail")).await;
        let short = CallDraft {
            notice: Some(a_notice()),
            questions_until: at("2026-11-26 11:00"),
            deposit_until: at("2026-11-30 11:00"),
            ..a_call([])
        };

        let foreseen = call::foresee(&world.services, &tender.officer, tender.reference, &short).await.expect("seen");
        assert_eq!(foreseen.warnings.len(), 1);
        assert_eq!(refused(&world, &tender, &short).await, Refusal::WarningsNeedAReason);
        let blank = CallDraft { reason: Some("  ".to_owned()), ..short.clone() };
        assert_eq!(refused(&world, &tender, &blank).await, Refusal::WarningsNeedAReason);

        let reasoned = CallDraft { reason: Some("Urgence motivée par le collège".to_owned()), ..short };
        call::publish(&world.services, &tender.officer, tender.reference, &reasoned).await.expect("published");
        let told = world.last_audit(stream(&world, &tender).await).await;
        assert_eq!(told.facts["reason"], "Urgence motivée par le collège");
        assert!(told.facts["warnings"][0].as_str().is_some_and(|text| text.starts_with("delay_too_short")));
    }

    async fn a_deposit_that_ends_within_the_last_day_of_the_delay_warns_and_the_next_working_day_does_not(world: World) {
        let pilot = world.commune("Namur").await;
        let tender = world.adopted_by(&pilot, published_openly("Portail")).await;
        // Seventeen days from Wednesday 18 November are over on Saturday 5 December, so the last day is Monday 7.
        let notice = Notice { sent_on: "2026-11-18".parse().expect("a date"), ..a_notice() };
        let until = |text| CallDraft {
            notice: Some(notice.clone()),
            questions_until: at("2026-11-26 11:00"),
            deposit_until: at(text),
            ..a_call([])
        };
        let warned = async |text| {
            let seen = call::foresee(&world.services, &tender.officer, tender.reference, &until(text)).await;
            seen.expect("seen").warnings.into_iter().map(|warning| warning.rule).collect::<Vec<_>>()
        };

        let date = |text: &str| text.parse().expect("a date");
        let short = WarningRule::DelayTooShort { earliest: date("2026-12-08"), given: date("2026-12-07") };
        assert_eq!(warned("2026-12-07 11:00").await, [short]);
        assert_eq!(warned("2026-12-08 11:00").await, []);
    }

    async fn the_call_names_who_signed_no_mandate_and_who_cited_no_credit(world: World) {
        let joint = world.tender_in_drafting().await;
        let [gembloux, _] = &joint.others;
        let services = &world.services;
        let lacking = AnswerDraft { mandate_signed_on: None, budget_article: None, ..an_adhesion() };
        tender::answer(services, gembloux, joint.reference, 2, &lacking, None).await.expect("answered");
        specification::save_answers(services, &joint.officer, joint.reference, 0, &example_answers()).await.expect("saved");
        tender::adopt(services, &joint.council, joint.reference, &an_adoption()).await.expect("adopted");
        let draft = CallDraft { notice: Some(a_notice()), reason: Some("Épreuve".to_owned()), ..a_call([]) };

        let stopped = call::publish(services, &joint.officer, joint.reference, &draft).await;

        let names = vec!["Commune de Gembloux".to_owned()];
        let refusal = Refusal::MandatesAndCredits { mandates: names.clone(), credits: names };
        assert!(matches!(stopped, Err(Error::Refused(refused)) if refused == refusal));
        let other = AnswerDraft { need: Money::from_cents(1), ..an_adhesion() };
        let changed = tender::answer(services, gembloux, joint.reference, 3, &other, None).await;
        assert!(matches!(changed, Err(Error::Refused(Refusal::ConditionsAdopted))), "what was adopted stays");
        tender::answer(services, gembloux, joint.reference, 3, &an_adhesion(), None).await.expect("completed");
        call::publish(services, &joint.officer, joint.reference, &draft).await.expect("published");
    }

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

    async fn a_call_goes_out_once(world: World) {
        let (tender, firm, _) = a_published_call(&world).await;

        assert_eq!(refused(&world, &tender, &a_call([firm.id])).await, Refusal::AlreadyCalled);
        assert_eq!(promised(&world).await.len(), 1);
    }

    async fn a_visitor_finds_published_calls_alone(world: World) {
        let (tender, ..) = a_published_call(&world).await;
        let silent = world.adopted_by(&tender.pilot, quiet_plan("Pas encore")).await;

        let found = store::calls::list(&world.services, &Filter { per_page: 25, ..Filter::default() }).await.expect("read");

        assert_eq!(found.rows.iter().map(|row| row.reference).collect::<Vec<_>>(), [tender.reference]);
        assert!(matches!(store::calls::find(&world.services, silent.reference).await, Err(Error::NotFound)));
        assert!(matches!(call::specification(&world.services, silent.reference).await, Err(Error::NotFound)));
        let (file, bytes) = call::specification(&world.services, tender.reference).await.expect("public");
        assert_eq!((file.media_type.as_str(), bytes.as_slice()), ("application/pdf", b"%PDF-1.7 epreuve".as_slice()));
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

    async fn more_firms_are_invited_until_the_deposit_ends_each_once(world: World) {
        let (tender, first, _) = a_published_call(&world).await;
        let (second, _) = a_firm(&world, "Semois Systèmes").await;
        let invite = |firms: Vec<OrganisationId>| {
            let firms = firms.into_iter().collect();
            let (world, tender) = (&world, &tender);
            async move { call::invite(&world.services, &tender.officer, tender.reference, &firms).await }
        };

        assert!(matches!(invite(vec![first.id]).await, Err(Error::Refused(Refusal::AlreadyDone))));
        invite(vec![first.id, second.id]).await.expect("invited");
        assert_eq!(promised(&world).await.len(), 2);
        world.now_is("2026-12-21 11:01");
        assert!(matches!(invite(vec![second.id]).await, Err(Error::Refused(Refusal::DepositClosed { .. }))));
    }

    async fn a_firm_finds_the_calls_that_concern_it(world: World) {
        let (tender, firm, _) = a_published_call(&world).await;
        let (stranger, member) = a_firm(&world, "Orneau Informatique").await;

        let before = store::calls::of_firm(&world.services, stranger.id).await.expect("read");
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");
        let after = store::calls::of_firm(&world.services, stranger.id).await.expect("read");
        let invited = store::calls::of_firm(&world.services, firm.id).await.expect("read");

        assert_eq!((before.len(), after.len(), invited.len()), (0, 1, 1));
    }

    async fn a_page_holds_twenty_five_calls_and_filters_narrow_them(world: World) {
        let namur = world.commune("Namur").await;
        let ciney = world.commune("Ciney").await;
        let (firm, _) = a_firm(&world, "Aubier Logiciels").await;
        for number in 1..=27_i64 {
            let plan = Plan { cpv: if number == 1 { "80533100" } else { "72212000" }.to_owned(), ..quiet_plan(&format!("Été {number}")) };
            let tender = world.adopted_by(if number == 2 { &ciney } else { &namur }, plan).await;
            let deposit_until = at("2026-12-21 11:00") + TimeDelta::hours(number);
            let draft = CallDraft { deposit_until, ..a_call([firm.id]) };
            call::publish(&world.services, &tender.officer, tender.reference, &draft).await.expect("published");
        }
        let list = |filter: Filter| {
            let services = &world.services;
            async move { store::calls::list(services, &Filter { per_page: 25, ..filter }).await.expect("read") }
        };
        let none = Filter::default;

        let first = list(none()).await;
        assert_eq!((first.rows.len(), first.count, first.has_next), (25, 27, true));
        assert_eq!(first.rows[0].object, "Été 1");
        assert_eq!((first.rows[0].pilot.as_str(), first.rows[0].others), ("Namur", 0));
        let second = list(Filter { page: 1, ..none() }).await;
        assert_eq!((second.rows.len(), second.has_next), (2, false));
        assert_eq!(list(Filter { text: "ETE 27".to_owned(), ..none() }).await.count, 1);
        assert_eq!(list(Filter { text: "mp-2026-0003".to_owned(), ..none() }).await.rows[0].object, "Été 3");
        assert_eq!(list(Filter { cpv: "8053".to_owned(), ..none() }).await.rows[0].object, "Été 1");
        assert_eq!(list(Filter { commune: "cine".to_owned(), ..none() }).await.rows[0].object, "Été 2");
        assert_eq!(list(Filter { sort: Sort::Reference, ..none() }).await.rows[0].object, "Été 27");
        assert_eq!(list(Filter { sort: Sort::Publication, ..none() }).await.count, 27);
        assert_eq!(list(Filter { state: State::Awarded, ..none() }).await.count, 0);

        world.now_is("2026-12-21 12:01");
        assert_eq!(list(none()).await.count, 26);
        assert_eq!(list(Filter { state: State::Closed, ..none() }).await.rows[0].stage, Stage::DepositClosed);
        assert_eq!(list(Filter { state: State::Any, ..none() }).await.count, 27);
    }
}
