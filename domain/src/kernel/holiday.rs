//! The ten Belgian legal holidays. Regional days and bridge days are working days.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A legal holiday (royal decree of 18 April 1974, art. 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The day after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// Thirty-nine days after Easter.
    Ascension,
    /// Fifty days after Easter.
    WhitMonday,
    /// 21 July.
    NationalDay,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Armistice,
    /// 25 December.
    Christmas,
}

/// Every day except Saturday, Sunday and the legal holidays (Regulation 1182/71, art. 2.2).
pub fn is_working_day(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && Holiday::on(date).is_none()
}

impl Holiday {
    /// The holiday that falls on this date.
    pub fn on(date: NaiveDate) -> Option<Self> {
        match (date.month(), date.day()) {
            (1, 1) => Some(Self::NewYear),
            (5, 1) if date == after_easter(date.year(), 39) => Some(Self::Ascension),
            (5, 1) => Some(Self::LabourDay),
            (7, 21) => Some(Self::NationalDay),
            (8, 15) => Some(Self::Assumption),
            (11, 1) => Some(Self::AllSaints),
            (11, 11) => Some(Self::Armistice),
            (12, 25) => Some(Self::Christmas),
            (3..=6, _) => [(1, Self::EasterMonday), (39, Self::Ascension), (50, Self::WhitMonday)]
                .into_iter()
                .find(|(days, _)| date == after_easter(date.year(), *days))
                .map(|(_, holiday)| holiday),
            _ => None,
        }
    }
}

fn after_easter(year: i32, days: u64) -> NaiveDate {
    easter(year) + Days::new(days)
}

/// Easter Sunday in the Gregorian calendar (anonymous computus).
fn easter(year: i32) -> NaiveDate {
    // The cycle of Easter is 5 700 000 years: this keeps years before Christ positive.
    let positive = year + 5_700_000;
    let (golden, century, in_century) = (positive % 19, positive / 100, positive % 100);
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late_moon = (golden + 11 * epact + 22 * weekday) / 451;
    let since_march = epact + weekday - 7 * late_moon + 114;

    let month = u32::try_from(since_march / 31).expect("March or April");
    let day = u32::try_from(since_march % 31 + 1).expect("a day of the month");
    NaiveDate::from_ymd_opt(year, month, day).expect("the computus gives a date")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn easter_falls_where_the_calendars_print_it() {
        let printed =
            ["2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"];

        for easter_day in printed.map(date) {
            assert_eq!(easter(easter_day.year()), easter_day);
        }
    }

    #[test]
    fn a_year_has_ten_holidays() {
        let in_2026: Vec<_> = date("2026-01-01")
            .iter_days()
            .take(365)
            .filter_map(|day| Holiday::on(day).map(|holiday| (day.to_string(), holiday)))
            .collect();

        let expected = [
            ("2026-01-01", Holiday::NewYear),
            ("2026-04-06", Holiday::EasterMonday),
            ("2026-05-01", Holiday::LabourDay),
            ("2026-05-14", Holiday::Ascension),
            ("2026-05-25", Holiday::WhitMonday),
            ("2026-07-21", Holiday::NationalDay),
            ("2026-08-15", Holiday::Assumption),
            ("2026-11-01", Holiday::AllSaints),
            ("2026-11-11", Holiday::Armistice),
            ("2026-12-25", Holiday::Christmas),
        ];
        assert_eq!(in_2026, expected.map(|(day, holiday)| (day.to_owned(), holiday)));
    }

    #[test]
    fn ascension_on_the_first_of_may_is_one_day_off() {
        assert_eq!(Holiday::on(date("2008-05-01")), Some(Holiday::Ascension));
    }

    #[test]
    fn easter_exists_in_every_year_a_date_can_have() {
        for year in (NaiveDate::MIN.year() + 1)..NaiveDate::MAX.year() {
            assert!((3..=4).contains(&easter(year).month()), "{year}");
        }
    }

    #[test]
    fn regional_and_bridge_days_are_worked() {
        assert!(is_working_day(date("2027-09-27")));
        assert!(is_working_day(date("2026-05-15")));
        assert!(!is_working_day(date("2026-05-16")));
        assert!(!is_working_day(date("2026-05-17")));
    }
}
