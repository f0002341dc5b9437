//! Invoices of what was accepted, and until when they are paid.

use chrono::NaiveDate;

use super::{Quantities, Refusal, Status, Step, Voucher, lines};
use crate::{
    execution::{self, Interest, Unanswerable},
    kernel::{
        Money,
        deadline::{self, Deadline},
        ids::{InvoiceId, PersonId},
        vat,
    },
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// An invoice that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub number: String,
    pub issued_on: NaiveDate,
    pub received_on: NaiveDate,
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
    /// What it sets off of the advance, TVAC.
    pub prepaid: Money,
    /// Penalties that were set off against its payment.
    pub withheld: Money,
    /// What it asks the price of.
    pub quantities: Quantities,
    pub due_on: Option<NaiveDate>,
    pub paid_on: Option<NaiveDate>,
    pub paid_by: Option<PersonId>,
    /// None when it was paid in time, or is not paid.
    pub late: Option<LatePayment>,
}

/// A payment after the delay (law of 2 August 2002).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LatePayment {
    pub days: u32,
    /// None where the rate of the day was not published.
    pub interest: Option<Money>,
    /// Owed whatever the rate; none where it was not known.
    pub flat: Option<Money>,
    /// Both were paid with the invoice.
    pub is_settled: bool,
}

impl Invoice {
    /// Interest and flat sum when it is paid on this day; none in time, or of an invoice that asks nothing.
    pub fn interest(&self, law: &ParameterSet, on: NaiveDate) -> Option<Result<Interest, Unanswerable>> {
        let due_on = self.due_on.filter(|due_on| on > *due_on && self.payable().is_positive())?;
        Some(execution::interest(law, self.payable(), due_on, on))
    }

    /// Interest that a late payment owes: as it was written down, or by the rates that were published since.
    pub fn interest_owed(&self, law: &ParameterSet) -> Option<Money> {
        let since = || self.interest(law, self.paid_on?)?.ok().map(|found| found.interest);
        self.late?.interest.or_else(since)
    }

    /// Flat sum that a late payment owes: as it was written down, or by the law of its first late day.
    pub fn flat_owed(&self, law: &ParameterSet) -> Option<Money> {
        let since = || execution::flat(law, self.due_on?).ok();
        self.late?.flat.or_else(since)
    }

    /// Days after its delay on this day; none in time.
    pub fn days_late(&self, on: NaiveDate) -> Option<u32> {
        let late = (on - self.due_on?).num_days();
        u32::try_from(late).ok().filter(|days| *days > 0)
    }
}

/// The delay to check and pay, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentTerm {
    pub deadline: Deadline,
    pub figure: Parameter,
}

/// Thirty days from the acceptance, or from the receipt of the invoice when it comes later (RGE, art. 95, 127, 160).
/// `called_on` dates the law: contracts called before 2025 add another delay to verify, which is not counted here.
///
/// # Errors
/// No row of the delay on that day.
pub fn payment_term(
    set: &ParameterSet,
    called_on: NaiveDate,
    accepted_on: NaiveDate,
    received_on: NaiveDate,
) -> Result<Option<PaymentTerm>, MissingParameter> {
    let days = set.days_on(PAYMENT_DAYS, called_on)?;
    let figure = set.on(PAYMENT_DAYS, called_on)?.clone();
    Ok(deadline::calendar(accepted_on.max(received_on), days).ok().map(|deadline| PaymentTerm { deadline, figure }))
}

const PAYMENT_DAYS: &str = "payment.days";

impl Voucher {
    /// What is accepted and not invoiced yet: HTVA, VAT, TVAC. With what was invoiced it is the price of all that was
    /// accepted, to the cent: the last invoice bears what rounding left.
    pub fn due(&self) -> Option<(Money, Money, Money)> {
        if self.uninvoiced()?.is_empty() {
            return Some((Money::ZERO, Money::ZERO, Money::ZERO));
        }
        self.invoices.iter().try_fold(self.amounts_of(&self.accepted())?, |(excluding, vat, including), invoice| {
            Some((
                excluding.checked_sub(invoice.excluding)?,
                vat.checked_sub(invoice.vat)?,
                including.checked_sub(invoice.including)?,
            ))
        })
    }

    /// By line, what is accepted and not invoiced yet; lines of which nothing is are left out.
    pub fn uninvoiced(&self) -> Option<Quantities> {
        let (accepted, invoiced) = (self.accepted(), self.invoiced()?);
        let mut rest = Quantities::new();
        for (code, quantity) in accepted {
            let left = quantity.checked_sub(invoiced.get(&code).copied().unwrap_or_default())?;
            if left.thousandths() > 0 {
                rest.insert(code, left);
            }
        }
        Some(rest)
    }

    /// By the invoices that were taken.
    pub fn invoiced(&self) -> Option<Quantities> {
        self.invoices.iter().try_fold(Quantities::new(), |sum, invoice| lines::added(&sum, &invoice.quantities))
    }

    /// Quantity × price of these quantities: HTVA, VAT, TVAC.
    pub fn amounts_of(&self, quantities: &Quantities) -> Option<(Money, Money, Money)> {
        let lines = lines::of(&self.lines, quantities)?;
        let totals = vat::totals(lines.iter().map(|line| (line.vat, line.amount)))?;
        Some((totals.excluding, totals.vat, totals.including))
    }

    /// An invoice of all that was accepted and not invoiced yet; each total may differ by `tolerance`.
    ///
    /// # Errors
    /// [`Refusal::InvoiceDiffers`] with the difference, or the first fact that says no.
    pub fn may_invoice(
        &self,
        stated: (Money, Money, Money),
        tolerance: Money,
        on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Status, Refusal> {
        let (after, expected) = self.may_invoice_something(on, today)?;
        let pairs = [(stated.0, expected.0), (stated.1, expected.1), (stated.2, expected.2)];
        if pairs.into_iter().all(|(stated, expected)| is_within(tolerance, stated, expected)) {
            Ok(after)
        } else {
            Err(differs(stated.2, expected.2))
        }
    }

    /// An invoice of a part, whose lines agree with what was accepted: all invoices together ask no more HTVA than the
    /// price of what was accepted, within `tolerance`. VAT is rounded on each invoice.
    ///
    /// # Errors
    /// [`Refusal::InvoiceDiffers`] with the difference, or the first fact that says no.
    pub fn may_invoice_part(
        &self,
        (excluding, including): (Money, Money),
        tolerance: Money,
        on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Status, Refusal> {
        let (after, expected) = self.may_invoice_something(on, today)?;
        let above = excluding.checked_sub(expected.0).ok_or(Refusal::TooLarge)?;
        if above > tolerance { Err(differs(including, expected.2)) } else { Ok(after) }
    }

    /// The status after an invoice of this day, and what is due.
    fn may_invoice_something(
        &self,
        on: NaiveDate,
        today: NaiveDate,
    ) -> Result<(Status, (Money, Money, Money)), Refusal> {
        let after = self.after(Step::Invoice)?;
        let due = self.due().ok_or(Refusal::TooLarge)?;
        if !due.2.is_positive() {
            return Err(Refusal::NothingToInvoice);
        }
        if on > today { Err(Refusal::DayToCome { on }) } else { Ok((after, due)) }
    }

    /// The file of an invoice comes once the firm has accepted the order, also before what it asks is accepted.
    ///
    /// # Errors
    /// [`Refusal::Step`] before, or when the order holds no more.
    pub fn may_receive_invoice(&self) -> Result<(), Refusal> {
        match self.status {
            Status::Confirmed
            | Status::PartlyDelivered
            | Status::Delivered
            | Status::Rejected
            | Status::PartlyAccepted
            | Status::Accepted
            | Status::Invoiced
            | Status::Paid
            | Status::Closed => Ok(()),
            Status::Draft
            | Status::Checked
            | Status::Approved
            | Status::Sent
            | Status::Declined
            | Status::Cancelled => Err(Refusal::Step { from: self.status, step: Step::Invoice }),
        }
    }

    /// The invoice that waits for its payment.
    pub fn unpaid(&self) -> Option<&Invoice> {
        self.invoices.iter().rfind(|invoice| invoice.paid_on.is_none())
    }

    /// Who accepted a delivery does not pay for it.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_pay(&self, by: PersonId, on: NaiveDate, today: NaiveDate) -> Result<Status, Refusal> {
        let after = self.after(Step::Pay)?;
        if on > today {
            return Err(Refusal::DayToCome { on });
        }
        if let Some(received_on) = self.unpaid().map(|invoice| invoice.received_on).filter(|received| on < *received) {
            return Err(Refusal::PaidBeforeReceipt { on, received_on });
        }
        let received = |acceptance: &super::Acceptance| acceptance.by == Some(by);
        if self.deliveries.iter().filter_map(|delivery| delivery.acceptance.as_ref()).any(received) {
            return Err(Refusal::ReceiverPays);
        }
        Ok(after)
    }
}

/// TVAC.
fn differs(stated: Money, expected: Money) -> Refusal {
    stated.checked_sub(expected).map_or(Refusal::TooLarge, |difference| Refusal::InvoiceDiffers {
        expected,
        stated,
        difference,
    })
}

fn is_within(tolerance: Money, stated: Money, expected: Money) -> bool {
    stated
        .checked_sub(expected)
        .is_some_and(|difference| difference.cents().unsigned_abs() <= tolerance.cents().unsigned_abs())
}
