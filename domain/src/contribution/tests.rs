use proptest::prelude::*;

use super::*;

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn tariff(rate: &str, min: Option<&str>, max: Option<&str>) -> Tariff {
    Tariff { rate: InhabitantRate::parse_iso(rate).expect("a rate"), min: min.map(money), max: max.map(money) }
}

fn from(day: &str) -> Option<Membership> {
    Membership::of(day.parse().ok(), None).expect("days of one year")
}

#[test]
fn forty_five_cents_for_each_of_twelve_thousand_inhabitants_by_the_day() {
    let whole = contribution(tariff("0.45", None, None), 12_345, None).expect("an answer");
    let half = contribution(tariff("0.45", None, None), 12_345, from("2026-07-01")).expect("an answer");

    assert_eq!((whole.amount, whole.yearly, whole.bound), (money("5555.25"), money("5555.25"), None));
    assert_eq!((half.amount, half.yearly), (money("2800.45"), money("5555.25")));
}

#[test]
fn a_year_of_366_days_shares_by_366() {
    let amount = |day| contribution(tariff("1", None, None), 366, from(day)).map(|found| found.amount);

    assert_eq!(amount("2028-01-01"), Ok(money("366.00")));
    assert_eq!(amount("2028-12-31"), Ok(money("1.00")));
    assert_eq!(amount("2026-12-31"), Ok(money("1.00")), "366 / 365, rounded");
}

#[test]
fn a_rate_of_seven_decimals_is_rounded_once() {
    let amount = |rate, population| contribution(tariff(rate, None, None), population, None).map(|found| found.amount);

    assert_eq!(amount("0.0000001", 49_999), Ok(money("0.00")));
    assert_eq!(amount("0.0000001", 50_000), Ok(money("0.01")));
    assert_eq!(amount("0.4512345", 12_345), Ok(money("5570.49")));
}

#[test]
fn bounds_are_of_a_whole_year() {
    let bounded = |population, day: &str| {
        let found = contribution(tariff("0.45", Some("500.00"), Some("9000.00")), population, from(day));
        found.map(|found| (found.amount, found.bound))
    };

    assert_eq!(bounded(100, ""), Ok((money("500.00"), Some(Bound::Min(money("500.00"))))));
    assert_eq!(bounded(20_001, ""), Ok((money("9000.00"), Some(Bound::Max(money("9000.00"))))));
    assert_eq!(bounded(20_000, ""), Ok((money("9000.00"), None)));
    assert_eq!(bounded(100, "2026-07-01"), Ok((money("252.05"), Some(Bound::Min(money("500.00"))))));
    assert_eq!(bounded(0, ""), Ok((money("500.00"), Some(Bound::Min(money("500.00"))))));
}

#[test]
fn absurd_questions_are_refused() {
    let asked = |rate, min, max, population| contribution(tariff(rate, min, max), population, None);

    assert_eq!(asked("-0.01", None, None, 1), Err(ContributionError::Rate));
    assert_eq!(asked("0.45", Some("2.00"), Some("1.99"), 1), Err(ContributionError::Bounds));
    assert_eq!(asked("0.45", Some("-1.00"), None, 1), Err(ContributionError::Bounds));
    assert_eq!(asked("0.45", None, Some("-1.00"), 1), Err(ContributionError::Bounds));
    assert_eq!(asked("1", None, None, u64::MAX), Err(ContributionError::TooLarge));
    assert!(asked("0.45", Some("2.00"), Some("2.00"), 1).is_ok());
}

proptest! {
    #[test]
    fn a_contribution_grows_with_days_and_inhabitants_within_its_bounds(
        rate in 0_i64..100_000_000, population in 0_u64..1_000_000, min in 0_i64..1_000_000, more in 0_i64..100_000_000,
        day in 2_u32..=365,
    ) {
        let bounds = (Money::from_cents(min), Money::from_cents(min + more));
        let rate = InhabitantRate::from_ten_millionths(rate);
        let tariff = Tariff { rate, min: Some(bounds.0), max: Some(bounds.1) };
        let entry = chrono::NaiveDate::from_yo_opt(2026, day);
        let before = chrono::NaiveDate::from_yo_opt(2026, day - 1);
        let of = |population, entry| {
            let membership = Membership::of(entry, None).expect("days of one year");
            contribution(tariff, population, membership).expect("an answer")
        };

        let (whole, part) = (of(population, None), of(population, entry));

        prop_assert!((bounds.0..=bounds.1).contains(&whole.amount));
        prop_assert!(part.amount <= whole.amount && part.yearly == whole.amount);
        prop_assert!(part.amount <= of(population, before).amount);
        prop_assert!(whole.amount <= of(population + 1, None).amount);
    }

    #[test]
    fn the_days_before_and_after_an_entry_make_the_year_to_the_cent(
        rate in 0_i64..100_000_000, population in 0_u64..1_000_000, day in 2_u32..=366,
    ) {
        let tariff = Tariff { rate: InhabitantRate::from_ten_millionths(rate), min: None, max: None };
        let entry = chrono::NaiveDate::from_yo_opt(2028, day);
        let eve = chrono::NaiveDate::from_yo_opt(2028, day - 1);
        let of = |membership| contribution(tariff, population, membership).expect("an answer").amount.cents();

        let before = of(Membership::of(None, eve).expect("days of one year"));
        let after = of(Membership::of(entry, None).expect("days of one year"));

        prop_assert!((before + after - of(None)).abs() <= 1);
    }
}
