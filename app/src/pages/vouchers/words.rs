use domain::{
    kernel::{Money, time::date_french},
    voucher::Refusal,
};

use crate::pages::words::t;

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
            t!(voucher.refusal_quantity, item = item, left = left, unit = unit)
        }
        Refusal::CreditTooLow { credit, needed } => t!(voucher.refusal_credit, credit = credit, needed = needed),
        Refusal::CommittedLater { on } => t!(voucher.refusal_committed_later, on = date_french(*on)),
        Refusal::AuthorApproves => t!(voucher.refusal_author).to_owned(),
        Refusal::ReceiverPays => t!(voucher.refusal_receiver).to_owned(),
        Refusal::DeliveredTooMuch { item, left, unit } => {
            t!(voucher.refusal_delivered, item = item, left = left, unit = unit)
        }
        Refusal::AcceptedTooMuch { item, delivered, unit } => {
            t!(voucher.refusal_accepted, item = item, delivered = delivered, unit = unit)
        }
        Refusal::DayToCome { on } => t!(voucher.refusal_day, on = date_french(*on)),
        Refusal::InvoiceDiffers { expected, stated, difference } => invoice(*expected, *stated, *difference),
        Refusal::NothingToInvoice => t!(voucher.refusal_nothing_to_invoice).to_owned(),
        Refusal::InvoiceNumberUsed => t!(voucher.refusal_invoice_used).to_owned(),
        Refusal::AcceptedAlready => t!(voucher.refusal_accepted_already).to_owned(),
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
