//! A bar beside two amounts in words: what is ordered, what this voucher takes, what is left.

use domain::kernel::{Money, rounding::div_half_away};
use leptos::prelude::*;

use crate::pages::{ui, words::t};

/// From these parts of the whole on, in per cent, the page warns.
const WARN: i128 = 80;
const ALERT: i128 = 95;

/// What is ordered of a ceiling or of a part, and what one voucher takes of it. HTVA.
pub(crate) struct Meter {
    pub name: String,
    pub whole: Money,
    /// Without this voucher.
    pub committed: Money,
    pub this: Money,
}

impl Meter {
    fn left(&self) -> Money {
        let used = self.committed.checked_add(self.this).unwrap_or(self.whole);
        self.whole.checked_sub(used).unwrap_or(Money::ZERO)
    }

    pub(crate) fn view(self) -> AnyView {
        let words = t!(
            contract.meter,
            name = self.name,
            committed = in_words(self.committed, self.whole),
            this = in_words(self.this, self.whole),
            left = in_words(self.left(), self.whole)
        );
        view! {
            <div class="stack-s">
                <div class="row row--apart">
                    <h3>{self.name.clone()}</h3>
                    <span class="small">{t!(contract.left_before)}<b>{self.left().to_string()}</b>{t!(contract.left_of, whole = self.whole)}</span>
                </div>
                <svg class="meter" role="img" aria-label=words>
                    <rect class="f-commit" x="0%" width=percent(self.committed, self.whole) height="100%"/>
                    <rect class="f-this" x=percent(self.committed, self.whole) width=percent(self.this, self.whole) height="100%"/>
                </svg>
                {self.warning()}
            </div>
        }
        .into_any()
    }

    fn warning(&self) -> Option<AnyView> {
        let used = self.whole.checked_sub(self.left()).map_or(0, |used| hundredths(used, self.whole)) / 100;
        let sentence = t!(contract.used, name = self.name, percent = used);
        match used {
            ALERT.. => Some(ui::note("bad", sentence, t!(contract.used_text))),
            WARN..ALERT => Some(ui::note("warn", sentence, t!(contract.used_text))),
            _ => None,
        }
    }
}

/// What the two colours mean.
pub(crate) fn key() -> AnyView {
    view! {
        <ul class="key">
            <li><svg aria-hidden="true"><rect class="f-commit" width="12" height="12"/></svg>{t!(contract.key_committed)}</li>
            <li><svg aria-hidden="true"><rect class="f-this" width="12" height="12"/></svg>{t!(contract.key_this)}</li>
        </ul>
    }
    .into_any()
}

/// The bar alone, in a cell of a table.
pub(crate) fn small(name: &str, committed: Money, whole: Money) -> AnyView {
    let words = t!(contract.meter_small, name = name, committed = in_words(committed, whole));
    view! {
        <svg class="meter meter--s" role="img" aria-label=words>
            <rect class="f-commit" x="0%" width=percent(committed, whole) height="100%"/>
        </svg>
    }
    .into_any()
}

/// « 51 % », as it is read aloud.
fn in_words(part: Money, whole: Money) -> String {
    format!("{}\u{a0}%", div_half_away(hundredths(part, whole), 100))
}

/// `50.67%`, never more than the whole.
fn percent(part: Money, whole: Money) -> String {
    let hundredths = hundredths(part, whole).clamp(0, 10_000);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn hundredths(part: Money, whole: Money) -> i128 {
    div_half_away(i128::from(part.cents()) * 10_000, i128::from(whole.cents()).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_an_attribute() {
        let money = |text: &str| Money::parse_iso(text).expect("an amount");

        assert_eq!(percent(money("18240.00"), money("36000.00")), "50.67%");
        assert_eq!(percent(money("40000.00"), money("36000.00")), "100.00%");
        assert_eq!(percent(money("1.00"), Money::ZERO), "100.00%");
    }
}
