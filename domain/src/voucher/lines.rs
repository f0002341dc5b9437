//! Lines of a voucher, and quantities by line: ordered, delivered, accepted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Refusal;
use crate::{
    contract::Contract,
    kernel::{
        Money, Percent, Quantity, UnitPrice,
        vat::{self, VatTotals},
    },
};

/// Quantities by code of line; a line left out is zero.
pub type Quantities = BTreeMap<String, Quantity>;

/// One line of a voucher, as the price list had it when it was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherLine {
    pub code: String,
    pub item: String,
    pub unit: String,
    pub quantity: Quantity,
    /// HTVA.
    pub unit_price: UnitPrice,
    /// First day of the version of the price list that gave it; none of a line older than the versions.
    pub price_from: Option<NaiveDate>,
    pub vat: Percent,
    /// Quantity × unit price, rounded to the cent, HTVA.
    pub amount: Money,
}

/// The lines of these quantities on the price list, in its order, at the prices of that day, with their totals.
///
/// # Errors
/// Nothing is ordered, a line is not on the list, a sum does not fit.
pub fn priced(
    contract: &Contract,
    asked: &Quantities,
    on: NaiveDate,
) -> Result<(Vec<VoucherLine>, VatTotals), Refusal> {
    if let Some(code) = asked.keys().find(|code| contract.line(code).is_none()) {
        return Err(Refusal::UnknownLine { code: code.clone() });
    }
    let mut lines = Vec::new();
    for line in &contract.lines {
        let Some(quantity) = asked.get(&line.code).copied().filter(|quantity| quantity.thousandths() > 0) else {
            continue;
        };
        let (unit_price, from) = contract.price(line, on);
        lines.push(VoucherLine {
            code: line.code.clone(),
            item: line.item.clone(),
            unit: line.unit.clone(),
            quantity,
            unit_price,
            price_from: Some(from),
            vat: line.vat,
            amount: unit_price.times(quantity).ok_or(Refusal::TooLarge)?,
        });
    }
    if lines.is_empty() {
        return Err(Refusal::NoLine);
    }
    let totals = totals(&lines).ok_or(Refusal::TooLarge)?;
    Ok((lines, totals))
}

/// « 1 jour », « 2 jours », « 2,5 mois »: French counts in the plural from two on; a unit of several words stays.
pub fn counted(quantity: Quantity, unit: &str) -> String {
    let plural = quantity.thousandths() >= 2_000 && !unit.contains(' ') && !unit.ends_with(['s', 'x', 'z']);
    format!("{quantity}\u{a0}{unit}{}", if plural { "s" } else { "" })
}

/// Per rate on the sum; nothing when it does not fit.
pub fn totals(lines: &[VoucherLine]) -> Option<VatTotals> {
    vat::totals(lines.iter().map(|line| (line.vat, line.amount)))
}

/// The same lines with other quantities: what was delivered or accepted of them.
pub(super) fn of(lines: &[VoucherLine], quantities: &Quantities) -> Option<Vec<VoucherLine>> {
    lines
        .iter()
        .map(|line| {
            let quantity = quantities.get(&line.code).copied().unwrap_or_default();
            Some(VoucherLine { quantity, amount: line.unit_price.times(quantity)?, ..line.clone() })
        })
        .collect()
}

/// `more` on top of `sum`.
pub(super) fn added(sum: &Quantities, more: &Quantities) -> Option<Quantities> {
    let mut sum = sum.clone();
    for (code, quantity) in more {
        let entry = sum.entry(code.clone()).or_default();
        *entry = entry.checked_add(*quantity)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::tests::{at, contract, money, quantity};

    fn asked(pairs: &[(&str, &str)]) -> Quantities {
        pairs.iter().map(|(code, text)| ((*code).to_owned(), quantity(text))).collect()
    }

    fn on() -> NaiveDate {
        at("2026-11-24T10:00:00").date_naive()
    }

    #[test]
    fn lines_stand_in_the_order_of_the_list_with_their_vat() {
        let (lines, totals) = priced(&contract(), &asked(&[("T", "1.5"), ("F", "1")]), on()).expect("it fits");

        assert_eq!(lines.iter().map(|line| line.code.as_str()).collect::<Vec<_>>(), ["F", "T"]);
        assert_eq!(totals.excluding, money("5135.00"));
        assert_eq!((totals.vat, totals.including), (money("1078.35"), money("6213.35")));
    }

    #[test]
    fn a_line_has_the_price_of_the_day_and_says_since_when() {
        let mut contract = contract();
        let cheaper =
            contract.prices.last().prices.keys().map(|code| (code.clone(), UnitPrice::from_ten_thousandths(100)));
        let (today, tomorrow) = (on(), at("2026-11-25T10:00:00").date_naive());
        contract.prices = contract.prices.clone().modified(cheaper.collect(), tomorrow, today).expect("a later day");
        let line = |day| priced(&contract, &asked(&[("P", "1")]), day).expect("it fits").0.remove(0);

        assert_eq!((line(today).amount, line(today).price_from), (money("600.00"), Some(contract.concluded_on)));
        assert_eq!((line(tomorrow).amount, line(tomorrow).price_from), (money("0.01"), Some(tomorrow)));
    }

    #[test]
    fn units_follow_their_number() {
        let said = |text: &str, unit: &str| counted(quantity(text), unit).replace('\u{a0}', " ");

        assert_eq!([said("1.5", "jour"), said("2", "jour"), said("3", "mois")], ["1,5 jour", "2 jours", "3 mois"]);
    }

    #[test]
    fn nothing_ordered_is_no_voucher() {
        assert_eq!(priced(&contract(), &asked(&[("F", "0")]), on()), Err(Refusal::NoLine));
        assert_eq!(
            priced(&contract(), &asked(&[("X", "1")]), on()),
            Err(Refusal::UnknownLine { code: "X".to_owned() })
        );
        let most = [("F".to_owned(), Quantity::from_thousandths(i64::MAX))].into();
        assert_eq!(priced(&contract(), &most, on()), Err(Refusal::TooLarge));
    }
}
