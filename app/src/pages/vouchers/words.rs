use domain::{
    kernel::{Money, time::date_french},
    voucher::{Refusal, Status, Step, Verdict, Voucher, counted},
};
use leptos::prelude::*;

use crate::pages::{central, contracts, ui, words::t};

/// A status in words, without its colour.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => t!(voucher.status_draft),
        Status::Checked => t!(voucher.status_checked),
        Status::Approved => t!(voucher.status_approved),
        Status::Sent => t!(voucher.status_sent),
        Status::Confirmed => t!(voucher.status_confirmed),
        Status::PartlyDelivered => t!(voucher.status_partly_delivered),
        Status::Delivered => t!(voucher.status_delivered),
        Status::Rejected => t!(voucher.status_rejected),
        Status::PartlyAccepted => t!(voucher.status_partly_accepted),
        Status::Accepted => t!(voucher.status_accepted),
        Status::Invoiced => t!(voucher.status_invoiced),
        Status::Paid => t!(voucher.status_paid),
        Status::Closed => t!(voucher.status_closed),
        Status::Declined => t!(voucher.status_declined),
        Status::Cancelled => t!(voucher.status_cancelled),
    }
}

pub(crate) fn tag(found: Status) -> AnyView {
    let kind = match found {
        Status::Draft => "",
        Status::Checked
        | Status::Approved
        | Status::Sent
        | Status::Confirmed
        | Status::PartlyDelivered
        | Status::Delivered
        | Status::PartlyAccepted
        | Status::Accepted
        | Status::Invoiced => "wait",
        Status::Paid | Status::Closed => "done",
        Status::Rejected | Status::Declined | Status::Cancelled => "bad",
    };
    ui::tag(kind, status(found))
}

/// A step as the timeline tells it once it is taken.
pub(crate) fn step(step: Step) -> &'static str {
    match step {
        Step::Edit => t!(voucher.step_edit),
        Step::Check => t!(voucher.step_check),
        Step::Approve => t!(voucher.step_approve),
        Step::Send => t!(voucher.step_send),
        Step::Confirm => t!(voucher.step_confirm),
        Step::Decline => t!(voucher.step_decline),
        Step::DeliverPart => t!(voucher.step_deliver_part),
        Step::DeliverAll => t!(voucher.step_deliver_all),
        Step::AcceptPart => t!(voucher.step_accept_part),
        Step::AcceptAll => t!(voucher.step_accept_all),
        Step::Reject => t!(voucher.step_reject),
        Step::Invoice => t!(voucher.step_invoice),
        Step::Pay => t!(voucher.step_pay),
        Step::Close => t!(voucher.step_close),
        Step::Cancel => t!(voucher.step_cancel),
    }
}

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Whole => t!(voucher.verdict_whole),
        Verdict::Part => t!(voucher.verdict_part),
        Verdict::Refused => t!(voucher.verdict_refused),
    }
}

/// `BC-2026-000001`, or that it has no number yet.
pub(crate) fn reference(voucher: &Voucher) -> String {
    voucher.number.map_or_else(|| t!(voucher.no_number).to_owned(), |number| number.to_string())
}

/// « BC-2026-000001, Connecteur de l’état civil ».
pub(crate) fn name(voucher: &Voucher) -> String {
    format!("{}, {}", reference(voucher), voucher.object)
}

/// Why an act on a contract or a voucher is refused, with the figure that says no.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Step { .. } => t!(voucher.refusal_step).to_owned(),
        Refusal::ContractNotRunning => t!(voucher.refusal_not_running).to_owned(),
        Refusal::ContractOver { on } => t!(voucher.refusal_over, on = date_french(*on)),
        Refusal::NotAParticipant => t!(voucher.refusal_not_participant).to_owned(),
        Refusal::NoLine => t!(voucher.refusal_no_line).to_owned(),
        Refusal::UnknownLine { code } => t!(voucher.refusal_unknown_line, code = code),
        Refusal::TooLarge => t!(voucher.refusal_too_large).to_owned(),
        Refusal::CeilingPassed { asked, available } => {
            t!(voucher.refusal_ceiling, asked = asked, available = available)
        }
        Refusal::AllotmentPassed { asked, available } => {
            t!(voucher.refusal_allotment, asked = asked, available = available)
        }
        Refusal::QuantityPassed { item, left, unit } => {
            t!(voucher.refusal_quantity, item = item, left = counted(*left, unit))
        }
        Refusal::OtherPrice { item, drawn, listed } => {
            t!(voucher.refusal_price, item = item, drawn = drawn, listed = listed)
        }
        Refusal::CreditTooLow { credit, needed } => t!(voucher.refusal_credit, credit = credit, needed = needed),
        Refusal::ArticleTwice { article } => t!(voucher.refusal_article_twice, article = article),
        Refusal::NothingOnArticle { article, amount } => {
            t!(voucher.refusal_nothing_on_article, article = article, amount = amount)
        }
        Refusal::CommittedLater { on } => t!(voucher.refusal_committed_later, on = date_french(*on)),
        Refusal::CommitmentYear { on } => t!(voucher.refusal_commitment_year, on = date_french(*on)),
        Refusal::AuthorApproves => t!(voucher.refusal_author).to_owned(),
        Refusal::ReceiverPays => t!(voucher.refusal_receiver).to_owned(),
        Refusal::DeliveredTooMuch { item, left, unit } => {
            t!(voucher.refusal_delivered, item = item, left = counted(*left, unit))
        }
        Refusal::AcceptedTooMuch { item, delivered, unit } => {
            t!(voucher.refusal_accepted, item = item, delivered = counted(*delivered, unit))
        }
        Refusal::NoReasons => t!(voucher.refusal_no_reasons).to_owned(),
        Refusal::DayToCome { on } => t!(voucher.refusal_day, on = date_french(*on)),
        Refusal::InvoiceDiffers { expected, stated, difference } => invoice(*expected, *stated, *difference),
        Refusal::SetOffPassed { most, stated } => t!(voucher.refusal_set_off, most = most, stated = stated),
        Refusal::WithheldPassed { most, stated } => t!(voucher.refusal_withheld, most = most, stated = stated),
        Refusal::NoSuretyAwaited => t!(voucher.refusal_no_surety).to_owned(),
        Refusal::NothingToInvoice => t!(voucher.refusal_nothing_to_invoice).to_owned(),
        Refusal::InvoiceNumberTaken { number } => t!(voucher.refusal_invoice_number, number = number),
        Refusal::InvoiceNotWaiting => t!(voucher.refusal_invoice_judged).to_owned(),
        Refusal::PaidBeforeReceipt { on, received_on } => {
            t!(voucher.refusal_paid_early, on = date_french(*on), received = date_french(*received_on))
        }
        Refusal::AcceptedAlready => t!(voucher.refusal_accepted_already).to_owned(),
        Refusal::NothingAccepted => t!(voucher.refusal_nothing_accepted).to_owned(),
        Refusal::StillDue { due } => t!(voucher.refusal_still_due, due = due),
        Refusal::NotEntitled(reason) => central::words::not_entitled(*reason),
        Refusal::Loan(refused) => contracts::loans::refusal(refused),
    }
}

fn invoice(expected: Money, stated: Money, difference: Money) -> String {
    let size = Money::from_cents(difference.cents().abs());
    if difference.is_positive() {
        t!(voucher.refusal_invoice_more, difference = size, expected = expected, stated = stated)
    } else if difference.is_negative() {
        t!(voucher.refusal_invoice_less, difference = size, expected = expected, stated = stated)
    } else {
        t!(voucher.refusal_invoice_parts, expected = expected)
    }
}
