//! What can't be read, what does not add up, what is not as ordered, and what becomes of an invoice.

use domain::{
    invoice::{Figures, Finding, InvoiceFault, Objection, Reason, ReceivedInvoice, ReceivedStatus},
    kernel::{NumberError, time::date_french},
    matching::{self, Total},
};
use leptos::prelude::*;

use crate::pages::{ui, vouchers, words::t};

/// « Facture F-2026-12 », or that its file has no number that can be read.
pub(super) fn named(received: &ReceivedInvoice) -> String {
    received
        .number
        .as_ref()
        .map_or_else(|| t!(invoice.unreadable).to_owned(), |number| t!(invoice.numbered, number = number))
}

pub(super) fn tag(status: ReceivedStatus) -> AnyView {
    match status {
        ReceivedStatus::Received => ui::tag("wait", t!(invoice.status_received)),
        ReceivedStatus::Accepted => ui::tag("done", t!(invoice.status_accepted)),
        ReceivedStatus::Refused => ui::tag("bad", t!(invoice.status_refused)),
    }
}

/// One reason why an invoice is not taken.
pub(super) fn objection(objection: &Objection) -> String {
    match objection {
        Objection::Unreadable(found) => fault(found),
        Objection::Figure(found) => finding(found),
        Objection::CreditNote => t!(invoice.no_credit_note).to_owned(),
        Objection::OtherBuyer { expected, stated: Some(stated) } => {
            t!(invoice.other_buyer, expected = expected, stated = stated)
        }
        Objection::OtherBuyer { expected, stated: None } => t!(invoice.no_buyer, expected = expected),
        Objection::DayToCome { on } => t!(invoice.day_to_come, on = date_french(*on)),
        Objection::OtherPayable { including, payable } => {
            t!(invoice.other_payable, including = including, payable = payable)
        }
        Objection::SetOffPassed { most, stated } => t!(invoice.set_off_passed, most = most, stated = stated),
        Objection::Order(found) => order(found),
        Objection::OtherAmount { expected, stated } => t!(invoice.other_amount, expected = expected, stated = stated),
        Objection::NotNow { status } => {
            t!(invoice.not_now, status = vouchers::words::status(*status).to_lowercase())
        }
    }
}

/// What is not as ordered or accepted.
fn order(finding: &matching::Finding) -> String {
    use matching::Finding as F;
    match finding {
        F::OtherSupplier { stated: Some(_), .. } => t!(invoice.other_supplier).to_owned(),
        F::OtherSupplier { stated: None, .. } => t!(invoice.unknown_supplier).to_owned(),
        F::NoVoucherNumber { expected } => t!(invoice.no_voucher, expected = expected),
        F::ForeignVoucherNumber { expected, stated } => {
            t!(invoice.foreign_voucher, expected = expected, stated = stated)
        }
        F::Duplicate { number } => t!(invoice.duplicate, number = number),
        F::NoLine => t!(invoice.no_line).to_owned(),
        F::NotPositive { line, .. } => t!(invoice.line_not_positive, line = line),
        F::UnknownLine { line, item, more } => t!(invoice.line_unknown, line = line, item = item, more = more),
        F::WrongProduct { line, computed, stated, .. } => {
            t!(invoice.line_net, line = line, stated = stated, computed = computed)
        }
        F::OtherPrice { line, ordered, stated, more } => {
            t!(invoice.line_price, line = line, ordered = ordered, stated = stated, more = more)
        }
        F::AboveOrder { line, left, stated, more } => {
            t!(invoice.line_above_order, line = line, left = left, stated = stated, more = more)
        }
        F::AboveReceipt { line, left, stated, more } => {
            t!(invoice.line_above_receipt, line = line, left = left, stated = stated, more = more)
        }
        F::OtherRate { line, ordered, stated } => {
            t!(invoice.line_rate, line = line, ordered = ordered, stated = stated)
        }
        F::WrongTotal { total: Total::Excluding, computed, stated } => {
            t!(invoice.excluding, stated = stated, computed = computed)
        }
        F::WrongTotal { total: Total::Vat, computed, stated } => {
            t!(invoice.vat_sum, stated = stated, computed = computed)
        }
        F::WrongTotal { total: Total::Including, computed, stated } => {
            t!(invoice.including, stated = stated, computed = computed)
        }
    }
}

/// Why a file is not read as an invoice: where, and what to ask for.
fn fault(fault: &InvoiceFault) -> String {
    let said = reason(&fault.reason);
    if fault.place.is_empty() { said } else { t!(invoice.at, place = fault.place, fault = said) }
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::FileTooLarge { most_mebibytes } => t!(invoice.file_large, most = most_mebibytes),
        Reason::NotUtf8 => t!(invoice.not_utf8).to_owned(),
        Reason::NotXml => t!(invoice.not_xml).to_owned(),
        Reason::Doctype => t!(invoice.doctype).to_owned(),
        Reason::Entity { name } => t!(invoice.entity, name = name),
        Reason::TooDeep { most } => t!(invoice.too_deep, most = most),
        Reason::TooManyLines { most } => t!(invoice.too_many_lines, most = most),
        Reason::TooManyElements { most } => t!(invoice.too_many_elements, most = most),
        Reason::NotAnInvoice { found } => t!(invoice.not_an_invoice, found = found),
        Reason::Namespace { found } => t!(invoice.namespace, found = found),
        Reason::NotEuropean { found } => t!(invoice.not_european, found = found),
        Reason::TypeCode { found } => t!(invoice.type_code, found = found),
        Reason::Missing => t!(invoice.missing).to_owned(),
        Reason::Doubled => t!(invoice.doubled).to_owned(),
        Reason::Empty => t!(invoice.empty).to_owned(),
        Reason::TooLong { most } => t!(invoice.too_long, most = most),
        Reason::NotADate => t!(invoice.not_a_date).to_owned(),
        Reason::Number(NumberError::Empty | NumberError::NotANumber) => t!(invoice.number).to_owned(),
        Reason::Number(NumberError::TooManyDecimals) => t!(invoice.number_decimals).to_owned(),
        Reason::Number(NumberError::TooLarge) => t!(invoice.number_large).to_owned(),
        Reason::Number(NumberError::Negative) => t!(invoice.number_negative).to_owned(),
        Reason::NotABoolean => t!(invoice.not_a_boolean).to_owned(),
        Reason::NotPositive => t!(invoice.not_positive).to_owned(),
        Reason::Currency { found } => t!(invoice.currency, found = found),
        Reason::VatCategory { found } => t!(invoice.category, found = found),
        Reason::OtherUnit { found, expected } => t!(invoice.other_unit, found = found, expected = expected),
        Reason::Identifier(_) => t!(invoice.identifier).to_owned(),
    }
}

/// A figure that does not follow from the others, beside the one that does.
fn finding(finding: &Finding) -> String {
    match finding {
        Finding::LineNet { line, figures: Figures { stated, computed } } => {
            t!(invoice.line_net, line = line, stated = stated, computed = computed)
        }
        Finding::LineSum(Figures { stated, computed }) => {
            t!(invoice.line_sum, stated = stated, computed = computed)
        }
        Finding::Allowances(Figures { stated, computed }) => {
            t!(invoice.allowances, stated = stated, computed = computed)
        }
        Finding::Charges(Figures { stated, computed }) => t!(invoice.charges, stated = stated, computed = computed),
        Finding::Excluding(Figures { stated, computed }) => {
            t!(invoice.excluding, stated = stated, computed = computed)
        }
        Finding::VatBase { category, rate, figures: Figures { stated, computed } } => {
            t!(invoice.vat_base, rate = rate, category = category, stated = stated, computed = computed)
        }
        Finding::VatAmount { category, rate, figures: Figures { stated, computed } } => {
            t!(invoice.vat_amount, rate = rate, category = category, stated = stated, computed = computed)
        }
        Finding::VatRate { category, rate } => t!(invoice.vat_rate, rate = rate, category = category),
        Finding::VatSum(Figures { stated, computed }) => t!(invoice.vat_sum, stated = stated, computed = computed),
        Finding::Including(Figures { stated, computed }) => {
            t!(invoice.including, stated = stated, computed = computed)
        }
        Finding::Payable(Figures { stated, computed }) => t!(invoice.payable, stated = stated, computed = computed),
        Finding::TooLarge => t!(invoice.too_large).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::kernel::Money;

    use super::*;

    #[test]
    fn a_fault_says_where_and_a_finding_says_both_figures() {
        let price = InvoiceFault {
            place: "Invoice/InvoiceLine[3]/Price/PriceAmount".to_owned(),
            reason: Reason::Currency { found: "USD".to_owned() },
        };
        let figures = Figures { stated: Money::from_cents(30), computed: Money::from_cents(25) };

        assert!(fault(&price).starts_with("Invoice/InvoiceLine[3]/Price/PriceAmount\u{a0}:"), "{}", fault(&price));
        assert!(fault(&price).contains("USD"));
        let said = finding(&Finding::VatSum(figures));
        assert!(said.contains("0,30\u{a0}€") && said.contains("0,25\u{a0}€"), "{said}");
    }
}
