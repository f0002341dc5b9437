//! What must be so before a voucher is drawn, checked, approved, closed or cancelled.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Commitment, Refusal, Status, Step, Voucher, VoucherDraft, VoucherLine, priced};
use crate::{
    authz::Actor,
    contract::Contract,
    kernel::{
        Money,
        ids::{OrganisationId, PersonId},
        vat::VatTotals,
    },
    parameter::{MissingParameter, ParameterSet},
    tender::{Organ, Warning, WarningRule},
};

/// Who approves a voucher: the executive, or the general director by delegation.
const APPROVING: [Organ; 2] = [Organ::Executive, Organ::ChiefExecutive];

/// The organs for which this actor approves: nobody writes down the decision of another organ.
pub fn approving_organs(actor: &Actor) -> Vec<Organ> {
    APPROVING.into_iter().filter(|organ| actor.holds(organ.role())).collect()
}

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
        if commitment.numbers(1).is_none() {
            return Err(Refusal::CommitmentYear { on: commitment.on });
        }
        if commitment.credit < self.including {
            return Err(Refusal::CreditTooLow { credit: commitment.credit, needed: self.including });
        }
        Ok(after)
    }

    /// The supplier is told of the order while the contract takes orders.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_send(&self, now: DateTime<Utc>) -> Result<Status, Refusal> {
        let after = self.after(Step::Send)?;
        self.contract.may_order(now)?;
        Ok(after)
    }

    /// The supplier accepts the order while the contract takes orders; it may refuse it at any time.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_confirm(&self, now: DateTime<Utc>) -> Result<Status, Refusal> {
        let after = self.after(Step::Confirm)?;
        self.contract.may_order(now)?;
        Ok(after)
    }

    /// The amount enters the ledger: here, on the locked contract, ceiling and allotment are final.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_approve(&self, now: DateTime<Utc>, by: PersonId) -> Result<Status, Refusal> {
        let after = self.after(Step::Approve)?;
        if self.authors.contains(&by) {
            return Err(Refusal::AuthorApproves);
        }
        self.still_holds(now)?;
        Ok(after)
    }

    /// What the law says of this organ approving this amount, HTVA: above a figure, a decision that commits money has the
    /// finance director's legality opinion (CDLD, art. L1124-40); a delegate stays below the amount that is delegated
    /// (art. L1222-3).
    ///
    /// # Errors
    /// No row of a figure on that day.
    pub fn warnings_of_approval(
        &self,
        law: &ParameterSet,
        on: NaiveDate,
        organ: Organ,
    ) -> Result<Vec<Warning>, MissingParameter> {
        let mut warnings = Vec::new();
        if self.excluding > law.money_on(OPINION_MIN, on)? {
            let figure = law.on(OPINION_MIN, on)?.clone();
            warnings.push(Warning { rule: WarningRule::LegalityOpinionMissing, figure });
        }
        if organ == Organ::ChiefExecutive {
            warnings.extend(self.delegation_warning(law, on)?);
        }
        Ok(warnings)
    }

    /// The budget article tells the service. The executive orders on its own contracts without a limit (art. L1222-4).
    fn delegation_warning(&self, law: &ParameterSet, on: NaiveDate) -> Result<Option<Warning>, MissingParameter> {
        let organ = Organ::ChiefExecutive;
        let article = self.commitment.as_ref().map(|commitment| commitment.article.to_string());
        let Some(key) = organ.delegation_key(law, on, None, article.as_deref())? else { return Ok(None) };
        if self.excluding < law.money_on(key, on)? {
            return Ok(None);
        }
        let rule = WarningRule::AboveDelegation { organ, estimate: self.excluding };
        Ok(Some(Warning { rule, figure: law.on(key, on)?.clone() }))
    }

    /// A voucher is cancelled as long as nothing of it was accepted.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_cancel(&self) -> Result<Status, Refusal> {
        let after = self.after(Step::Cancel)?;
        if self.has_accepted() {
            return Err(Refusal::AcceptedAlready);
        }
        Ok(after)
    }

    fn has_accepted(&self) -> bool {
        self.accepted().values().any(|quantity| quantity.thousandths() > 0)
    }

    /// Closing gives back what was ordered and not accepted, HTVA: once something was accepted, and all of it is paid.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_close(&self) -> Result<(Status, Money), Refusal> {
        let after = self.after(Step::Close)?;
        if !self.has_accepted() {
            return Err(Refusal::NothingAccepted);
        }
        let (accepted, _, _) = self.amounts_of(&self.accepted()).ok_or(Refusal::TooLarge)?;
        let (_, _, due) = self.due().ok_or(Refusal::TooLarge)?;
        if due.is_positive() {
            return Err(Refusal::StillDue { due });
        }
        Ok((after, self.excluding.checked_sub(accepted).ok_or(Refusal::TooLarge)?))
    }

    fn still_holds(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.contract.may_order(now)?;
        self.contract.lines_hold(&self.lines)?;
        self.contract.holds(self.organisation, self.excluding)
    }
}
