//! The surety of one order, where the contract asks it order by order (RGE, art. 25).

use chrono::NaiveDate;

use super::{Refusal, Status, Voucher};
use crate::{
    kernel::{Money, deadline},
    parameter::ParameterSet,
    refusal,
    surety::{Surety, SuretyError, surety},
};

/// What the firm deposits for one order, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSurety {
    pub amount: Money,
    /// Thirty days after the sending of the order (RGE, art. 27).
    pub due_on: NaiveDate,
    pub deposited_on: Option<NaiveDate>,
    /// Number of the deposit at the Caisse des dépôts et consignations, or of the guarantee.
    pub reference: Option<String>,
    pub released_on: Option<NaiveDate>,
}

impl Voucher {
    /// What its sending on this day asks: the rate of the contract of its amount HTVA, by the law of the call; nothing below
    /// the amount from which a surety may be asked.
    ///
    /// # Errors
    /// The law of that day is not known, or a sum does not fit.
    pub fn asks_surety(&self, law: &ParameterSet, on: NaiveDate) -> Result<Option<OrderSurety>, refusal::Refusal> {
        let Some(rate) = self.contract.order_surety.filter(|_| self.excluding.is_positive()) else { return Ok(None) };
        let called_on = self.contract.called_on;
        let amount = match surety(law, called_on, self.excluding, rate).map_err(unanswerable)? {
            Surety::Due(amount) if amount.is_positive() => amount,
            Surety::Due(_) | Surety::Forbidden { .. } => return Ok(None),
        };
        let days = law.days_on("surety.deposit_days", called_on).map_err(|error| unanswerable(error.into()))?;
        let due_on = deadline::calendar(on, days).map_err(|_| Refusal::TooLarge)?.end;
        Ok(Some(OrderSurety { amount, due_on, deposited_on: None, reference: None, released_on: None }))
    }

    /// It is asked, not deposited, and something of the order is not accepted yet.
    pub fn awaits_surety(&self) -> bool {
        let is_asked = self.surety.as_ref().is_some_and(|surety| surety.deposited_on.is_none());
        is_asked && self.status.is_open() && self.is_to_be_delivered()
    }

    /// The proof of a deposit that was made came.
    ///
    /// # Errors
    /// [`Refusal::NoSuretyAwaited`], or [`Refusal::DayToCome`].
    pub fn may_deposit_surety(&self, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if !self.awaits_surety() {
            return Err(Refusal::NoSuretyAwaited);
        }
        if on > today {
            return Err(Refusal::DayToCome { on });
        }
        Ok(())
    }

    /// What is deposited goes back once the whole order is accepted, or when it ends before.
    pub fn releases_surety(&self, after: Status) -> bool {
        let is_held =
            self.surety.as_ref().is_some_and(|surety| surety.deposited_on.is_some() && surety.released_on.is_none());
        is_held && (after == Status::Accepted || after.is_over())
    }
}

fn unanswerable(error: SuretyError) -> refusal::Refusal {
    match error {
        SuretyError::Missing(missing) => refusal::Refusal::MissingParameter { key: missing.key, on: missing.on },
        SuretyError::Award | SuretyError::Rate | SuretyError::TooLarge => Refusal::TooLarge.into(),
    }
}
