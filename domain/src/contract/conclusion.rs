//! What a contract becomes at its conclusion, from the tender, its specification and the winner's offer.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::ContractLine;
use crate::{
    document::ClauseRef,
    kernel::{Money, Percent, Quantity, UnitPrice, deadline, ids::OrganisationId},
    offer::{OfferContent, priced},
    parameter::{MissingParameter, ParameterSet},
    share::ShareError,
    specification::{PriceLine, SuretyTerm, Terms},
    surety::{Surety, SuretyError, framework_surety, surety},
    tender::Tender,
};

/// What was decided, at the conclusion.
#[derive(Debug, Clone)]
pub struct Conclusion<'a> {
    pub supplier: OrganisationId,
    /// Of the adopted specification.
    pub terms: &'a Terms,
    /// The winner's offer, corrected.
    pub offer: &'a OfferContent,
    /// Of the adopted edition.
    pub clauses: Vec<ClauseRef>,
    pub concluded_on: NaiveDate,
    /// Day of the notice or of the invitations: it dates the law of the surety.
    pub called_on: NaiveDate,
}

/// A contract, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContract {
    pub supplier: OrganisationId,
    pub ceiling: Money,
    pub surety: Option<Money>,
    /// Rate of the surety that each order asks by itself.
    pub order_surety: Option<Percent>,
    pub surety_due_on: Option<NaiveDate>,
    pub concluded_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub lines: Vec<ContractLine>,
    /// They add up to the ceiling, to the cent.
    pub allotments: BTreeMap<OrganisationId, Money>,
    pub clauses: Vec<ClauseRef>,
}

/// Why no contract comes of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConclusionError {
    /// A sum does not fit, or nothing is priced.
    #[error("the offer has no total")]
    Total,
    /// The parts of the users of a framework pass its maximum, HTVA.
    #[error("the users need {needs} of {maximum}")]
    Users { needs: Money, maximum: Money },
    #[error(transparent)]
    Share(#[from] ShareError),
    #[error(transparent)]
    Surety(#[from] SuretyError),
    #[error(transparent)]
    Missing(#[from] MissingParameter),
}

impl Conclusion<'_> {
    /// Ceiling: the framework's maximum, else the award's total of fixed and presumed quantities, HTVA.
    ///
    /// # Errors
    /// As [`ConclusionError`] tells.
    pub fn of(self, tender: &Tender, law: &ParameterSet) -> Result<NewContract, ConclusionError> {
        let award = priced(&self.terms.inventory, self.offer).ok_or(ConclusionError::Total)?.vat.excluding;
        let ceiling = self.terms.maximum.unwrap_or(award);
        if !ceiling.is_positive() {
            return Err(ConclusionError::Total);
        }
        let allotments = allotments(tender, ceiling)?;
        let surety = self.surety(law, award, tender.plan.estimate)?;
        let days = law.days_on("surety.deposit_days", self.called_on)?;
        Ok(NewContract {
            supplier: self.supplier,
            ceiling,
            surety,
            order_surety: self.terms.surety.per_order(),
            surety_due_on: surety.and_then(|_| deadline::calendar(self.concluded_on, days).ok()).map(|due| due.end),
            concluded_on: self.concluded_on,
            ends_on: self.terms.months.and_then(|months| self.concluded_on.checked_add_months(Months::new(months))),
            lines: self.lines(),
            allotments,
            clauses: self.clauses,
        })
    }

    fn surety(&self, law: &ParameterSet, award: Money, estimate: Money) -> Result<Option<Money>, ConclusionError> {
        let asked = match self.terms.surety {
            SuretyTerm::None | SuretyTerm::PerOrder(_) => return Ok(None),
            SuretyTerm::OfAward(rate) => surety(law, self.called_on, award, rate)?,
            SuretyTerm::OfFramework => framework_surety(law, self.called_on, award, estimate)?,
        };
        match asked {
            Surety::Due(amount) if amount.is_positive() => Ok(Some(amount)),
            Surety::Due(_) | Surety::Forbidden { .. } => Ok(None),
        }
    }

    fn lines(&self) -> Vec<ContractLine> {
        self.terms.inventory.iter().map(|line| self.line(line)).collect()
    }

    /// A line without a price is presumed included in the others: it may be ordered, for nothing.
    fn line(&self, line: &PriceLine) -> ContractLine {
        let price = self.offer.lines.iter().find(|price| price.code == line.code);
        let (unit_price, vat): (UnitPrice, Percent) =
            price.map_or((UnitPrice::default(), self.terms.vat), |price| (price.unit_price, price.vat));
        ContractLine {
            code: line.code.clone(),
            item: line.item.clone(),
            unit: line.unit.clone(),
            mode: line.mode,
            quantity: line.quantity.and_then(|units| units.checked_mul(1_000)).map(Quantity::from_thousandths),
            unit_price,
            vat,
            ordered: Quantity::default(),
        }
    }
}

impl NewContract {
    /// On a framework of a central body each accepted user has its part, and the body what is left.
    ///
    /// # Errors
    /// [`ConclusionError::Users`].
    pub fn shared_with(
        mut self,
        body: OrganisationId,
        users: BTreeMap<OrganisationId, Money>,
    ) -> Result<Self, ConclusionError> {
        let needs = Money::total(users.values().copied()).ok_or(ConclusionError::Total)?;
        let left = self.ceiling.checked_sub(needs).filter(|left| !left.is_negative());
        let left = left.ok_or(ConclusionError::Users { needs, maximum: self.ceiling })?;
        self.allotments = users;
        self.allotments.insert(body, left);
        Ok(self)
    }
}

/// Who is alone has the whole, whatever the key would say.
fn allotments(tender: &Tender, ceiling: Money) -> Result<BTreeMap<OrganisationId, Money>, ShareError> {
    let counted: Vec<_> = tender.counted().map(|participant| participant.organisation).collect();
    if let [alone] = counted[..] {
        return Ok([(alone, ceiling)].into());
    }
    let shares = tender.shares(ceiling, &tender.rule)?;
    Ok(shares.into_iter().map(|((_, organisation), share)| (organisation, share)).collect())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const BODY: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(1));
    const USER: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(2));

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    /// Of 100 000 euro, all the body's.
    fn framework() -> NewContract {
        NewContract {
            supplier: OrganisationId::from_uuid(Uuid::from_u128(3)),
            ceiling: money("100000.00"),
            surety: None,
            order_surety: None,
            surety_due_on: None,
            concluded_on: "2026-11-23".parse().expect("a date"),
            ends_on: None,
            lines: Vec::new(),
            allotments: [(BODY, money("100000.00"))].into(),
            clauses: Vec::new(),
        }
    }

    #[test]
    fn the_parts_of_the_users_and_of_the_body_add_up_to_the_maximum() {
        let shared = framework().shared_with(BODY, [(USER, money("30000.01"))].into()).expect("they hold");

        assert_eq!(shared.allotments, [(BODY, money("69999.99")), (USER, money("30000.01"))].into());
    }

    #[test]
    fn users_whose_parts_pass_the_maximum_stop_the_conclusion() {
        let refused = framework().shared_with(BODY, [(USER, money("100000.01"))].into());

        let (needs, maximum) = (money("100000.01"), money("100000.00"));
        assert_eq!(refused, Err(ConclusionError::Users { needs, maximum }));
    }
}
