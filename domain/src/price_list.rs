//! Versions of a price list: a price holds from a day on, until the next version.
//!
//! An order keeps the price of its own day; a version is never changed, and never starts in the past.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::{
    execution::{Revision, Unanswerable},
    kernel::UnitPrice,
};

/// Prices per unit HTVA, by code of line.
pub type Prices = BTreeMap<String, UnitPrice>;

/// The prices from one day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub from: NaiveDate,
    pub basis: Basis,
    pub prices: Prices,
}

/// Where the prices of a version come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The winner's offer, corrected.
    Offer,
    /// The formula of the documents, on the prices before any revision.
    Revised(Revision),
    /// A modification of the contract: later revisions start from these prices.
    Modified,
}

/// All versions of a contract's prices, oldest first; there is always one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    first: Version,
    later: Vec<Version>,
}

/// Why a version can't be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PriceListError {
    /// An order may have been placed at the price of that day.
    #[error("not before {earliest}")]
    TooEarly {
        /// First day accepted.
        earliest: NaiveDate,
    },
    /// A price below zero, or another set of lines.
    #[error("other lines")]
    OtherLines,
    #[error(transparent)]
    Unanswerable(#[from] Unanswerable),
}

impl PriceList {
    /// The list of the conclusion.
    pub fn of_offer(from: NaiveDate, prices: Prices) -> Self {
        Self { first: Version { from, basis: Basis::Offer, prices }, later: Vec::new() }
    }

    /// As it was kept, oldest first.
    pub fn kept(first: Version, later: Vec<Version>) -> Self {
        Self { first, later }
    }

    /// Oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Version> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The version of a day; none before the first.
    pub fn on(&self, date: NaiveDate) -> Option<&Version> {
        self.versions().rfind(|version| version.from <= date)
    }

    /// Adds the prices that a revision gives from a day on, never computed from revised ones.
    pub fn revised(self, revision: Revision, from: NaiveDate, today: NaiveDate) -> Result<Self, PriceListError> {
        let prices = self
            .before_revision()
            .into_iter()
            .map(|(code, price)| Ok((code, revision.of(price)?)))
            .collect::<Result<_, Unanswerable>>()?;
        self.with(Version { from, basis: Basis::Revised(revision), prices }, today)
    }

    /// Adds the prices of a modification from a day on. It may bring lines, not take any away.
    pub fn modified(self, prices: Prices, from: NaiveDate, today: NaiveDate) -> Result<Self, PriceListError> {
        let keeps = self.last().prices.keys().all(|code| prices.contains_key(code));
        if !keeps || prices.values().any(|price| price.ten_thousandths() < 0) {
            return Err(PriceListError::OtherLines);
        }
        self.with(Version { from, basis: Basis::Modified, prices }, today)
    }

    fn with(mut self, version: Version, today: NaiveDate) -> Result<Self, PriceListError> {
        let after_last = self.last().from.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        let earliest = today.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX).max(after_last);
        if version.from < earliest {
            return Err(PriceListError::TooEarly { earliest });
        }
        self.later.push(version);
        Ok(self)
    }

    /// The latest, which may hold from a day to come.
    pub fn last(&self) -> &Version {
        self.later.last().unwrap_or(&self.first)
    }

    /// The prices that a formula applies to: of each line, that of the offer, or of the last modification that changed it.
    pub fn before_revision(&self) -> Prices {
        let mut before = self.first.prices.clone();
        let modified = self.versions().zip(&self.later).filter(|(_, later)| later.basis == Basis::Modified);
        for (earlier, later) in modified {
            let changed = later.prices.iter().filter(|(code, price)| earlier.prices.get(*code) != Some(*price));
            before.extend(changed.map(|(code, price)| (code.clone(), *price)));
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        execution::{Index, Term},
        kernel::Percent,
    };

    impl PriceList {
        fn price(&self, code: &str, date: NaiveDate) -> Option<UnitPrice> {
            self.on(date)?.prices.get(code).copied()
        }
    }

    fn price(text: &str) -> UnitPrice {
        UnitPrice::parse_iso(text).expect("a price")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn prices(pairs: &[(&str, &str)]) -> Prices {
        pairs.iter().map(|(code, text)| ((*code).to_owned(), price(text))).collect()
    }

    fn list() -> PriceList {
        PriceList::of_offer(date("2026-01-01"), prices(&[("P-01", "600.00"), ("P-02", "0.0450")]))
    }

    fn wages(now: &str) -> Revision {
        let index = |text| Index::parse_iso(text).expect("an index");
        let part = |text| Percent::parse_part_iso(text).expect("a part");
        let term = Term { weight: part("0.80"), now: index(now), base: index("110.00") };
        Revision::new(part("0.20"), vec![term]).expect("a formula")
    }

    #[test]
    fn a_revised_price_holds_from_its_day_on() {
        let list = list().revised(wages("113.30"), date("2027-01-01"), date("2026-12-31")).expect("tomorrow");

        assert_eq!(list.price("P-01", date("2025-12-31")), None);
        assert_eq!(list.price("P-01", date("2026-12-31")), Some(price("600.00")));
        assert_eq!(list.price("P-01", date("2027-01-01")), Some(price("614.40")));
        assert_eq!(list.price("P-02", date("2027-01-01")), Some(price("0.0461")));
        assert_eq!(list.price("P-03", date("2027-01-01")), None);
    }

    #[test]
    fn a_second_revision_starts_from_the_offer_again() {
        let list = list().revised(wages("113.30"), date("2027-01-01"), date("2026-12-01")).expect("a later day");
        let list = list.revised(wages("110.00"), date("2028-01-01"), date("2027-12-01")).expect("a later day");

        assert_eq!(list.price("P-01", date("2028-01-01")), Some(price("600.00")));
        assert_eq!(list.versions().count(), 3);
    }

    #[test]
    fn a_revision_after_a_modification_starts_from_the_modified_prices() {
        let modified = prices(&[("P-01", "500.00"), ("P-02", "0.0450"), ("P-03", "1.00")]);
        let list = list().modified(modified, date("2027-01-01"), date("2026-12-01")).expect("a later day");
        let list = list.revised(wages("113.30"), date("2028-01-01"), date("2027-12-01")).expect("a later day");

        assert_eq!(list.price("P-01", date("2028-01-01")), Some(price("512.00")));
        assert_eq!(list.price("P-03", date("2028-01-01")), Some(price("1.02")));
    }

    #[test]
    fn a_line_that_a_modification_leaves_is_not_revised_twice() {
        let list = list().revised(wages("113.30"), date("2027-01-01"), date("2026-12-01")).expect("a later day");
        let modified = prices(&[("P-01", "614.40"), ("P-02", "0.0510")]);
        let list = list.modified(modified, date("2027-06-01"), date("2027-05-01")).expect("a later day");
        assert_eq!(list.before_revision(), prices(&[("P-01", "600.00"), ("P-02", "0.0510")]));

        let list = list.revised(wages("113.30"), date("2028-01-01"), date("2027-12-01")).expect("a later day");

        assert_eq!(list.price("P-01", date("2028-01-01")), Some(price("614.40")));
        assert_eq!(list.price("P-02", date("2028-01-01")), Some(price("0.0522")));
    }

    #[test]
    fn a_day_that_orders_may_have_used_keeps_its_price() {
        let early = |from, today| list().revised(wages("113.30"), date(from), date(today));

        let tomorrow = PriceListError::TooEarly { earliest: date("2026-12-02") };
        assert_eq!(early("2026-12-01", "2026-12-01"), Err(tomorrow));
        let after_first = PriceListError::TooEarly { earliest: date("2026-01-02") };
        assert_eq!(early("2026-01-01", "2025-06-01"), Err(after_first));
    }

    #[test]
    fn a_modification_takes_no_line_away_and_has_no_price_below_zero() {
        let modified = |pairs: &[(&str, &str)]| list().modified(prices(pairs), date("2027-01-01"), date("2026-12-01"));

        assert_eq!(modified(&[("P-01", "500.00")]), Err(PriceListError::OtherLines));
        assert_eq!(modified(&[("P-01", "-0.01"), ("P-02", "1")]), Err(PriceListError::OtherLines));
    }
}
