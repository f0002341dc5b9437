use proptest::prelude::*;

use super::*;

fn euros(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn percent(text: &str) -> Percent {
    Percent::parse_iso(text).expect("a rate")
}

fn three(weights: [u64; 3]) -> Vec<Participant<&'static str>> {
    ["A", "B", "C"].into_iter().zip(weights).map(|(id, weight)| Participant { id, weight }).collect()
}

#[track_caller]
fn assert_shares(total: &str, rule: Rule, weights: [u64; 3], expected: [&str; 3]) {
    let shares = shares(euros(total), &rule, &three(weights)).expect("it can be shared");

    assert_eq!(shares.into_values().map(Money::to_iso).collect::<Vec<_>>(), expected);
}

const POPULATIONS: [u64; 3] = [12_000, 8_500, 4_300];
const POPULATION: Rule = Rule::by(Key::Population);

#[test]
fn a_cost_is_shared_by_population() {
    assert_shares("100000.00", POPULATION, POPULATIONS, ["48387.10", "34274.19", "17338.71"]);
}

#[test]
fn a_fifth_equal_and_the_rest_by_population_are_shared_in_one_pass() {
    let rule = Rule { fixed: Fixed::Percent(percent("20")), ..POPULATION };

    assert_shares("100000.00", rule, POPULATIONS, ["45376.34", "34086.02", "20537.64"]);
}

#[test]
fn the_first_in_order_takes_the_cent_that_is_left() {
    assert_shares("100.00", Rule::by(Key::Equal), [0, 0, 0], ["33.34", "33.33", "33.33"]);
    assert_shares("0.02", Rule::by(Key::Equal), [9, 9, 9], ["0.01", "0.01", "0.00"]);

    let reversed: Vec<_> = three([1, 1, 1]).into_iter().rev().collect();
    let shares = shares(euros("100.00"), &POPULATION, &reversed).expect("it can be shared");
    assert_eq!(shares["A"], euros("33.34"));
}

#[test]
fn each_pays_its_fixed_amount_before_the_key() {
    let rule = Rule { fixed: Fixed::Amount(euros("250.00")), ..POPULATION };

    assert_shares("1000.00", rule, [3, 1, 1], ["400.00", "300.00", "300.00"]);
    assert_shares("750.00", rule, [3, 1, 1], ["250.00", "250.00", "250.00"]);
    assert_eq!(shares(euros("749.99"), &rule, &three([3, 1, 1])), Err(ShareError::FixedAmount));
}

#[test]
fn a_minimum_is_taken_from_the_others_by_their_key() {
    let rule = Rule { min: Some(euros("20.00")), ..POPULATION };

    assert_shares("100.00", rule, [60, 30, 10], ["53.33", "26.67", "20.00"]);
}

#[test]
fn a_maximum_is_given_to_the_others_by_their_key() {
    let rule = Rule { max: Some(euros("50.00")), ..POPULATION };

    assert_shares("100.00", rule, [60, 30, 10], ["50.00", "37.50", "12.50"]);
}

#[test]
fn bounds_are_applied_again_until_nobody_leaves_them() {
    let rule = Rule { max: Some(euros("40.00")), ..POPULATION };
    assert_shares("100.00", rule, [90, 9, 1], ["40.00", "40.00", "20.00"]);

    let rule = Rule { min: Some(euros("30.00")), max: Some(euros("36.00")), ..POPULATION };
    assert_shares("100.00", rule, [90, 9, 1], ["36.00", "34.00", "30.00"]);
}

#[test]
fn nobody_stays_on_a_bound_without_need() {
    let rule = Rule { min: Some(euros("10.00")), max: Some(euros("50.00")), ..POPULATION };

    assert_shares("100.00", rule, [80, 15, 5], ["50.00", "37.50", "12.50"]);
}

#[test]
fn bounds_that_touch_leave_one_answer() {
    let rule = Rule { min: Some(euros("33.33")), max: Some(euros("33.34")), ..POPULATION };
    assert_shares("100.00", rule, [1, 2, 3], ["33.33", "33.33", "33.34"]);

    let rule = Rule { min: Some(euros("20.00")), max: Some(euros("20.00")), ..POPULATION };
    assert_shares("60.00", rule, [1, 2, 3], ["20.00", "20.00", "20.00"]);
}

#[test]
fn participants_without_weight_pay_only_what_a_maximum_leaves() {
    assert_shares("100.00", POPULATION, [1, 0, 0], ["100.00", "0.00", "0.00"]);

    let rule = Rule { max: Some(euros("50.00")), ..POPULATION };
    assert_shares("100.00", rule, [1, 0, 0], ["50.00", "25.00", "25.00"]);
}

#[test]
fn what_cannot_be_shared_is_refused_with_its_reason() {
    let refused = |total: &str, rule: Rule, weights| shares(euros(total), &rule, &three(weights)).err();
    let fixed = |part: &str| Rule { fixed: Fixed::Percent(percent(part)), ..POPULATION };
    let bounds = |min: Option<&str>, max: Option<&str>| Rule { min: min.map(euros), max: max.map(euros), ..POPULATION };

    assert_eq!(refused("0.00", POPULATION, [1, 1, 1]), Some(ShareError::NotPositive));
    assert_eq!(refused("-0.01", POPULATION, [1, 1, 1]), Some(ShareError::NotPositive));
    assert_eq!(refused("1.00", POPULATION, [0, 0, 0]), Some(ShareError::NoWeight));
    assert_eq!(refused("1.00", POPULATION, [LARGEST_WEIGHT + 1, 0, 0]), Some(ShareError::TooLarge));
    assert_eq!(refused("1.00", fixed("100.000001"), [1, 1, 1]), Some(ShareError::FixedPercent));
    assert_eq!(refused("1.00", fixed("-1"), [1, 1, 1]), Some(ShareError::FixedPercent));
    assert_eq!(refused("1.00", fixed("100"), [0, 0, 0]), None);
    assert_eq!(refused("100.00", bounds(Some("33.34"), None), [1, 1, 1]), Some(ShareError::Bounds));
    assert_eq!(refused("100.00", bounds(None, Some("33.33")), [1, 1, 1]), Some(ShareError::Bounds));
    assert_eq!(refused("100.00", bounds(Some("-1.00"), None), [1, 1, 1]), Some(ShareError::Bounds));
    assert_eq!(refused("100.00", bounds(Some("40.00"), Some("30.00")), [1, 1, 1]), Some(ShareError::Bounds));

    let nobody: [Participant<&str>; 0] = [];
    assert_eq!(shares(euros("1.00"), &POPULATION, &nobody), Err(ShareError::NoParticipant));
    let twice = [Participant { id: "A", weight: 1 }; 2];
    assert_eq!(shares(euros("1.00"), &POPULATION, &twice), Err(ShareError::Twice));
    let crowd: Vec<_> = (0..=MOST_PARTICIPANTS).map(|id| Participant { id, weight: 1 }).collect();
    assert_eq!(shares(euros("1.00"), &POPULATION, &crowd), Err(ShareError::TooManyParticipants));
    assert_eq!(shares(Money::from_cents(i64::MAX), &POPULATION, &three([1, 1, 1])), Err(ShareError::TooLarge));
}

#[test]
fn the_largest_amounts_weights_and_crowds_fit() {
    let crowd: Vec<_> = (0..MOST_PARTICIPANTS).map(|id| Participant { id, weight: LARGEST_WEIGHT }).collect();
    let rule = Rule {
        fixed: Fixed::Percent(percent("33.333333")),
        min: Some(euros("999999999.99")),
        max: Some(euros("1000000000.01")),
        ..POPULATION
    };

    let shares = shares(LARGEST_TOTAL, &rule, &crowd).expect("it fits");
    assert_eq!(Money::total(shares.into_values()), Some(LARGEST_TOTAL));
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let fixed = prop_oneof![
        Just(Fixed::None),
        (0_i64..=100_000_000).prop_map(|part| Fixed::Percent(Percent::from_millionths(part))),
        (0_i64..1_000).prop_map(|cents| Fixed::Amount(Money::from_cents(cents))),
    ];
    let amount = || proptest::option::of((0_i64..200_000).prop_map(Money::from_cents));
    (prop_oneof![Just(Key::Equal), Just(Key::Population)], fixed, amount(), amount())
        .prop_map(|(key, fixed, min, max)| Rule { key, fixed, min, max })
}

proptest! {
    #[test]
    fn shares_always_add_up_and_stay_within_their_bounds(
        cents in 1_i64..1_000_000,
        rule in any_rule(),
        weights in proptest::collection::vec(0_u64..200_000, 1..12),
    ) {
        let total = Money::from_cents(cents);
        let participants: Vec<_> =
            weights.iter().enumerate().map(|(id, weight)| Participant { id, weight: *weight }).collect();

        if let Ok(shares) = shares(total, &rule, &participants) {
            prop_assert_eq!(Money::total(shares.values().copied()), Some(total));
            prop_assert!(shares.values().all(|share| rule.min.is_none_or(|min| *share >= min)));
            prop_assert!(shares.values().all(|share| rule.max.is_none_or(|max| *share <= max)));
            prop_assert!(shares.values().all(|share| !share.is_negative()));
        }
    }

    #[test]
    fn a_larger_weight_never_pays_less(
        cents in 1_i64..1_000_000,
        rule in any_rule(),
        weights in proptest::collection::vec(0_u64..200_000, 2..8),
    ) {
        let mut sorted = weights;
        sorted.sort_by(|one, other| other.cmp(one));
        let participants: Vec<_> =
            sorted.iter().enumerate().map(|(id, weight)| Participant { id, weight: *weight }).collect();

        if let Ok(shares) = shares(Money::from_cents(cents), &rule, &participants) {
            let paid: Vec<Money> = shares.into_values().collect();
            prop_assert!(paid.windows(2).all(|pair| pair[0] >= pair[1]));
        }
    }
}
