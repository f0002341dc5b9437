//! What was ordered in all at the end of each month, under the ceiling, and how it would go on.

use chrono::NaiveDate;
use domain::{
    kernel::{Money, rounding::div_half_away},
    ledger::Month,
};
use leptos::prelude::*;

use crate::pages::words::t;

/// In pixels: the line of the ceiling, and the foot of the bars.
const TOP: i128 = 40;
pub(crate) const FOOT: i128 = 220;
/// Below the names of the months.
pub(crate) const HEIGHT: i128 = 248;
/// Where they stand.
pub(crate) const NAMES: i128 = 240;
/// Bars with their month and their value at most, so that these stay apart on a phone.
const LABELS: usize = 6;

/// The bars are as wide as the page allows; the table beside it holds the figures.
pub(super) fn view(months: &[Month], ahead: &[Month], ceiling: Money) -> AnyView {
    let count = months.len() + ahead.len();
    let every = count.div_ceil(LABELS).max(1);
    let told = months.last().map_or(Money::ZERO, |month| month.total);
    let bars: Vec<_> = (0..)
        .zip(months.iter().map(|month| (month, "f-commit")).chain(ahead.iter().map(|month| (month, "f-quiet"))))
        .map(|(place, (month, class))| bar(place, count, every, month, class, ceiling))
        .collect();
    view! {
        <svg class="chart" height=HEIGHT.to_string() role="img" aria-labelledby="courbe" aria-describedby="courbe-texte">
            <title id="courbe">{t!(contract.chart_title)}</title>
            <desc id="courbe-texte">{t!(contract.chart, part = part(told, ceiling), whole = ceiling)}</desc>
            {bars}
            <line class="s-axis" x1="0%" x2="100%" y1=FOOT.to_string() y2=FOOT.to_string()/>
            <line class="s-cap" x1="0%" x2="100%" y1=TOP.to_string() y2=TOP.to_string()/>
            <text x="0%" y="14">{t!(contract.chart_ceiling, whole = ceiling)}</text>
        </svg>
        <ul class="key">
            <li><svg aria-hidden="true"><rect class="f-commit" width="12" height="12"/></svg>{t!(contract.chart_ordered)}</li>
            {(!ahead.is_empty()).then(key_ahead)}
        </ul>
    }
    .into_any()
}

fn key_ahead() -> AnyView {
    view! {
        <li><svg aria-hidden="true"><rect class="f-quiet" width="12" height="12"/></svg>{t!(contract.chart_ahead)}</li>
    }
    .into_any()
}

fn bar(place: usize, count: usize, every: usize, month: &Month, class: &'static str, ceiling: Money) -> AnyView {
    let height = height(month.total, ceiling);
    let words = place.is_multiple_of(every).then(|| {
        view! {
            <text class="t-quiet t-mid" x=across(place, count, 50) y=NAMES.to_string()>{label(month.first)}</text>
            <text class="t-mid" x=across(place, count, 50) y=above(height)>{part(month.total, ceiling)}</text>
        }
    });
    view! {
        <rect class=class x=across(place, count, 10) width=across(0, count, 80) y=(FOOT - height).to_string() height=height.to_string()>
            <title>{format!("{}\u{a0}: {}", label(month.first), month.total)}</title>
        </rect>
        {words}
    }
    .into_any()
}

/// « 11/2026 ».
pub(super) fn label(first: NaiveDate) -> String {
    first.format("%m/%Y").to_string()
}

/// « 51 % ».
pub(super) fn part(of: Money, whole: Money) -> String {
    let percent = div_half_away(i128::from(of.cents()) * 100, i128::from(whole.cents()).max(1));
    format!("{percent}\u{a0}%")
}

pub(crate) fn height(total: Money, ceiling: Money) -> i128 {
    let most = FOOT - TOP;
    div_half_away(i128::from(total.cents()) * most, i128::from(ceiling.cents()).max(1)).clamp(0, most)
}

/// Where the value of a bar of this height stands.
pub(crate) fn above(height: i128) -> String {
    (FOOT - height - 4).to_string()
}

/// `12.50%`: the place of a bar among all, with so many hundredths of a bar before it.
pub(crate) fn across(place: usize, count: usize, hundredths: usize) -> String {
    let basis_points = (place * 100 + hundredths) * 100 / count.max(1);
    format!("{}.{:02}%", basis_points / 100, basis_points % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_share_the_width_and_end_at_the_ceiling() {
        let money = Money::from_cents;

        assert_eq!([across(0, 4, 10), across(3, 4, 10), across(0, 4, 80)], ["2.50%", "77.50%", "20.00%"]);
        assert_eq!(
            [height(money(0), money(100)), height(money(50), money(100)), height(money(120), money(100))],
            [0, 90, 180]
        );
        assert_eq!(part(money(51), money(100)), "51\u{a0}%");
    }
}
