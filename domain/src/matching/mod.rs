//! An invoice beside what was ordered and what was accepted: line by line, with every difference and its cause.

mod finding;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    kernel::{
        Money, Percent, Quantity, UnitPrice,
        ids::OrganisationId,
        reference::VoucherRef,
        vat::{self, VatTotals},
    },
    voucher::{Quantities, VoucherLine},
};

pub use finding::{Finding, Outcome, Total};

/// An invoice as its document states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedInvoice {
    /// Whose enterprise number the document bears; none when nobody here has it.
    pub supplier: Option<OrganisationId>,
    pub number: String,
    /// The order that the document names.
    pub voucher: Option<String>,
    pub lines: Vec<StatedLine>,
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedLine {
    /// Of the price list.
    pub code: Option<String>,
    pub item: String,
    pub quantity: Quantity,
    /// HTVA.
    pub unit_price: UnitPrice,
    pub vat: Percent,
    /// HTVA.
    pub amount: Money,
}

/// What the authority knows of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordered<'a> {
    pub supplier: OrganisationId,
    pub voucher: VoucherRef,
    /// At the prices of the day of the order.
    pub lines: &'a [VoucherLine],
    pub accepted: &'a Quantities,
    /// By earlier invoices that were taken.
    pub invoiced: &'a Quantities,
    /// Numbers of the invoices of this supplier that were taken, on any of its orders.
    pub numbers: &'a BTreeSet<String>,
}

/// The comparison, in data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// One per line of the invoice, in its order.
    pub lines: Vec<MatchedLine>,
    pub findings: Vec<Finding>,
    /// What may be paid: of each line, no more than is accepted and not invoiced yet, as it was ordered.
    pub payable: VatTotals,
    /// Stated less payable, TVAC.
    pub difference: Money,
}

/// Order, receipt and invoice of one line; nothing of the order where the price list has no such line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchedLine {
    pub code: Option<String>,
    pub ordered: Quantity,
    pub accepted: Quantity,
    /// By earlier invoices and by earlier lines of this one.
    pub invoiced: Quantity,
    pub stated: Quantity,
    /// HTVA.
    pub payable: Money,
}

/// Compares an invoice with its order and what was accepted of it. Less than what is accepted is no finding: a part may be
/// invoiced. `tolerance` is the most by which a stated total may differ from its own lines. Nothing when a sum does not fit.
///
/// A line of what is left after earlier invoices may ask its quantity times its price, or what these left of the price of
/// the whole: it bears the cent that rounding left.
///
/// The differences of the lines add up, to the cent: what the lines state HTVA, less what may be paid, is the sum of
/// [`Finding::more`].
pub fn matched(stated: &StatedInvoice, ordered: &Ordered<'_>, tolerance: Money) -> Option<Matched> {
    let mut findings = of_the_whole(stated, ordered);
    let mut lines = Vec::with_capacity(stated.lines.len());
    let mut taxed = Vec::new();
    let mut invoiced = ordered.invoiced.clone();

    for (place, line) in stated.lines.iter().enumerate() {
        let place = place + 1;
        if line.quantity.thousandths() <= 0 || line.amount.is_negative() {
            findings.push(Finding::NotPositive { line: place, more: line.amount });
            lines.push(MatchedLine::unknown(line));
            continue;
        }
        let Some(listed) = ordered.lines.iter().find(|listed| Some(&listed.code) == line.code.as_ref()) else {
            findings.push(Finding::UnknownLine { line: place, item: line.item.clone(), more: line.amount });
            lines.push(MatchedLine::unknown(line));
            continue;
        };
        let before = invoiced.get(&listed.code).copied().unwrap_or_default();
        let matched = of_a_line(place, line, listed, ordered.accepted, before, &mut findings)?;
        invoiced.insert(listed.code.clone(), before.checked_add(line.quantity)?);
        taxed.push((listed.vat, matched.payable));
        lines.push(matched);
    }

    findings.extend(of_the_totals(stated, tolerance)?);
    let payable = vat::totals(taxed)?;
    let difference = stated.including.checked_sub(payable.including)?;
    Some(Matched { lines, findings, payable, difference })
}

impl MatchedLine {
    fn unknown(line: &StatedLine) -> Self {
        let none = Quantity::default();
        let (ordered, accepted, invoiced) = (none, none, none);
        Self { code: line.code.clone(), ordered, accepted, invoiced, stated: line.quantity, payable: Money::ZERO }
    }
}

fn of_the_whole(stated: &StatedInvoice, ordered: &Ordered<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if stated.supplier != Some(ordered.supplier) {
        findings.push(Finding::OtherSupplier { expected: ordered.supplier, stated: stated.supplier });
    }
    match stated.voucher.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => findings.push(Finding::NoVoucherNumber { expected: ordered.voucher }),
        Some(text) if text.parse() == Ok(ordered.voucher) => {}
        Some(text) => {
            findings.push(Finding::ForeignVoucherNumber { expected: ordered.voucher, stated: text.to_owned() });
        }
    }
    if ordered.numbers.contains(stated.number.trim()) {
        findings.push(Finding::Duplicate { number: stated.number.trim().to_owned() });
    }
    if stated.lines.is_empty() {
        findings.push(Finding::NoLine);
    }
    findings
}

/// From the stated amount to the payable one, one cause after the other: the product, the price, the quantity.
fn of_a_line(
    place: usize,
    stated: &StatedLine,
    listed: &VoucherLine,
    accepted: &Quantities,
    invoiced: Quantity,
    findings: &mut Vec<Finding>,
) -> Option<MatchedLine> {
    let accepted = accepted.get(&listed.code).copied().unwrap_or_default();
    let left = |of: Quantity| Some(of.checked_sub(invoiced)?.max(Quantity::default()));
    let (left_to_order, left_accepted) = (left(listed.quantity)?, left(accepted)?);

    let rest = rest(listed.unit_price, accepted, invoiced)?;
    let ends = stated.unit_price == listed.unit_price && stated.quantity == left_accepted && stated.amount == rest;
    let product = if ends { rest } else { stated.unit_price.times(stated.quantity)? };
    let at_ordered_price = if ends { rest } else { listed.unit_price.times(stated.quantity)? };
    let payable = if ends { rest } else { listed.unit_price.times(stated.quantity.min(left_accepted))? };

    let more = stated.amount.checked_sub(product)?;
    if more != Money::ZERO {
        findings.push(Finding::WrongProduct { line: place, computed: product, stated: stated.amount, more });
    }
    let more = product.checked_sub(at_ordered_price)?;
    if stated.unit_price != listed.unit_price {
        let (ordered, stated) = (listed.unit_price, stated.unit_price);
        findings.push(Finding::OtherPrice { line: place, ordered, stated, more });
    }
    let more = at_ordered_price.checked_sub(payable)?;
    if stated.quantity > left_to_order {
        findings.push(Finding::AboveOrder { line: place, left: left_to_order, stated: stated.quantity, more });
    } else if stated.quantity > left_accepted {
        findings.push(Finding::AboveReceipt { line: place, left: left_accepted, stated: stated.quantity, more });
    }
    if stated.vat != listed.vat {
        findings.push(Finding::OtherRate { line: place, ordered: listed.vat, stated: stated.vat });
    }

    Some(MatchedLine {
        code: Some(listed.code.clone()),
        ordered: listed.quantity,
        accepted,
        invoiced,
        stated: stated.quantity,
        payable,
    })
}

/// The price of what is accepted, less that of what is invoiced.
fn rest(price: UnitPrice, accepted: Quantity, invoiced: Quantity) -> Option<Money> {
    price.times(accepted)?.checked_sub(price.times(invoiced)?)
}

/// The totals of the document against its own lines.
fn of_the_totals(stated: &StatedInvoice, tolerance: Money) -> Option<Vec<Finding>> {
    let computed = vat::totals(stated.lines.iter().map(|line| (line.vat, line.amount)))?;
    let totals = [
        (Total::Excluding, computed.excluding, stated.excluding),
        (Total::Vat, computed.vat, stated.vat),
        (Total::Including, computed.including, stated.including),
    ];
    let mut findings = Vec::new();
    for (total, computed, stated) in totals {
        let difference = stated.checked_sub(computed)?;
        if difference.cents().checked_abs()? > tolerance.cents() {
            findings.push(Finding::WrongTotal { total, computed, stated });
        }
    }
    Some(findings)
}

#[cfg(test)]
mod tests;
