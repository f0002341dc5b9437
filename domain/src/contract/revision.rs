use chrono::NaiveDate;

use super::Contract;
use crate::{
    execution::{self, Revision},
    price_list::{Basis, Prices, Version},
    refusal::Refusal,
    specification::RevisionTerm,
};

impl Contract {
    /// That of the last revision, with its indices; a modification of prices keeps it.
    pub fn formula(&self) -> Option<&Revision> {
        self.prices.versions().rev().find_map(|version| match &version.basis {
            Basis::Revised(formula) => Some(formula),
            Basis::Offer | Basis::Modified => None,
        })
    }

    /// The prices of this formula from a day to come on: the formula is that of the last revision, with other indices, or
    /// else the one that the specification states: without such a clause prices are not revised (RGE, art. 38/7).
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_revise(
        &self,
        formula: &Revision,
        stated: Option<&RevisionTerm>,
        from: NaiveDate,
        today: NaiveDate,
    ) -> Result<Version, Refusal> {
        self.runs()?;
        if !self.has_formula(formula, stated)? {
            return Err(execution::Refusal::OtherFormula.into());
        }
        let revised = self.prices.clone().revised(formula.clone(), from, today).map_err(execution::Refusal::from)?;
        Ok(revised.last().clone())
    }

    fn has_formula(&self, new: &Revision, stated: Option<&RevisionTerm>) -> Result<bool, execution::Refusal> {
        if let Some(last) = self.formula() {
            let same = new
                .terms()
                .iter()
                .zip(last.terms())
                .all(|(new, last)| (new.weight, new.base) == (last.weight, last.base));
            return Ok(same && new.terms().len() == last.terms().len());
        }
        let stated = stated.ok_or(execution::Refusal::NoRevisionClause)?;
        Ok(matches!(new.terms(), [only] if only.weight == stated.part))
    }

    /// The prices of a modification from a day to come on: what `changed` leaves out costs what it cost.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_reprice(&self, changed: Prices, from: NaiveDate, today: NaiveDate) -> Result<Version, Refusal> {
        if changed.keys().any(|code| self.line(code).is_none()) {
            return Err(execution::Refusal::OtherLines.into());
        }
        let mut prices = self.prices.last().prices.clone();
        prices.extend(changed);
        let modified = self.prices.clone().modified(prices, from, today).map_err(execution::Refusal::from)?;
        Ok(modified.last().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contract::tests::{at, contract},
        execution::{Index, Term},
        kernel::{Percent, UnitPrice},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn formula(fixed: &str, weight: &str, now: &str, base: &str) -> Revision {
        let index = |text| Index::parse_iso(text).expect("an index");
        let part = |text| Percent::parse_part_iso(text).expect("a part");
        let term = Term { weight: part(weight), now: index(now), base: index(base) };
        Revision::new(part(fixed), vec![term]).expect("a formula")
    }

    fn stated() -> RevisionTerm {
        RevisionTerm { part: Percent::parse_part_iso("0.80").expect("a part"), index: "Agoria".to_owned() }
    }

    fn today() -> NaiveDate {
        at("2026-12-01T10:00:00").date_naive()
    }

    #[test]
    fn six_hundred_follow_the_formula_of_the_specification_from_a_day_to_come() {
        let contract = contract();
        let revise = |formula: &Revision, from| contract.may_revise(formula, Some(&stated()), day(from), today());

        let version = revise(&formula("0.20", "0.80", "113.30", "110.00"), "2026-12-02").expect("tomorrow");
        assert_eq!(version.prices["P"], UnitPrice::parse_iso("614.40").expect("a price"));
        let other = revise(&formula("0.30", "0.70", "113.30", "110.00"), "2026-12-02");
        assert_eq!(other, Err(execution::Refusal::OtherFormula.into()));
        let early = revise(&formula("0.20", "0.80", "113.30", "110.00"), "2026-12-01");
        assert_eq!(early, Err(execution::Refusal::PricesTooEarly { earliest: day("2026-12-02") }.into()));
    }

    #[test]
    fn a_second_revision_keeps_the_base_of_the_first() {
        let mut contract = contract();
        let first = formula("0.20", "0.80", "113.30", "110.00");
        contract.prices = contract.prices.clone().revised(first, day("2026-12-02"), today()).expect("tomorrow");
        let revise =
            |base| contract.may_revise(&formula("0.20", "0.80", "115.00", base), None, day("2027-12-02"), today());

        assert!(revise("110.00").is_ok());
        assert_eq!(revise("109.00"), Err(execution::Refusal::OtherFormula.into()));
    }

    #[test]
    fn a_contract_without_a_clause_of_revision_keeps_its_prices() {
        let formula = formula("0.20", "0.80", "113.30", "110.00");

        let revised = contract().may_revise(&formula, None, day("2026-12-02"), today());

        assert_eq!(revised, Err(execution::Refusal::NoRevisionClause.into()));
    }

    #[test]
    fn a_revision_after_a_modification_of_one_line_keeps_the_base_of_the_others_and_the_formula() {
        let mut contract = contract();
        let first = formula("0.20", "0.80", "113.30", "110.00");
        contract.prices = contract.prices.clone().revised(first, day("2026-12-02"), today()).expect("tomorrow");
        let more = [("F".to_owned(), UnitPrice::parse_iso("5500.00").expect("a price"))].into();
        let modified = contract.may_reprice(more, day("2027-06-01"), today()).expect("a later day").prices;
        contract.prices = contract.prices.clone().modified(modified, day("2027-06-01"), today()).expect("a later day");
        let revise =
            |base| contract.may_revise(&formula("0.20", "0.80", "113.30", base), None, day("2027-12-02"), today());

        let version = revise("110.00").expect("the formula is kept");

        let price = |text| UnitPrice::parse_iso(text).expect("a price");
        assert_eq!((version.prices["P"], version.prices["F"]), (price("614.40"), price("5632.00")));
        assert_eq!(revise("109.00"), Err(execution::Refusal::OtherFormula.into()));
    }

    #[test]
    fn a_modification_changes_the_prices_it_names_and_no_other() {
        let contract = contract();
        let price = UnitPrice::parse_iso("650.00").expect("a price");
        let reprice = |code: &str| contract.may_reprice([(code.to_owned(), price)].into(), day("2026-12-02"), today());

        let version = reprice("P").expect("tomorrow");
        assert_eq!((version.prices["P"], version.prices["T"]), (price, contract.prices.last().prices["T"]));
        assert_eq!(reprice("X"), Err(execution::Refusal::OtherLines.into()));
    }
}
