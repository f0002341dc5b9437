//! Deliveries and what became of them.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Quantities, Refusal, Status, Step, Voucher, VoucherLine, lines};
use crate::kernel::{
    Money, Quantity,
    ids::{DeliveryId, FileId, PersonId},
};

/// What the supplier says that it delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: DeliveryId,
    pub delivered_on: NaiveDate,
    pub note: String,
    pub quantities: Quantities,
    pub created_at: DateTime<Utc>,
    /// None while it waits.
    pub acceptance: Option<Acceptance>,
}

/// What the authority finds of the delivery that waits: what is refused has its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Whole,
    /// The quantities that are accepted; what is left out is refused.
    Part {
        quantities: Quantities,
        reasons: String,
    },
    Refused {
        reasons: String,
    },
}

impl Found {
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Whole => Verdict::Whole,
            Self::Part { .. } => Verdict::Part,
            Self::Refused { .. } => Verdict::Refused,
        }
    }

    /// Why something is refused.
    pub fn reasons(&self) -> Option<&str> {
        match self {
            Self::Whole => None,
            Self::Part { reasons, .. } | Self::Refused { reasons } => Some(reasons),
        }
    }

    /// What is accepted of this delivery.
    pub fn accepted(&self, delivery: &Delivery) -> Quantities {
        match self {
            Self::Whole => delivery.quantities.clone(),
            Self::Part { quantities, .. } => quantities.clone(),
            Self::Refused { .. } => Quantities::new(),
        }
    }
}

/// What the authority found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    pub verdict: Verdict,
    pub accepted_on: NaiveDate,
    /// Nothing when it was refused.
    pub quantities: Quantities,
    pub reasons: Option<String>,
    /// The minutes, where something was refused.
    pub minutes: Option<FileId>,
    pub by: Option<PersonId>,
}

/// How a delivery was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Whole,
    Part,
    Refused,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Whole, Self::Part, Self::Refused];

    /// Stable name in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Part => "part",
            Self::Refused => "refused",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
}

impl Delivery {
    /// What was delivered of a line and refused; nothing while it waits.
    pub fn refused(&self, line: &VoucherLine) -> Quantity {
        let Some(acceptance) = &self.acceptance else { return Quantity::default() };
        let accepted = brought_of(&acceptance.quantities, line);
        brought_of(&self.quantities, line).checked_sub(accepted).unwrap_or_default()
    }
}

impl Voucher {
    /// The delivery that waits for its acceptance.
    pub fn awaiting(&self) -> Option<&Delivery> {
        self.deliveries.iter().rfind(|delivery| delivery.acceptance.is_none())
    }

    /// What was accepted so far; quantities that do not fit can't have been kept.
    pub fn accepted(&self) -> Quantities {
        let accepted = self.deliveries.iter().filter_map(|delivery| delivery.acceptance.as_ref());
        accepted
            .map(|acceptance| &acceptance.quantities)
            .try_fold(Quantities::new(), |sum, more| lines::added(&sum, more))
            .unwrap_or_default()
    }

    /// Price of all that is accepted once this is accepted too, HTVA; nothing when it does not fit.
    pub fn accepted_with(&self, more: &Quantities) -> Option<Money> {
        let accepted = lines::added(&self.accepted(), more)?;
        self.amounts_of(&accepted).map(|(excluding, _, _)| excluding)
    }

    /// What is still to be delivered of a line: ordered, not accepted.
    pub fn left_to_deliver(&self, line: &VoucherLine) -> Quantity {
        let accepted = self.accepted().get(&line.code).copied().unwrap_or_default();
        line.quantity.checked_sub(accepted).unwrap_or_default()
    }

    /// Something that was ordered is not accepted yet.
    pub fn is_to_be_delivered(&self) -> bool {
        self.lines.iter().any(|line| self.left_to_deliver(line).thousandths() > 0)
    }

    /// A delivery is stated once it is made, of what is still to be delivered; it waits for its acceptance.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_deliver(&self, on: NaiveDate, today: NaiveDate, brought: &Quantities) -> Result<Status, Refusal> {
        let whole = self.lines.iter().all(|line| brought_of(brought, line) == self.left_to_deliver(line));
        let after = self.after(if whole { Step::DeliverAll } else { Step::DeliverPart })?;
        self.contract.runs()?;
        self.knows(brought)?;
        if on > today {
            return Err(Refusal::DayToCome { on });
        }
        for line in &self.lines {
            let left = self.left_to_deliver(line);
            if brought_of(brought, line) > left {
                return Err(Refusal::DeliveredTooMuch { item: line.item.clone(), left, unit: line.unit.clone() });
            }
        }
        Ok(after)
    }

    /// What was delivered is accepted in whole, in part, or refused with reasons; once.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_accept(&self, found: &Found) -> Result<Status, Refusal> {
        let accepted = self.awaiting().map(|delivery| found.accepted(delivery)).unwrap_or_default();
        let step = match found {
            Found::Refused { .. } => Step::Reject,
            Found::Whole | Found::Part { .. } if self.would_complete(&accepted) => Step::AcceptAll,
            Found::Whole | Found::Part { .. } => Step::AcceptPart,
        };
        let after = self.after(step)?;
        let Some(delivery) = self.awaiting() else { return Err(Refusal::Step { from: self.status, step }) };
        if found.reasons().is_some_and(|reasons| reasons.trim().is_empty()) {
            return Err(Refusal::NoReasons);
        }
        if found.verdict() == Verdict::Refused {
            return Ok(after);
        }
        self.knows(&accepted)?;
        for line in &self.lines {
            let delivered = brought_of(&delivery.quantities, line);
            if brought_of(&accepted, line) > delivered {
                let (item, unit) = (line.item.clone(), line.unit.clone());
                return Err(Refusal::AcceptedTooMuch { item, delivered, unit });
            }
        }
        Ok(after)
    }

    fn would_complete(&self, accepted: &Quantities) -> bool {
        self.lines.iter().all(|line| brought_of(accepted, line) == self.left_to_deliver(line))
    }

    /// Something, and only of this voucher's lines.
    fn knows(&self, quantities: &Quantities) -> Result<(), Refusal> {
        if let Some(code) = quantities.keys().find(|code| !self.lines.iter().any(|line| line.code == **code)) {
            return Err(Refusal::UnknownLine { code: code.clone() });
        }
        if quantities.values().all(|quantity| quantity.thousandths() <= 0) {
            return Err(Refusal::NoLine);
        }
        Ok(())
    }
}

fn brought_of(quantities: &Quantities, line: &VoucherLine) -> Quantity {
    quantities.get(&line.code).copied().unwrap_or_default()
}
