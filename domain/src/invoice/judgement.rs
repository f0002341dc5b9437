//! Whether an invoice is taken: its figures, who it is from and for, and the order and receipts it is compared with.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Comparison, ElectronicInvoice, Finding, InvoiceKind, InvoiceTotals, Objection, ReceivedStatus};
use crate::{
    kernel::{Money, identifier::Bce, ids::OrganisationId},
    matching::{self, Matched, Ordered, StatedInvoice, StatedLine, matched},
    voucher::{Quantities, Refusal, Status, Voucher, may_set_off},
};

/// What is known when an invoice comes.
#[derive(Debug, Clone, Copy)]
pub struct Receiving<'a> {
    pub voucher: &'a Voucher,
    /// Number of who ordered; without it the buyer is not compared.
    pub buyer: Option<Bce>,
    /// Numbers of the invoices of the supplier that were taken.
    pub numbers: &'a BTreeSet<String>,
    /// What may be set off of the advance, TVAC.
    pub set_off: Money,
    /// The most by which a total may differ.
    pub tolerance: Money,
    pub today: NaiveDate,
}

/// What becomes of an invoice, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The voucher's next status, or why the invoice is not taken.
    pub decided: Result<Status, Vec<Objection>>,
    pub comparison: Option<Comparison>,
}

impl Judgement {
    /// Refused by these alone: there is nothing to compare.
    pub fn against(objections: Vec<Objection>) -> Self {
        Self { decided: Err(objections), comparison: None }
    }

    /// The worst of its objections.
    pub fn status(&self) -> ReceivedStatus {
        match &self.decided {
            Ok(_) => ReceivedStatus::Accepted,
            Err(objections) => {
                objections.iter().map(Objection::outcome).max().map_or(ReceivedStatus::Refused, ReceivedStatus::from)
            }
        }
    }

    /// By line of the order, what it asks the price of; nothing when a line is not of the order or a sum does not fit.
    pub fn quantities(&self) -> Option<Quantities> {
        self.comparison.iter().flat_map(|found| &found.lines).try_fold(Quantities::new(), |mut sum, line| {
            let entry = sum.entry(line.code.clone()?).or_default();
            *entry = entry.checked_add(line.stated)?;
            Some(sum)
        })
    }

    pub fn objections(&self) -> &[Objection] {
        self.decided.as_ref().err().map_or(&[], Vec::as_slice)
    }
}

impl Receiving<'_> {
    /// `supplier` is whose enterprise number the file bears; it may ask a part of what is accepted.
    pub fn of_file(&self, invoice: &ElectronicInvoice, supplier: Option<OrganisationId>) -> Judgement {
        let mut objections: Vec<_> = invoice.findings().into_iter().map(Objection::Figure).collect();
        objections.extend(self.of_the_document(invoice));
        match invoice.stated(supplier, &self.voucher.lines) {
            Some(stated) => {
                let (amounts, on) = ((stated.excluding, stated.including), invoice.issued_on);
                let decided = self.voucher.may_invoice_part(amounts, self.tolerance, on, self.today);
                self.judged(self.matched(&stated), on, objections, decided)
            }
            None => too_large(objections),
        }
    }

    /// What a firm types, HTVA, VAT and TVAC: it is about all that is accepted and not invoiced yet.
    pub fn of_form(&self, number: &str, issued_on: NaiveDate, totals: (Money, Money, Money)) -> Judgement {
        let Some(lines) = self.lines_due() else { return too_large(Vec::new()) };
        let (excluding, vat, including) = totals;
        let stated = StatedInvoice {
            supplier: Some(self.voucher.contract.supplier),
            number: number.to_owned(),
            voucher: self.voucher.number.map(|number| number.to_string()),
            lines,
            excluding,
            vat,
            including,
        };
        let decided = self.voucher.may_invoice(totals, self.tolerance, issued_on, self.today);
        // What is due is right, also where rounding left another cent on the lines.
        let is_due = decided.is_ok();
        let matched = self.matched(&stated).map(|found| if is_due { without_totals(found) } else { found });
        self.judged(matched, issued_on, Vec::new(), decided)
    }

    fn of_the_document(&self, invoice: &ElectronicInvoice) -> Vec<Objection> {
        let mut objections = Vec::new();
        if invoice.kind == InvoiceKind::CreditNote {
            objections.push(Objection::CreditNote);
        }
        if let Some(expected) = self.buyer.filter(|buyer| !invoice.buyer.is(*buyer)) {
            objections.push(Objection::OtherBuyer { expected, stated: invoice.buyer.bce() });
        }
        objections.extend(self.of_what_is_taken_off(&invoice.totals));
        objections
    }

    fn of_what_is_taken_off(&self, totals: &InvoiceTotals) -> Option<Objection> {
        let (including, prepaid, payable) = (totals.including, totals.prepaid, totals.payable);
        if prepaid.is_negative() || including.checked_sub(prepaid) != Some(payable) {
            return Some(Objection::OtherPayable { including, payable });
        }
        let passed = may_set_off(prepaid, self.set_off, including).is_err();
        passed.then_some(Objection::SetOffPassed { most: self.set_off, stated: prepaid })
    }

    fn judged(
        &self,
        matched: Option<Matched>,
        on: NaiveDate,
        mut objections: Vec<Objection>,
        decided: Result<Status, Refusal>,
    ) -> Judgement {
        let Some(matched) = matched else { return too_large(objections) };
        let comparison = Some(Comparison::from(&matched));
        if on > self.today {
            objections.push(Objection::DayToCome { on });
        }
        objections.extend(matched.findings.into_iter().map(Objection::Order));
        if !objections.is_empty() {
            return Judgement { decided: Err(objections), comparison };
        }
        Judgement { decided: decided.map_err(|refusal| vec![self.objection(&refusal)]), comparison }
    }

    fn matched(&self, stated: &StatedInvoice) -> Option<Matched> {
        let (accepted, invoiced) = (self.voucher.accepted(), self.voucher.invoiced()?);
        let ordered = Ordered {
            supplier: self.voucher.contract.supplier,
            voucher: self.voucher.number?,
            lines: &self.voucher.lines,
            accepted: &accepted,
            invoiced: &invoiced,
            numbers: self.numbers,
        };
        matched(stated, &ordered, self.tolerance)
    }

    /// Every line is as ordered and accepted: what is left is that they ask another amount than is due, or that the
    /// voucher waits.
    fn objection(&self, refusal: &Refusal) -> Objection {
        if let Refusal::InvoiceDiffers { expected, stated, .. } = refusal {
            Objection::OtherAmount { expected: *expected, stated: *stated }
        } else {
            Objection::NotNow { status: self.voucher.status }
        }
    }

    fn lines_due(&self) -> Option<Vec<StatedLine>> {
        let due = self.voucher.uninvoiced()?;
        let asked = self.voucher.lines.iter().filter_map(|line| Some((line, due.get(&line.code).copied()?)));
        asked
            .map(|(line, quantity)| {
                Some(StatedLine {
                    code: Some(line.code.clone()),
                    item: line.item.clone(),
                    quantity,
                    unit_price: line.unit_price,
                    vat: line.vat,
                    amount: line.unit_price.times(quantity)?,
                })
            })
            .collect()
    }
}

fn without_totals(matched: Matched) -> Matched {
    let findings = matched.findings.into_iter();
    let findings = findings.filter(|finding| !matches!(finding, matching::Finding::WrongTotal { .. })).collect();
    Matched { findings, ..matched }
}

/// A sum does not fit.
fn too_large(mut objections: Vec<Objection>) -> Judgement {
    if !objections.contains(&Objection::Figure(Finding::TooLarge)) {
        objections.push(Objection::Figure(Finding::TooLarge));
    }
    Judgement::against(objections)
}
