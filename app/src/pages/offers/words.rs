//! The sentences of this part: refusals, sizes, hashes.

use chrono::{DateTime, Utc};
use domain::{
    kernel::time::{brussels, date_time_seconds_french},
    offer::Refusal,
};
use leptos::prelude::*;

use crate::pages::words::t;

/// Why an act about an offer is refused, and what can be done.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::OnThePlatform => t!(offers.on_the_platform).to_owned(),
        Refusal::DepositedHere => t!(offers.deposited_here).to_owned(),
        Refusal::NothingPriced => t!(offers.nothing_priced).to_owned(),
        Refusal::SumTooLarge => t!(offers.sum_too_large).to_owned(),
        Refusal::TooManyFiles { most } => t!(offers.too_many_files, most = most),
        Refusal::NothingDeposited => t!(offers.nothing_deposited).to_owned(),
        Refusal::StillSealed { until } => t!(offers.still_sealed, until = seconds(*until)),
        Refusal::AlreadyOpened => t!(offers.already_opened).to_owned(),
        Refusal::SomebodyPresent => t!(offers.somebody_present).to_owned(),
        Refusal::NobodyPresent => t!(offers.nobody_present).to_owned(),
        Refusal::SecondPerson { joint: true } => t!(offers.second_authority).to_owned(),
        Refusal::SecondPerson { joint: false } => t!(offers.second_person).to_owned(),
        Refusal::TypedAlready => t!(offers.typed_already).to_owned(),
    }
}

/// `23 novembre 2026 à 14:07:32`: receipts and refusals say the second.
pub(super) fn seconds(at: DateTime<Utc>) -> String {
    date_time_seconds_french(brussels(at))
}

pub(super) fn instant(at: DateTime<Utc>) -> AnyView {
    let iso = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    view! { <time datetime=iso>{seconds(at)}</time> }.into_any()
}

/// 64 figures in groups of four, to be compared by eye.
pub(super) fn hash(hexadecimal: &str) -> String {
    let figures: Vec<char> = hexadecimal.chars().collect();
    figures.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_by_fours() {
        assert_eq!(hash("9f2c41d7ab"), "9f2c 41d7 ab");
    }
}
