use std::{fmt, str::FromStr};

use chrono::NaiveDate;

use crate::{
    fault::Fault,
    kernel::{Money, NumberError, Percent, text::serde_as_text},
};

/// One figure of the law, for the time it is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Stable name: `eu.threshold.works`.
    pub key: String,
    /// What it is, in French: « Seuil européen, travaux ».
    pub label: String,
    /// The figure.
    pub value: Value,
    /// What the figure counts.
    pub unit: Unit,
    /// First day of validity; 2018-01-01 where the figure is older than the rows.
    pub valid_from: NaiveDate,
    /// Last day of validity; none when no end is known.
    pub valid_to: Option<NaiveDate>,
    /// The event of a file whose date picks the row.
    pub event: Event,
    /// Its source in law, in French.
    pub legal_ref: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// When somebody last compared it with its source.
    pub checked_on: NaiveDate,
}

impl Parameter {
    /// Valid on this day.
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|last| date <= last)
    }
}

/// A figure, exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An amount in euro.
    Money(Money),
    /// A rate.
    Percent(Percent),
    /// Days, months, persons.
    Count(u32),
    /// One of several readings of a text, by name.
    Choice(String),
}

impl Value {
    /// Reads a figure in the form of files, as its unit asks.
    pub fn parse(unit: Unit, text: &str) -> Result<Self, BadRow> {
        match unit {
            Unit::Euro => Money::parse_iso(text).map(Self::Money).map_err(|_| BadRow::Value),
            Unit::Percent => Percent::parse_iso(text).map(Self::Percent).map_err(|_| BadRow::Value),
            Unit::Choice if text.is_empty() => Err(BadRow::Value),
            Unit::Choice => Ok(Self::Choice(text.to_owned())),
            Unit::Days | Unit::WorkingDays | Unit::Months | Unit::Years | Unit::Inhabitants | Unit::Count => {
                text.parse().map(Self::Count).map_err(|_| BadRow::Value)
            }
        }
    }
}

impl Value {
    /// Reads a figure as people type it, as its unit asks.
    pub fn parse_french(unit: Unit, text: &str) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::Empty);
        }
        match unit {
            Unit::Euro => Money::parse_french_not_negative(text).map(Self::Money).map_err(Fault::Amount),
            Unit::Percent => match Percent::parse_french(text) {
                Ok(rate) if rate < Percent::ZERO => Err(Fault::Number(NumberError::Negative)),
                Ok(rate) => Ok(Self::Percent(rate)),
                Err(error) => Err(Fault::Number(error)),
            },
            Unit::Choice if text.len() <= LONGEST_CHOICE && text.bytes().all(is_of_a_name) => {
                Ok(Self::Choice(text.to_owned()))
            }
            Unit::Choice => Err(Fault::NotAChoice),
            Unit::Days | Unit::WorkingDays | Unit::Months | Unit::Years | Unit::Inhabitants | Unit::Count => text
                .replace([' ', '\u{a0}', '\u{202f}'], "")
                .parse()
                .ok()
                .filter(|count| *count <= LARGEST_COUNT)
                .map(Self::Count)
                .ok_or(Fault::NotBetween { least: 0, most: LARGEST_COUNT.into() }),
        }
    }
}

/// No delay, staff or population of the law is larger.
const LARGEST_COUNT: u32 = 100_000_000;
const LONGEST_CHOICE: usize = 40;

fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte == b'_'
}

/// The form of files: `216000.00`, `7.5`, `35`.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(amount) => formatter.pad(&amount.to_iso()),
            Self::Percent(rate) => formatter.pad(&rate.to_iso()),
            Self::Count(count) => formatter.pad(&count.to_string()),
            Self::Choice(name) => formatter.pad(name),
        }
    }
}

/// A row's text is not what its column asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRow {
    /// Too few or too many columns.
    #[error("wrong number of columns")]
    Columns,
    /// Not a known unit.
    #[error("unknown unit")]
    Unit,
    /// The figure does not fit its unit.
    #[error("wrong value")]
    Value,
    /// Not an ISO date.
    #[error("wrong date")]
    Date,
    /// Not a known event.
    #[error("unknown event")]
    Event,
    /// Not a known mark.
    #[error("unknown certainty")]
    Certainty,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $error:expr, $($(#[$case_doc:meta])* $case:ident = $word:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$case_doc])* $case,)*
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(match self { $(Self::$case => $word,)* })
            }
        }

        impl FromStr for $name {
            type Err = BadRow;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$case),)*
                    _ => Err($error),
                }
            }
        }

        serde_as_text!($name);
    };
}

words! {
    /// What a figure counts.
    Unit, BadRow::Unit,
    /// Euro, two decimals.
    Euro = "euro",
    /// Per cent.
    Percent = "percent",
    /// Calendar days.
    Days = "days",
    /// Working days.
    WorkingDays = "working_days",
    /// Months.
    Months = "months",
    /// Years.
    Years = "years",
    /// Inhabitants.
    Inhabitants = "inhabitants",
    /// Tenders, members of staff.
    Count = "count",
    /// A reading among several.
    Choice = "choice",
}

words! {
    /// The event of a file whose date picks the row.
    Event, BadRow::Event,
    /// Sending of the notice, or of the invitation when there is no notice.
    NoticeOrInvitation = "notice",
    /// The deliberation that uses the figure.
    Deliberation = "deliberation",
    /// The award decision.
    Award = "award",
    /// The chargeable event of the VAT.
    ChargeableEvent = "chargeable",
    /// The half-year in which the interest runs.
    HalfYear = "half_year",
    /// The due date of a payment.
    DueDate = "due_date",
    /// The grant of a subsidy.
    Grant = "grant",
}

words! {
    /// How sure a figure is, before any published confirmation.
    Level, BadRow::Certainty,
    /// Sure.
    Sure = "S",
    /// Likely: the article was not read again.
    Likely = "L",
    /// To be confirmed by a commune or the union.
    Configurable = "C",
}

/// How sure a figure is: `S`, `Lv`, `C`; the `v` says that a published page confirmed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Certainty {
    /// Sure, likely, to be confirmed.
    pub level: Level,
    /// A published page confirmed it.
    pub confirmed: bool,
}

impl fmt::Display for Certainty {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}{}", self.level, if self.confirmed { "v" } else { "" }))
    }
}

impl FromStr for Certainty {
    type Err = BadRow;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let level = text.strip_suffix('v');
        Ok(Self { level: level.unwrap_or(text).parse()?, confirmed: level.is_some() })
    }
}

serde_as_text!(Certainty);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_written_the_same() {
        for mark in ["S", "Sv", "L", "Lv", "C", "Cv"] {
            assert_eq!(mark.parse::<Certainty>().map(|certainty| certainty.to_string()), Ok(mark.into()));
        }
        for mark in ["", "v", "s", "X", "Svv"] {
            assert_eq!(mark.parse::<Certainty>(), Err(BadRow::Certainty));
        }
    }

    #[test]
    fn a_figure_must_fit_its_unit() {
        assert_eq!(Value::parse(Unit::Days, "35"), Ok(Value::Count(35)));
        assert_eq!(Value::parse(Unit::Euro, "216000.00").map(|value| value.to_string()), Ok("216000.00".into()));
        assert_eq!(Value::parse(Unit::Days, "35.5"), Err(BadRow::Value));
        assert_eq!(Value::parse(Unit::Euro, "30 000"), Err(BadRow::Value));
        assert_eq!(Value::parse(Unit::Percent, "0.1234567"), Err(BadRow::Value));
        assert_eq!(Value::parse(Unit::Choice, ""), Err(BadRow::Value));
    }

    #[test]
    fn a_typed_figure_is_read_the_french_way_or_says_what_is_wrong() {
        let typed = |unit, text| Value::parse_french(unit, text).map(|value| value.to_string());

        assert_eq!(typed(Unit::Euro, "216 000,50"), Ok("216000.50".into()));
        assert_eq!(typed(Unit::Percent, "7,5 %"), Ok("7.5".into()));
        assert_eq!(typed(Unit::Inhabitants, "50 000"), Ok("50000".into()));
        assert_eq!(typed(Unit::Choice, "next_working_day"), Ok("next_working_day".into()));
        assert_eq!(typed(Unit::Euro, ""), Err(Fault::Empty));
        assert_eq!(typed(Unit::Euro, "-1"), Err(Fault::Amount(NumberError::Negative)));
        assert_eq!(typed(Unit::Percent, "-1"), Err(Fault::Number(NumberError::Negative)));
        assert_eq!(typed(Unit::Days, "-1"), Err(Fault::NotBetween { least: 0, most: 100_000_000 }));
        assert_eq!(typed(Unit::Days, "4294967296"), Err(Fault::NotBetween { least: 0, most: 100_000_000 }));
        assert_eq!(typed(Unit::Choice, "HTVA !"), Err(Fault::NotAChoice));
    }
}
