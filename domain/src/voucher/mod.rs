//! Order vouchers: drawn on a contract, checked, approved, sent, delivered, accepted, invoiced, paid.

mod budget;
mod delivery;
mod guard;
mod invoice;
mod ledger;
mod lines;
mod refusal;
mod status;
mod surety;
mod taken_off;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    audit::Stream,
    authz::Subject,
    contract::Contract,
    kernel::{
        Money,
        ids::{FileId, OrganisationId, PersonId, VoucherId},
        reference::VoucherRef,
        vat::VatTotals,
    },
    ledger::Held,
};

pub use budget::{BudgetArticle, BudgetShare, Commitment, NotAnArticle};
pub use delivery::{Acceptance, Delivery, Found, Verdict};
pub use guard::approving_organs;
pub use invoice::{Invoice, LatePayment, PaymentTerm, payment_term};
pub use ledger::{Level, Reached};
pub use lines::{Quantities, VoucherLine, counted, priced, totals};
pub use refusal::Refusal;
pub use status::{Status, Step, StepRefused};
pub use surety::OrderSurety;
pub use taken_off::may_set_off;

/// A voucher as it stands, with the contract it is drawn on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    pub id: VoucherId,
    pub contract: Contract,
    /// Who orders.
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub status: Status,
    /// Given at the approval, without a gap for the authority and the year of its commitment.
    pub number: Option<VoucherRef>,
    pub object: String,
    pub delivery_address: String,
    pub wanted_on: Option<NaiveDate>,
    pub lines: Vec<VoucherLine>,
    /// Of the lines, as drawn.
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
    /// Sum of its entries in the ledger of the contract, HTVA.
    pub held: Held,
    pub commitment: Option<Commitment>,
    pub sent_at: Option<DateTime<Utc>>,
    /// Why the firm or the authority said no.
    pub refusal: Option<String>,
    /// Who drew it, and who changed it.
    pub authors: BTreeSet<PersonId>,
    /// Oldest first.
    pub deliveries: Vec<Delivery>,
    /// Oldest first.
    pub invoices: Vec<Invoice>,
    /// Asked by its sending, where the contract asks one of each order.
    pub surety: Option<OrderSurety>,
    /// The painted voucher, once it is kept.
    pub file: Option<FileId>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

/// What an ordered voucher waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outstanding {
    /// Something ordered is not accepted: the contract is not accepted before it is, or before it is given back.
    Delivery,
    /// Everything is accepted, and not invoiced or not paid: that may follow the acceptance of the contract.
    Payment,
}

/// What is typed to draw or to change a voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherDraft {
    pub object: String,
    pub delivery_address: String,
    pub wanted_on: Option<NaiveDate>,
    pub quantities: Quantities,
}

impl Voucher {
    /// Its totals per rate; nothing when a sum does not fit, which its drawing excluded.
    pub fn totals(&self) -> Option<VatTotals> {
        totals(&self.lines)
    }

    /// The articles that bear it, with the part of each; nothing before the control.
    pub fn budget(&self) -> Vec<BudgetShare> {
        let shares = self.commitment.as_ref().map(|commitment| commitment.shares(self.including));
        shares.and_then(Result::ok).unwrap_or_default()
    }

    /// What an ordered voucher still waits for; none where it is delivered and paid in whole, or over.
    pub fn outstanding(&self) -> Option<Outstanding> {
        if !self.status.is_open() {
            return None;
        }
        if self.is_to_be_delivered() {
            return Some(Outstanding::Delivery);
        }
        let is_settled = self.unpaid().is_none() && self.due().is_some_and(|due| !due.2.is_positive());
        (!is_settled).then_some(Outstanding::Payment)
    }

    /// The supplier learns of a voucher when it is sent, never before.
    pub fn is_known_to_the_supplier(&self) -> bool {
        self.sent_at.is_some()
    }
}

impl Subject for Voucher {
    fn stream(&self) -> Stream {
        Stream::Tender(self.contract.tender)
    }
}
