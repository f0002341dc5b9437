//! What an answer means, once checked.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::{kernel::Quantity, voucher::counted};

/// A checked answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// One line.
    Text(String),
    /// Paragraphs.
    Paragraphs(Vec<String>),
    /// A whole number.
    Integer(i64),
    /// Hundredths of a per cent.
    Percent(i64),
    /// Cents.
    Money(i64),
    /// A day.
    Date(NaiveDate),
    /// A day and hour in the legal time zone.
    DateTime(NaiveDateTime),
    /// Yes or no.
    YesNo(bool),
    /// Code of an option.
    Choice(String),
    /// Items.
    Lines(Vec<String>),
    /// Rows of cells; a cell of codes holds the code.
    Rows(Vec<Vec<String>>),
    /// Award criteria, 100 in all.
    Criteria(Vec<Criterion>),
    /// Lines of the price schedule.
    Prices(Vec<PriceLine>),
}

/// An award criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its name.
    pub name: String,
    /// Hundredths of a point; all of them add up to 10 000.
    pub weight_hundredths: i64,
    /// What kind of thing is compared.
    pub nature: CriterionNature,
    /// What is assessed, and on which piece of the offer.
    pub elements: String,
}

/// What a criterion compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CriterionNature {
    /// The price.
    Price,
    /// The cost over the life cycle.
    Cost,
    /// Quality.
    Quality,
}

/// A line of the price schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLine {
    /// `P-01`.
    pub code: String,
    /// What is priced.
    pub item: String,
    /// Day, month, lump sum.
    pub unit: String,
    /// None for a rate only.
    pub quantity: Option<i64>,
    /// What the quantity promises.
    pub mode: PriceMode,
}

impl PriceLine {
    /// « 120 jours »; the unit alone where there is no quantity.
    pub fn counted(&self) -> String {
        let quantity = self.quantity.and_then(|quantity| quantity.checked_mul(1_000)).map(Quantity::from_thousandths);
        quantity.map_or_else(|| self.unit.clone(), |quantity| counted(quantity, &self.unit))
    }
}

/// What the quantity of a price line promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PriceMode {
    /// Fixed quantity, lump sum.
    Fixed,
    /// Presumed quantity: no promise.
    Presumed,
    /// A rate, without quantity.
    RateOnly,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_line_counts_as_one_writes() {
        let line = |quantity, unit: &str| PriceLine {
            code: "P-01".to_owned(),
            item: "Analyse".to_owned(),
            unit: unit.to_owned(),
            quantity,
            mode: PriceMode::Presumed,
        };

        assert_eq!(line(Some(120), "jour").counted(), "120\u{a0}jours");
        assert_eq!(line(Some(1), "forfait").counted(), "1\u{a0}forfait");
        assert_eq!(line(Some(108), "mois").counted(), "108\u{a0}mois");
        assert_eq!(line(None, "heure").counted(), "heure");
    }
}
