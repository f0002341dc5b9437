use domain::{
    kernel::{Money, french, ids::OrganisationId},
    share::{Fixed, Key},
    tender::{Participant, shares_between},
};
use leptos::prelude::*;

use super::scenario::Scenario;
use crate::pages::{tenders::words::grouped, words::t};

/// How one share is computed: that of the reader's own commune, or of the first.
pub(super) fn view(scenario: &Scenario, reader: OrganisationId) -> Option<AnyView> {
    shares_between(scenario.total, &scenario.rule, &scenario.between).ok()?;
    let own = scenario.between.iter().find(|one| one.organisation == reader);
    let one = own.or_else(|| scenario.between.first())?;
    let steps: Vec<_> = steps(scenario, one).into_iter().map(|step| view! { <p>{step}</p> }).collect();
    Some(
        view! {
            <details class="govuk-details gap-s">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{t!(tender.explain, of = french::of(&one.name))}</span>
                </summary>
                <div class="govuk-details__text">{steps}</div>
            </details>
        }
        .into_any(),
    )
}

fn steps(scenario: &Scenario, one: &Participant) -> Vec<String> {
    let count = i64::try_from(scenario.between.len()).unwrap_or(i64::MAX).max(1);
    let total = scenario.total;
    let (fixed, first) = match scenario.rule.fixed {
        Fixed::None => (Money::from_cents(0), None),
        Fixed::Percent(percent) => {
            let fixed = percent.of(total).unwrap_or_default();
            let each = fraction(fixed, 1, count);
            (fixed, Some(t!(tender.explain_percent, percent = percent, total = total, n = count, each = each)))
        }
        Fixed::Amount(each) => {
            let fixed = Money::from_cents(each.cents().saturating_mul(count));
            (fixed, Some(t!(tender.explain_amount, each = each)))
        }
    };
    let rest = total.checked_sub(fixed).unwrap_or_default();
    let second = match scenario.rule.key {
        Key::Equal => t!(tender.explain_equal, rest = rest, n = count, each = fraction(rest, 1, count)),
        Key::Population => {
            let all = scenario.between.iter().filter_map(|one| one.population).fold(0, i64::saturating_add);
            let own = one.population.unwrap_or_default();
            let (part, own, all) = (fraction(rest, own, all), grouped(own), grouped(all));
            t!(tender.explain_population, own = own, all = all, rest = rest, part = part)
        }
    };
    let has_bounds = scenario.rule.min.is_some() || scenario.rule.max.is_some();
    let bounds = has_bounds.then(|| t!(tender.explain_bounds).to_owned());
    [first, Some(second), bounds, Some(t!(tender.explain_cents).to_owned())].into_iter().flatten().collect()
}

/// This fraction of an amount, rounded half up: what the words show before the cents are settled.
fn fraction(amount: Money, part: i64, whole: i64) -> Money {
    let (amount, part, whole) = (i128::from(amount.cents()), i128::from(part), i128::from(whole.max(1)));
    Money::from_cents(i64::try_from((2 * amount * part + whole) / (2 * whole)).unwrap_or_default())
}
