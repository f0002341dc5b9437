//! From the proposal of the award to the end of the contract, on both databases.

use std::fmt::Debug;

use domain::{
    audit::{Outcome, Stream},
    authz::{AcceptContract, Action, Actor, Authorised, GiveLegalityOpinion, ProposeAward, RegisterSuspension},
    award::{AnnulledBy, LetterKind, Refusal, SupervisionResult},
    central,
    document::{Block, Document, Inline},
    fault::Fault,
    kernel::{Money, reference::TenderRef, time::brussels},
    organisation::Role,
    refusal,
    tender::{ActKind, ActResult, LegalityOpinion, OpinionResult, Stage, Tender},
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error,
    award::{self, AcceptanceDraft, DecisionDraft, ProposalDraft, Release, SupervisionDraft, TerminationDraft},
    on_both_databases,
    store::{self, Audit, Tx, acts::Act},
    tender::{self, Opinion},
    testing::{Awarded, World},
};

fn date(text: &str) -> chrono::NaiveDate {
    text.parse().expect("an ISO date")
}

fn refused<T: Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal::Refusal::Award(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn stage(world: &World, awarded: &Awarded) -> Stage {
    let view = store::tenders::find(&world.services, awarded.officer.scope(), awarded.reference).await;
    let tender = view.expect("found").tender;
    tender.stage_at(world.services.now())
}

async fn stream(world: &World, reference: TenderRef, awarded: &Awarded) -> Stream {
    let view = store::tenders::find(&world.services, awarded.officer.scope(), reference).await;
    Stream::Tender(view.expect("found").tender.id)
}

/// What a document says, block after block.
fn said(document: &Document) -> String {
    let mut lines = vec![document.title.clone(), document.subtitle.clone()];
    lines.extend(document.blocks.iter().map(block));
    lines.join("\n")
}

fn block(block: &Block) -> String {
    let run = |inlines: &[Inline]| {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) | Inline::Strong(text) | Inline::Missing(text) | Inline::Link { text, .. } => {
                    text.as_str()
                }
            })
            .collect::<String>()
    };
    match block {
        Block::Heading { text, .. } | Block::Code(text) => text.clone(),
        Block::Article { number, blocks, .. } => {
            format!("{number}. {}", blocks.iter().map(self::block).collect::<Vec<_>>().join("\n"))
        }
        Block::Paragraph(inlines) => run(inlines),
        Block::List { items, .. } => items.iter().map(|item| format!("- {}", run(item))).collect::<Vec<_>>().join("\n"),
        Block::Table(table) => {
            let rows = table.rows.iter().chain(&table.total).map(|row| row.join(" | "));
            format!("[{}]\n{}", table.caption, rows.collect::<Vec<_>>().join("\n"))
        }
        Block::Facts(facts) | Block::Signatures(facts) => {
            facts.iter().map(|fact| format!("{} {}", fact.label, fact.value)).collect::<Vec<_>>().join("\n")
        }
    }
}

/// The file in the hands of somebody who is about to write.
async fn held<A: Action<Subject = Tender>>(world: &World, actor: &Actor, reference: TenderRef) -> (Tx, Authorised<A>) {
    let tx = world.services.begin().await.expect("a write begins");
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await.expect("found");
    tx.permit::<A>(actor, tender).await.expect("this person may")
}

on_both_databases! {
    async fn the_first_of_the_ranking_is_proposed_and_another_needs_a_reason(world: World) {
        let ready = world.ready_to_award("Namur").await;
        let third = ProposalDraft {
            offer: world.offer_at(&ready, 3).await,
            reasons: "Elle convient mieux".to_owned(),
            deviation: None,
            version: 0,
        };

        let silent = award::propose(&world.services, &ready.officer, ready.reference, &third).await;
        let reasoned = ProposalDraft { deviation: Some("La première a renoncé".to_owned()), ..third };
        award::propose(&world.services, &ready.officer, ready.reference, &reasoned).await.expect("proposed");

        assert_eq!(refused(silent), Refusal::DeviationNeedsAReason);
        let gathered = award::gather(&world.services, ready.officer.scope(), ready.reference).await.expect("found");
        let proposed = gathered.file.award.expect("proposed");
        assert_eq!(proposed.firm, ready.firms[2].0.id);
        assert_eq!(proposed.deviation.as_deref(), Some("La première a renoncé"));
    }

    async fn the_opinion_on_the_award_is_waited_for_ten_working_days(world: World) {
        let proposed = world.proposed_award("Namur").await;
        world.now_is("2026-12-22 09:00");
        award::ask_opinion(&world.services, &proposed.officer, proposed.reference).await.expect("asked");
        let again = award::ask_opinion(&world.services, &proposed.officer, proposed.reference).await;
        let decide = async || {
            let draft = DecisionDraft { reason: None, ..proposed.decision(&world) };
            award::decide(&world.services, &proposed.executive, proposed.reference, &draft).await
        };

        world.now_is("2027-01-07 23:59");
        let awaited = decide().await;
        world.now_is("2027-01-08 00:00");
        decide().await.expect("the delay is over: no opinion came");

        assert_eq!(refused(again), Refusal::OpinionAsked);
        let last = date("2027-01-07");
        assert!(matches!(awaited, Err(Error::Refused(refusal::Refusal::OpinionAwaited { until })) if until == last));
    }

    async fn the_finance_director_gives_the_opinion_on_the_award_once_it_is_asked(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let opinion = Opinion { result: OpinionResult::Favourable, text: "Rien à redire".to_owned() };

        let too_early = tender::give_opinion(&world.services, &proposed.director, proposed.reference, &opinion).await;
        award::ask_opinion(&world.services, &proposed.officer, proposed.reference).await.expect("asked");
        tender::give_opinion(&world.services, &proposed.director, proposed.reference, &opinion).await.expect("given");
        let draft = DecisionDraft { reason: None, ..proposed.decision(&world) };
        award::decide(&world.services, &proposed.executive, proposed.reference, &draft).await.expect("decided at once");

        assert!(matches!(too_early, Err(Error::Refused(refusal::Refusal::Step { .. }))));
    }

    async fn a_changed_proposal_asks_for_a_new_opinion(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &proposed.officer, proposed.reference);
        let opinion = Opinion { result: OpinionResult::Favourable, text: "Rien à redire".to_owned() };
        let give = async || tender::give_opinion(services, &proposed.director, reference, &opinion).await;
        let decide = async || {
            let draft = DecisionDraft { version: 2, ..proposed.decision(&world) };
            award::decide(services, &proposed.executive, reference, &draft).await
        };
        let first = ProposalDraft {
            offer: world.offer_at(&proposed, 1).await,
            reasons: "L’offre est la mieux classée.\nSa méthode est la plus complète.".to_owned(),
            deviation: None,
            version: 1,
        };
        let third = ProposalDraft {
            offer: world.offer_at(&proposed, 3).await,
            deviation: Some("La première a renoncé".to_owned()),
            ..first.clone()
        };
        award::ask_opinion(services, officer, reference).await.expect("asked");
        give().await.expect("given");

        award::propose(services, officer, reference, &first).await.expect("the same again is no act");
        let unchanged = award::gather(services, officer.scope(), reference).await.expect("found").opinion();
        award::propose(services, officer, reference, &third).await.expect("another offer");
        let outdated = (decide().await, give().await);
        award::ask_opinion(services, officer, reference).await.expect("asked again");
        let awaited = decide().await;
        give().await.expect("on the new proposal");
        decide().await.expect("decided");

        assert!(matches!(unchanged, Ok(LegalityOpinion::Given { .. })));
        assert!(matches!(outdated.0, Err(Error::Refused(refusal::Refusal::OpinionOutdated))));
        assert!(matches!(outdated.1, Err(Error::Refused(refusal::Refusal::Step { .. }))));
        assert!(matches!(awaited, Err(Error::Refused(refusal::Refusal::OpinionAwaited { .. }))));
    }

    async fn the_executive_decides_on_the_very_proposal_that_it_read(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, reference) = (&world.services, proposed.reference);
        let read = proposed.decision(&world);
        let third = ProposalDraft {
            offer: world.offer_at(&proposed, 3).await,
            reasons: "Elle convient mieux".to_owned(),
            deviation: Some("La première a renoncé".to_owned()),
            version: 1,
        };
        award::propose(services, &proposed.officer, reference, &third).await.expect("corrected meanwhile");

        let unseen = award::decide(services, &proposed.executive, reference, &read).await;
        let seen = DecisionDraft { version: 2, ..read };
        award::decide(services, &proposed.executive, reference, &seen).await.expect("read again, then decided");

        assert!(matches!(unseen, Err(Error::Stale)));
    }

    async fn an_officer_does_not_overwrite_a_proposal_that_another_one_made_meanwhile(world: World) {
        let ready = world.ready_to_award("Namur").await;
        let (services, officer, reference) = (&world.services, &ready.officer, ready.reference);
        let first = ProposalDraft {
            offer: world.offer_at(&ready, 1).await,
            reasons: "Elle est la mieux classée".to_owned(),
            deviation: None,
            version: 0,
        };
        let other = ProposalDraft { reasons: "Sa méthode est la plus complète".to_owned(), ..first.clone() };
        award::propose(services, officer, reference, &first).await.expect("proposed");

        let blind = award::propose(services, officer, reference, &other).await;
        award::propose(services, officer, reference, &first).await.expect("a double click");
        let reading = ProposalDraft { version: 1, ..other };
        award::propose(services, officer, reference, &reading).await.expect("corrected");

        assert!(matches!(blind, Err(Error::Stale)));
        let kept = award::gather(services, officer.scope(), reference).await.expect("found").file.award.expect("one");
        assert_eq!((kept.reasons.as_str(), kept.version), ("Sa méthode est la plus complète", 2));
    }

    async fn an_unfavourable_opinion_on_the_award_warns_and_the_reason_is_kept(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, reference) = (&world.services, proposed.reference);
        let opinion = Opinion { result: OpinionResult::Unfavourable, text: "Le crédit manque".to_owned() };
        award::ask_opinion(services, &proposed.officer, reference).await.expect("asked");
        tender::give_opinion(services, &proposed.director, reference, &opinion).await.expect("given");
        let silent = DecisionDraft { reason: None, ..proposed.decision(&world) };
        let reasoned = DecisionDraft { reason: Some("Le crédit est inscrit".to_owned()), ..silent.clone() };

        let refused = award::decide(services, &proposed.executive, reference, &silent).await;
        award::decide(services, &proposed.executive, reference, &reasoned).await.expect("decided");

        assert!(matches!(refused, Err(Error::Refused(refusal::Refusal::WarningsNeedAReason))));
        let told = world.last_audit(stream(&world, reference, &proposed).await).await;
        assert!(told.facts["warnings"].to_string().contains("opinion_unfavourable"), "{}", told.facts);
        assert_eq!(told.facts["reason"], "Le crédit est inscrit");
    }

    async fn the_decision_comes_neither_before_the_opinion_nor_from_the_future(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, reference) = (&world.services, proposed.reference);
        let opinion = Opinion { result: OpinionResult::Favourable, text: "Rien à redire".to_owned() };
        award::ask_opinion(services, &proposed.officer, reference).await.expect("asked");
        world.now_is("2026-12-23 09:00");
        tender::give_opinion(services, &proposed.director, reference, &opinion).await.expect("given");
        let decide = async |day| {
            let draft = DecisionDraft { decided_on: date(day), ..proposed.decision(&world) };
            award::decide(services, &proposed.executive, reference, &draft).await
        };

        let before = decide("2026-12-22").await;
        let future = decide("2026-12-24").await;
        decide("2026-12-23").await.expect("on the day of the opinion");

        let on = date("2026-12-23");
        assert!(matches!(before, Err(Error::Refused(refusal::Refusal::DecidedBeforeOpinion { on: day })) if day == on));
        assert!(matches!(future, Err(Error::Refused(refusal::Refusal::DecidedInTheFuture))));
    }

    async fn a_decision_does_not_note_the_absence_of_an_opinion_that_came_meanwhile(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, director, reference) = (&world.services, &proposed.director, proposed.reference);
        award::ask_opinion(services, &proposed.officer, reference).await.expect("asked");
        world.hours_pass(30 * 24);
        let (tx, permitted) = held::<GiveLegalityOpinion>(&world, director, reference).await;

        let draft = proposed.decision(&world);
        let decide = award::decide(services, &proposed.executive, reference, &draft);
        let overtaken = world.overtaken(decide, 1, async {
            let act = Act { result: Some(ActResult::Opinion(OpinionResult::Unfavourable)), ..Act::new(ActKind::AwardOpinion) };
            let given = store::acts::insert(&tx, &permitted, &act).await.expect("written");
            tx.commit(Audit::of(&permitted), [given]).await.expect("kept");
        });

        assert!(matches!(Box::pin(overtaken).await, Err(Error::Stale)));
        award::decide(services, &proposed.executive, reference, &draft).await.expect("read again, then decided");
    }

    async fn a_decision_on_a_day_without_a_figure_is_refused_and_recorded(world: World) {
        let proposed = world.proposed_award("Namur").await;
        world.now_is("2028-01-03 09:00");

        let decided =
            award::decide(&world.services, &proposed.executive, proposed.reference, &proposed.decision(&world)).await;

        let day = date("2028-01-03");
        assert!(matches!(decided, Err(Error::Refused(refusal::Refusal::MissingParameter { on, .. })) if on == day));
        let told = world.last_audit(stream(&world, proposed.reference, &proposed).await).await;
        assert_eq!((told.action.as_str(), told.outcome), ("award.decide", Outcome::Refused));
        assert_eq!(stage(&world, &proposed).await, Stage::AwardProposed);
    }

    async fn a_conclusion_without_a_figure_of_its_supervision_is_refused_and_recorded(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &proposed.officer, proposed.reference);
        let draft = DecisionDraft { decided_on: date("2017-06-01"), ..proposed.decision(&world) };
        award::decide(services, &proposed.executive, reference, &draft).await.expect("decided");
        award::send_information(services, officer, reference).await.expect("sent");
        world.hours_pass(20 * 24);

        let concluded = award::conclude(services, officer, reference, Some("Tutelle sans objet")).await;

        let day = date("2017-06-01");
        assert!(matches!(concluded, Err(Error::Refused(refusal::Refusal::MissingParameter { on, .. })) if on == day));
        let told = world.last_audit(stream(&world, reference, &proposed).await).await;
        assert_eq!((told.action.as_str(), told.outcome), ("award.conclude", Outcome::Refused));
        assert_eq!(stage(&world, &proposed).await, Stage::Informed);
    }

    async fn a_conclusion_that_the_users_stop_is_written_down_and_goes_on_once_a_part_is_lowered(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.entitled(&offered, "Namur", "125000.00").await;
        let informed = world.informed_framework(&offered).await;
        world.hours_pass(20 * 24);
        let (services, reference, user) = (&world.services, offered.reference, namur.organisation.id);
        let conclude = || award::conclude(services, &informed.officer, reference, Some("Tutelle sans objet"));

        let stopped = Box::pin(conclude()).await;

        let (counted, maximum) = (Money::from_cents(12_500_000), Money::from_cents(12_000_000));
        let passed = central::Refusal::UsersPassMaximum { counted, maximum };
        assert!(
            matches!(&stopped, Err(Error::Refused(refusal::Refusal::Central(no))) if *no == passed),
            "{stopped:?}"
        );
        let told = world.last_audit(stream(&world, reference, &informed).await).await;
        assert_eq!((told.action.as_str(), told.outcome), ("award.conclude", Outcome::Refused));
        let version = world.user_version(&offered, &namur.officer).await;
        let lower = async |cents| {
            let part = Money::from_cents(cents);
            service::central::lower_part(services, &offered.officer, reference, user, version, part).await
        };
        lower(10_000_000).await.expect("lowered");
        assert!(matches!(lower(1).await, Err(Error::Stale)));
        Box::pin(conclude()).await.expect("the parts hold in the maximum");
        assert_eq!(stage(&world, &informed).await, Stage::Concluded);
    }

    async fn letters_of_an_annulment_are_of_the_award_as_it_stands(world: World) {
        let informed = world.informed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &informed.officer, informed.reference);
        let (tx, permitted) = held::<RegisterSuspension>(&world, officer, reference).await;

        let annul = award::annul(services, officer, reference, AnnulledBy::Region, date("2026-12-21"), "Motivation insuffisante");
        let overtaken = world.overtaken(annul, 3, async {
            let award = store::award::in_write(&tx, permitted.subject().id).await.expect("read").expect("an award");
            let suspended = store::award::suspend(&tx, &permitted, &award, Some(tx.now())).await.expect("written");
            tx.commit(Audit::of(&permitted), [suspended]).await.expect("kept");
        });

        assert!(matches!(Box::pin(overtaken).await, Err(Error::Stale)));
        assert_ne!(stage(&world, &informed).await, Stage::Annulled);
    }

    async fn a_tender_is_given_up_as_it_stood_when_its_decision_was_written(world: World) {
        let ready = world.ready_to_award("Namur").await;
        let (services, executive, reference) = (&world.services, &ready.executive, ready.reference);
        let (tx, permitted) = held::<ProposeAward>(&world, &ready.officer, reference).await;

        let give_up = tender::give_up(services, executive, reference, "Le crédit est retiré");
        let overtaken = world.overtaken(give_up, 4, async {
            let moved = store::tenders::move_to(&tx, &permitted, Stage::AwardProposed).await.expect("moved");
            tx.commit(Audit::of(&permitted), [moved]).await.expect("kept");
        });

        assert!(matches!(Box::pin(overtaken).await, Err(Error::Stale)));
        assert_eq!(stage(&world, &ready).await, Stage::AwardProposed);
    }

    async fn a_termination_rests_on_the_last_report_of_failure(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let (services, manager, reference) = (&world.services, &concluded.manager, concluded.reference);
        award::report_failure(services, manager, reference, "Rien n’est livré").await.expect("reported");
        world.hours_pass(30 * 24);
        let draft = a_termination(brussels(services.now()).date());
        let (tx, permitted) = held::<AcceptContract>(&world, manager, reference).await;

        let terminate = award::terminate(services, &concluded.executive, reference, &draft);
        let overtaken = world.overtaken(terminate, 1, async {
            let again = Act { text: Some("Une nouvelle défaillance".to_owned()), ..Act::new(ActKind::FailureReport) };
            let reported = store::acts::insert(&tx, &permitted, &again).await.expect("written");
            tx.commit(Audit::of(&permitted), [reported]).await.expect("kept");
        });

        assert!(matches!(Box::pin(overtaken).await, Err(Error::Stale)));
        let unheard = award::terminate(services, &concluded.executive, reference, &draft).await;
        assert!(matches!(refused(unheard), Refusal::DefenceRuns { .. }));
    }

    async fn above_the_amount_a_decision_without_an_opinion_needs_a_reason(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let silent = DecisionDraft { reason: None, ..proposed.decision(&world) };

        let refused = award::decide(&world.services, &proposed.executive, proposed.reference, &silent).await;
        let by_the_officer =
            award::decide(&world.services, &proposed.officer, proposed.reference, &proposed.decision(&world)).await;

        assert!(matches!(refused, Err(Error::Refused(refusal::Refusal::WarningsNeedAReason))));
        assert!(matches!(by_the_officer, Err(Error::Denied(_))));
    }

    async fn every_tenderer_gets_one_letter_and_one_mail(world: World) {
        let decided = world.decided_award("Namur").await;
        world.post().await;

        award::send_information(&world.services, &decided.officer, decided.reference).await.expect("sent");
        let again = award::send_information(&world.services, &decided.officer, decided.reference).await;

        assert!(matches!(again, Err(Error::Refused(refusal::Refusal::Step { .. }))));
        let mails = world.post().await;
        assert_eq!(mails.len(), 3);
        assert_eq!(world.post().await, [], "each is sent once");
        let own = award::of_firm(&world.services, &decided.firms[1].1, decided.reference).await.expect("its result");
        assert_eq!(own.letters.iter().map(|(letter, _)| letter.kind).collect::<Vec<_>>(), [LetterKind::NotChosen]);
    }

    async fn each_kind_of_tenderer_reads_what_concerns_it(world: World) {
        let totals = ["150000.00", "160000.00", "155000.00", "170000.00"];
        let decided = world.decided_among("Namur", &totals).await;
        let information =
            award::information(&world.services, decided.officer.scope(), decided.reference).await.expect("prepared");

        let told: Vec<_> = information.letters.iter().map(|letter| (letter.kind, said(&letter.document))).collect();
        let [(first, winner), (second, not_chosen), (third, irregular), (fourth, not_selected)] = &told[..] else {
            panic!("four letters")
        };

        let kinds = [LetterKind::Winner, LetterKind::NotChosen, LetterKind::Irregular, LetterKind::NotSelected];
        assert_eq!([*first, *second, *third, *fourth], kinds);
        assert!(winner.contains("a décidé d’attribuer à votre entreprise"), "{winner}");
        assert!(not_chosen.contains("PME 1") && not_chosen.contains("Votre offre est au rang 2"), "{not_chosen}");
        assert!(not_chosen.contains("Sa méthode est la plus complète"), "from 140 000 euro on, the reasons: {not_chosen}");
        assert!(irregular.contains("Pas de code source") && irregular.contains("art.\u{a0}76"), "{irregular}");
        assert!(not_selected.contains("Deux références sur les trois demandées"), "{not_selected}");
        for left_out in [irregular, not_selected] {
            assert!(left_out.contains("demande de suspension") && !left_out.contains("Points par critère"), "{left_out}");
        }
        for (letter, own) in [(irregular, "PME 3"), (not_selected, "PME 4")] {
            let others = ["PME 1", "PME 2", "PME 3", "PME 4"].into_iter().filter(|name| *name != own);
            assert!(others.into_iter().all(|name| !letter.contains(name)), "{letter}");
        }
    }

    async fn a_letter_names_no_price_and_no_point_of_a_third_firm(world: World) {
        let decided = world.decided_award("Namur").await;
        let information =
            award::information(&world.services, decided.officer.scope(), decided.reference).await.expect("prepared");

        let second = said(&information.letters[1].document);

        for secret in ["PME 3", "150\u{202f}000", "181\u{202f}500", "83,67", "120\u{202f}000", "145\u{202f}200"] {
            assert!(!second.contains(secret), "{secret} is not the second firm's to read:\n{second}");
        }
        assert!(second.contains("80,00") && second.contains("87,33"), "{second}");
    }

    async fn the_firm_ranked_first_and_set_aside_reads_why(world: World) {
        let ready = world.ready_to_award("Namur").await;
        let (services, reference) = (&world.services, ready.reference);
        let third = ProposalDraft {
            offer: world.offer_at(&ready, 3).await,
            reasons: "Elle convient mieux".to_owned(),
            deviation: Some("La première classée a retiré son engagement".to_owned()),
            version: 0,
        };
        award::propose(services, &ready.officer, reference, &third).await.expect("proposed");
        award::decide(services, &ready.executive, reference, &ready.decision(&world)).await.expect("decided");

        let information = award::information(services, ready.officer.scope(), reference).await.expect("prepared");
        let told = information.letters.iter().map(|letter| said(&letter.document).contains("a retiré son engagement"));

        assert_eq!(told.collect::<Vec<_>>(), [true, true, false], "from 140 000 euro on, every firm that is not chosen");
    }

    async fn below_the_amount_of_the_full_reasons_those_ranked_before_the_chosen_offer_read_why(world: World) {
        let ready = world.ready_to_award("Namur").await;
        let (services, reference) = (&world.services, ready.reference);
        let second = ProposalDraft {
            offer: world.offer_at(&ready, 2).await,
            reasons: "Elle convient mieux".to_owned(),
            deviation: Some("Les autres ont retiré leur engagement".to_owned()),
            version: 0,
        };
        award::propose(services, &ready.officer, reference, &second).await.expect("proposed");
        award::decide(services, &ready.executive, reference, &ready.decision(&world)).await.expect("decided");

        let information = award::information(services, ready.officer.scope(), reference).await.expect("prepared");
        let told: Vec<_> = information.letters.iter().map(|letter| said(&letter.document)).collect();

        let has = |words: &str| told.iter().map(|letter| letter.contains(words)).collect::<Vec<_>>();
        assert_eq!(has("ont retiré leur engagement"), [true, false, true]);
        assert_eq!(has("Elle convient mieux"), [false, true, false]);
    }

    async fn reasons_that_name_a_third_firm_are_not_kept_as_the_letters_carry_them(world: World) {
        let ready = world.ready_to_award("Namur").await;
        let (services, officer, reference) = (&world.services, &ready.officer, ready.reference);
        let third = ProposalDraft {
            offer: world.offer_at(&ready, 3).await,
            reasons: "PME 3 reprend les données, ce que pme 2 ne fait pas".to_owned(),
            deviation: Some("PME 1 a renoncé".to_owned()),
            version: 0,
        };

        let named = award::propose(services, officer, reference, &third).await;
        let reasons = "PME 3 reprend les données".to_owned();
        let unnamed = ProposalDraft { reasons, deviation: Some("La première a renoncé".to_owned()), ..third };
        award::propose(services, officer, reference, &unnamed).await.expect("it names the chosen firm alone");

        let Err(Error::Invalid(faults)) = &named else { panic!("{named:?}") };
        let names = |field| match faults.of(field) {
            Some(Fault::NamesAThird { name }) => name.clone(),
            other => panic!("{field}: {other:?}"),
        };
        assert_eq!((names("motifs"), names("derogation")), ("PME 2".to_owned(), "PME 1".to_owned()));
    }

    async fn the_notification_of_the_contract_counts_the_days_of_the_surety(world: World) {
        let informed = world.informed_award("Namur").await;
        world.hours_pass(20 * 24);
        world.post().await;
        let law = store::parameters::set(&world.services).await.expect("read");
        let days = law.days_on("surety.deposit_days", date("2026-12-21")).expect("a row");

        let reason = Some("Tutelle sans objet");
        award::conclude(&world.services, &informed.officer, informed.reference, reason).await.expect("concluded");

        let mails = world.post().await;
        let told = format!("dans les {days} jours de la conclusion");
        assert!(mails.iter().any(|mail| mail.text.contains(&told)), "{told}: {mails:?}");
    }

    async fn a_firm_reads_its_own_letter_and_another_firm_finds_nothing(world: World) {
        let informed = world.informed_award("Namur").await;
        let stranger = world.organisation(domain::organisation::OrganisationKind::Sme, "PME 9").await;
        let stranger = world.member(&stranger, Role::SmeMember).await;
        let (first, second) = (&informed.firms[0].1, &informed.firms[1].1);

        let own = award::of_firm(&world.services, first, informed.reference).await.expect("its result");
        let file = own.letters[0].1.id;
        let read = award::letter_file(&world.services, first, informed.reference, file).await.expect("its letter");
        let others = award::letter_file(&world.services, second, informed.reference, file).await;
        let nothing = award::of_firm(&world.services, &stranger, informed.reference).await;

        assert!(read.bytes.starts_with(b"%PDF"));
        assert!(matches!(others, Err(Error::NotFound)));
        assert!(matches!(nothing, Err(Error::NotFound)));
    }

    async fn the_waiting_time_ends_with_its_last_second_and_moves_off_a_saturday(world: World) {
        let decided = world.decided_award("Namur").await;
        world.now_is("2026-07-10 15:00");
        award::send_information(&world.services, &decided.officer, decided.reference).await.expect("sent");
        let conclude = || award::conclude(&world.services, &decided.officer, decided.reference, Some("Tutelle sans objet"));

        world.now_is("2026-07-27 23:59");
        let too_early = conclude().await;
        let waiting = stage(&world, &decided).await;
        let told = world.last_audit(stream(&world, decided.reference, &decided).await).await;
        world.now_is("2026-07-28 00:00");
        conclude().await.expect("the waiting time is over");

        assert_eq!(refused(too_early), Refusal::StandstillRuns { until: date("2026-07-27") });
        assert_eq!(waiting, Stage::Standstill);
        assert_eq!((told.action.as_str(), told.outcome), ("award.conclude", Outcome::Refused));
        assert_eq!(stage(&world, &decided).await, Stage::Concluded);
    }

    async fn a_request_for_suspension_forbids_the_conclusion_until_it_is_lifted(world: World) {
        let informed = world.informed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &informed.officer, informed.reference);
        let none = award::lift_suspension(services, officer, reference, "Rien").await;
        award::register_suspension(services, officer, reference, "Requête du 4 janvier").await.expect("registered");
        world.hours_pass(60 * 24);

        let pending = award::conclude(services, officer, reference, Some("Tutelle sans objet")).await;
        award::lift_suspension(services, officer, reference, "Demande rejetée").await.expect("lifted");
        award::conclude(services, officer, reference, Some("Tutelle sans objet")).await.expect("concluded");

        assert_eq!(refused(none), Refusal::NoSuspension);
        assert!(matches!(refused(pending), Refusal::SuspensionPending { .. }));
    }

    async fn the_supervision_is_waited_for_unless_a_named_person_says_why(world: World) {
        let informed = world.informed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &informed.officer, informed.reference);
        world.now_is("2027-01-25 09:00");

        let not_sent = award::conclude(services, officer, reference, None).await;
        award::send_to_supervision(services, officer, reference, date("2027-01-04")).await.expect("sent");
        let version = award::gather(services, officer.scope(), reference).await.expect("found").file.award.expect("one").version;
        let draft = SupervisionDraft { received_on: Some(date("2027-01-05")), prolonged: false, result: None, version };
        award::record_supervision(services, officer, reference, draft).await.expect("received");
        let stale = award::record_supervision(services, officer, reference, draft).await;
        world.now_is("2027-02-04 23:59");
        let runs = award::conclude(services, officer, reference, None).await;
        world.now_is("2027-02-05 00:00");
        award::conclude(services, officer, reference, None).await.expect("its silence is the end of it");

        assert_eq!(refused(not_sent), Refusal::SupervisionNotSent);
        assert!(matches!(stale, Err(Error::Stale)));
        assert_eq!(refused(runs), Refusal::SupervisionRuns { until: date("2027-02-04") });
        assert_eq!(stage(&world, &informed).await, Stage::Concluded);
    }

    async fn a_decision_that_announces_its_transmission_is_not_concluded_before_it(world: World) {
        let proposed = world.proposed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &proposed.officer, proposed.reference);
        let draft = DecisionDraft { to_supervision: true, ..proposed.decision(&world) };
        award::decide(services, &proposed.executive, reference, &draft).await.expect("decided");
        award::send_information(services, officer, reference).await.expect("sent");
        world.now_is("2027-01-25 09:00");
        let conclude = || award::conclude(services, officer, reference, Some("Le délai est passé"));

        let not_sent = conclude().await;
        award::send_to_supervision(services, officer, reference, date("2027-01-25")).await.expect("sent");
        conclude().await.expect("it is at the Region: its delay is a warning");

        assert_eq!(refused(not_sent), Refusal::NotTransmitted);
        assert_eq!(stage(&world, &proposed).await, Stage::Concluded);
    }

    async fn dates_of_the_supervision_follow_each_other(world: World) {
        let informed = world.informed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &informed.officer, informed.reference);

        let before_the_decision = award::send_to_supervision(services, officer, reference, date("2026-12-01")).await;
        award::send_to_supervision(services, officer, reference, date("2026-12-22")).await.expect("sent");
        let draft = SupervisionDraft { received_on: Some(date("2026-12-21")), prolonged: false, result: None, version: 4 };
        let before_the_sending = award::record_supervision(services, officer, reference, draft).await;

        assert_eq!(refused(before_the_decision), Refusal::SupervisionDates { sent_on: date("2026-12-01") });
        assert_eq!(refused(before_the_sending), Refusal::SupervisionDates { sent_on: date("2026-12-22") });
    }

    async fn an_annulled_award_ends_the_tender_and_everybody_is_told(world: World) {
        let informed = world.informed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &informed.officer, informed.reference);
        award::send_to_supervision(services, officer, reference, date("2026-12-22")).await.expect("sent");
        world.post().await;

        let on = date("2027-01-20");
        let annul = award::annul(services, officer, reference, AnnulledBy::Region, on, "Motivation insuffisante");
        annul.await.expect("annulled");
        let concluded = award::conclude(services, officer, reference, Some("Quand même")).await;

        assert_eq!(stage(&world, &informed).await, Stage::Annulled);
        assert_eq!(world.post().await.len(), 3);
        assert!(matches!(concluded, Err(Error::Refused(refusal::Refusal::Step { .. }))));
        let award = award::gather(services, officer.scope(), reference).await.expect("found").file.award.expect("one");
        assert_eq!(award.transmission.and_then(|sent| sent.result), Some(SupervisionResult::Annulled));
    }

    async fn an_annulment_by_the_judge_leaves_the_answer_of_the_region(world: World) {
        let informed = world.informed_award("Namur").await;
        let (services, officer, reference) = (&world.services, &informed.officer, informed.reference);
        let award = async || {
            award::gather(services, officer.scope(), reference).await.expect("found").file.award.expect("one")
        };
        award::send_to_supervision(services, officer, reference, date("2026-12-22")).await.expect("sent");
        let answer = SupervisionDraft {
            received_on: Some(date("2026-12-22")),
            prolonged: false,
            result: Some(SupervisionResult::NotAnnulled),
            version: award().await.version,
        };
        award::record_supervision(services, officer, reference, answer).await.expect("answered");

        let on = date("2027-01-20");
        let annul = award::annul(services, officer, reference, AnnulledBy::Judge, on, "Arrêt n° 260.001");
        annul.await.expect("annulled");

        assert_eq!(stage(&world, &informed).await, Stage::Annulled);
        assert_eq!(award().await.transmission.and_then(|sent| sent.result), Some(SupervisionResult::NotAnnulled));
        assert_eq!(world.last_audit(stream(&world, reference, &informed).await).await.facts["by"], "judge");
    }

    async fn giving_up_after_the_opening_is_an_act_and_tells_every_tenderer(world: World) {
        let ready = world.ready_to_award("Namur").await;
        world.post().await;

        tender::give_up(&world.services, &ready.executive, ready.reference, "Le crédit est retiré").await.expect("given up");

        assert_eq!(stage(&world, &ready).await, Stage::GivenUp);
        let mails = world.post().await;
        assert_eq!(mails.len(), 3);
        assert!(mails.iter().all(|mail| mail.text.contains("Le crédit est retiré")));
        let own = award::of_firm(&world.services, &ready.firms[0].1, ready.reference).await.expect("its letter");
        assert_eq!(own.letters[0].0.kind, LetterKind::GivenUp);
        assert!(own.own.is_none(), "points are told with an award only");
    }

    async fn a_contract_that_cannot_be_read_is_not_one_without_a_surety(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let (services, officer, reference) = (&world.services, &concluded.officer, concluded.reference);
        let view = store::tenders::find(services, officer.scope(), reference).await.expect("found");
        let file = Stream::Tender(view.tender.id);
        let before = world.last_audit(file).await.seq;
        let database = Database::connect(&world.url).await.expect("the database opens");

        database.execute_unprepared("ALTER TABLE contract RENAME TO put_aside").await.expect("out of reach");
        let failed = award::ask_surety(services, officer, reference).await;
        database.execute_unprepared("ALTER TABLE put_aside RENAME TO contract").await.expect("within reach");

        assert!(matches!(failed, Err(Error::Database(_))), "{failed:?}");
        assert_eq!(world.last_audit(file).await.seq, before, "no rule said no");
        award::ask_surety(services, officer, reference).await.expect("asked");
    }

    async fn the_surety_is_awaited_deposited_and_released_by_halves(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let (services, officer, reference) = (&world.services, &concluded.officer, concluded.reference);
        let contract = store::contracts::find(services, officer.scope(), reference).await.expect("a contract");
        let amount = contract.surety.expect("a surety").amount;

        let started = award::start_execution(services, officer, reference).await;
        award::ask_surety(services, officer, reference).await.expect("asked");
        award::deposit_surety(services, officer, reference, date("2027-01-20"), "CDC 2027/1").await.expect("deposited");
        let version = async || store::contracts::find(services, officer.scope(), reference).await.expect("one").version;
        let too_early = award::release_surety(services, officer, reference, version().await, Release::Half).await;
        world.now_is("2027-03-01 12:00");
        let accepted = an_acceptance("2027-03-01", 12);
        award::accept_provisionally(services, &concluded.manager, reference, &accepted).await.expect("accepted");
        let shown = version().await;
        award::release_surety(services, officer, reference, shown, Release::Half).await.expect("half");
        let pressed_again = award::release_surety(services, officer, reference, shown, Release::Half).await;
        let whole = award::release_surety(services, officer, reference, shown, Release::All).await;
        let second_half = award::release_surety(services, officer, reference, version().await, Release::Half).await;

        assert_eq!(refused(started), Refusal::SuretyAwaited { amount });
        assert_eq!(refused(too_early), Refusal::NotAccepted);
        assert!(matches!(pressed_again, Err(Error::Stale)), "{pressed_again:?}");
        assert!(matches!(whole, Err(Error::Stale)), "{whole:?}");
        assert_eq!(refused(second_half), Refusal::HalfReleased);
        let surety = store::contracts::find(services, officer.scope(), reference).await.expect("one").surety.expect("one");
        assert_eq!(surety.released, Money::from_cents(amount.cents() / 2));
    }

    async fn the_contract_ends_after_its_guarantee_and_with_nothing_held(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let (services, officer, manager, reference) =
            (&world.services, &concluded.officer, &concluded.manager, concluded.reference);
        award::ask_surety(services, officer, reference).await.expect("asked");
        award::deposit_surety(services, officer, reference, date("2027-01-20"), "CDC 2027/1").await.expect("deposited");

        world.now_is("2027-02-28 12:00");
        let unseen = award::accept_provisionally(services, manager, reference, &an_acceptance("2027-03-01", 12)).await;
        world.now_is("2027-03-01 12:00");
        let refusal = AcceptanceDraft { is_granted: false, ..an_acceptance("2027-02-20", 0) };
        award::accept_provisionally(services, manager, reference, &refusal).await.expect("a refusal is written down");
        assert_eq!(stage(&world, &concluded).await, Stage::Executing);
        award::accept_provisionally(services, manager, reference, &an_acceptance("2027-03-01", 12)).await.expect("accepted");
        assert_eq!(stage(&world, &concluded).await, Stage::Guarantee);

        world.now_is("2028-03-01 12:00");
        let early = award::accept_finally(services, manager, reference, &an_acceptance("2028-03-01", 0)).await;
        world.now_is("2028-03-02 12:00");
        let within = award::accept_finally(services, manager, reference, &an_acceptance("2028-03-01", 0)).await;
        let future = award::accept_finally(services, manager, reference, &an_acceptance("2028-03-03", 0)).await;
        award::accept_finally(services, manager, reference, &an_acceptance("2028-03-02", 0)).await.expect("accepted");
        let held = award::close(services, officer, reference).await;
        let version = store::contracts::find(services, officer.scope(), reference).await.expect("one").version;
        award::release_surety(services, officer, reference, version, Release::All).await.expect("all");
        award::close(services, officer, reference).await.expect("closed");

        for early in [early, within] {
            assert_eq!(refused(early), Refusal::GuaranteeRuns { until: date("2028-03-01") });
        }
        assert_eq!((refused(unseen), refused(future)), (Refusal::FoundInTheFuture, Refusal::FoundInTheFuture));
        assert!(matches!(refused(held), Refusal::SuretyHeld { .. }));
        assert_eq!(stage(&world, &concluded).await, Stage::Closed);
        assert_eq!(store::audit::first_broken(services.store()).await.expect("verified"), None);
    }

    async fn a_termination_waits_until_the_contractor_could_answer(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let (services, reference) = (&world.services, concluded.reference);
        let terminate = async |decided_on| {
            award::terminate(services, &concluded.executive, reference, &a_termination(date(decided_on))).await
        };

        let without = terminate("2027-01-11").await;
        world.now_is("2027-02-05 10:00");
        award::report_failure(services, &concluded.manager, reference, "Rien n’est livré").await.expect("reported");
        world.now_is("2027-02-22 23:59");
        let unheard = terminate("2027-02-22").await;
        world.now_is("2027-02-23 00:00");
        let back_dated = terminate("2027-02-22").await;
        let future = terminate("2027-02-24").await;
        terminate("2027-02-23").await.expect("terminated");

        assert_eq!(refused(without), Refusal::NoReportOfFailure);
        for early in [unheard, back_dated] {
            assert_eq!(refused(early), Refusal::DefenceRuns { until: date("2027-02-22") });
        }
        assert!(matches!(future, Err(Error::Refused(refusal::Refusal::DecidedInTheFuture))), "{future:?}");
        assert_eq!(stage(&world, &concluded).await, Stage::Terminated);
    }

    async fn a_college_records_no_award_and_no_termination_of_another_organ(world: World) {
        use domain::award::Organ;
        let proposed = world.proposed_award("Namur").await;
        let concluded = world.concluded_award("Wavre").await;
        let services = &world.services;
        award::report_failure(services, &concluded.manager, concluded.reference, "Rien n’est livré").await.expect("told");
        world.hours_pass(30 * 24);

        for organ in [Organ::Council, Organ::ChiefExecutive] {
            let draft = DecisionDraft { organ, ..proposed.decision(&world) };
            let awarded = award::decide(services, &proposed.executive, proposed.reference, &draft).await;
            let draft = TerminationDraft { organ, ..a_termination(brussels(services.now()).date()) };
            let terminated = award::terminate(services, &concluded.executive, concluded.reference, &draft).await;

            for refused in [awarded, terminated] {
                assert!(matches!(refused, Err(Error::Refused(refusal::Refusal::NotYourOrgan))), "{organ:?}: {refused:?}");
            }
        }
    }

    async fn the_contractor_is_sent_the_reports_of_failure_and_the_termination_and_nobody_else_is(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let (services, reference) = (&world.services, concluded.reference);
        let (contractor, other) = (&concluded.firms[0].1, &concluded.firms[1].1);
        world.post().await;

        award::report_failure(services, &concluded.manager, reference, "Rien n’est livré").await.expect("reported");
        let first = world.post().await;
        award::report_failure(services, &concluded.manager, reference, "Toujours rien").await.expect("reported again");
        let second = world.post().await;
        world.hours_pass(30 * 24);
        let draft = a_termination(brussels(services.now()).date());
        award::terminate(services, &concluded.executive, reference, &draft).await.expect("terminated");
        let last = world.post().await;

        for (mails, told) in [(&first, "Rien n’est livré"), (&second, "Toujours rien"), (&last, "Aucune livraison")] {
            assert_eq!(mails.len(), 1);
            assert!(mails[0].text.contains(told), "{told} in {}", mails[0].text);
        }
        let own = award::of_firm(services, contractor, reference).await.expect("its letters");
        let kinds: Vec<_> = own.letters.iter().map(|(letter, _)| letter.kind).take(3).collect();
        assert_eq!(kinds, [LetterKind::Termination, LetterKind::FailureReport, LetterKind::FailureReport]);
        for (_, file) in own.letters.iter().take(3) {
            let read = award::letter_file(services, contractor, reference, file.id).await.expect("its own");
            assert!(read.bytes.starts_with(b"%PDF"));
            assert!(matches!(award::letter_file(services, other, reference, file.id).await, Err(Error::NotFound)));
        }
    }

    async fn a_termination_keeps_the_surety_that_is_held_and_speaks_of_none_other(world: World) {
        for is_deposited in [true, false] {
            let concluded = world.concluded_award(if is_deposited { "Namur" } else { "Wavre" }).await;
            let (services, officer, reference) = (&world.services, &concluded.officer, concluded.reference);
            if is_deposited {
                let on = brussels(services.now()).date();
                award::ask_surety(services, officer, reference).await.expect("asked");
                award::deposit_surety(services, officer, reference, on, "CDC 2027/1").await.expect("deposited");
            }
            award::report_failure(services, &concluded.manager, reference, "Rien n’est livré").await.expect("reported");
            world.hours_pass(30 * 24);
            world.post().await;
            let draft = a_termination(brussels(services.now()).date());
            award::terminate(services, &concluded.executive, reference, &draft).await.expect("terminated");
            let contract = store::contracts::find(services, officer.scope(), reference).await.expect("one");

            let given_back = award::release_surety(services, officer, reference, contract.version, Release::All).await;

            assert_eq!(refused(given_back), Refusal::NotAccepted);
            let mails = world.post().await;
            assert_eq!(mails[0].text.contains("est acquis de plein droit"), is_deposited, "{}", mails[0].text);
        }
    }

    async fn every_file_of_a_tender_reads_back_to_its_authorities_alone(world: World) {
        let concluded = world.concluded_award("Namur").await;
        let stranger = world.officer("Wavre").await;
        let (services, reference) = (&world.services, concluded.reference);

        let filed = tender::documents(services, concluded.officer.scope(), reference).await.expect("its files");
        let kinds: Vec<_> = filed.iter().map(|filed| filed.kind.as_str()).collect();
        for kind in ["edition", "report", "award_decision", "letter"] {
            assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
        }
        for found in &filed {
            tender::document(services, concluded.officer.scope(), reference, found.file.id).await.expect("its bytes");
        }
        let by_a_stranger = tender::documents(services, stranger.scope(), reference).await;
        let by_a_firm = tender::document(services, concluded.firms[0].1.scope(), reference, filed[0].file.id).await;
        let by_a_visitor = tender::documents(services, domain::authz::Scope::VISITOR, reference).await;
        assert!(matches!(by_a_stranger, Err(Error::NotFound)));
        assert!(matches!(by_a_firm, Err(Error::NotFound)));
        assert!(matches!(by_a_visitor, Err(Error::NotFound)));
    }
}

fn a_termination(decided_on: chrono::NaiveDate) -> TerminationDraft {
    TerminationDraft {
        organ: domain::award::Organ::Executive,
        decided_on,
        number: "2027/31".to_owned(),
        reasons: "Aucune livraison".to_owned(),
    }
}

fn an_acceptance(found_on: &str, guarantee_months: u32) -> AcceptanceDraft {
    AcceptanceDraft {
        found_on: date(found_on),
        findings: "Toutes les prestations sont livrées".to_owned(),
        reserves: String::new(),
        is_granted: true,
        guarantee_months,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_letters_say_what_the_law_wants_and_no_more() {
    let world = World::on_sqlite().await;
    let decided = world.decided_award("Namur").await;
    world.now_is("2027-01-07 10:00");

    let information =
        award::information(&world.services, decided.officer.scope(), decided.reference).await.expect("prepared");

    insta::assert_snapshot!("letter_to_the_winner", said(&information.letters[0].document));
    insta::assert_snapshot!("letter_to_who_is_not_chosen", said(&information.letters[1].document));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_decision_reads_as_a_walloon_deliberation() {
    let world = World::on_sqlite().await;
    let proposed = world.proposed_award("Namur").await;
    let gathered = award::gather(&world.services, proposed.officer.scope(), proposed.reference).await.expect("found");
    let decided = domain::award::Decided {
        organ: domain::award::Organ::Executive,
        decided_on: date("2027-01-06"),
        number: "2027/4".to_owned(),
        standstill: domain::award::StandstillGround::Voluntary,
        to_supervision: true,
    };
    // The report of another run has another hash.
    let file = domain::award::AwardFile { report_sha256: None, ..gathered.file };

    let document = domain::award::decision(&file, &decided).expect("a proposed award");

    insta::assert_snapshot!("decision", said(&document));
}
