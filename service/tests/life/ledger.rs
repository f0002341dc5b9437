//! Random schedules of drafts, approvals, cancellations and loans on one contract: each is done or refused as by the pure
//! ledger, and the sums stay the same.

use std::collections::BTreeMap;

use domain::{
    kernel::{Money, Quantity, ids::VoucherId},
    ledger::{Balance, Entry, Held, Ledger, Loan, LoanProposal, Movement},
    voucher::VoucherDraft,
};
use proptest::{prelude::*, strategy::ValueTree as _};
use service::{
    Error,
    contract::{self, LoanDraft, Way},
    on_both_databases, store,
    testing::{Concluded, World, a_draft, an_approval},
    voucher,
};

use crate::chance::Chance;

/// On each database; a twentieth without the soak.
const SCHEDULES: usize = 2_000;
const STEPS: usize = 6;
const HALF_DAY_CENTS: i64 = 30_000;

#[derive(Debug, Clone, Copy)]
enum Act {
    /// By which party, how many half days.
    Draft(usize, i64),
    /// Counted back from the latest.
    Edit(usize, i64),
    Approve(usize),
    Cancel(usize),
    /// From which party to which, in cents.
    Lend(usize, usize, i64),
}

fn schedule() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (0_usize..3, 1_i64..60).prop_map(|(party, halves)| Act::Draft(party, halves)),
        2 => (0_usize..6, 1_i64..60).prop_map(|(back, halves)| Act::Edit(back, halves)),
        3 => (0_usize..6).prop_map(Act::Approve),
        3 => (0_usize..12).prop_map(Act::Cancel),
        1 => (0_usize..3, 1_usize..3, 1_i64..2_000_000).prop_map(|(from, step, cents)| Act::Lend(from, (from + step) % 3, cents)),
    ];
    proptest::collection::vec(act, STEPS)
}

/// A voucher, who drew it, and whether it may still change.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    id: VoucherId,
    party: usize,
    version: i32,
    is_over: bool,
}

struct Driven<'a> {
    world: &'a World,
    concluded: Concluded,
    model: Ledger,
    vouchers: Vec<Drawn>,
}

impl Driven<'_> {
    async fn on(world: &World) -> Driven<'_> {
        let concluded = world.concluded_contract("100000.00").await;
        let contract =
            store::contracts::find(&world.services, concluded.firm.scope(), concluded.reference).await.expect("seen");
        let whole = |allotment| Balance { allotment, ..Balance::default() };
        let allotments = contract.allotments.iter().map(|share| (share.organisation, whole(share.balance.allotment)));
        let model = Ledger::summed(contract.ceiling, allotments);
        Driven { world, concluded, model, vouchers: Vec::new() }
    }

    /// Done by the program, and by the model.
    async fn apply(&mut self, act: Act) -> (Result<(), Error>, bool) {
        match act {
            Act::Draft(party, halves) => self.draft(party, halves).await,
            Act::Edit(back, halves) => self.edit(back, halves).await,
            Act::Approve(back) => self.approve(back).await,
            Act::Cancel(back) => self.cancel(back).await,
            Act::Lend(from, to, cents) => self.lend(from, to, Money::from_cents(cents)).await,
        }
    }

    fn place(&self, back: usize) -> Option<usize> {
        self.vouchers.len().checked_sub(1 + back)
    }

    fn record(&mut self, drawn: Drawn, movement: Movement) -> bool {
        let participant = self.concluded.parties[drawn.party].organisation.id;
        self.model.record(Entry { participant, voucher: drawn.id, movement }).is_ok()
    }

    async fn draft(&mut self, party: usize, halves: i64) -> (Result<(), Error>, bool) {
        let (services, officer) = (&self.world.services, &self.concluded.parties[party].officer);
        let done = voucher::draft(services, officer, self.concluded.reference, &days(halves)).await;
        let id = done.as_ref().copied().unwrap_or_else(|_| VoucherId::from_uuid(uuid::Uuid::from_u128(u128::MAX)));
        let drawn = Drawn { id, party, version: 1, is_over: false };
        let expected = self.record(drawn, Movement::Reserve(amount(halves)));
        (done.map(|_| self.vouchers.push(drawn)), expected)
    }

    async fn edit(&mut self, back: usize, halves: i64) -> (Result<(), Error>, bool) {
        let Some(place) = self.place(back) else { return (Err(Error::NotFound), false) };
        let drawn = self.vouchers[place];
        let officer = &self.concluded.parties[drawn.party].officer;
        let done = voucher::edit(&self.world.services, officer, drawn.id, drawn.version, &days(halves)).await;
        let expected = match self.model.held(drawn.id) {
            Held::Reserved(reserved) if !drawn.is_over => {
                let more = amount(halves).checked_sub(reserved).expect("it fits");
                more == Money::ZERO || self.record(drawn, Movement::Correct(more))
            }
            Held::Reserved(_) | Held::Committed(_) => false,
        };
        self.vouchers[place].version += i32::from(done.is_ok());
        (done, expected)
    }

    async fn approve(&mut self, back: usize) -> (Result<(), Error>, bool) {
        let Some(place) = self.place(back) else { return (Err(Error::NotFound), false) };
        let drawn = self.vouchers[place];
        let (services, party) = (&self.world.services, &self.concluded.parties[drawn.party]);
        let checked =
            voucher::check(services, &party.director, drawn.id, drawn.version, &self.world.a_commitment()).await;
        let done = match checked {
            Ok(()) => voucher::approve(services, &party.executive, drawn.id, drawn.version + 1, &an_approval()).await,
            Err(error) => Err(error),
        };
        let expected = match self.model.held(drawn.id) {
            Held::Reserved(reserved) if !drawn.is_over => self.record(drawn, Movement::Commit(reserved)),
            Held::Reserved(_) | Held::Committed(_) => false,
        };
        self.vouchers[place].version += if done.is_ok() { 2 } else { 0 };
        (done.map(drop), expected)
    }

    async fn cancel(&mut self, back: usize) -> (Result<(), Error>, bool) {
        let Some(place) = self.place(back) else { return (Err(Error::NotFound), false) };
        let drawn = self.vouchers[place];
        let officer = &self.concluded.parties[drawn.party].officer;
        let done = voucher::cancel(&self.world.services, officer, drawn.id, drawn.version, "Erreur").await;
        let held = self.model.held(drawn.id).taken();
        let expected = !drawn.is_over && self.record(drawn, Movement::Release(held));
        let drawn = &mut self.vouchers[place];
        drawn.version += i32::from(done.is_ok());
        drawn.is_over |= done.is_ok();
        (done, expected)
    }

    async fn lend(&mut self, from: usize, to: usize, amount: Money) -> (Result<(), Error>, bool) {
        let (services, reference) = (&self.world.services, self.concluded.reference);
        let [lender, borrower] = [from, to].map(|place| &self.concluded.parties[place]);
        let expected = self.model.lend(&agreed(lender.organisation.id, borrower.organisation.id, amount)).is_ok();
        let draft = LoanDraft { other: borrower.organisation.id, way: Way::Lend, amount };
        let id = match contract::propose_loan(services, &lender.officer, reference, None, &draft).await {
            Ok(id) => id,
            Err(error) => return (Err(error), expected),
        };
        contract::agree_to_loan(services, &borrower.executive, reference, id, 1).await.expect("the borrower consents");
        (contract::agree_to_loan(services, &lender.executive, reference, id, 2).await, expected)
    }

    /// The sums of both are the same, and pass neither level.
    async fn agrees(&self) {
        let scope = self.concluded.firm.scope();
        let contract =
            store::contracts::find(&self.world.services, scope, self.concluded.reference).await.expect("seen");
        for share in &contract.allotments {
            assert_eq!(Ok(share.balance), self.model.balance(share.organisation), "{}", share.name);
            assert!(!share.balance.available().expect("it fits").is_negative());
        }
        assert!(!contract.ledger().available().expect("it fits").is_negative());
    }
}

fn agreed(
    lender: domain::kernel::ids::OrganisationId,
    borrower: domain::kernel::ids::OrganisationId,
    amount: Money,
) -> Loan {
    let on = "2026-11-26".parse().expect("an ISO date");
    LoanProposal::new(lender, borrower, amount)
        .and_then(|proposal| proposal.agreed_by(lender, on))
        .and_then(|proposal| proposal.agreed_by(borrower, on))
        .and_then(LoanProposal::loan)
        .expect("both agreed")
}

fn days(halves: i64) -> VoucherDraft {
    let quantities = [("P-02".to_owned(), Quantity::from_thousandths(halves * 500))].into();
    VoucherDraft { quantities, ..a_draft(&[]) }
}

fn amount(halves: i64) -> Money {
    Money::from_cents(halves * HALF_DAY_CENTS)
}

fn kind(act: Act) -> &'static str {
    match act {
        Act::Draft(..) => "draft",
        Act::Edit(..) => "edit",
        Act::Approve(_) => "approve",
        Act::Cancel(_) => "cancel",
        Act::Lend(..) => "lend",
    }
}

on_both_databases! {
    async fn ledgers_follow_the_pure_one(world: World) {
        let Chance { mut runner, seed, in_full, .. } = Chance::of_this_run();
        let count = if in_full { SCHEDULES } else { SCHEDULES / 20 };
        let mut driven = Driven::on(&world).await;
        let mut told: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        for _ in 0..count {
            for act in schedule().new_tree(&mut runner).expect("a schedule").current() {
                let (done, expected) = driven.apply(act).await;
                match done {
                    Ok(()) => assert!(expected, "done, and the pure ledger says no: {act:?}"),
                    Err(Error::Refused(_) | Error::NotFound) => {
                        assert!(!expected, "refused, and the pure ledger says yes: {act:?}");
                    }
                    Err(other) => panic!("{act:?}: {other:?}"),
                }
                *told.entry((kind(act), expected)).or_default() += 1;
            }
            driven.agrees().await;
        }
        eprintln!("ledger, seed {seed}: {count} schedules, {told:?}");
        assert_eq!(told.len(), 10, "each act was done and refused at least once: {told:?}");
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
        assert_eq!(store::ledger_sums::first_differing(world.store()).await.expect("counted"), None);
    }
}
