//! Counting of delays: Regulation (EEC, Euratom) 1182/71, and CDLD art. L3113-2 with the same effect.
//!
//! The day of the event is day 0. A delay prolonged by law (tutelle, 30 + 15 days) is counted as one delay of the
//! whole length, so that it moves once only. Reminders are no legal delays: they are plain dates after the due date.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::holiday::{Holiday, is_working_day};

/// Longest delay that is counted, in days: about a century.
pub const LONGEST_DAYS: u32 = 36_525;

/// How the days of a delay are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counting {
    /// Calendar days; an end on a day off moves to the next working day.
    Calendar,
    /// Calendar days back from a date (« at least six days before »); never moves.
    Backward,
    /// Working days only.
    Working,
}

/// A delay, counted, with the facts that made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day on which plain addition or subtraction lands.
    pub raw_end: NaiveDate,
    /// The last day of the delay, until its last hour; counted backward, the last day allowed.
    pub end: NaiveDate,
    /// The first day after the delay.
    pub free_from: NaiveDate,
    /// Why it ends there, in the order of the reasoning.
    pub why: Vec<Why>,
}

/// A fact of the counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The day of the event is day 0 (art. 3.1).
    EventNotCounted {
        /// Day 0.
        event: NaiveDate,
    },
    /// Calendar days are counted, days off included (art. 3.3).
    CalendarDays {
        /// How many.
        days: u32,
        /// Where they lead.
        raw_end: NaiveDate,
    },
    /// Only working days are counted.
    WorkingDays {
        /// How many.
        days: u32,
        /// Where they lead.
        end: NaiveDate,
    },
    /// A holiday on a weekday was not counted among the working days.
    HolidayNotCounted {
        /// That day.
        date: NaiveDate,
        /// Which holiday.
        holiday: Holiday,
    },
    /// The end fell on a Saturday (art. 3.4).
    MovedFromSaturday {
        /// That day.
        date: NaiveDate,
    },
    /// The end fell on a Sunday (art. 3.4).
    MovedFromSunday {
        /// That day.
        date: NaiveDate,
    },
    /// The end fell on a holiday (art. 3.4).
    MovedFromHoliday {
        /// That day.
        date: NaiveDate,
        /// Which holiday.
        holiday: Holiday,
    },
    /// Two days or more contain at least two working days (art. 3.5).
    ExtendedToTwoWorkingDays {
        /// The end before.
        from: NaiveDate,
        /// The end after.
        to: NaiveDate,
    },
    /// Counted back from a date, without moving.
    CountedBack {
        /// How many days.
        days: u32,
        /// The last day allowed.
        end: NaiveDate,
    },
    /// One day earlier is the safe side, for those who read « six full days ».
    SafeDay {
        /// That day.
        date: NaiveDate,
    },
}

/// The delay does not lead to a date that the engine counts (years 1900 to 2999, a century at most).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the delay leads out of the calendar")]
pub struct OutOfCalendar;

/// Counts a delay the given way.
pub fn count(counting: Counting, event: NaiveDate, days: u32) -> Result<Deadline, OutOfCalendar> {
    match counting {
        Counting::Calendar => calendar(event, days),
        Counting::Backward => backward(event, days),
        Counting::Working => working(event, days),
    }
}

/// Calendar days from the day after the event. The end moves off Saturdays, Sundays and holidays, and a delay of two
/// days or more contains at least two working days, counted on the moved delay.
pub fn calendar(event: NaiveDate, days: u32) -> Result<Deadline, OutOfCalendar> {
    check(event, days)?;

    let raw_end = event + Days::new(days.into());
    let mut why = vec![Why::EventNotCounted { event }, Why::CalendarDays { days, raw_end }];
    let mut end = moved_to_working_day(raw_end, &mut why);
    while days >= 2 && working_days_between(event, end) < 2 {
        let to = next_working_day(end);
        why.push(Why::ExtendedToTwoWorkingDays { from: end, to });
        end = to;
    }

    Ok(Deadline { raw_end, end, free_from: end + Days::new(1), why })
}

/// Calendar days back from `limit`: the last day allowed. It never moves; the safe advice is one day earlier.
pub fn backward(limit: NaiveDate, days: u32) -> Result<Deadline, OutOfCalendar> {
    check(limit, days)?;

    let end = limit - Days::new(days.into());
    let why = vec![
        Why::EventNotCounted { event: limit },
        Why::CountedBack { days, end },
        Why::SafeDay { date: end - Days::new(1) },
    ];

    Ok(Deadline { raw_end: end, end, free_from: end + Days::new(1), why })
}

/// Working days from the day after the event.
pub fn working(event: NaiveDate, days: u32) -> Result<Deadline, OutOfCalendar> {
    check(event, days)?;

    let end = if days == 0 { on_or_after(event) } else { (0..days).fold(event, |day, _| next_working_day(day)) };
    let mut why = vec![Why::EventNotCounted { event }];
    why.extend(weekday_holidays(event, end));
    why.push(Why::WorkingDays { days, end });

    Ok(Deadline { raw_end: end, end, free_from: end + Days::new(1), why })
}

/// The first working day after this one.
pub fn next_working_day(date: NaiveDate) -> NaiveDate {
    on_or_after(date + Days::new(1))
}

fn on_or_after(date: NaiveDate) -> NaiveDate {
    date.iter_days().find(|day| is_working_day(*day)).expect("a week has a working day")
}

fn check(event: NaiveDate, days: u32) -> Result<(), OutOfCalendar> {
    if (1900..3000).contains(&event.year()) && days <= LONGEST_DAYS { Ok(()) } else { Err(OutOfCalendar) }
}

fn moved_to_working_day(mut date: NaiveDate, why: &mut Vec<Why>) -> NaiveDate {
    while let Some(reason) = reason_to_move(date) {
        why.push(reason);
        date = date + Days::new(1);
    }
    date
}

fn reason_to_move(date: NaiveDate) -> Option<Why> {
    match (Holiday::on(date), date.weekday()) {
        (Some(holiday), _) => Some(Why::MovedFromHoliday { date, holiday }),
        (None, Weekday::Sat) => Some(Why::MovedFromSaturday { date }),
        (None, Weekday::Sun) => Some(Why::MovedFromSunday { date }),
        (None, Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri) => None,
    }
}

fn working_days_between(event: NaiveDate, end: NaiveDate) -> usize {
    days_after(event, end).filter(|day| is_working_day(*day)).take(2).count()
}

fn weekday_holidays(event: NaiveDate, end: NaiveDate) -> impl Iterator<Item = Why> {
    days_after(event, end)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .filter_map(|date| Holiday::on(date).map(|holiday| Why::HolidayNotCounted { date, holiday }))
}

fn days_after(event: NaiveDate, end: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    event.iter_days().skip(1).take_while(move |day| *day <= end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn the_calendar_examples_end_where_the_law_says() {
        let examples = [
            ("2026-11-05", 15, "2026-11-20", "2026-11-20", "2026-11-21"),
            ("2026-07-10", 15, "2026-07-25", "2026-07-27", "2026-07-28"),
            ("2026-07-06", 15, "2026-07-21", "2026-07-22", "2026-07-23"),
            ("2026-12-10", 15, "2026-12-25", "2026-12-28", "2026-12-29"),
            ("2026-03-02", 35, "2026-04-06", "2026-04-07", "2026-04-08"),
            ("2026-03-02", 30, "2026-04-01", "2026-04-01", "2026-04-02"),
            ("2026-04-01", 22, "2026-04-23", "2026-04-23", "2026-04-24"),
            ("2026-10-01", 90, "2026-12-30", "2026-12-30", "2026-12-31"),
            ("2026-11-05", 30, "2026-12-05", "2026-12-07", "2026-12-08"),
        ];

        for (event, days, raw_end, end, free_from) in examples {
            let counted = calendar(date(event), days).expect("in the calendar");
            assert_eq!((counted.raw_end, counted.end), (date(raw_end), date(end)), "{event} + {days}");
            assert_eq!(counted.free_from, date(free_from), "{event} + {days}");
        }
    }

    #[test]
    fn the_working_day_examples_end_where_the_law_says() {
        let examples =
            [("2026-10-26", 10, "2026-11-09"), ("2026-11-02", 10, "2026-11-17"), ("2026-12-21", 5, "2026-12-29")];

        for (event, days, end) in examples {
            assert_eq!(working(date(event), days).map(|counted| counted.end), Ok(date(end)), "{event} + {days}");
        }
    }

    #[test]
    fn two_days_across_the_assumption_are_extended_to_hold_two_working_days() {
        let counted = calendar(date("2024-08-14"), 2).expect("in the calendar");

        assert_eq!((counted.raw_end, counted.end), (date("2024-08-16"), date("2024-08-19")));
        let extended = Why::ExtendedToTwoWorkingDays { from: date("2024-08-16"), to: date("2024-08-19") };
        assert_eq!(counted.why.last(), Some(&extended));
    }

    #[test]
    fn two_days_from_a_friday_are_moved_and_then_extended() {
        let counted = calendar(date("2026-11-20"), 2).expect("in the calendar");

        assert_eq!((counted.raw_end, counted.end), (date("2026-11-22"), date("2026-11-24")));
    }

    #[test]
    fn one_day_from_a_friday_is_only_moved() {
        let counted = calendar(date("2026-11-20"), 1).expect("in the calendar");

        let moved =
            [Why::MovedFromSaturday { date: date("2026-11-21") }, Why::MovedFromSunday { date: date("2026-11-22") }];
        assert_eq!(counted.end, date("2026-11-23"));
        assert_eq!(counted.why[2..], moved);
    }

    #[test]
    fn a_prolonged_tutelle_moves_once() {
        let first = calendar(date("2026-06-25"), 30).expect("in the calendar");
        let prolonged = calendar(date("2026-06-25"), 30 + 15).expect("in the calendar");

        assert_eq!((first.raw_end, first.end), (date("2026-07-25"), date("2026-07-27")));
        assert_eq!(prolonged.raw_end, first.raw_end + Days::new(15));
    }

    #[test]
    fn counted_back_a_day_off_stays_and_the_advice_is_a_day_earlier() {
        let counted = backward(date("2026-11-20"), 6).expect("in the calendar");

        assert_eq!((counted.raw_end, counted.end), (date("2026-11-14"), date("2026-11-14")));
        assert_eq!(counted.why.last(), Some(&Why::SafeDay { date: date("2026-11-13") }));
    }

    #[test]
    fn no_days_end_on_the_event_or_the_next_working_day() {
        assert_eq!(calendar(date("2026-11-20"), 0).map(|counted| counted.end), Ok(date("2026-11-20")));
        assert_eq!(calendar(date("2026-11-21"), 0).map(|counted| counted.end), Ok(date("2026-11-23")));
        assert_eq!(working(date("2026-11-21"), 0).map(|counted| counted.end), Ok(date("2026-11-23")));
    }

    #[test]
    fn absurd_delays_are_refused() {
        assert_eq!(calendar(date("2026-11-20"), LONGEST_DAYS + 1), Err(OutOfCalendar));
        assert_eq!(backward(NaiveDate::MIN, 1), Err(OutOfCalendar));
        assert_eq!(working(NaiveDate::MAX, 1), Err(OutOfCalendar));
        assert!(calendar(date("2999-12-31"), LONGEST_DAYS).is_ok());
    }

    proptest! {
        #[test]
        fn a_delay_never_ends_on_a_day_off_and_never_too_early(offset in 0_u64..40_000, days in 0_u32..400) {
            let event = date("1990-01-01") + Days::new(offset);
            let (calendar, working) = (calendar(event, days).expect("in range"), working(event, days).expect("in range"));

            prop_assert!(is_working_day(calendar.end) && is_working_day(working.end));
            prop_assert!(calendar.end >= calendar.raw_end && working.end >= calendar.end);
            prop_assert!(days < 2 || working_days_between(event, calendar.end) == 2);
        }
    }
}
