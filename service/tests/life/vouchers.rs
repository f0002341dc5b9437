//! Vouchers against the model: what it allows is done, what it forbids is refused, and the figures agree after every step.

use std::collections::BTreeMap;

use domain::{
    kernel::{Money, Quantity, ids::VoucherId},
    voucher::{Found, Quantities, Status},
};
use proptest::{prelude::*, strategy::ValueTree as _};
use service::{
    Error, on_both_databases, store,
    testing::{Concluded, World, a_draft, an_approval},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

use crate::chance::Chance;

/// Steps on one contract: then another world begins.
const A_WORLD: usize = 250;
const DAY_CENTS: i64 = 60_000;
const REASONS: &str = "Le rapport manque";

/// What somebody tries, on which of the vouchers, with how many half days.
#[derive(Debug, Clone, Copy)]
struct Attempt {
    what: What,
    /// Counted back from the latest.
    voucher: usize,
    halves: i64,
    /// The usual next step in place of one by chance: so the ends of the road are reached too.
    usual: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Draft,
    Edit,
    Check,
    Approve,
    Send,
    Confirm,
    Decline,
    Deliver,
    Accept,
    AcceptPart,
    Reject,
    Invoice,
    Pay,
    Close,
    Cancel,
}

fn attempts(count: usize) -> impl Strategy<Value = Vec<Attempt>> {
    let what = prop_oneof![
        3 => Just(What::Draft), 3 => Just(What::Edit), 4 => Just(What::Check), 4 => Just(What::Approve), 4 => Just(What::Send),
        4 => Just(What::Confirm), 3 => Just(What::Decline), 5 => Just(What::Deliver), 3 => Just(What::Accept),
        4 => Just(What::AcceptPart), 3 => Just(What::Reject), 4 => Just(What::Invoice), 4 => Just(What::Pay),
        2 => Just(What::Close), 1 => Just(What::Cancel),
    ];
    let attempt = (what, 0_usize..4, 0_i64..12, proptest::bool::weighted(0.45))
        .prop_map(|(what, voucher, halves, usual)| Attempt { what, voucher, halves, usual });
    proptest::collection::vec(attempt, count)
}

/// A voucher as the model knows it, in half days.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Modelled {
    status: Status,
    number: Option<u32>,
    ordered: i64,
    waiting: i64,
    accepted: i64,
    invoiced: i64,
}

/// One authority on one contract.
#[derive(Debug, Default)]
struct Model {
    vouchers: Vec<Modelled>,
    allotment: i64,
    numbers: u32,
}

impl Model {
    /// The attempt on one of the latest vouchers, as its road usually goes on.
    fn aimed(&self, attempt: Attempt) -> Attempt {
        let voucher = self.vouchers.len().saturating_sub(1 + attempt.voucher);
        let (Some(found), true) = (self.vouchers.get(voucher), attempt.usual) else {
            return Attempt { voucher, ..attempt };
        };
        let left = found.ordered - found.accepted;
        let halves = attempt.halves.clamp(1, left.max(1));
        let (what, halves) = match found.status {
            Status::Draft => (What::Check, halves),
            Status::Checked => (What::Approve, halves),
            Status::Approved => (What::Send, halves),
            Status::Sent => (What::Confirm, halves),
            Status::PartlyAccepted | Status::Rejected if found.accepted > found.invoiced && attempt.halves % 2 == 0 => {
                (What::Invoice, halves)
            }
            Status::Confirmed | Status::PartlyAccepted | Status::Rejected => (What::Deliver, halves),
            Status::PartlyDelivered | Status::Delivered if attempt.halves % 4 == 3 => {
                (What::AcceptPart, attempt.halves.clamp(1, found.waiting))
            }
            Status::PartlyDelivered | Status::Delivered => (What::Accept, halves),
            Status::Accepted => (What::Invoice, halves),
            Status::Invoiced => (What::Pay, halves),
            Status::Paid if left > 0 && attempt.halves % 3 == 0 => (What::Deliver, halves),
            Status::Paid => (What::Close, halves),
            Status::Closed | Status::Declined | Status::Cancelled => (What::Draft, attempt.halves),
        };
        Attempt { what, voucher, halves, ..attempt }
    }

    /// What the ledger must say, in half days.
    fn committed(&self) -> i64 {
        let counts = |voucher: &&Modelled| voucher.status.is_committed();
        let of = |voucher: &Modelled| if voucher.status == Status::Closed { voucher.accepted } else { voucher.ordered };
        self.vouchers.iter().filter(counts).map(of).sum()
    }

    /// Does it; false: it is refused, and nothing changes.
    fn apply(&mut self, attempt: Attempt) -> bool {
        let room = self.allotment - self.committed();
        let halves = attempt.halves;
        if attempt.what == What::Draft {
            let fits = halves > 0 && halves <= room;
            if fits {
                let (waiting, accepted, invoiced) = (0, 0, 0);
                let new =
                    Modelled { status: Status::Draft, number: None, ordered: halves, waiting, accepted, invoiced };
                self.vouchers.push(new);
            }
            return fits;
        }
        let next = self.numbers + 1;
        let Some(voucher) = self.vouchers.get_mut(attempt.voucher) else { return false };
        let (before, left) = (voucher.status, voucher.ordered - voucher.accepted);
        let is = |statuses: &[Status]| statuses.contains(&before);
        let waits = is(&[Status::PartlyDelivered, Status::Delivered]);
        let allowed = match attempt.what {
            What::Draft => false,
            What::Edit => is(&[Status::Draft, Status::Checked]) && halves > 0 && halves <= room,
            What::Check => is(&[Status::Draft]) && voucher.ordered <= room,
            What::Approve => is(&[Status::Checked]) && voucher.ordered <= room,
            What::Send => is(&[Status::Approved]),
            What::Confirm | What::Decline => is(&[Status::Sent]),
            What::Deliver => {
                is(&[Status::Confirmed, Status::Rejected, Status::PartlyAccepted, Status::Paid])
                    && halves > 0
                    && halves <= left
            }
            What::Accept | What::Reject => waits,
            What::AcceptPart => waits && halves > 0 && halves <= voucher.waiting,
            What::Invoice => {
                is(&[Status::Rejected, Status::PartlyAccepted, Status::Accepted]) && voucher.accepted > voucher.invoiced
            }
            What::Pay => is(&[Status::Invoiced]),
            What::Close => {
                is(&[Status::Paid, Status::Rejected, Status::PartlyAccepted, Status::Accepted])
                    && voucher.accepted > 0
                    && voucher.accepted == voucher.invoiced
            }
            What::Cancel => {
                let early = [
                    Status::Draft,
                    Status::Checked,
                    Status::Approved,
                    Status::Sent,
                    Status::Confirmed,
                    Status::Rejected,
                ];
                is(&early) && voucher.accepted == 0
            }
        };
        if allowed {
            voucher.change(attempt, left);
            if attempt.what == What::Approve {
                voucher.number = Some(next);
                self.numbers = next;
            }
        }
        allowed
    }
}

impl Modelled {
    fn change(&mut self, attempt: Attempt, left: i64) {
        let part = |all: bool, whole, part| if all { whole } else { part };
        self.status = match attempt.what {
            What::Draft | What::Edit => Status::Draft,
            What::Check => Status::Checked,
            What::Approve => Status::Approved,
            What::Send => Status::Sent,
            What::Confirm => Status::Confirmed,
            What::Decline => Status::Declined,
            What::Deliver => part(attempt.halves == left, Status::Delivered, Status::PartlyDelivered),
            What::Accept => part(self.waiting == left, Status::Accepted, Status::PartlyAccepted),
            What::AcceptPart => part(attempt.halves == left, Status::Accepted, Status::PartlyAccepted),
            What::Reject => Status::Rejected,
            What::Invoice => Status::Invoiced,
            What::Pay => Status::Paid,
            What::Close => Status::Closed,
            What::Cancel => Status::Cancelled,
        };
        match attempt.what {
            What::Edit => self.ordered = attempt.halves,
            What::Deliver => self.waiting = attempt.halves,
            What::Accept => self.accepted += self.waiting,
            What::AcceptPart => self.accepted += attempt.halves,
            What::Invoice => self.invoiced = self.accepted,
            What::Draft
            | What::Check
            | What::Approve
            | What::Send
            | What::Confirm
            | What::Decline
            | What::Reject
            | What::Pay
            | What::Close
            | What::Cancel => {}
        }
        if matches!(attempt.what, What::Accept | What::AcceptPart | What::Reject) {
            self.waiting = 0;
        }
    }
}

fn days(halves: i64) -> Quantities {
    [("P-02".to_owned(), Quantity::from_thousandths(halves * 500))].into()
}

fn amount(halves: i64) -> Money {
    Money::from_cents(halves * DAY_CENTS / 2)
}

/// The same world that the model has.
struct Driven<'a> {
    world: &'a World,
    concluded: Concluded,
    ids: Vec<VoucherId>,
    invoices: u32,
}

impl Driven<'_> {
    async fn apply(&mut self, attempt: Attempt) -> Result<(), Error> {
        let (services, reference) = (&self.world.services, self.concluded.reference);
        let (pilot, firm) = (self.concluded.pilot(), &self.concluded.firm);
        let quantity = format!("{}.{}", attempt.halves / 2, if attempt.halves % 2 == 0 { "0" } else { "5" });
        let draft = a_draft(&[("P-02", &quantity)]);
        if attempt.what == What::Draft {
            self.ids.push(voucher::draft(services, &pilot.officer, reference, &draft).await?);
            return Ok(());
        }
        let id = *self.ids.get(attempt.voucher).ok_or(Error::NotFound)?;
        let found = self.world.voucher(&pilot.officer, id).await;
        let (version, today) = (found.version, domain::kernel::time::brussels(services.now()).date());
        match attempt.what {
            What::Draft => Ok(()),
            What::Edit => voucher::edit(services, &pilot.officer, id, version, &draft).await,
            What::Check => voucher::check(services, &pilot.director, id, version, &self.world.a_commitment()).await,
            What::Approve => voucher::approve(services, &pilot.executive, id, version, &an_approval()).await.map(drop),
            What::Send => voucher::send(services, &pilot.officer, id, version).await,
            What::Confirm => voucher::confirm(services, firm, id, version).await,
            What::Decline => voucher::decline(services, firm, id, version, "Non").await,
            What::Deliver => {
                let draft = DeliveryDraft { on: today, note: String::new(), quantities: days(attempt.halves) };
                voucher::deliver(services, firm, id, version, &draft).await
            }
            What::Accept => voucher::accept(services, &pilot.manager, id, version, &Found::Whole).await,
            What::AcceptPart => {
                let found = Found::Part { quantities: days(attempt.halves), reasons: REASONS.to_owned() };
                voucher::accept(services, &pilot.manager, id, version, &found).await
            }
            What::Reject => {
                let found = Found::Refused { reasons: REASONS.to_owned() };
                voucher::accept(services, &pilot.manager, id, version, &found).await
            }
            What::Invoice => {
                self.invoices += 1;
                let (excluding, vat, including) = found.due().expect("it fits");
                let number = format!("F-{}", self.invoices);
                let draft = InvoiceDraft { number, issued_on: today, excluding, vat, including };
                voucher::state_invoice(services, firm, id, version, &draft).await
            }
            What::Pay => voucher::pay(services, &pilot.director, id, version, today).await,
            What::Close => voucher::close(services, &pilot.officer, id, version).await,
            What::Cancel => voucher::cancel(services, &pilot.officer, id, version, "Erreur").await,
        }
    }

    /// The figures of the contract, and of the vouchers from this one on.
    async fn agrees(&self, model: &Model, from: usize) {
        let officer = &self.concluded.pilot().officer;
        for (id, expected) in
            self.ids.iter().zip(&model.vouchers).skip(from).take(if from == 0 { usize::MAX } else { 1 })
        {
            let found = self.world.voucher(officer, *id).await;
            let number = found.number.map(domain::kernel::reference::VoucherRef::number);
            assert_eq!((found.status, number), (expected.status, expected.number));
        }
        let contract = store::contracts::find(&self.world.services, officer.scope(), self.concluded.reference)
            .await
            .expect("seen");
        let share = contract.allotment(officer.organisation()).expect("an allotment");
        assert_eq!(share.committed, amount(model.committed()));
        assert!(share.committed <= share.amount && contract.committed() <= contract.ceiling);
    }
}

on_both_databases! {
    async fn vouchers_follow_the_model(world: World) {
        let Chance { mut runner, seed, count, .. } = Chance::of_this_run();
        let mut done: BTreeMap<String, usize> = BTreeMap::new();
        let mut taken = 0;
        while taken < count {
            // A fresh contract for the pilot each time: an isolated one of a new commune in the same database.
            let commune = world.commune(&format!("Commune {taken}")).await;
            let concluded = world.concluded_by(&commune, "12000.00").await;
            let mut driven = Driven { world: &world, concluded, ids: Vec::new(), invoices: 0 };
            let mut model = Model { allotment: 40, ..Model::default() };
            let steps = attempts(A_WORLD.min(count - taken)).new_tree(&mut runner).expect("steps").current();
            for attempt in steps {
                let attempt = model.aimed(attempt);
                let allowed = model.apply(attempt);
                match driven.apply(attempt).await {
                    Ok(()) => assert!(allowed, "done, and the model says no: {attempt:?} {model:?}"),
                    Err(Error::Refused(_) | Error::NotFound) => {
                        assert!(!allowed, "refused, and the model says yes: {attempt:?} {model:?}");
                    }
                    Err(other) => panic!("{attempt:?}: {other:?}"),
                }
                if allowed {
                    *done.entry(format!("{:?}", attempt.what)).or_default() += 1;
                    let touched = if attempt.what == What::Draft { model.vouchers.len() - 1 } else { attempt.voucher };
                    driven.agrees(&model, touched.max(1)).await;
                }
                taken += 1;
            }
            driven.agrees(&model, 0).await;
        }
        eprintln!("vouchers, seed {seed}: {taken} steps, done {done:?}");
        assert_eq!(done.len(), 15, "every step was done at least once: {done:?}");
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }
}
