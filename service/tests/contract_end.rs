//! What the end of a contract does to its vouchers, and what they do to it, on both databases.

use domain::{
    audit::{Outcome, Stream},
    authz::TerminateContract,
    award::{Organ, Refusal as OfAward},
    kernel::{Money, ids::VoucherId, reference::TenderRef, time::brussels},
    refusal::Refusal,
    tender::Stage,
    voucher::{Found, Refusal as No, Status},
};
use service::{
    Error,
    award::{self, AcceptanceDraft, Release, TerminationDraft},
    on_both_databases, store,
    store::{Audit, audit::Entry},
    testing::{Concluded, World, an_approval, quantities},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> No {
    match result {
        Err(Error::Refused(Refusal::Voucher(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// The contract leaves its stage, as a decision makes it leave.
async fn moved(world: &World, concluded: &Concluded, stage: Stage) {
    let executive = &concluded.pilot().executive;
    let tx = world.services.begin().await.expect("a write begins");
    let tender = store::tenders::lock(&tx, executive.scope(), concluded.reference).await.expect("found");
    let (tx, permitted) = tx.permit::<TerminateContract>(executive, tender).await.expect("the executive may");
    let moved = store::tenders::move_to(&tx, &permitted, stage).await.expect("moved");
    tx.commit(Audit::of(&permitted), [moved]).await.expect("kept");
}

fn a_termination(world: &World) -> TerminationDraft {
    TerminationDraft {
        organ: Organ::Executive,
        decided_on: brussels(world.services.now()).date(),
        number: "2027/31".to_owned(),
        reasons: "Aucune livraison".to_owned(),
    }
}

fn an_acceptance(world: &World) -> AcceptanceDraft {
    AcceptanceDraft {
        found_on: brussels(world.services.now()).date(),
        findings: "Tout est livré".to_owned(),
        reserves: String::new(),
        is_granted: true,
        guarantee_months: 0,
    }
}

/// A contract that was awarded and runs, and the code of a line of its price list.
async fn running(world: &World) -> (Concluded, String) {
    let awarded = Box::pin(world.concluded_award("Namur")).await;
    let concluded = Concluded::from(&awarded);
    let (services, officer, reference) = (&world.services, &awarded.officer, awarded.reference);
    award::ask_surety(services, officer, reference).await.expect("asked");
    let on = brussels(services.now()).date();
    award::deposit_surety(services, officer, reference, on, "CDC 2027/1").await.expect("deposited");
    let contract = store::contracts::find(services, officer.scope(), reference).await.expect("found");
    (concluded, contract.lines[0].code.clone())
}

async fn trail(world: &World, concluded: &Concluded) -> Vec<Entry> {
    let officer = &concluded.pilot().officer;
    let contract = store::contracts::find(&world.services, officer.scope(), concluded.reference).await.expect("seen");
    let mut rows = store::audit::latest(&world.services, Stream::Tender(contract.tender), 1_000).await.expect("read");
    rows.reverse();
    rows
}

async fn status(world: &World, concluded: &Concluded, id: VoucherId) -> Status {
    world.voucher(&concluded.pilot().officer, id).await.status
}

on_both_databases! {
    async fn an_approval_that_comes_during_a_termination_waits_and_is_refused(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let executive = concluded.pilot().executive.clone();
        let id = world.checked_voucher(&concluded, concluded.pilot(), &[("P-02", "1")]).await;
        let tx = world.services.begin().await.expect("a write begins");
        let tender = store::tenders::lock(&tx, executive.scope(), concluded.reference).await.expect("found");
        let (tx, permitted) = tx.permit::<TerminateContract>(&executive, tender).await.expect("the executive may");
        let moved = store::tenders::move_to(&tx, &permitted, Stage::Terminated).await.expect("moved");

        let services = world.services.clone();
        let approval = tokio::spawn(async move { voucher::approve(&services, &executive, id, 2, &an_approval()).await });
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        tx.commit(Audit::of(&permitted), [moved]).await.expect("terminated");

        assert_eq!(refusal(approval.await.expect("no approval panics")), No::ContractNotRunning);
    }

    async fn approvals_and_a_termination_at_the_same_moment_leave_no_order_on_an_ended_contract(world: World) {
        let (concluded, code) = running(&world).await;
        let (pilot, services, reference) = (concluded.pilot(), &world.services, concluded.reference);
        let mut drawn = Vec::new();
        for _ in 0..30 {
            drawn.push(world.checked_voucher(&concluded, pilot, &[(&code, "0.01")]).await);
        }
        award::report_failure(services, &pilot.manager, reference, "Rien n’est livré").await.expect("reported");
        world.hours_pass(17 * 24);

        let ending = {
            let (services, executive, draft) = (services.clone(), pilot.executive.clone(), a_termination(&world));
            tokio::spawn(async move { award::terminate(&services, &executive, reference, &draft).await })
        };
        let approvals: Vec<_> = drawn
            .iter()
            .map(|id| {
                let (services, executive, id) = (services.clone(), pilot.executive.clone(), *id);
                tokio::spawn(async move { voucher::approve(&services, &executive, id, 2, &an_approval()).await })
            })
            .collect();
        ending.await.expect("it does not panic").expect("terminated");
        for approval in approvals {
            match approval.await.expect("no approval panics") {
                Ok(_) => {}
                other => assert_eq!(refusal(other), No::ContractNotRunning),
            }
        }

        let done: Vec<_> = trail(&world, &concluded).await.into_iter().filter(|row| row.outcome == Outcome::Done).collect();
        let ended = done.iter().position(|row| row.action == "award.terminate").expect("it is in the trail");
        assert!(done[ended..].iter().all(|row| row.action != "voucher.approve"), "an order after the end");
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn nothing_is_sent_confirmed_or_delivered_on_a_contract_that_ended(world: World) {
        for ended in [Stage::Terminated, Stage::Annulled] {
            let commune = world.commune(&format!("Commune {}", ended.code())).await;
            let concluded = world.concluded_by(&commune, "100000.00").await;
            let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
            let line: &[(&str, &str)] = &[("P-02", "1")];
            let approved = world.checked_voucher(&concluded, pilot, line).await;
            voucher::approve(services, &pilot.executive, approved, 2, &an_approval()).await.expect("approved");
            let sent = world.checked_voucher(&concluded, pilot, line).await;
            voucher::approve(services, &pilot.executive, sent, 2, &an_approval()).await.expect("approved");
            voucher::send(services, &pilot.officer, sent, 3).await.expect("sent");
            let confirmed = world.confirmed_voucher(&concluded, pilot, line).await;
            moved(&world, &concluded, ended).await;

            let sending = voucher::send(services, &pilot.officer, approved, 3).await;
            let confirming = voucher::confirm(services, firm, sent, 4).await;
            let on = brussels(services.now()).date();
            let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(line) };
            let delivering = voucher::deliver(services, firm, confirmed, 5, &brought).await;

            assert_eq!(refusal(sending), No::ContractNotRunning);
            assert_eq!(refusal(confirming), No::ContractNotRunning);
            assert_eq!(refusal(delivering), No::ContractNotRunning);
            voucher::decline(services, firm, sent, 4, "Le marché est terminé").await.expect("a firm may still say no");
            voucher::cancel(services, &pilot.officer, confirmed, 5, "Le marché est terminé").await.expect("cancelled");
        }
    }

    async fn an_order_in_time_is_delivered_after_the_last_day_but_not_sent_after_it(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let approved = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        voucher::approve(services, &pilot.executive, approved, 2, &an_approval()).await.expect("approved");
        let confirmed = world.confirmed_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        world.hours_pass(10 * 366 * 24);

        let late = voucher::send(services, &pilot.officer, approved, 3).await;
        let on = brussels(services.now()).date();
        let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(&[("P-02", "1")]) };
        voucher::deliver(services, firm, confirmed, 5, &brought).await.expect("delivered");

        assert!(matches!(refusal(late), No::ContractOver { .. }));
    }

    async fn a_voucher_cites_the_clause_versions_of_its_specification(world: World) {
        let (concluded, code) = running(&world).await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = world.checked_voucher(&concluded, pilot, &[(&code, "0.01")]).await;
        voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");

        let contract = world.voucher(&pilot.officer, id).await.contract;
        let adopted = store::specifications::editions(services, contract.tender).await.expect("read").remove(0);
        let document = store::vouchers::document(services, id).await.expect("frozen");
        let cited = format!("{:?}", document.blocks);

        assert_eq!(contract.clauses, adopted.clauses);
        let words = "des 3 clauses de son cahier spécial des charges, en version 1, sauf commandes, en version 2";
        assert!(cited.contains(words), "{cited}");
    }

    async fn the_provisional_acceptance_waits_for_every_voucher_and_names_those_that_are_open(world: World) {
        let (concluded, code) = running(&world).await;
        let (pilot, firm, services, reference) =
            (concluded.pilot(), &concluded.firm, &world.services, concluded.reference);
        let line: &[(&str, &str)] = &[(&code, "0.01")];
        let accept = async || award::accept_provisionally(services, &pilot.manager, reference, &an_acceptance(&world)).await;
        let id = world.checked_voucher(&concluded, pilot, line).await;
        voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");

        let open = accept().await;
        let number = world.voucher(&pilot.officer, id).await.number.expect("a number");
        let refused = AcceptanceDraft { is_granted: false, ..an_acceptance(&world) };
        award::accept_provisionally(services, &pilot.manager, reference, &refused).await.expect("a refusal waits for nothing");
        voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
        voucher::confirm(services, firm, id, 4).await.expect("confirmed");
        let on = brussels(services.now()).date();
        let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(line) };
        voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
        let delivered = accept().await;
        voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");
        accept().await.expect("everything is accepted");

        for early in [open, delivered] {
            let told = OfAward::VouchersUndelivered { vouchers: vec![(number, pilot.organisation.name.clone())] };
            assert!(matches!(&early, Err(Error::Refused(Refusal::Award(refusal))) if *refusal == told), "{early:?}");
        }
        assert_eq!(stage(&world, &concluded, reference).await, Stage::ProvisionallyAccepted);
    }

    async fn a_voucher_that_was_never_invoiced_does_not_block_the_acceptance_which_names_it_in_its_trail(world: World) {
        let (concluded, code) = running(&world).await;
        let (pilot, firm, services, reference) =
            (concluded.pilot(), &concluded.firm, &world.services, concluded.reference);
        let line: &[(&str, &str)] = &[(&code, "0.01")];
        let id = world.confirmed_voucher(&concluded, pilot, line).await;
        let on = brussels(services.now()).date();
        let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(line) };
        voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");

        award::accept_provisionally(services, &pilot.manager, reference, &an_acceptance(&world)).await.expect("accepted");
        let view = store::tenders::find(services, pilot.officer.scope(), reference).await.expect("found");
        let told = world.last_audit(Stream::Tender(view.tender.id)).await;
        let delivered = world.voucher(firm, id).await;
        let (excluding, vat, including) = delivered.due().expect("it fits");
        let invoice = InvoiceDraft { number: "F-1".to_owned(), issued_on: on, excluding, vat, including, prepaid: Money::ZERO };
        voucher::state_invoice(services, firm, id, 7, &invoice).await.expect("invoiced after the acceptance");
        voucher::pay(services, &pilot.director, id, 8, on).await.expect("paid after it too");

        let named = format!("{} ({})", delivered.number.expect("a number"), pilot.organisation.name);
        assert_eq!((told.action.as_str(), told.outcome), ("award.accept", Outcome::Done));
        assert_eq!(told.facts["unpaid_vouchers"], serde_json::json!([named]));
        assert_eq!(status(&world, &concluded, id).await, Status::Paid);
    }

    async fn the_file_closes_once_what_was_accepted_is_invoiced_and_paid_and_names_what_is_not(world: World) {
        let (concluded, code) = running(&world).await;
        let (pilot, firm, services, reference) =
            (concluded.pilot(), &concluded.firm, &world.services, concluded.reference);
        let line: &[(&str, &str)] = &[(&code, "0.01")];
        let id = world.confirmed_voucher(&concluded, pilot, line).await;
        let on = brussels(services.now()).date();
        let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(line) };
        voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");
        award::accept_provisionally(services, &pilot.manager, reference, &an_acceptance(&world)).await.expect("accepted");
        award::accept_finally(services, &pilot.manager, reference, &an_acceptance(&world)).await.expect("for good");
        let contract = store::contracts::find(services, pilot.officer.scope(), reference).await.expect("found");
        let released = award::release_surety(services, &pilot.officer, reference, contract.version, Release::All).await;
        released.expect("nothing is held");

        let uninvoiced = award::close(services, &pilot.officer, reference).await;
        let told = world.last_audit(Stream::Tender(contract.tender)).await;
        let delivered = world.voucher(firm, id).await;
        let (excluding, vat, including) = delivered.due().expect("it fits");
        let invoice = InvoiceDraft { number: "F-1".to_owned(), issued_on: on, excluding, vat, including, prepaid: Money::ZERO };
        voucher::state_invoice(services, firm, id, 7, &invoice).await.expect("invoiced");
        let unpaid = award::close(services, &pilot.officer, reference).await;
        voucher::pay(services, &pilot.director, id, 8, on).await.expect("paid");
        award::close(services, &pilot.officer, reference).await.expect("closed");

        let number = delivered.number.expect("a number");
        for early in [uninvoiced, unpaid] {
            let waits = OfAward::VouchersUnpaid { vouchers: vec![(number, pilot.organisation.name.clone())] };
            assert!(matches!(&early, Err(Error::Refused(Refusal::Award(refusal))) if *refusal == waits), "{early:?}");
        }
        assert_eq!((told.action.as_str(), told.outcome), ("award.close", Outcome::Refused));
        assert_eq!(stage(&world, &concluded, reference).await, Stage::Closed);
    }

    async fn the_provisional_acceptance_waits_for_the_rest_of_a_voucher_of_which_a_part_is_paid(world: World) {
        let (concluded, code) = running(&world).await;
        let (pilot, firm, services, reference) =
            (concluded.pilot(), &concluded.firm, &world.services, concluded.reference);
        let accept = async || award::accept_provisionally(services, &pilot.manager, reference, &an_acceptance(&world)).await;
        let id = world.confirmed_voucher(&concluded, pilot, &[(&code, "0.02")]).await;
        let on = brussels(services.now()).date();
        let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(&[(&code, "0.01")]) };
        voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");
        let half = world.voucher(firm, id).await;
        let (excluding, vat, including) = half.due().expect("it fits");
        let invoice = InvoiceDraft { number: "F-1".to_owned(), issued_on: on, excluding, vat, including, prepaid: Money::ZERO };
        voucher::state_invoice(services, firm, id, 7, &invoice).await.expect("invoiced");
        voucher::pay(services, &pilot.director, id, 8, on).await.expect("paid");
        assert_eq!(status(&world, &concluded, id).await, Status::Paid);

        let open = accept().await;
        voucher::close(services, &pilot.officer, id, 9).await.expect("closed");
        accept().await.expect("what is left was given back");

        let number = half.number.expect("a number");
        let told = OfAward::VouchersUndelivered { vouchers: vec![(number, pilot.organisation.name.clone())] };
        assert!(matches!(&open, Err(Error::Refused(Refusal::Award(refusal))) if *refusal == told), "{open:?}");
        assert_eq!(stage(&world, &concluded, reference).await, Stage::ProvisionallyAccepted);
    }
}

async fn stage(world: &World, concluded: &Concluded, reference: TenderRef) -> Stage {
    let view = store::tenders::find(&world.services, concluded.pilot().officer.scope(), reference).await;
    view.expect("found").tender.stage
}
