use chrono::{Datelike, NaiveDate};

use super::Contract;
use crate::{
    execution::{self, AdvanceCase, LateWorks},
    kernel::{
        Money,
        vat::{self, VatTotals},
    },
    parameter::{MissingParameter, ParameterSet},
    procedure::Procedure,
    refusal::Refusal,
};

const PNSPP_MAX: &str = "pnspp.max";

impl Contract {
    /// What the inventory states at the prices of the offer, TVAC; nothing of rates alone, or where a sum does not fit.
    pub fn initial_amount(&self) -> Option<Money> {
        self.initial_totals().map(|totals| totals.including).filter(|amount| amount.is_positive())
    }

    /// The same, HTVA.
    pub fn initial_amount_excluding(&self) -> Option<Money> {
        self.initial_totals().map(|totals| totals.excluding).filter(|amount| amount.is_positive())
    }

    /// Works as they were late: the amount is the contract's own, where it tells one.
    pub fn late_works(&self, typed: LateWorks) -> LateWorks {
        LateWorks { amount: self.initial_amount_excluding().unwrap_or(typed.amount), ..typed }
    }

    fn initial_totals(&self) -> Option<VatTotals> {
        let stated = self.lines.iter().filter_map(|line| Some((line.vat, line.unit_price.times(line.quantity?))));
        let taxed = stated.map(|(rate, amount)| Some((rate, amount?))).collect::<Option<Vec<_>>>()?;
        vat::totals(taxed)
    }

    /// From the conclusion to the last day, a month that began counted whole; nothing without a last day.
    pub fn months(&self) -> Option<u32> {
        let (from, to) = (self.concluded_on, self.ends_on?);
        let whole = (to.year() - from.year()) * 12 + to.month0().cast_signed() - from.month0().cast_signed();
        u32::try_from(whole + i32::from(to.day() > from.day())).ok().filter(|months| *months > 0)
    }

    /// Negotiated without publication at an estimate that allows it: the advance follows no size (law of 17 June 2016,
    /// art. 12/1).
    ///
    /// # Errors
    /// No row of the limit on the day of the call.
    pub fn is_negotiated_for_its_amount(&self, law: &ParameterSet) -> Result<bool, MissingParameter> {
        Ok(self.procedure == Procedure::Pnspp && self.estimate < law.money_on(PNSPP_MAX, self.called_on)?)
    }

    /// Why an advance is due: by the procedure, or else by the size that the firm has on a day that came.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn advance_case(
        &self,
        law: &ParameterSet,
        (size, on): (AdvanceCase, NaiveDate),
        today: NaiveDate,
    ) -> Result<AdvanceCase, Refusal> {
        if on > today {
            return Err(execution::Refusal::SizeToCome { on }.into());
        }
        let missing = |missing: MissingParameter| Refusal::MissingParameter { key: missing.key, on: missing.on };
        if self.is_negotiated_for_its_amount(law).map_err(missing)? {
            return Ok(AdvanceCase::Pnspp);
        }
        match size {
            AdvanceCase::Pnspp => Err(execution::Refusal::AdvanceBySize.into()),
            AdvanceCase::Micro | AdvanceCase::Small | AdvanceCase::Medium => Ok(size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::tests::{contract, money};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn the_contract_tells_its_amount_with_vat_and_its_months() {
        let contract = contract();
        let until = |on| Contract { ends_on: Some(day(on)), ..contract.clone() }.months();

        assert_eq!(contract.initial_amount(), Some(money("19360.00")));
        assert_eq!(contract.initial_amount_excluding(), Some(money("16000.00")));
        assert_eq!(Contract { lines: vec![contract.lines[2].clone()], ..contract.clone() }.initial_amount(), None);
        assert_eq!([until("2027-11-23"), until("2027-11-24"), until("2026-12-22")], [Some(12), Some(13), Some(1)]);
        assert_eq!((until("2026-11-23"), Contract { ends_on: None, ..contract.clone() }.months()), (None, None));
    }

    #[test]
    fn below_the_limit_of_the_procedure_without_publication_the_advance_follows_no_size() {
        let law = ParameterSet::shipped();
        let today = day("2026-12-01");
        let case = |procedure, estimate, size| {
            let contract = Contract { procedure, estimate: money(estimate), ..contract() };
            contract.advance_case(&law, (size, today), today)
        };

        assert_eq!(case(Procedure::Pnspp, "100000.00", AdvanceCase::Micro), Ok(AdvanceCase::Pnspp));
        assert_eq!(case(Procedure::Pnspp, "500000.00", AdvanceCase::Micro), Ok(AdvanceCase::Micro));
        assert_eq!(case(Procedure::Po, "100000.00", AdvanceCase::Small), Ok(AdvanceCase::Small));
        let by_size = execution::Refusal::AdvanceBySize;
        assert_eq!(case(Procedure::Po, "100000.00", AdvanceCase::Pnspp), Err(by_size.into()));
    }

    #[test]
    fn no_firm_has_the_size_of_a_day_to_come() {
        let (law, on) = (ParameterSet::shipped(), day("2026-12-02"));
        let asked = |today| contract().advance_case(&law, (AdvanceCase::Micro, on), day(today));

        assert_eq!(asked("2026-12-02"), Ok(AdvanceCase::Micro));
        assert_eq!(asked("2026-12-01"), Err(execution::Refusal::SizeToCome { on }.into()));
    }
}
