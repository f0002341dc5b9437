//! What a voucher takes of its authority's part and of the contract.

use domain::{kernel::Money, voucher::Voucher};
use leptos::prelude::*;

use crate::pages::{
    contracts::meter::{self, Meter},
    words::{of, t},
};

/// Before and after this voucher, for its authority and for all.
pub(super) fn ceilings(voucher: &Voucher) -> AnyView {
    let counted = voucher.status.is_committed();
    let this = if voucher.status.is_over() { Money::ZERO } else { voucher.excluding };
    let without = |committed: Money| {
        if counted && !voucher.status.is_over() {
            committed.checked_sub(this).unwrap_or(Money::ZERO)
        } else {
            committed
        }
    };
    let share = voucher.contract.allotment(voucher.organisation).map(|share| {
        Meter {
            name: t!(voucher.own_share, of = of(&share.name)),
            whole: share.amount,
            committed: without(share.committed),
            this,
        }
        .view()
    });
    let whole = Meter {
        name: t!(contract.whole, n = voucher.contract.allotments.len()),
        whole: voucher.contract.ceiling,
        committed: without(voucher.contract.committed()),
        this,
    };
    view! { {share}{whole.view()}{meter::key()} }.into_any()
}
