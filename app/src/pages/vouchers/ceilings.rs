//! What a voucher takes of its authority's part and of the contract.

use domain::{ledger::Held, voucher::Voucher};
use leptos::prelude::*;

use crate::pages::{
    contracts::meter::{self, Alerts, Meter},
    words::{of, t},
};

/// Before and after this voucher, for its authority and for all.
pub(super) fn ceilings(voucher: &Voucher, alerts: &Alerts) -> AnyView {
    let this = if voucher.status.is_over() { Held::default() } else { voucher.held };
    let contract = &voucher.contract;
    let share = contract.allotment(voucher.organisation).map(|share| {
        let sums = (share.balance.committed, share.balance.reserved);
        Meter::of(t!(voucher.own_share, of = of(&share.name)), share.whole(), sums, this).view(alerts)
    });
    let name = t!(contract.whole, n = contract.allotments.len());
    let whole = Meter::of(name, contract.ceiling, (contract.committed(), contract.reserved()), this);
    view! { {share}{whole.view(alerts)}{meter::key()} }.into_any()
}
