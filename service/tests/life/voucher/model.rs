//! Two authorities on one contract.

use std::collections::BTreeMap;

use domain::{
    kernel::{Money, reference::VoucherRef},
    ledger::{Balance, Held},
    voucher::Status,
};

use super::step::{Attempt, Halves, What, Who};

/// How many numbers each authority gave in each year, on all its contracts.
pub(super) type Numbers = BTreeMap<(usize, u16), u32>;

/// A voucher as the model knows it.
#[derive(Debug, Clone)]
pub(super) struct Modelled {
    pub(super) authority: usize,
    pub(super) status: Status,
    /// Of its commitment.
    year: u16,
    pub(super) number: Option<VoucherRef>,
    pub(super) version: i32,
    pub(super) is_sent: bool,
    pub(super) ordered: Halves,
    pub(super) waiting: Halves,
    pub(super) accepted: Halves,
    pub(super) invoiced: Halves,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) vouchers: Vec<Modelled>,
    pub(super) ceiling: Money,
    pub(super) allotments: [Money; 2],
    pub(super) numbers: Numbers,
}

impl Model {
    /// What all ordered.
    pub(super) fn committed(&self) -> Halves {
        sum(self.vouchers.iter().map(Modelled::committed))
    }

    /// What counts in the ceiling: drafts too.
    pub(super) fn taken(&self) -> Halves {
        sum(self.vouchers.iter().map(Modelled::taken))
    }

    /// And in the part of this authority.
    pub(super) fn taken_by(&self, authority: usize) -> Halves {
        sum(self.of(authority).map(Modelled::taken))
    }

    /// Its part, and what became of it.
    pub(super) fn balance(&self, authority: usize) -> Balance {
        Balance {
            allotment: self.allotments[authority],
            reserved: sum(self.of(authority).map(Modelled::reserved)).amount(),
            committed: sum(self.of(authority).map(Modelled::committed)).amount(),
            ..Balance::default()
        }
    }

    fn of(&self, authority: usize) -> impl Iterator<Item = &Modelled> {
        self.vouchers.iter().filter(move |voucher| voucher.authority == authority)
    }

    pub(super) fn apply(&mut self, attempt: Attempt) {
        if attempt.what == What::Draft {
            self.vouchers.push(Modelled::drawn(attempt));
            return;
        }
        let voucher = &mut self.vouchers[attempt.voucher];
        if attempt.what == What::Approve {
            let given = self.numbers.entry((voucher.authority, voucher.year)).or_default();
            *given += 1;
            voucher.number = VoucherRef::new(voucher.year, *given);
        }
        voucher.change(attempt);
    }
}

impl Modelled {
    fn drawn(attempt: Attempt) -> Self {
        let nothing = Halves::default();
        Self {
            authority: match attempt.who {
                Who::Of(authority, _) => authority,
                Who::Firm | Who::OtherFirm | Who::Stranger => unreachable!("they draw nothing: {attempt:?}"),
            },
            status: Status::Draft,
            year: attempt.year,
            number: None,
            version: 1,
            is_sent: false,
            ordered: attempt.halves,
            waiting: nothing,
            accepted: nothing,
            invoiced: nothing,
        }
    }

    /// What is still to be delivered.
    pub(super) fn left(&self) -> Halves {
        self.ordered.without(self.accepted)
    }

    /// In the ledger: once it is approved it reserves no more.
    pub(super) fn held(&self) -> Held {
        let held = if self.number.is_some() { Held::Committed } else { Held::Reserved };
        held(self.taken().amount())
    }

    fn taken(&self) -> Halves {
        self.reserved().and(self.committed())
    }

    fn reserved(&self) -> Halves {
        if matches!(self.status, Status::Draft | Status::Checked) { self.ordered } else { Halves::default() }
    }

    /// Of a closed one, what was accepted.
    fn committed(&self) -> Halves {
        match self.status {
            Status::Draft | Status::Checked | Status::Declined | Status::Cancelled => Halves::default(),
            Status::Closed => self.accepted,
            Status::Approved
            | Status::Sent
            | Status::Confirmed
            | Status::PartlyDelivered
            | Status::Delivered
            | Status::Rejected
            | Status::PartlyAccepted
            | Status::Accepted
            | Status::Invoiced
            | Status::Paid => self.ordered,
        }
    }

    fn change(&mut self, attempt: Attempt) {
        self.status = self.after(attempt);
        self.version += 1;
        match attempt.what {
            What::Edit => self.ordered = attempt.halves,
            What::Check => self.year = attempt.year,
            What::Send => self.is_sent = true,
            What::Deliver => self.waiting = attempt.halves,
            What::Accept => self.accepted = self.accepted.and(self.waiting),
            What::AcceptPart => self.accepted = self.accepted.and(attempt.halves),
            What::Invoice => self.invoiced = self.accepted,
            What::Draft
            | What::Approve
            | What::Confirm
            | What::Decline
            | What::Reject
            | What::Pay
            | What::Close
            | What::Cancel => {}
        }
        if matches!(attempt.what, What::Accept | What::AcceptPart | What::Reject) {
            self.waiting = Halves::default();
        }
    }

    fn after(&self, Attempt { what, halves, .. }: Attempt) -> Status {
        let part = |of: Halves, all, some| if of == self.left() { all } else { some };
        match what {
            What::Draft | What::Edit => Status::Draft,
            What::Check => Status::Checked,
            What::Approve => Status::Approved,
            What::Send => Status::Sent,
            What::Confirm => Status::Confirmed,
            What::Decline => Status::Declined,
            What::Deliver => part(halves, Status::Delivered, Status::PartlyDelivered),
            What::Accept => part(self.waiting, Status::Accepted, Status::PartlyAccepted),
            What::AcceptPart => part(halves, Status::Accepted, Status::PartlyAccepted),
            What::Reject => Status::Rejected,
            What::Invoice => Status::Invoiced,
            What::Pay => Status::Paid,
            What::Close => Status::Closed,
            What::Cancel => Status::Cancelled,
        }
    }
}

fn sum(parts: impl Iterator<Item = Halves>) -> Halves {
    parts.fold(Halves::default(), Halves::and)
}
