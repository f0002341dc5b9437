//! What the model says of an attempt.

use domain::{audit::Outcome, kernel::Money, refusal::Refusal, voucher::Refusal as No};
use service::Error;

use super::{
    model::Model,
    step::{Attempt, Halves, MOST_INSTALMENTS, PILOT, Post, What, Who},
};

/// What must come out of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Done,
    NotFound,
    Denied,
    Refused(Why),
    Stale,
    /// Never: the program itself is at fault.
    Failed,
}

/// The rule that says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Step,
    NoLine,
    UnknownLine,
    QuantityPassed,
    CeilingPassed,
    AllotmentPassed,
    DeliveredTooMuch,
    AcceptedTooMuch,
    NothingToInvoice,
    NothingAccepted,
    StillDue,
    AcceptedAlready,
}

impl Verdict {
    /// Each that is met.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Done, Self::NotFound, Self::Denied, Self::Stale].into_iter().chain(Why::ALL.map(Self::Refused))
    }

    pub(super) fn of(result: &Result<(), Error>) -> Self {
        match result {
            Ok(()) => Self::Done,
            Err(Error::NotFound) => Self::NotFound,
            Err(Error::Denied(_)) => Self::Denied,
            Err(Error::Stale) => Self::Stale,
            Err(Error::Refused(Refusal::Voucher(no))) => Why::of(no).map_or(Self::Failed, Self::Refused),
            Err(_) => Self::Failed,
        }
    }

    /// One row for what was done, refused or denied, and none for what came to nothing.
    pub(super) fn told(self) -> Option<Outcome> {
        match self {
            Self::Done => Some(Outcome::Done),
            Self::Refused(_) => Some(Outcome::Refused),
            Self::Denied => Some(Outcome::Denied),
            Self::NotFound | Self::Stale | Self::Failed => None,
        }
    }
}

impl Why {
    const ALL: [Self; 12] = [
        Self::Step,
        Self::NoLine,
        Self::UnknownLine,
        Self::QuantityPassed,
        Self::CeilingPassed,
        Self::AllotmentPassed,
        Self::DeliveredTooMuch,
        Self::AcceptedTooMuch,
        Self::NothingToInvoice,
        Self::NothingAccepted,
        Self::StillDue,
        Self::AcceptedAlready,
    ];

    /// None: a rule that nobody comes near here.
    fn of(no: &No) -> Option<Self> {
        match no {
            No::Step { .. } => Some(Self::Step),
            No::NoLine => Some(Self::NoLine),
            No::UnknownLine { .. } => Some(Self::UnknownLine),
            No::QuantityPassed { .. } => Some(Self::QuantityPassed),
            No::CeilingPassed { .. } => Some(Self::CeilingPassed),
            No::AllotmentPassed { .. } => Some(Self::AllotmentPassed),
            No::DeliveredTooMuch { .. } => Some(Self::DeliveredTooMuch),
            No::AcceptedTooMuch { .. } => Some(Self::AcceptedTooMuch),
            No::NothingToInvoice => Some(Self::NothingToInvoice),
            No::NothingAccepted => Some(Self::NothingAccepted),
            No::StillDue { .. } => Some(Self::StillDue),
            No::AcceptedAlready => Some(Self::AcceptedAlready),
            No::ContractNotRunning
            | No::ContractOver { .. }
            | No::NotAParticipant
            | No::TooLarge
            | No::OtherPrice { .. }
            | No::CreditTooLow { .. }
            | No::ArticleTwice { .. }
            | No::NothingOnArticle { .. }
            | No::CommittedLater { .. }
            | No::CommitmentYear { .. }
            | No::AuthorApproves
            | No::ReceiverPays
            | No::NoReasons
            | No::NoSuretyAwaited
            | No::DayToCome { .. }
            | No::InvoiceDiffers { .. }
            | No::InvoiceNumberTaken { .. }
            | No::InvoiceNotWaiting
            | No::PaidBeforeReceipt { .. }
            | No::SetOffPassed { .. }
            | No::WithheldPassed { .. }
            | No::NotEntitled(_)
            | No::Loan(_) => None,
        }
    }
}

impl Model {
    /// What must come of it; nothing changes yet.
    pub(super) fn judge(&self, attempt: Attempt) -> Verdict {
        if let Some(barred) = self.barred(attempt) {
            return barred;
        }
        match self.refusal(attempt) {
            Err(why) => Verdict::Refused(why),
            Ok(()) if attempt.stale && attempt.what != What::Draft => Verdict::Stale,
            Ok(()) => Verdict::Done,
        }
    }

    /// Who does not see it, and who may not.
    fn barred(&self, Attempt { what, who, voucher, .. }: Attempt) -> Option<Verdict> {
        let (sees, may) = if what == What::Draft {
            (!matches!(who, Who::OtherFirm | Who::Stranger), matches!(who, Who::Of(_, Post::Officer)))
        } else {
            let voucher = &self.vouchers[voucher];
            let sees = match who {
                Who::Of(authority, _) => authority == PILOT || authority == voucher.authority,
                Who::Firm => voucher.is_sent,
                Who::OtherFirm | Who::Stranger => false,
            };
            (sees, what.is_for(who, voucher.authority))
        };
        match (sees, may) {
            (false, _) => Some(Verdict::NotFound),
            (true, false) => Some(Verdict::Denied),
            (true, true) => None,
        }
    }

    fn refusal(&self, Attempt { what, who, voucher, halves, .. }: Attempt) -> Result<(), Why> {
        if let (What::Draft, Who::Of(authority, _)) = (what, who) {
            return self.draws(authority, halves, Halves::default());
        }
        let voucher = &self.vouchers[voucher];
        if !what.statuses().contains(&voucher.status) {
            return Err(Why::Step);
        }
        match what {
            What::Edit => self.draws(voucher.authority, halves, voucher.ordered),
            What::Check | What::Approve => self.quantity_holds(voucher.ordered),
            What::Deliver => within(voucher.ordered, halves, voucher.left(), Why::DeliveredTooMuch),
            What::AcceptPart => within(voucher.ordered, halves, voucher.waiting, Why::AcceptedTooMuch),
            What::Invoice => unless(voucher.accepted == voucher.invoiced, Why::NothingToInvoice),
            What::Close => unless(voucher.accepted.is_nothing(), Why::NothingAccepted)
                .and(unless(voucher.accepted != voucher.invoiced, Why::StillDue)),
            What::Cancel => unless(!voucher.accepted.is_nothing(), Why::AcceptedAlready),
            What::Draft | What::Send | What::Confirm | What::Decline | What::Accept | What::Reject | What::Pay => {
                Ok(())
            }
        }
    }

    /// The quantity for all, the ceiling, then the own part, beside other drafts: what it `reserved` is free for it.
    fn draws(&self, authority: usize, halves: Halves, reserved: Halves) -> Result<(), Why> {
        let passes = |most: Money, taken: Halves| taken.without(reserved).and(halves).amount() > most;
        unless(halves.is_nothing(), Why::NoLine)?;
        self.quantity_holds(halves)?;
        unless(passes(self.ceiling, self.taken()), Why::CeilingPassed)?;
        unless(passes(self.allotments[authority], self.taken_by(authority)), Why::AllotmentPassed)
    }

    /// A draft reserves an amount, no quantity: another one may be approved before it and take the last of a line. Its
    /// amount still fits then.
    fn quantity_holds(&self, halves: Halves) -> Result<(), Why> {
        unless(halves.instalments > MOST_INSTALMENTS - self.committed().instalments, Why::QuantityPassed)
    }
}

/// Lines of the voucher, some of them, and no more than that.
fn within(ordered: Halves, halves: Halves, most: Halves, too_much: Why) -> Result<(), Why> {
    let of_another = |brought: i64, ordered: i64| brought > 0 && ordered == 0;
    let unknown = of_another(halves.instalments, ordered.instalments) || of_another(halves.days, ordered.days);
    unless(unknown, Why::UnknownLine)?;
    unless(halves.is_nothing(), Why::NoLine)?;
    unless(!halves.is_within(most), too_much)
}

fn unless(is_so: bool, why: Why) -> Result<(), Why> {
    if is_so { Err(why) } else { Ok(()) }
}
