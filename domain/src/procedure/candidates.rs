//! Which procedures an estimate allows.
//!
//! Where the facts are silent: a threshold of the social and specific services replaces the EU threshold of ordinary
//! services for them; their own procedure is open to them whatever the amount; a procedure above its amount stays
//! possible « on conditions » when the law also knows cases without amount.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{MinimumDelays, Nature, Procedure, minimum_delays};
use crate::{
    kernel::Money,
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// What the law answers for a nature, an estimate and a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// One answer per procedure, in the order of [`Procedure::ALL`].
    pub answers: Vec<Answer>,
    /// The rows that were used, each once, by key.
    pub rows: Vec<Parameter>,
}

/// The answer for one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Which one.
    pub procedure: Procedure,
    /// Whether it may be used.
    pub standing: Standing,
    /// Where its notice is published.
    pub publication: Publication,
    /// How long tenderers have at least.
    pub delays: MinimumDelays,
    /// Why it may or may not be used.
    pub reason: Reason,
    /// Key of the row that says so; none where the law sets nothing.
    pub row: Option<&'static str>,
}

/// Whether a procedure may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The estimate alone allows it.
    Allowed,
    /// Only in a case of the law that has nothing to do with the estimate, to be reasoned.
    OnConditions,
    /// Not for this estimate or nature.
    Refused,
}

/// Where a contract notice is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Publication {
    /// No notice before the tenders.
    #[serde(rename = "none")]
    None,
    /// Bulletin des Adjudications.
    #[serde(rename = "BE")]
    Belgian,
    /// Bulletin des Adjudications and TED.
    #[serde(rename = "EU")]
    European,
}

/// Why a procedure may or may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The estimate is below the limit.
    Below {
        /// The limit.
        limit: Money,
    },
    /// The estimate reaches the limit, and no other case opens the procedure.
    NotBelow {
        /// The limit.
        limit: Money,
    },
    /// The estimate reaches the limit; the cases without amount remain.
    OtherCasesOnly {
        /// The limit.
        limit: Money,
    },
    /// The law sets no amount.
    Always,
    /// Only in the cases of content (adaptation, innovation, complexity, irregular tenders).
    ContentCases,
    /// Only for social and other specific services.
    OtherNature,
}

/// The question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswerable {
    /// An estimate is above zero.
    #[error("the estimate is not above zero")]
    Estimate,
    /// The law of that date is not known.
    #[error(transparent)]
    Missing(#[from] MissingParameter),
}

/// The procedures open to a local authority for this estimate (HTVA, all lots, options and renewals) on the day the
/// notice or the invitation is sent.
pub fn candidates(
    set: &ParameterSet,
    on: NaiveDate,
    nature: Nature,
    estimate: Money,
) -> Result<Candidates, Unanswerable> {
    if !estimate.is_positive() {
        return Err(Unanswerable::Estimate);
    }

    let mut law = Law { set, on, rows: Vec::new() };
    let threshold = law.amount(nature.eu_threshold_key())?;
    let answers = Procedure::ALL
        .into_iter()
        .map(|procedure| law.answer(procedure, nature, estimate, threshold))
        .collect::<Result<_, _>>()?;

    Ok(Candidates { answers, rows: law.used() })
}

impl Candidates {
    /// Procedures that the estimate alone allows.
    pub fn allowed(&self) -> impl Iterator<Item = &Answer> {
        self.standing(Standing::Allowed)
    }

    /// Procedures that need a reasoned case.
    pub fn on_conditions(&self) -> impl Iterator<Item = &Answer> {
        self.standing(Standing::OnConditions)
    }

    /// Procedures that may be used, with or without conditions.
    pub fn open(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| answer.standing != Standing::Refused)
    }

    /// The answer for one procedure.
    pub fn of(&self, procedure: Procedure) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.procedure == procedure)
    }

    fn standing(&self, standing: Standing) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(move |answer| answer.standing == standing)
    }
}

/// The law of one day, remembering which rows it was asked for.
struct Law<'set> {
    set: &'set ParameterSet,
    on: NaiveDate,
    rows: Vec<&'set Parameter>,
}

impl Law<'_> {
    fn answer(
        &mut self,
        procedure: Procedure,
        nature: Nature,
        estimate: Money,
        threshold: Money,
    ) -> Result<Answer, MissingParameter> {
        let row = row(procedure, nature);
        let (standing, reason) = self.standing(procedure, nature, estimate, row)?;
        let delays = if standing == Standing::Refused { MinimumDelays::default() } else { self.delays(procedure)? };

        Ok(Answer {
            procedure,
            standing,
            publication: publication(procedure, estimate, threshold),
            delays,
            reason,
            row,
        })
    }

    fn standing(
        &mut self,
        procedure: Procedure,
        nature: Nature,
        estimate: Money,
        row: Option<&'static str>,
    ) -> Result<(Standing, Reason), MissingParameter> {
        let Some(row) = row else { return Ok((Standing::Allowed, Reason::Always)) };
        Ok(match procedure {
            Procedure::Fm | Procedure::Pndapp => or_refused(estimate, self.amount(row)?),
            Procedure::Pnspp | Procedure::Pcan => or_other_cases(estimate, self.amount(row)?),
            Procedure::Po | Procedure::Pr => (Standing::Allowed, Reason::Always),
            Procedure::Dc | Procedure::Pi => (Standing::OnConditions, Reason::ContentCases),
            Procedure::Sss if nature == Nature::Sss => (Standing::Allowed, Reason::Always),
            Procedure::Sss => (Standing::Refused, Reason::OtherNature),
        })
    }

    fn amount(&mut self, key: &str) -> Result<Money, MissingParameter> {
        self.rows.push(self.set.on(key, self.on)?);
        self.set.money_on(key, self.on)
    }

    fn delays(&mut self, procedure: Procedure) -> Result<MinimumDelays, MissingParameter> {
        let (delays, rows) = minimum_delays(self.set, procedure, self.on)?;
        self.rows.extend(rows);
        Ok(delays)
    }

    fn used(self) -> Vec<Parameter> {
        let mut rows: Vec<Parameter> = self.rows.into_iter().cloned().collect();
        rows.sort_by(|one, other| one.key.cmp(&other.key));
        rows.dedup();
        rows
    }
}

/// The row that opens or closes a procedure: an amount, or a case of the law.
fn row(procedure: Procedure, nature: Nature) -> Option<&'static str> {
    match procedure {
        Procedure::Fm => Some("fm.max"),
        Procedure::Pnspp => Some("pnspp.max"),
        Procedure::Pndapp if nature == Nature::Works => Some("pndapp.works.max"),
        Procedure::Pcan if nature == Nature::Works => Some("pcan.works.max"),
        Procedure::Pndapp | Procedure::Pcan => Some(nature.eu_threshold_key()),
        Procedure::Po | Procedure::Pr => None,
        Procedure::Dc => Some("dc.cases"),
        Procedure::Pi => Some("pi.cases"),
        Procedure::Sss => Some("sss.nature"),
    }
}

fn or_refused(estimate: Money, limit: Money) -> (Standing, Reason) {
    if estimate < limit {
        (Standing::Allowed, Reason::Below { limit })
    } else {
        (Standing::Refused, Reason::NotBelow { limit })
    }
}

fn or_other_cases(estimate: Money, limit: Money) -> (Standing, Reason) {
    if estimate < limit {
        (Standing::Allowed, Reason::Below { limit })
    } else {
        (Standing::OnConditions, Reason::OtherCasesOnly { limit })
    }
}

/// At the threshold itself the publication is European.
fn publication(procedure: Procedure, estimate: Money, threshold: Money) -> Publication {
    match (procedure.asks_for_a_notice(), estimate >= threshold) {
        (false, _) => Publication::None,
        (true, false) => Publication::Belgian,
        (true, true) => Publication::European,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(on: &str, nature: Nature, estimate: &str) -> Result<Candidates, Unanswerable> {
        let on = on.parse().expect("an ISO date");
        candidates(&ParameterSet::shipped(), on, nature, Money::parse_iso(estimate).expect("an amount"))
    }

    fn codes<'a>(answers: impl Iterator<Item = &'a Answer>) -> String {
        answers.map(|answer| answer.procedure.code()).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn assert_law(
        on: &str,
        nature: Nature,
        estimate: &str,
        allowed: &str,
        on_conditions: &str,
        publication: Publication,
    ) {
        let candidates = ask(on, nature, estimate).expect("the law of that day is known");

        assert_eq!(codes(candidates.allowed()), allowed, "{estimate}");
        assert_eq!(codes(candidates.on_conditions()), on_conditions, "{estimate}");
        assert_eq!(candidates.of(Procedure::Po).map(|answer| answer.publication), Some(publication), "{estimate}");
    }

    #[test]
    fn services_in_2026_change_at_30_000_at_140_000_and_at_216_000() {
        use Publication::{Belgian, European};
        let law = |estimate, allowed, conditions, publication| {
            assert_law("2026-03-09", Nature::Services, estimate, allowed, conditions, publication);
        };

        law("0.01", "FM PNSPP PNDAPP PO PR PCAN", "DC PI", Belgian);
        law("29999.99", "FM PNSPP PNDAPP PO PR PCAN", "DC PI", Belgian);
        law("30000.00", "PNSPP PNDAPP PO PR PCAN", "DC PI", Belgian);
        law("139999.99", "PNSPP PNDAPP PO PR PCAN", "DC PI", Belgian);
        law("140000.00", "PNDAPP PO PR PCAN", "PNSPP DC PI", Belgian);
        law("215999.99", "PNDAPP PO PR PCAN", "PNSPP DC PI", Belgian);
        law("216000.00", "PO PR", "PNSPP PCAN DC PI", European);
    }

    #[test]
    fn supplies_follow_the_same_amounts_as_services() {
        assert_law(
            "2026-03-09",
            Nature::Supplies,
            "215999.99",
            "PNDAPP PO PR PCAN",
            "PNSPP DC PI",
            Publication::Belgian,
        );
        assert_law("2026-03-09", Nature::Supplies, "216000.00", "PO PR", "PNSPP PCAN DC PI", Publication::European);
    }

    #[test]
    fn works_in_2026_change_at_750_000_and_at_5_404_000() {
        use Publication::{Belgian, European};
        let law = |estimate, allowed, conditions, publication| {
            assert_law("2026-03-09", Nature::Works, estimate, allowed, conditions, publication);
        };

        law("29999.99", "FM PNSPP PNDAPP PO PR PCAN", "DC PI", Belgian);
        law("139999.99", "PNSPP PNDAPP PO PR PCAN", "DC PI", Belgian);
        law("749999.99", "PNDAPP PO PR PCAN", "PNSPP DC PI", Belgian);
        law("750000.00", "PO PR", "PNSPP PCAN DC PI", Belgian);
        law("5403999.99", "PO PR", "PNSPP PCAN DC PI", Belgian);
        law("5404000.00", "PO PR", "PNSPP PCAN DC PI", European);
    }

    #[test]
    fn social_and_specific_services_have_their_procedure_and_their_threshold() {
        use Publication::{Belgian, European};
        let law = |estimate, allowed, conditions, publication| {
            assert_law("2026-03-09", Nature::Sss, estimate, allowed, conditions, publication);
        };

        law("29999.99", "FM PNSPP PNDAPP PO PR PCAN SSS", "DC PI", Belgian);
        law("140000.00", "PNDAPP PO PR PCAN SSS", "PNSPP DC PI", Belgian);
        law("749999.99", "PNDAPP PO PR PCAN SSS", "PNSPP DC PI", Belgian);
        law("750000.00", "PO PR SSS", "PNSPP PCAN DC PI", European);
    }

    #[test]
    fn the_day_decides_which_law_applies() {
        let pnspp = |on, estimate| {
            let candidates = ask(on, Nature::Services, estimate).expect("the law of that day is known");
            candidates.of(Procedure::Pnspp).map(|answer| answer.standing)
        };

        assert_eq!(pnspp("2025-12-31", "142999.99"), Some(Standing::Allowed));
        assert_eq!(pnspp("2025-12-31", "143000.00"), Some(Standing::OnConditions));
        assert_eq!(pnspp("2026-01-01", "140000.00"), Some(Standing::OnConditions));
        assert_eq!(pnspp("2018-01-01", "143999.99"), Some(Standing::Allowed));
        assert_law(
            "2025-06-01",
            Nature::Services,
            "220999.99",
            "PNDAPP PO PR PCAN",
            "PNSPP DC PI",
            Publication::Belgian,
        );
        assert_law("2025-06-01", Nature::Services, "221000.00", "PO PR", "PNSPP PCAN DC PI", Publication::European);
    }

    #[test]
    fn a_procedure_without_notice_is_published_nowhere_whatever_the_amount() {
        let candidates = ask("2026-03-09", Nature::Services, "1000000.00").expect("2026 is covered");

        assert_eq!(candidates.of(Procedure::Pnspp).map(|answer| answer.publication), Some(Publication::None));
        assert_eq!(candidates.of(Procedure::Dc).map(|answer| answer.publication), Some(Publication::European));
    }

    #[test]
    fn the_rows_used_are_listed_once() {
        let candidates = ask("2026-03-09", Nature::Works, "100000.00").expect("2026 is covered");
        let keys: Vec<&str> = candidates.rows.iter().map(|row| row.key.as_str()).collect();

        for key in
            ["eu.threshold.works", "fm.max", "pnspp.max", "pndapp.works.max", "pcan.works.max", "delay.po.tenders"]
        {
            assert_eq!(keys.iter().filter(|used| **used == key).count(), 1, "{key}");
        }
        assert!(!keys.contains(&"eu.threshold.supplies_services"));
    }

    #[test]
    fn the_law_of_2028_is_not_guessed() {
        let missing = MissingParameter {
            key: "eu.threshold.supplies_services".into(),
            on: "2028-01-01".parse().expect("an ISO date"),
        };

        assert_eq!(ask("2028-01-01", Nature::Services, "1000.00"), Err(Unanswerable::Missing(missing)));
        assert!(ask("2027-12-31", Nature::Services, "1000.00").is_ok());
        assert!(ask("2017-12-31", Nature::Services, "1000.00").is_err());
    }

    #[test]
    fn an_estimate_is_above_zero() {
        for estimate in ["0.00", "-1.00"] {
            assert_eq!(ask("2026-03-09", Nature::Services, estimate), Err(Unanswerable::Estimate));
        }
    }
}
