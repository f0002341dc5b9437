//! What is taken off an invoice, on both databases: a part of the advance, and penalties of late deliveries or of works.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    execution::{AdvanceCase, LateWorks, Refusal as ExecutionNo, WorksUnit},
    invoice::{Objection, ReceivedInvoice, ReceivedStatus},
    kernel::{Money, ids::VoucherId, time::brussels},
    refusal::Refusal,
    voucher::{Found, Refusal as No, VoucherDraft},
};
use service::{
    Error,
    contract::{self, AdvanceDraft, ClaimDraft},
    on_both_databases, store,
    store::audit::Entry,
    testing::{Concluded, Ubl, World, a_draft, an_approval},
    voucher::{self, DeliveryDraft, InvoiceDraft, InvoiceFile, Payment},
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn today(world: &World) -> NaiveDate {
    brussels(world.services.now()).date()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn last(world: &World, actor: &Actor, concluded: &Concluded) -> Entry {
    let contract = store::contracts::find(&world.services, actor.scope(), concluded.reference).await.expect("seen");
    world.last_audit(Stream::Tender(contract.tender)).await
}

/// 4 235 euro; half of them are set off once 30 000 euro are accepted.
async fn advanced(world: &World, concluded: &Concluded) {
    let draft =
        AdvanceDraft { case: AdvanceCase::Micro, size_on: today(world), amount: money("1000000.00"), months: 12 };
    let officer = &concluded.pilot().officer;
    contract::give_advance(&world.services, officer, concluded.reference, 1, &draft).await.expect("given");
}

/// Another voucher, of 48 days, which with two more are 30 000 euro.
async fn forty_eight_days(world: &World, concluded: &Concluded) -> VoucherId {
    let id = world.confirmed_voucher(concluded, concluded.pilot(), &[("P-02", "48")]).await;
    world.accepted_days(concluded, id, "48").await;
    id
}

async fn to_set_off(world: &World, actor: &Actor, concluded: &Concluded) -> Money {
    let services = &world.services;
    let contract = store::contracts::find(services, actor.scope(), concluded.reference).await.expect("seen");
    let law = store::parameters::set(services).await.expect("the law ships");
    let state = store::execution::advance_state(services, contract.id).await.expect("read");
    contract::to_set_off(&law, &contract, state.as_ref()).expect("an answer")
}

/// An invoice of 1 452 euro that takes this off.
fn prepaid(prepaid: &str, payable: &str) -> InvoiceFile {
    let taken_off = format!(
        "<cbc:PrepaidAmount currencyID=\"EUR\">{prepaid}</cbc:PrepaidAmount>
    <cbc:PayableAmount currencyID=\"EUR\">{payable}<"
    );
    let xml = Ubl::default().xml().replace("<cbc:PayableAmount currencyID=\"EUR\">1452.00<", &taken_off);
    InvoiceFile { name: "avance.xml".to_owned(), bytes: xml.into_bytes() }
}

async fn sent(world: &World, by: &Actor, id: VoucherId, file: InvoiceFile) -> ReceivedInvoice {
    let received = voucher::receive_invoice(&world.services, by, id, None, file).await.expect("kept");
    store::received_invoices::find(&world.services, id, received).await.expect("kept")
}

fn typed(world: &World, number: &str, amounts: [&str; 3], prepaid: &str) -> InvoiceDraft {
    let [excluding, vat, including] = amounts.map(money);
    let (number, issued_on) = (number.to_owned(), today(world));
    InvoiceDraft { number, issued_on, excluding, vat, including, prepaid: money(prepaid) }
}

/// 40 000 euro, delivered so many days after they were wanted, and received.
async fn delivered_late(world: &World, concluded: &Concluded, days: i64) -> VoucherId {
    let (services, pilot, firm) = (&world.services, concluded.pilot(), &concluded.firm);
    let draft = VoucherDraft { wanted_on: Some(today(world)), ..a_draft(&[("P-01", "2"), ("P-02", "50")]) };
    let id = voucher::draft(services, &pilot.officer, concluded.reference, &draft).await.expect("drawn");
    voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await.expect("checked");
    voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
    voucher::confirm(services, firm, id, 4).await.expect("accepted");
    world.hours_pass(days * 24);
    let brought = DeliveryDraft { on: today(world), note: String::new(), quantities: draft.quantities };
    voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
    voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("received");
    id
}

/// What the penalty of its delivery came to.
async fn claimed(world: &World, concluded: &Concluded, id: VoucherId, award_criterion: bool) -> Money {
    let (services, manager) = (&world.services, &concluded.pilot().manager);
    let found = world.voucher(manager, id).await;
    let draft = ClaimDraft { deliveries: BTreeSet::from([found.deliveries[0].id]), award_criterion };
    let version = found.contract.version;
    contract::claim(services, manager, concluded.reference, version, &draft).await.expect("claimed");
    store::execution::claimed(services, found.contract.id).await.expect("read")[0].due
}

/// It is invoiced, and waits at version 8.
async fn invoiced(world: &World, concluded: &Concluded, id: VoucherId) {
    let draft = typed(world, "F-1", ["40000.00", "8400.00", "48400.00"], "0.00");
    voucher::state_invoice(&world.services, &concluded.firm, id, 7, &draft).await.expect("invoiced");
}

async fn open(world: &World, actor: &Actor, id: VoucherId) -> Money {
    let voucher = world.voucher(actor, id).await;
    store::execution::open_penalties(&world.services, &voucher).await.expect("read")
}

on_both_databases! {
    async fn a_file_sets_off_what_is_due_of_the_advance_and_no_more(world: World) {
        let (concluded, id) = world.invoicing().await;
        let firm = &concluded.firm;
        advanced(&world, &concluded).await;
        world.accepted_days(&concluded, id, "2").await;

        let early = sent(&world, firm, id, prepaid("1000.00", "452.00")).await;
        forty_eight_days(&world, &concluded).await;
        let rounded = sent(&world, firm, id, prepaid("1000.00", "452.01")).await;
        let more = sent(&world, firm, id, prepaid("1452.01", "-0.01")).await;
        let taken = sent(&world, firm, id, prepaid("1000.00", "452.00")).await;

        let passed = Objection::SetOffPassed { most: Money::ZERO, stated: money("1000.00") };
        assert_eq!((early.status, early.objections), (ReceivedStatus::Refused, vec![passed]));
        for refused in [&rounded, &more] {
            assert_eq!(refused.status, ReceivedStatus::Refused, "{:?}", refused.objections);
        }
        assert_eq!((taken.status, taken.objections), (ReceivedStatus::Accepted, Vec::new()));
        let invoice = world.voucher(firm, id).await.invoices.remove(0);
        assert_eq!((invoice.prepaid, invoice.payable()), (money("1000.00"), money("452.00")));
        assert_eq!(to_set_off(&world, firm, &concluded).await, money("1117.50"));
    }

    /// 452.00 at 10.5 % for eight days: 1.04.
    async fn interest_runs_on_what_the_advance_leaves_to_pay(world: World) {
        let (concluded, id) = world.invoicing().await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        advanced(&world, &concluded).await;
        forty_eight_days(&world, &concluded).await;
        world.accepted_days(&concluded, id, "2").await;
        sent(&world, &concluded.firm, id, prepaid("1000.00", "452.00")).await;
        world.now_is("2026-12-31 10:00");

        voucher::pay(services, director, id, 8, "2026-12-31".parse().expect("a day")).await.expect("paid");

        let late = world.voucher(director, id).await.invoices.remove(0).late.expect("eight days late");
        assert_eq!((late.days, late.interest), (8, Some(money("1.04"))));
    }

    async fn a_form_sets_off_a_whole_invoice_and_the_next_one_the_rest(world: World) {
        let (concluded, id) = world.invoicing().await;
        let (firm, director, services) = (&concluded.firm, &concluded.pilot().director, &world.services);
        advanced(&world, &concluded).await;
        let other = forty_eight_days(&world, &concluded).await;
        world.accepted_days(&concluded, id, "2").await;
        let first = |prepaid| typed(&world, "F-1", ["1200.00", "252.00", "1452.00"], prepaid);
        let second = |prepaid| typed(&world, "F-2", ["28800.00", "6048.00", "34848.00"], prepaid);

        let more = voucher::state_invoice(services, firm, id, 7, &first("1452.01")).await;
        let told = last(&world, firm, &concluded).await;
        voucher::state_invoice(services, firm, id, 7, &first("1452.00")).await.expect("invoiced");
        let above = voucher::state_invoice(services, firm, other, 7, &second("665.51")).await;
        voucher::state_invoice(services, firm, other, 7, &second("665.50")).await.expect("invoiced");

        let passed = No::SetOffPassed { most: money("1452.00"), stated: money("1452.01") };
        assert_eq!((refusal(more), told.outcome), (passed.into(), Outcome::Refused));
        let passed = No::SetOffPassed { most: money("665.50"), stated: money("665.51") };
        assert_eq!(refusal(above), passed.into());
        let told = last(&world, firm, &concluded).await;
        assert_eq!(told.facts["prepaid"].as_str(), Some("665.50"));
        assert_eq!(to_set_off(&world, firm, &concluded).await, Money::ZERO);

        world.hours_pass(60 * 24);
        voucher::pay(services, director, id, 8, today(&world)).await.expect("paid");
        let paid = world.voucher(director, id).await.invoices.remove(0);
        assert_eq!((paid.paid(), paid.late), (Money::ZERO, None), "nothing was to be paid, nothing is late");
    }

    async fn a_decided_penalty_is_withheld_from_a_payment_as_far_as_the_person_says(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, pilot) = (&world.services, concluded.pilot());
        let participant = &concluded.parties[1];
        let id = delivered_late(&world, &concluded, 23).await;
        assert_eq!(claimed(&world, &concluded, id, false).await, money("920.00"));
        invoiced(&world, &concluded, id).await;
        let payment = |withheld| Payment { on: today(&world), withheld: money(withheld), with_interest: false };

        let more = voucher::settle(services, &pilot.director, id, 8, payment("920.01")).await;
        let refused = last(&world, &pilot.director, &concluded).await;
        voucher::settle(services, &pilot.director, id, 8, payment("900.00")).await.expect("paid");

        let passed = No::WithheldPassed { most: money("920.00"), stated: money("920.01") };
        assert_eq!((refusal(more), refused.outcome), (passed.into(), Outcome::Refused));
        let invoice = world.voucher(&pilot.director, id).await.invoices.remove(0);
        assert_eq!((invoice.withheld, invoice.paid()), (money("900.00"), money("47500.00")));
        let told = last(&world, &pilot.director, &concluded).await;
        assert_eq!((told.action.as_str(), told.facts["withheld"].as_str()), ("voucher.pay", Some("900.00")));
        assert_eq!(open(&world, &pilot.director, id).await, money("20.00"));
        let other = world.checked_voucher(&concluded, participant, &[("P-02", "1")]).await;
        assert_eq!(open(&world, &participant.director, other).await, Money::ZERO, "it was not delivered to them");
    }

    async fn a_payment_withholds_nothing_of_itself(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, director) = (&world.services, &concluded.pilot().director);
        let id = delivered_late(&world, &concluded, 23).await;
        claimed(&world, &concluded, id, false).await;
        invoiced(&world, &concluded, id).await;

        voucher::pay(services, director, id, 8, today(&world)).await.expect("paid");

        let invoice = world.voucher(director, id).await.invoices.remove(0);
        assert_eq!((invoice.withheld, invoice.paid()), (Money::ZERO, money("48400.00")));
        assert_eq!(open(&world, director, id).await, money("920.00"));
    }

    /// 90 days of 40 000 euro: 9 per cent below the higher cap.
    async fn the_specification_says_that_the_delay_was_a_criterion(world: World) {
        let concluded = world.concluded_with_delay_criterion("100000.00").await;
        let id = delivered_late(&world, &concluded, 90).await;

        assert_eq!(claimed(&world, &concluded, id, false).await, money("3600.00"));
    }

    /// 7.5 per cent, whatever is typed.
    async fn the_specification_says_that_the_delay_was_no_criterion(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let id = delivered_late(&world, &concluded, 90).await;

        assert_eq!(claimed(&world, &concluded, id, true).await, money("3000.00"));
    }

    /// M is 70 000 euro, a small amount: 0.45 × 70 000 × 10² ÷ (150 × 100).
    async fn works_ten_days_late_cost_by_their_formula_once_and_may_be_withheld(world: World) {
        let concluded = world.concluded_works("100000.00").await;
        let (services, pilot, reference) = (&world.services, concluded.pilot(), concluded.reference);
        let id = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        let late = LateWorks { amount: money("1.00"), delay: 100, unit: WorksUnit::Working, late: 10 };

        let denied = contract::claim_works(services, &pilot.officer, reference, 1, late).await;
        let stale = contract::claim_works(services, &pilot.manager, reference, 0, late).await;
        contract::claim_works(services, &pilot.manager, reference, 1, late).await.expect("claimed");
        let told = last(&world, &pilot.manager, &concluded).await;
        let again = contract::claim_works(services, &pilot.manager, reference, 2, late).await;

        assert!(matches!(denied, Err(Error::Denied(_))) && matches!(stale, Err(Error::Stale)));
        assert_eq!((told.action.as_str(), told.facts["penalty"].as_str()), ("contract.penalise", Some("210.00")));
        assert_eq!(refusal(again), ExecutionNo::WorksDecided.into());
        let voucher = world.voucher(&pilot.director, id).await;
        let kept = store::execution::works_penalty(services, voucher.contract.id).await.expect("read").expect("kept");
        assert_eq!((kept.late.amount, kept.due), (money("70000.00"), money("210.00")));
        assert_eq!(open(&world, &pilot.director, id).await, money("210.00"));
    }

    async fn a_contract_of_services_has_no_penalty_of_works(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, manager) = (&world.services, &concluded.pilot().manager);
        let late = LateWorks { amount: money("1.00"), delay: 100, unit: WorksUnit::Working, late: 10 };

        let tried = contract::claim_works(services, manager, concluded.reference, 1, late).await;

        assert_eq!(refusal(tried), ExecutionNo::NoWorks.into());
        assert_eq!(last(&world, manager, &concluded).await.outcome, Outcome::Refused);
    }
}
