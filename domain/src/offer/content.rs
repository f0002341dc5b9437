use serde::{Deserialize, Serialize};

use crate::{
    kernel::{
        Money, Percent, Quantity, UnitPrice,
        vat::{self, VatTotals},
    },
    specification::PriceLine,
};

/// What a firm writes, before it is sealed and after it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OfferContent {
    /// One entry per priced line of the inventory; a line left out is presumed included in the others.
    pub lines: Vec<OfferLine>,
    /// What the firm wants to say besides; may be empty.
    pub remark: String,
}

/// The price of one line of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferLine {
    /// Code of the line, `P-01`.
    pub code: String,
    /// Without VAT.
    pub unit_price: UnitPrice,
    pub vat: Percent,
}

/// A line of the inventory with the price that an offer gives for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    pub line: PriceLine,
    /// None: left out, presumed included in the others.
    pub price: Option<OfferLine>,
    /// Quantity × unit price, without VAT; none for a rate alone.
    pub amount: Option<Money>,
}

/// The lines of an offer with their amounts, and what they add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    pub lines: Vec<PricedLine>,
    pub vat: VatTotals,
}

/// Puts the prices of an offer on the inventory; nothing when a sum does not fit.
pub fn priced(inventory: &[PriceLine], content: &OfferContent) -> Option<Totals> {
    let lines = inventory
        .iter()
        .map(|line| {
            let price = content.lines.iter().find(|price| price.code == line.code).cloned();
            let amount = match (&price, line.quantity) {
                (Some(price), Some(quantity)) => {
                    let quantity = Quantity::from_thousandths(quantity.checked_mul(1_000)?);
                    Some(price.unit_price.times(quantity)?)
                }
                (Some(_) | None, _) => None,
            };
            Some(PricedLine { line: line.clone(), price, amount })
        })
        .collect::<Option<Vec<_>>>()?;
    let taxed = lines.iter().filter_map(|line| Some((line.price.as_ref()?.vat, line.amount?)));
    let vat = vat::totals(taxed)?;
    Some(Totals { lines, vat })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specification::PriceMode;

    fn line(code: &str, quantity: Option<i64>) -> PriceLine {
        let mode = if quantity.is_some() { PriceMode::Presumed } else { PriceMode::RateOnly };
        PriceLine { code: code.to_owned(), item: String::new(), unit: "jour".to_owned(), quantity, mode }
    }

    fn price(code: &str, price: &str) -> OfferLine {
        let unit_price = UnitPrice::parse_iso(price).expect("a price");
        OfferLine { code: code.to_owned(), unit_price, vat: Percent::parse_iso("21").expect("a rate") }
    }

    #[test]
    fn vat_is_computed_on_the_total_of_a_rate_and_a_rate_alone_adds_nothing() {
        let inventory = [line("A", Some(3)), line("B", None), line("C", Some(2))];
        let content = OfferContent { lines: vec![price("A", "0.12"), price("B", "95.00")], remark: String::new() };

        let totals = priced(&inventory, &content).expect("the sums fit");

        assert_eq!(totals.vat.excluding, Money::from_cents(36));
        assert_eq!(totals.vat.vat, Money::from_cents(8));
        assert_eq!(
            totals.lines.iter().map(|line| line.amount).collect::<Vec<_>>(),
            [Some(Money::from_cents(36)), None, None]
        );
    }

    #[test]
    fn a_sum_that_does_not_fit_is_no_sum() {
        let inventory = [line("A", Some(i64::MAX))];
        let content = OfferContent { lines: vec![price("A", "1000000.00")], remark: String::new() };

        assert_eq!(priced(&inventory, &content), None);
    }
}
