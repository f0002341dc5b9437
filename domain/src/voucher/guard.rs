//! What must be so before a voucher is drawn, checked, approved, closed or cancelled.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Commitment, Refusal, Status, Step, Voucher, VoucherDraft, VoucherLine, priced};
use crate::{
    authz::Actor,
    contract::Contract,
    kernel::{
        Money,
        ids::{OrganisationId, PersonId},
        time::brussels,
        vat::VatTotals,
    },
    parameter::{MissingParameter, Parameter, ParameterSet},
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
    /// A draft holds in what is left beside the other drafts: it reserves its amount.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_draw(
        &self,
        organisation: OrganisationId,
        now: DateTime<Utc>,
        draft: &VoucherDraft,
    ) -> Result<(Vec<VoucherLine>, VatTotals), Refusal> {
        self.may_order_for(organisation, now)?;
        let (lines, totals) = self.drawn(now, draft)?;
        self.ledger().holds(organisation, totals.excluding)?;
        Ok((lines, totals))
    }

    fn drawn(&self, now: DateTime<Utc>, draft: &VoucherDraft) -> Result<(Vec<VoucherLine>, VatTotals), Refusal> {
        self.may_order(now)?;
        let (lines, totals) = priced(self, &draft.quantities, brussels(now).date())?;
        self.lines_hold(&lines)?;
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

    /// Other lines hold in what is left, with what this draft reserved already.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_edit(&self, now: DateTime<Utc>, draft: &VoucherDraft) -> Result<(Vec<VoucherLine>, VatTotals), Refusal> {
        self.after(Step::Edit)?;
        self.contract.may_order_for(self.organisation, now)?;
        let (lines, totals) = self.contract.drawn(now, draft)?;
        self.contract.ledger().holds_instead(self.organisation, self.held.reserved(), totals.excluding)?;
        Ok((lines, totals))
    }

    /// The credits cover the total TVAC, the commitment is made, and the ceilings have room at this moment.
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
        commitment.shares(self.including)?;
        Ok(after)
    }

    /// The supplier is told of the order while the contract takes orders.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_send(&self, now: DateTime<Utc>) -> Result<Status, Refusal> {
        let after = self.after(Step::Send)?;
        self.contract.may_order_for(self.organisation, now)?;
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

    /// What was reserved is committed: here, on the locked contract, ceiling and allotment are final.
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

    fn delegation_warning(&self, law: &ParameterSet, on: NaiveDate) -> Result<Option<Warning>, MissingParameter> {
        let Some(figure) = self.delegation(law, on)? else { return Ok(None) };
        if self.excluding < law.money_on(&figure.key, on)? {
            return Ok(None);
        }
        let rule = WarningRule::AboveDelegation { organ: Organ::ChiefExecutive, estimate: self.excluding };
        Ok(Some(Warning { rule, figure }))
    }

    /// The figure below which the general director approves alone. The budget article tells the service, of several the
    /// one with the lowest figure. The executive orders on its own contracts without a limit (art. L1222-4).
    ///
    /// # Errors
    /// No row of a figure on that day.
    pub fn delegation(&self, law: &ParameterSet, on: NaiveDate) -> Result<Option<Parameter>, MissingParameter> {
        let articles: Vec<_> = self.commitment.iter().flat_map(Commitment::articles).map(ToString::to_string).collect();
        let articles = if articles.is_empty() { vec![None] } else { articles.iter().map(Some).collect() };
        let mut lowest: Option<(Money, Parameter)> = None;
        for article in articles {
            let key = Organ::ChiefExecutive.delegation_key(law, on, None, article.map(String::as_str))?;
            let Some(key) = key else { continue };
            let amount = law.money_on(key, on)?;
            if lowest.as_ref().is_none_or(|(least, _)| amount < *least) {
                lowest = Some((amount, law.on(key, on)?.clone()));
            }
        }
        Ok(lowest.map(|(_, figure)| figure))
    }

    /// The organ that approves an amount like this one: the delegate below the figure, else the executive.
    ///
    /// # Errors
    /// No row of a figure on that day.
    pub fn usual_organ(&self, law: &ParameterSet, on: NaiveDate) -> Result<Organ, MissingParameter> {
        let is_delegated = self.delegation(law, on)?.is_some() && self.delegation_warning(law, on)?.is_none();
        Ok(if is_delegated { Organ::ChiefExecutive } else { Organ::Executive })
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
        self.contract.may_order_for(self.organisation, now)?;
        self.contract.lines_hold(&self.lines)?;
        self.has_the_prices_of(brussels(now).date())?;
        self.contract.ledger().commits(self.organisation, self.excluding)
    }

    /// Another version of the price list may have begun since it was drawn.
    fn has_the_prices_of(&self, today: NaiveDate) -> Result<(), Refusal> {
        for line in &self.lines {
            let listed = self.contract.line(&line.code).map(|listed| self.contract.price(listed, today).0);
            if let Some(listed) = listed.filter(|listed| *listed != line.unit_price) {
                return Err(Refusal::OtherPrice { item: line.item.clone(), drawn: line.unit_price, listed });
            }
        }
        Ok(())
    }
}
