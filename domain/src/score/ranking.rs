use super::Points;

/// Totals and ranks, in the order of the tenders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Points of the price plus the others; none where the price has no points.
    pub totals: Vec<Option<Points>>,
    /// 1 is the best; equal totals share a rank and the next ranks are skipped: 1, 1, 3.
    pub ranks: Vec<Option<usize>>,
    /// A tender has no points yet: its price must be checked before the ranking stands.
    pub provisional: bool,
}

/// Ranks tenders by the sum of their points; nothing when the two lists do not match or a sum does not fit.
pub fn ranking(price: &[Option<Points>], other: &[Points]) -> Option<Ranking> {
    if price.len() != other.len() {
        return None;
    }

    let mut totals = Vec::with_capacity(price.len());
    for (price, other) in price.iter().zip(other) {
        totals.push(match price {
            Some(points) => Some(points.checked_add(*other)?),
            None => None,
        });
    }
    let rank = |own: Points| 1 + totals.iter().flatten().filter(|other| **other > own).count();

    Some(Ranking {
        ranks: totals.iter().map(|total| total.map(rank)).collect(),
        provisional: totals.contains(&None),
        totals,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Points {
        Points::parse_iso(text).expect("points")
    }

    #[test]
    fn the_dearest_tender_may_beat_the_cheapest() {
        let price = ["33.33", "40.00", "26.67"].map(|text| Some(points(text)));
        let quality = ["54", "40", "57"].map(points);

        let ranking = ranking(&price, &quality).expect("two lists of three");
        assert_eq!(ranking.totals, ["87.33", "80.00", "83.67"].map(|text| Some(points(text))));
        assert_eq!(ranking.ranks, [Some(1), Some(3), Some(2)]);
        assert!(!ranking.provisional);
    }

    #[test]
    fn equal_totals_share_a_rank_and_the_next_is_skipped() {
        let ranking = ranking(&[Some(points("10")); 3], &["5", "5", "4.99"].map(points)).expect("two lists of three");

        assert_eq!(ranking.ranks, [Some(1), Some(1), Some(3)]);
    }

    #[test]
    fn a_tender_without_points_has_no_rank_and_leaves_the_ranking_provisional() {
        let ranking = ranking(&[None, Some(points("40"))], &[points("60"), points("10")]).expect("two lists of two");

        assert_eq!((ranking.totals, ranking.ranks), (vec![None, Some(points("50"))], vec![None, Some(1)]));
        assert!(ranking.provisional);
    }

    #[test]
    fn lists_of_different_lengths_are_not_ranked() {
        assert_eq!(ranking(&[None], &[]), None);
    }
}
