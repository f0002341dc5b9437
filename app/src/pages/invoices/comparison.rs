//! Order, receipts and invoice, line by line.

use domain::{
    invoice::Comparison,
    kernel::Quantity,
    matching::MatchedLine,
    voucher::{Voucher, VoucherLine, counted},
};
use leptos::prelude::*;

use crate::pages::{
    ui::{self, table::Row},
    words::t,
};

pub(super) fn card(voucher: &Voucher, found: &Comparison) -> AnyView {
    let rows = found.lines.iter().enumerate().map(|(place, line)| row(voucher, place + 1, line));
    let told = if found.difference.cents() == 0 {
        t!(invoice.payable_all, payable = found.payable)
    } else {
        t!(invoice.payable_less, payable = found.payable, difference = found.difference)
    };
    let columns = [
        ui::column(t!(invoice.line)),
        ui::number(t!(invoice.ordered)),
        ui::number(t!(invoice.accepted)),
        ui::number(t!(invoice.before)),
        ui::number(t!(invoice.stated)),
        ui::number(t!(invoice.payable_line)),
    ];
    ui::table("comparaison", columns, rows)
        .below(view! { <p class="pad strong">{told}</p> })
        .card(t!(invoice.comparison))
}

fn row(voucher: &Voucher, place: usize, line: &MatchedLine) -> Row {
    let ordered = voucher.lines.iter().find(|ordered| Some(&ordered.code) == line.code.as_ref());
    let item = ordered.map_or_else(|| t!(invoice.not_ordered).to_owned(), |ordered| ordered.item.clone());
    let written = |quantity: Quantity| written(quantity, ordered);
    ui::row(view! { {format!("{place}. {item}")}<br/><span class="ref">{line.code.clone()}</span> })
        .cell(written(line.ordered))
        .cell(written(line.accepted))
        .cell(written(line.invoiced))
        .cell(written(line.stated))
        .cell(line.payable.to_string())
}

fn written(quantity: Quantity, ordered: Option<&VoucherLine>) -> String {
    ordered.map_or_else(|| quantity.to_string(), |line| counted(quantity, &line.unit))
}
