//! One legal time zone, Europe/Brussels, and dates as French writes them.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeZone, Utc};
use chrono_tz::Europe::Brussels;

/// Years that a typed date may have: an older or a later one is a slip.
pub const TYPED_YEARS: RangeInclusive<i32> = 1900..=2200;

/// The wall clock in Brussels at this instant.
pub fn brussels(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&Brussels).naive_local()
}

/// A wall-clock time in Brussels that does not name one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    /// The clocks jump over it: 2:00 to 3:00 on the last Sunday of March.
    #[error("this time does not exist")]
    Skipped,
    /// The clocks show it twice: 2:00 to 3:00 on the last Sunday of October. Nobody should have to guess which.
    #[error("this time happens twice")]
    Twice {
        /// In summer time.
        first: DateTime<Utc>,
        /// In winter time, an hour later.
        second: DateTime<Utc>,
    },
}

/// The instant at which the clocks of Brussels show this date and time.
pub fn utc_from_brussels(date: NaiveDate, time: NaiveTime) -> Result<DateTime<Utc>, LocalTimeError> {
    match Brussels.from_local_datetime(&date.and_time(time)) {
        MappedLocalTime::Single(instant) => Ok(instant.with_timezone(&Utc)),
        MappedLocalTime::Ambiguous(first, second) => {
            Err(LocalTimeError::Twice { first: first.with_timezone(&Utc), second: second.with_timezone(&Utc) })
        }
        MappedLocalTime::None => Err(LocalTimeError::Skipped),
    }
}

/// The instant as both databases keep it: whole microseconds.
pub fn truncate_to_microseconds(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.trunc_subsecs(6)
}

/// `26 novembre 2026`, `1er janvier 2020`.
pub fn date_french(date: NaiveDate) -> String {
    format!("{} {} {}", day(date), MONTHS[month_index(date)], date.year())
}

/// `2 déc. 2026`, for tables.
pub fn date_short_french(date: NaiveDate) -> String {
    format!("{} {} {}", day(date), SHORT_MONTHS[month_index(date)], date.year())
}

/// `Jeudi 26 novembre 2026`, at the start of a sentence.
pub fn weekday_date_french(date: NaiveDate) -> String {
    let name = weekday(date);
    let (first, rest) = name.split_at(1);
    format!("{}{rest} {}", first.to_uppercase(), date_french(date))
}

/// `jeudi 26 novembre 2026`, inside a sentence.
pub fn weekday_date_french_inline(date: NaiveDate) -> String {
    format!("{} {}", weekday(date), date_french(date))
}

/// `26 novembre 2026 à 11:00`.
pub fn date_time_french(at: NaiveDateTime) -> String {
    format!("{} à {}", date_french(at.date()), at.format("%H:%M"))
}

/// `26 novembre 2026 à 11:00:07`, where a second decides: receipts, minutes.
pub fn date_time_seconds_french(at: NaiveDateTime) -> String {
    format!("{} à {}", date_french(at.date()), at.format("%H:%M:%S"))
}

pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SHORT_MONTHS: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

fn day(date: NaiveDate) -> String {
    if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() }
}

fn month_index(date: NaiveDate) -> usize {
    usize::try_from(date.month0()).expect("a month is less than twelve")
}

fn weekday(date: NaiveDate) -> &'static str {
    WEEKDAYS[usize::try_from(date.weekday().num_days_from_monday()).expect("a weekday is less than seven")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().expect("an ISO time")
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn brussels_is_one_hour_ahead_in_winter_and_two_in_summer() {
        assert_eq!(utc_from_brussels(date("2026-03-28"), time("11:00:00")), Ok(utc("2026-03-28T10:00:00Z")));
        assert_eq!(utc_from_brussels(date("2026-03-29"), time("11:00:00")), Ok(utc("2026-03-29T09:00:00Z")));
        assert_eq!(utc_from_brussels(date("2026-10-24"), time("11:00:00")), Ok(utc("2026-10-24T09:00:00Z")));
        assert_eq!(utc_from_brussels(date("2026-10-25"), time("11:00:00")), Ok(utc("2026-10-25T10:00:00Z")));
    }

    #[test]
    fn the_hour_that_summer_time_skips_is_refused() {
        let on = date("2026-03-29");

        assert_eq!(utc_from_brussels(on, time("01:59:59")), Ok(utc("2026-03-29T00:59:59Z")));
        assert_eq!(utc_from_brussels(on, time("02:00:00")), Err(LocalTimeError::Skipped));
        assert_eq!(utc_from_brussels(on, time("02:59:59")), Err(LocalTimeError::Skipped));
        assert_eq!(utc_from_brussels(on, time("03:00:00")), Ok(utc("2026-03-29T01:00:00Z")));
    }

    #[test]
    fn the_hour_that_winter_time_repeats_is_refused_with_both_instants() {
        let on = date("2026-10-25");
        let twice = LocalTimeError::Twice { first: utc("2026-10-25T00:30:00Z"), second: utc("2026-10-25T01:30:00Z") };

        assert_eq!(utc_from_brussels(on, time("02:30:00")), Err(twice));
        assert_eq!(utc_from_brussels(on, time("01:59:59")), Ok(utc("2026-10-24T23:59:59Z")));
        assert_eq!(utc_from_brussels(on, time("03:00:00")), Ok(utc("2026-10-25T02:00:00Z")));
    }

    #[test]
    fn the_wall_clock_shows_the_same_half_past_two_twice() {
        let shown = [utc("2026-10-25T00:30:00Z"), utc("2026-10-25T01:30:00Z")].map(brussels);

        assert_eq!(shown[0], shown[1]);
        assert_eq!(date_time_french(shown[0]), "25 octobre 2026 à 02:30");
    }

    #[test]
    fn instants_keep_whole_microseconds() {
        assert_eq!(truncate_to_microseconds(utc("2026-03-02T10:00:00.123456789Z")), utc("2026-03-02T10:00:00.123456Z"));
    }

    #[test]
    fn dates_are_written_the_french_way() {
        let at = date("2026-11-26").and_time(time("11:00:07"));

        assert_eq!(date_french(date("2026-11-26")), "26 novembre 2026");
        assert_eq!(date_french(date("2020-01-01")), "1er janvier 2020");
        assert_eq!(date_short_french(date("2026-12-02")), "2 déc. 2026");
        assert_eq!(weekday_date_french(date("2026-11-26")), "Jeudi 26 novembre 2026");
        assert_eq!(weekday_date_french_inline(date("2026-11-01")), "dimanche 1er novembre 2026");
        assert_eq!(date_time_french(at), "26 novembre 2026 à 11:00");
        assert_eq!(date_time_seconds_french(at), "26 novembre 2026 à 11:00:07");
    }
}
