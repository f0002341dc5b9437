//! A bar beside two amounts in words: what is ordered, what this voucher takes, what is left.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    kernel::{Money, rounding::div_half_away, time::brussels},
    ledger::{Alert, Held, alert},
    parameter::ParameterSet,
};
use leptos::prelude::*;
use service::{Error, store::parameters};

use crate::pages::{Cx, ui, words::t};

/// The law of today, whose figures say from which part of the whole on a page warns.
#[derive(Clone)]
pub(crate) struct Alerts {
    law: Arc<ParameterSet>,
    on: NaiveDate,
}

impl Alerts {
    pub(crate) async fn of(cx: &Cx) -> Result<Self, Error> {
        let law = parameters::set(cx.services()).await?;
        Ok(Self { law, on: brussels(cx.services().now()).date() })
    }

    /// Nothing below the first figure, or without a figure.
    pub(crate) fn note(&self, name: &str, used: Money, whole: Money) -> Option<AnyView> {
        let reached = alert(&self.law, self.on, used, whole).ok().flatten()?;
        let sentence = t!(contract.used, name = name, percent = hundredths(used, whole) / 100);
        let kind = match reached {
            Alert::First(_) => "warn",
            Alert::Second(_) => "bad",
        };
        Some(ui::note(kind, sentence, t!(contract.used_text)))
    }
}

/// What is ordered of a ceiling or of a part, what drafts reserve of it, and what one voucher takes of it. HTVA.
pub(crate) struct Meter {
    name: String,
    whole: Money,
    /// Without this voucher.
    committed: Money,
    /// Without this voucher.
    reserved: Money,
    this: Money,
}

impl Meter {
    /// `committed` and `reserved` are sums of the ledger, what this voucher holds among them.
    pub(crate) fn of(name: String, whole: Money, (committed, reserved): (Money, Money), this: Held) -> Self {
        let without = |sum: Money, part| sum.checked_sub(part).unwrap_or(Money::ZERO);
        Self {
            name,
            whole,
            committed: without(committed, this.committed()),
            reserved: without(reserved, this.reserved()),
            this: this.taken(),
        }
    }

    fn used(&self) -> Money {
        Money::total([self.committed, self.reserved, self.this]).unwrap_or(self.whole)
    }

    fn left(&self) -> Money {
        self.whole.checked_sub(self.used()).unwrap_or(Money::ZERO).max(Money::ZERO)
    }

    pub(crate) fn view(self, alerts: &Alerts) -> AnyView {
        let words = t!(
            contract.meter,
            name = self.name,
            committed = in_words(self.committed, self.whole),
            reserved = in_words(self.reserved, self.whole),
            this = in_words(self.this, self.whole),
            left = in_words(self.left(), self.whole)
        );
        let [first, second] = [Some(self.committed), self.committed.checked_add(self.reserved)]
            .map(|before| percent(before.unwrap_or(self.whole), self.whole));
        view! {
            <div class="stack-s">
                <div class="row row--apart">
                    <h3>{self.name.clone()}</h3>
                    <span class="small">{t!(contract.left_before)}<b>{self.left().to_string()}</b>{t!(contract.left_of, whole = self.whole)}</span>
                </div>
                <svg class="meter" role="img" aria-label=words>
                    <rect class="f-commit" x="0%" width=percent(self.committed, self.whole) height="100%"/>
                    <rect class="f-reserve" x=first width=percent(self.reserved, self.whole) height="100%"/>
                    <rect class="f-this" x=second width=percent(self.this, self.whole) height="100%"/>
                </svg>
                {alerts.note(&self.name, self.used(), self.whole)}
            </div>
        }
        .into_any()
    }
}

/// What the three colours mean.
pub(crate) fn key() -> AnyView {
    view! {
        <ul class="key">
            <li><svg aria-hidden="true"><rect class="f-commit" width="12" height="12"/></svg>{t!(contract.key_committed)}</li>
            <li><svg aria-hidden="true"><rect class="f-reserve" width="12" height="12"/></svg>{t!(contract.key_reserved)}</li>
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
pub(super) fn percent(part: Money, whole: Money) -> String {
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
