use std::cmp::Reverse;

use super::{Draw, TieBreak};
use crate::{
    kernel::Money,
    score::Points,
    specification::{Criterion, Terms, TieRule},
};

/// An offer of the best total that is not alone.
pub(super) struct Tied<'a> {
    pub(super) position: i32,
    pub(super) points: &'a [Option<Points>],
    /// As compared.
    pub(super) price: Money,
    /// After the written improvement, if there is one.
    pub(super) improved: Money,
}

/// Applies the stated rule; where it leaves offers equal, lots are drawn between those, and a draw between others is none.
/// A draw that does not say between which ones counts where its winner is one of them.
pub(super) fn broken(terms: &Terms, tied: &[Tied<'_>], draw: Option<&Draw>) -> TieBreak {
    let left: Vec<i32> = match terms.tie {
        TieRule::HeaviestCriterion => best(tied, |one| Reverse(by_weight(&terms.criteria, one.points))),
        TieRule::LowestPrice => best(tied, |one| one.price),
        TieRule::Improvement => best(tied, |one| one.improved),
    };
    let (by_rule, equal) = if let [only] = left[..] { (Some(only), Vec::new()) } else { (None, left) };
    let is_of_these = |draw: &Draw| {
        if draw.between.is_empty() { equal.contains(&draw.winner) } else { draw.between == equal }
    };
    let drawn = draw.filter(|draw| by_rule.is_none() && is_of_these(draw));
    TieBreak {
        rule: terms.tie,
        positions: tied.iter().map(|one| one.position).collect(),
        equal,
        first: by_rule.or(drawn.map(|draw| draw.winner)),
        drawn: drawn.map(|draw| draw.reason.clone()),
    }
}

/// The rank that pages show: of the tied first ones, the first stays first and the others follow.
pub(super) fn rank(rank: Option<usize>, position: i32, tie: Option<&TieBreak>) -> Option<usize> {
    match (rank, tie.and_then(|tie| tie.first)) {
        (Some(1), Some(first)) if first != position => Some(2),
        (rank, _) => rank,
    }
}

fn best<K: Ord>(tied: &[Tied<'_>], key: impl Fn(&Tied<'_>) -> K) -> Vec<i32> {
    let Some(least) = tied.iter().map(&key).min() else { return Vec::new() };
    tied.iter().filter(|one| key(one) == least).map(|one| one.position).collect()
}

/// Points in the descending order of weights; criteria of equal weight in the order of the specification.
fn by_weight(criteria: &[Criterion], points: &[Option<Points>]) -> Vec<Option<Points>> {
    let mut weighed: Vec<_> = criteria.iter().zip(points).collect();
    weighed.sort_by_key(|(criterion, _)| Reverse(criterion.weight_hundredths));
    weighed.into_iter().map(|(_, points)| *points).collect()
}
