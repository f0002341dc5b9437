//! The life of an order voucher: one enum, one `match`.

use serde::{Deserialize, Serialize};

/// Where a voucher stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Brouillon.
    Draft,
    /// Crédit et plafond contrôlés par le directeur financier.
    Checked,
    /// Approuvé par le collège ou son délégué: numbered, and counted in the ceiling.
    Approved,
    /// Envoyé à l'entreprise.
    Sent,
    /// Accepté par l'entreprise.
    Confirmed,
    /// Livré en partie; the delivery waits for its acceptance.
    PartlyDelivered,
    /// Livré en totalité; the delivery waits for its acceptance.
    Delivered,
    /// La dernière livraison est refusée (procès-verbal).
    Rejected,
    /// Réceptionné en partie.
    PartlyAccepted,
    /// Réceptionné en totalité.
    Accepted,
    /// Facturé: what was accepted is invoiced, in whole or part.
    Invoiced,
    /// Payé: what was invoiced so far; the rest may still be delivered or invoiced.
    Paid,
    /// Soldé: what was not delivered goes back to the allotment.
    Closed,
    /// Refusé par l'entreprise.
    Declined,
    /// Annulé.
    Cancelled,
}

/// What moves a voucher from one status to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Lines change: a control made before is void.
    Edit,
    Check,
    Approve,
    Send,
    Confirm,
    Decline,
    DeliverPart,
    DeliverAll,
    AcceptPart,
    AcceptAll,
    Reject,
    Invoice,
    Pay,
    Close,
    Cancel,
}

/// A step that the status does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct StepRefused {
    pub from: Status,
    pub step: Step,
}

impl Status {
    pub const ALL: [Self; 15] = [
        Self::Draft,
        Self::Checked,
        Self::Approved,
        Self::Sent,
        Self::Confirmed,
        Self::PartlyDelivered,
        Self::Delivered,
        Self::Rejected,
        Self::PartlyAccepted,
        Self::Accepted,
        Self::Invoiced,
        Self::Paid,
        Self::Closed,
        Self::Declined,
        Self::Cancelled,
    ];

    /// The status that follows. Guards that need facts are separate.
    ///
    /// # Errors
    /// [`StepRefused`] for every pair that is not in the table.
    pub fn after(self, step: Step) -> Result<Self, StepRefused> {
        use Status as S;
        match (self, step) {
            (S::Draft | S::Checked, Step::Edit) => Ok(S::Draft),
            (S::Draft, Step::Check) => Ok(S::Checked),
            (S::Checked, Step::Approve) => Ok(S::Approved),
            (S::Approved, Step::Send) => Ok(S::Sent),
            (S::Sent, Step::Confirm) => Ok(S::Confirmed),
            (S::Sent, Step::Decline) => Ok(S::Declined),
            (S::Confirmed | S::Rejected | S::PartlyAccepted | S::Paid, Step::DeliverPart) => Ok(S::PartlyDelivered),
            (S::Confirmed | S::Rejected | S::PartlyAccepted | S::Paid, Step::DeliverAll) => Ok(S::Delivered),
            (S::PartlyDelivered | S::Delivered, Step::AcceptPart) => Ok(S::PartlyAccepted),
            (S::PartlyDelivered | S::Delivered, Step::AcceptAll) => Ok(S::Accepted),
            (S::PartlyDelivered | S::Delivered, Step::Reject) => Ok(S::Rejected),
            (S::Rejected | S::PartlyAccepted | S::Accepted | S::Paid, Step::Invoice) => Ok(S::Invoiced),
            (S::Invoiced, Step::Pay) => Ok(S::Paid),
            (S::Rejected | S::PartlyAccepted | S::Accepted | S::Paid, Step::Close) => Ok(S::Closed),
            (S::Draft | S::Checked | S::Approved | S::Sent | S::Confirmed | S::Rejected, Step::Cancel) => {
                Ok(S::Cancelled)
            }
            (
                S::Draft
                | S::Checked
                | S::Approved
                | S::Sent
                | S::Confirmed
                | S::PartlyDelivered
                | S::Delivered
                | S::Rejected
                | S::PartlyAccepted
                | S::Accepted
                | S::Invoiced
                | S::Paid
                | S::Closed
                | S::Declined
                | S::Cancelled,
                _,
            ) => Err(StepRefused { from: self, step }),
        }
    }

    /// It has its number, and its amount counts in the ceiling and in the allotment.
    pub fn is_committed(self) -> bool {
        match self {
            Self::Draft | Self::Checked | Self::Declined | Self::Cancelled => false,
            Self::Approved
            | Self::Sent
            | Self::Confirmed
            | Self::PartlyDelivered
            | Self::Delivered
            | Self::Rejected
            | Self::PartlyAccepted
            | Self::Accepted
            | Self::Invoiced
            | Self::Paid
            | Self::Closed => true,
        }
    }

    /// Ordered, and not closed: something may still be delivered, accepted, invoiced or paid.
    pub fn is_open(self) -> bool {
        self.is_committed() && self != Self::Closed
    }

    /// Nothing happens any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Declined | Self::Cancelled)
    }

    /// Stable name in the database, in addresses and in the trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked => "checked",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Confirmed => "confirmed",
            Self::PartlyDelivered => "partly_delivered",
            Self::Delivered => "delivered",
            Self::Rejected => "rejected",
            Self::PartlyAccepted => "partly_accepted",
            Self::Accepted => "accepted",
            Self::Invoiced => "invoiced",
            Self::Paid => "paid",
            Self::Closed => "closed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl Step {
    pub const ALL: [Self; 15] = [
        Self::Edit,
        Self::Check,
        Self::Approve,
        Self::Send,
        Self::Confirm,
        Self::Decline,
        Self::DeliverPart,
        Self::DeliverAll,
        Self::AcceptPart,
        Self::AcceptAll,
        Self::Reject,
        Self::Invoice,
        Self::Pay,
        Self::Close,
        Self::Cancel,
    ];

    /// Stable name in the database and in the trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Check => "check",
            Self::Approve => "approve",
            Self::Send => "send",
            Self::Confirm => "confirm",
            Self::Decline => "decline",
            Self::DeliverPart => "deliver_part",
            Self::DeliverAll => "deliver_all",
            Self::AcceptPart => "accept_part",
            Self::AcceptAll => "accept_all",
            Self::Reject => "reject",
            Self::Invoice => "invoice",
            Self::Pay => "pay",
            Self::Close => "close",
            Self::Cancel => "cancel",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table, for those who review it.
    const TABLE: &str = "\
Draft --Edit--> Draft
Draft --Check--> Checked
Draft --Cancel--> Cancelled
Checked --Edit--> Draft
Checked --Approve--> Approved
Checked --Cancel--> Cancelled
Approved --Send--> Sent
Approved --Cancel--> Cancelled
Sent --Confirm--> Confirmed
Sent --Decline--> Declined
Sent --Cancel--> Cancelled
Confirmed --DeliverPart--> PartlyDelivered
Confirmed --DeliverAll--> Delivered
Confirmed --Cancel--> Cancelled
PartlyDelivered --AcceptPart--> PartlyAccepted
PartlyDelivered --AcceptAll--> Accepted
PartlyDelivered --Reject--> Rejected
Delivered --AcceptPart--> PartlyAccepted
Delivered --AcceptAll--> Accepted
Delivered --Reject--> Rejected
Rejected --DeliverPart--> PartlyDelivered
Rejected --DeliverAll--> Delivered
Rejected --Invoice--> Invoiced
Rejected --Close--> Closed
Rejected --Cancel--> Cancelled
PartlyAccepted --DeliverPart--> PartlyDelivered
PartlyAccepted --DeliverAll--> Delivered
PartlyAccepted --Invoice--> Invoiced
PartlyAccepted --Close--> Closed
Accepted --Invoice--> Invoiced
Accepted --Close--> Closed
Invoiced --Pay--> Paid
Paid --DeliverPart--> PartlyDelivered
Paid --DeliverAll--> Delivered
Paid --Invoice--> Invoiced
Paid --Close--> Closed
";

    #[test]
    fn the_life_of_a_voucher_is_this_table() {
        let lines = Status::ALL.into_iter().flat_map(|from| {
            Step::ALL.into_iter().filter_map(move |step| {
                from.after(step).ok().map(|after| format!("{from:?} --{step:?}--> {after:?}\n"))
            })
        });

        assert_eq!(lines.collect::<String>(), TABLE);
    }

    #[test]
    fn every_code_reads_back() {
        assert!(Status::ALL.into_iter().all(|status| Status::from_code(status.code()) == Some(status)));
        assert!(Step::ALL.into_iter().all(|step| Step::from_code(step.code()) == Some(step)));
    }

    #[test]
    fn what_is_over_has_no_step() {
        for status in Status::ALL {
            assert_eq!(status.is_over(), Step::ALL.into_iter().all(|step| status.after(step).is_err()), "{status:?}");
        }
    }
}
