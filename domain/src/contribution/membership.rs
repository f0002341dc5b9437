use chrono::{Datelike, NaiveDate};

use super::ContributionError;

/// The days of one year on which a member is one, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    first: NaiveDate,
    last: NaiveDate,
}

impl Membership {
    /// From the entry, until the exit; an end left open is the year's own. Nothing where both are: a whole year.
    pub fn of(entry: Option<NaiveDate>, exit: Option<NaiveDate>) -> Result<Option<Self>, ContributionError> {
        let Some(known) = entry.or(exit) else { return Ok(None) };
        let day = |month, day| NaiveDate::from_ymd_opt(known.year(), month, day).ok_or(ContributionError::Days);
        let first = entry.map_or_else(|| day(1, 1), Ok)?;
        let last = exit.map_or_else(|| day(12, 31), Ok)?;
        if first > last || first.year() != last.year() {
            return Err(ContributionError::Days);
        }
        Ok(Some(Self { first, last }))
    }

    pub const fn first(self) -> NaiveDate {
        self.first
    }

    pub const fn last(self) -> NaiveDate {
        self.last
    }

    pub fn days(self) -> u32 {
        self.last.ordinal() - self.first.ordinal() + 1
    }

    /// 365, or 366 in a leap year.
    pub const fn days_of_year(self) -> u32 {
        if self.first.leap_year() { 366 } else { 365 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(entry: &str, exit: &str) -> Result<Option<(u32, u32)>, ContributionError> {
        let date = |text: &str| text.parse().ok();
        Ok(Membership::of(date(entry), date(exit))?.map(|member| (member.days(), member.days_of_year())))
    }

    #[test]
    fn first_and_last_day_count() {
        assert_eq!(counted("2026-07-01", ""), Ok(Some((184, 365))));
        assert_eq!(counted("", "2026-06-30"), Ok(Some((181, 365))));
        assert_eq!(counted("2026-02-03", "2026-02-03"), Ok(Some((1, 365))));
        assert_eq!(counted("", ""), Ok(None));
    }

    #[test]
    fn a_leap_year_has_366_days() {
        assert_eq!(counted("2028-01-01", "2028-12-31"), Ok(Some((366, 366))));
        assert_eq!(counted("2028-02-29", ""), Ok(Some((307, 366))));
        assert_eq!(counted("2100-01-01", ""), Ok(Some((365, 365))));
    }

    #[test]
    fn days_of_two_years_or_out_of_order_are_refused() {
        assert_eq!(counted("2026-12-31", "2027-01-01"), Err(ContributionError::Days));
        assert_eq!(counted("2026-07-02", "2026-07-01"), Err(ContributionError::Days));
    }
}
