//! Invoices of what was accepted, and until when they are paid.

use chrono::NaiveDate;

use super::{Quantities, Refusal, Status, Step, Voucher, lines};
use crate::{
    kernel::{
        Money,
        deadline::{self, Deadline},
        ids::{InvoiceId, PersonId},
        vat,
    },
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// An invoice as the supplier states it; the document itself travels by Peppol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub number: String,
    pub issued_on: NaiveDate,
    pub received_on: NaiveDate,
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
    pub due_on: Option<NaiveDate>,
    pub paid_on: Option<NaiveDate>,
    pub paid_by: Option<PersonId>,
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
    /// What is accepted and not invoiced yet: HTVA, VAT, TVAC.
    pub fn due(&self) -> Option<(Money, Money, Money)> {
        let total = self.amounts_of(&self.accepted())?;
        let sum = |part: fn(&Invoice) -> Money| Money::total(self.invoices.iter().map(part));
        Some((
            total.0.checked_sub(sum(|invoice| invoice.excluding)?)?,
            total.1.checked_sub(sum(|invoice| invoice.vat)?)?,
            total.2.checked_sub(sum(|invoice| invoice.including)?)?,
        ))
    }

    /// Quantity × price of these quantities: HTVA, VAT, TVAC.
    pub fn amounts_of(&self, quantities: &Quantities) -> Option<(Money, Money, Money)> {
        let lines = lines::of(&self.lines, quantities)?;
        let totals = vat::totals(lines.iter().map(|line| (line.vat, line.amount)))?;
        Some((totals.excluding, totals.vat, totals.including))
    }

    /// An invoice is exactly what was accepted and not invoiced yet.
    ///
    /// # Errors
    /// [`Refusal::InvoiceDiffers`] with the difference, or the first fact that says no.
    pub fn may_invoice(
        &self,
        stated: (Money, Money, Money),
        on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Status, Refusal> {
        let after = self.after(Step::Invoice)?;
        let expected = self.due().ok_or(Refusal::TooLarge)?;
        if !expected.2.is_positive() {
            return Err(Refusal::NothingToInvoice);
        }
        if on > today {
            return Err(Refusal::DayToCome { on });
        }
        if stated != expected {
            let difference = stated.2.checked_sub(expected.2).ok_or(Refusal::TooLarge)?;
            return Err(Refusal::InvoiceDiffers { expected: expected.2, stated: stated.2, difference });
        }
        Ok(after)
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
