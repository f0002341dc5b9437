//! What must be so before a voucher is drawn, checked, approved, closed or cancelled.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Commitment, Refusal, Status, Step, Voucher, VoucherDraft, VoucherLine, priced};
use crate::{
    contract::Contract,
    kernel::{
        Money,
        ids::{OrganisationId, PersonId},
        vat::VatTotals,
    },
    parameter::{MissingParameter, ParameterSet},
    tender::{Warning, WarningRule},
};

const OPINION_MIN: &str = "cdld.legality_opinion.min";

impl Contract {
    /// A draft holds in what is left now: it promises nothing, another one may be approved first.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_draw(
        &self,
        organisation: OrganisationId,
        now: DateTime<Utc>,
        draft: &VoucherDraft,
    ) -> Result<(Vec<VoucherLine>, VatTotals), Refusal> {
        self.may_order(now)?;
        let (lines, totals) = priced(self, &draft.quantities)?;
        self.lines_hold(&lines)?;
        self.holds(organisation, totals.excluding)?;
        Ok((lines, totals))
    }

    fn lines_hold(&self, lines: &[VoucherLine]) -> Result<(), Refusal> {
        for line in lines {
            let listed = self.line(&line.code).ok_or_else(|| Refusal::UnknownLine { code: line.code.clone() })?;
            listed.holds(line.quantity)?;
        }
        Ok(())
    }
}

impl Voucher {
    /// The status after `step`.
    ///
    /// # Errors
    /// [`Refusal::Step`] when the table does not hold the pair.
    pub fn after(&self, step: Step) -> Result<Status, Refusal> {
        self.status.after(step).map_err(|refused| Refusal::Step { from: refused.from, step: refused.step })
    }

    /// The credit covers the total TVAC, the commitment is made, and the ceilings have room at this moment.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_check(&self, now: DateTime<Utc>, today: NaiveDate, commitment: &Commitment) -> Result<Status, Refusal> {
        let after = self.after(Step::Check)?;
        self.still_holds(now)?;
        if commitment.on > today {
            return Err(Refusal::CommittedLater { on: commitment.on });
        }
        if commitment.credit < self.including {
            return Err(Refusal::CreditTooLow { credit: commitment.credit, needed: self.including });
        }
        Ok(after)
    }

    /// The amount enters the ledger: here, on the locked contract, ceiling and allotment are final.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_approve(&self, now: DateTime<Utc>, by: PersonId) -> Result<Status, Refusal> {
        let after = self.after(Step::Approve)?;
        if self.author == by {
            return Err(Refusal::AuthorApproves);
        }
        self.still_holds(now)?;
        Ok(after)
    }

    /// What the law says of approving this amount, HTVA: above a figure, a decision that commits money has the finance
    /// director's legality opinion (CDLD, art. L1124-40).
    ///
    /// # Errors
    /// No row of the figure on that day.
    pub fn warnings_of_approval(&self, law: &ParameterSet, on: NaiveDate) -> Result<Vec<Warning>, MissingParameter> {
        if self.excluding <= law.money_on(OPINION_MIN, on)? {
            return Ok(Vec::new());
        }
        let figure = law.on(OPINION_MIN, on)?.clone();
        Ok(vec![Warning { rule: WarningRule::LegalityOpinionMissing, figure }])
    }

    /// A voucher is cancelled as long as nothing of it was accepted.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_cancel(&self) -> Result<Status, Refusal> {
        let after = self.after(Step::Cancel)?;
        if self.accepted().values().any(|quantity| quantity.thousandths() > 0) {
            return Err(Refusal::AcceptedAlready);
        }
        Ok(after)
    }

    /// Closing gives back what was ordered and not accepted, HTVA.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_close(&self) -> Result<(Status, Money), Refusal> {
        let after = self.after(Step::Close)?;
        let (accepted, _, _) = self.amounts_of(&self.accepted()).ok_or(Refusal::TooLarge)?;
        Ok((after, self.excluding.checked_sub(accepted).ok_or(Refusal::TooLarge)?))
    }

    fn still_holds(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.contract.may_order(now)?;
        self.contract.lines_hold(&self.lines)?;
        self.contract.holds(self.organisation, self.excluding)
    }
}
