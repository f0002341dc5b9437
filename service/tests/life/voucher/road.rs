//! The usual next step of a voucher, so that chance reaches the end of its road too.

use domain::voucher::Status;

use super::{
    model::{Model, Modelled},
    step::{Attempt, Drawn, Halves, What},
};

/// What is tried: the next step of one of the latest vouchers, or what chance says.
pub(super) fn aimed(model: &Model, drawn: Drawn) -> Attempt {
    let Drawn { attempt, authority, usual, rightful, choice } = drawn;
    let place = model.vouchers.len().saturating_sub(1 + attempt.voucher);
    let Some(voucher) = model.vouchers.get(place) else {
        return Attempt { what: What::Draft, who: What::Draft.usually(authority), voucher: 0, ..attempt };
    };
    let owner = |what: What| if what == What::Draft { authority } else { voucher.authority };
    if usual {
        let (what, halves) = next(voucher, attempt.halves, choice);
        return Attempt { what, who: what.usually(owner(what)), voucher: place, halves, stale: false, ..attempt };
    }
    let what = attempt.what;
    let who = if rightful { what.usually(owner(what)) } else { attempt.who };
    Attempt { who, voucher: place, ..attempt }
}

fn next(voucher: &Modelled, halves: Halves, choice: u8) -> (What, Halves) {
    let part = halves.of_what_is(voucher.left());
    match voucher.status {
        Status::Draft | Status::Checked if choice % 8 == 7 => (What::Cancel, halves),
        Status::Draft => (What::Check, halves),
        Status::Checked => (What::Approve, halves),
        Status::Approved => (What::Send, halves),
        Status::Sent => (What::Confirm, halves),
        Status::Rejected if !voucher.accepted.is_nothing() && choice % 6 == 5 => (What::Cancel, halves),
        Status::PartlyAccepted | Status::Rejected
            if voucher.accepted != voucher.invoiced && choice.is_multiple_of(2) =>
        {
            (What::Invoice, halves)
        }
        Status::Confirmed | Status::PartlyAccepted | Status::Rejected => (What::Deliver, part),
        Status::PartlyDelivered | Status::Delivered if choice % 4 == 3 => {
            (What::AcceptPart, halves.of_what_is(voucher.waiting))
        }
        Status::PartlyDelivered | Status::Delivered if choice % 8 == 6 => (What::Reject, halves),
        Status::PartlyDelivered | Status::Delivered => (What::Accept, halves),
        Status::Accepted => (What::Invoice, halves),
        Status::Invoiced => (What::Pay, halves),
        Status::Paid if !voucher.left().is_nothing() && choice.is_multiple_of(3) => (What::Deliver, part),
        Status::Paid => (What::Close, halves),
        Status::Closed | Status::Declined | Status::Cancelled => (What::Draft, halves),
    }
}
