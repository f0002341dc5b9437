use chrono::NaiveDate;

use super::{Ground, Minimis, Mode, Unanswerable, minimis};
use crate::{
    contract::Moves,
    kernel::Money,
    parameter::{Parameter, ParameterSet},
    procedure::Nature,
};

/// A modification of a running contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modification {
    pub ground: Ground,
    pub object: String,
    /// HTVA, below zero where something is taken away.
    pub amount: Money,
    pub decided_on: NaiveDate,
    pub number: String,
    /// By how much it moved each allotment, HTVA; nobody's where it was recorded before allotments followed.
    pub moves: Moves,
    /// First day of the prices that it changed.
    pub prices_from: Option<NaiveDate>,
    /// Why it was decided against what the law warns of.
    pub reason: Option<String>,
}

/// What the law says of one more modification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The count of the modifications of small value, this one included where it is one.
    pub minimis: Minimis,
    /// The rows that it passes.
    pub passed: Vec<Parameter>,
}

/// Judges `new` after `before`, by the reading chosen for the day of the notice or of the invitation.
pub fn judge(
    set: &ParameterSet,
    on: NaiveDate,
    (nature, initial): (Nature, Money),
    before: &[(Ground, Money)],
    new: Option<(Ground, Money)>,
) -> Result<Judgement, Unanswerable> {
    let small: Vec<_> =
        before.iter().chain(&new).filter(|(ground, _)| *ground == Ground::Minimis).map(|(_, amount)| *amount).collect();
    let minimis = minimis(set, on, nature, initial, &small, Mode::chosen(set, on)?)?;
    let mut passed = Vec::new();
    if let Some((ground, amount)) = new {
        if ground == Ground::Minimis && !minimis.is_allowed {
            passed.extend(minimis.rows.iter().cloned());
        }
        if let (Some(most), Some(key)) = (ground.most(set, on, initial)?, ground.most_key())
            && amount > most
        {
            passed.push(set.on(key, on)?.clone());
        }
    }
    Ok(Judgement { minimis, passed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn passed(before: &[(Ground, Money)], new: (Ground, &str)) -> Vec<String> {
        let on = "2026-03-01".parse().expect("an ISO date");
        let contract = (Nature::Services, money("100000.00"));
        let new = Some((new.0, money(new.1)));
        let found = judge(&ParameterSet::shipped(), on, contract, before, new).expect("an answer");
        found.passed.into_iter().map(|row| row.key).collect()
    }

    #[test]
    fn what_was_added_and_what_is_taken_away_count_together() {
        let before = [(Ground::Minimis, money("6000.00"))];

        assert_eq!(passed(&before, (Ground::Minimis, "-3999.99")), Vec::<String>::new());
        let rows = passed(&before, (Ground::Minimis, "-5000.00"));
        assert_eq!(rows.first().map(String::as_str), Some("modification.minimis.supplies_services"));
    }

    #[test]
    fn other_grounds_do_not_count_as_small_and_have_their_own_figure() {
        let before = [(Ground::Unforeseen, money("40000.00"))];

        assert_eq!(passed(&before, (Ground::Minimis, "6000.00")), Vec::<String>::new());
        assert_eq!(passed(&before, (Ground::Additional, "50000.00")), Vec::<String>::new());
        assert_eq!(passed(&before, (Ground::Additional, "50000.01")), ["modification.additional_percent"]);
        assert_eq!(passed(&before, (Ground::ReviewClause, "90000.00")), Vec::<String>::new());
    }
}
