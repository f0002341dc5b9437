use chrono::{Days, NaiveDate};

use super::{
    row::{Certainty, Parameter, Value},
    set::ParameterSet,
};

/// Longest source kept, in characters.
pub const LEGAL_REF_MOST: usize = 300;

/// A new figure of a known key, as a coordinator states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    pub key: String,
    pub value: Value,
    pub valid_from: NaiveDate,
    pub legal_ref: String,
    pub certainty: Certainty,
    pub checked_on: NaiveDate,
}

/// What a new row does to the rows of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The last row, now with an end; none when it had one.
    pub closed: Option<Parameter>,
    pub added: Parameter,
}

/// Why a row can't be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RevisionError {
    /// Labels, units and events are the program's: a new key comes with the code that reads it.
    #[error("unknown key")]
    UnknownKey,
    /// This very row is there already: a page sent twice.
    #[error("the row is there already")]
    Same,
    /// A row in use would change: files dated by it would get another figure.
    #[error("not before {earliest}")]
    TooEarly {
        /// First day accepted.
        earliest: NaiveDate,
    },
    /// Days without any figure would be left.
    #[error("not after {latest}")]
    TooLate {
        /// Last day accepted.
        latest: NaiveDate,
    },
    /// A figure of another kind than the key's.
    #[error("another kind of figure")]
    OtherKind,
}

impl ParameterSet {
    /// What becomes of the rows when `new` is added today. A row without end is closed the day before the new one, which
    /// starts tomorrow at the earliest; a row with an end is followed at once, even late, since no day has a figure twice.
    pub fn revise(&self, new: &NewRow, today: NaiveDate) -> Result<Revision, RevisionError> {
        let last = self.of(&new.key).last().ok_or(RevisionError::UnknownKey)?;
        let added = Parameter {
            value: new.value.clone(),
            valid_from: new.valid_from,
            valid_to: None,
            legal_ref: new.legal_ref.clone(),
            certainty: new.certainty,
            checked_on: new.checked_on,
            ..last.clone()
        };
        if std::mem::discriminant(&last.value) != std::mem::discriminant(&added.value) {
            return Err(RevisionError::OtherKind);
        }
        if *last == added {
            return Err(RevisionError::Same);
        }

        let closed = match last.valid_to {
            Some(end) => {
                let next = day_after(end);
                if added.valid_from < next {
                    return Err(RevisionError::TooEarly { earliest: next });
                }
                if added.valid_from > next {
                    return Err(RevisionError::TooLate { latest: next });
                }
                None
            }
            None => {
                let earliest = day_after(today.max(last.valid_from));
                if added.valid_from < earliest {
                    return Err(RevisionError::TooEarly { earliest });
                }
                Some(Parameter { valid_to: added.valid_from.pred_opt(), ..last.clone() })
            }
        };
        Ok(Revision { closed, added })
    }

    /// The rows after a revision.
    #[must_use]
    pub fn revised(&self, revision: &Revision) -> Self {
        let kept = self.rows().filter(|row| {
            revision.closed.as_ref().is_none_or(|closed| (&row.key, row.valid_from) != (&closed.key, closed.valid_from))
        });
        Self::from_rows(kept.chain(&revision.closed).chain([&revision.added]).cloned())
    }
}

fn day_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Money;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn new(key: &str, from: &str) -> NewRow {
        NewRow {
            key: key.to_owned(),
            value: Value::Money(Money::from_cents(4_000_000)),
            valid_from: date(from),
            legal_ref: "Loi du 1er décembre 2026".to_owned(),
            certainty: "S".parse().expect("a mark"),
            checked_on: date("2026-11-23"),
        }
    }

    fn revise(row: &NewRow) -> Result<Revision, RevisionError> {
        ParameterSet::shipped().revise(row, date("2026-11-23"))
    }

    #[test]
    fn a_new_row_closes_the_one_before_it_and_leaves_neither_gap_nor_overlap() {
        let revision = revise(&new("fm.max", "2027-01-01")).expect("a later row");

        assert_eq!(revision.closed.as_ref().and_then(|row| row.valid_to), Some(date("2026-12-31")));
        assert_eq!(revision.added.label, "Marché de faible montant : estimation inférieure à");
        let after = ParameterSet::shipped().revised(&revision);
        assert_eq!(after.check(), []);
        assert_eq!(after.money_on("fm.max", date("2026-12-31")), Ok(Money::from_cents(3_000_000)));
        assert_eq!(after.money_on("fm.max", date("2027-01-01")), Ok(Money::from_cents(4_000_000)));
    }

    #[test]
    fn a_row_in_use_never_changes() {
        let tomorrow = RevisionError::TooEarly { earliest: date("2026-11-24") };

        assert_eq!(revise(&new("fm.max", "2026-11-23")), Err(tomorrow));
        assert_eq!(revise(&new("fm.max", "2017-01-01")), Err(tomorrow));
        assert!(revise(&new("fm.max", "2026-11-24")).is_ok());
    }

    #[test]
    fn a_row_with_an_end_is_followed_at_once() {
        let key = "eu.threshold.works";

        assert_eq!(revise(&new(key, "2027-12-31")), Err(RevisionError::TooEarly { earliest: date("2028-01-01") }));
        assert_eq!(revise(&new(key, "2028-01-02")), Err(RevisionError::TooLate { latest: date("2028-01-01") }));
        let revision = revise(&new(key, "2028-01-01")).expect("the next day");
        assert_eq!(revision.closed, None);
        assert_eq!(ParameterSet::shipped().revised(&revision).check(), []);
    }

    #[test]
    fn a_row_that_is_there_an_unknown_key_and_another_kind_of_figure_are_refused() {
        let row = new("fm.max", "2027-01-01");
        let after = ParameterSet::shipped().revised(&revise(&row).expect("a later row"));

        assert_eq!(after.revise(&row, date("2026-11-23")), Err(RevisionError::Same));
        assert_eq!(revise(&new("tarot.max", "2027-01-01")), Err(RevisionError::UnknownKey));
        assert_eq!(revise(&new("standstill.days", "2027-01-01")), Err(RevisionError::OtherKind));
    }
}
