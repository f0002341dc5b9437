//! What a call needs before it goes out, and what it does then.

use chrono::TimeDelta;
use domain::{
    audit::Outcome,
    kernel::{Money, ids::OrganisationId},
    procedure::Procedure,
    refusal::Refusal,
    tender::{Channel, Notice, Plan, Stage, WarningRule},
};
use service::{
    Error,
    call::{self, CallDraft},
    on_both_databases, specification, store,
    tender::{self, AnswerDraft},
    testing::{an_adhesion, an_adoption, at, example_answers, quiet_plan},
};

use crate::{a_call, a_firm, a_published_call, promised, refused, stream};

fn published_openly(object: &str) -> Plan {
    Plan { procedure: Procedure::Pndapp, channel: Channel::EProcurement, ..quiet_plan(object) }
}

fn a_notice() -> Notice {
    Notice { number: "2026-512345".to_owned(), sent_on: at("2026-11-23 10:00").date_naive() }
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

    async fn a_call_goes_out_once(world: World) {
        let (tender, firm, _) = a_published_call(&world).await;

        assert_eq!(refused(&world, &tender, &a_call([firm.id])).await, Refusal::AlreadyCalled);
        assert_eq!(promised(&world).await.len(), 1);
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
}
