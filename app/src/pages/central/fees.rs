use domain::{
    central::Due,
    kernel::{Money, reference::TenderRef},
};
use leptos::prelude::*;
use service::{Error, store::central};

use super::{PATH, words};
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, table::Row},
    words::t,
};

/// What is owed: all of it for the body, one's own for a user.
pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let framework = central::find(cx.services(), cx.scope(), reference).await?;
    let own = cx.actor()?.organisation();
    let is_body = own == framework.body;
    if !is_body && framework.user(own).is_none() {
        return Err(Error::NotFound);
    }
    let dues = central::dues(cx.services(), &framework).await?;
    let dues: Vec<_> = dues.into_iter().filter(|due| is_body || due.organisation == own).collect();
    Ok(Page::new(t!(central.statement), PATH, move || {
        let body =
            if dues.is_empty() { ui::empty(t!(central.no_due), t!(central.no_due_text), None) } else { table(&dues) };
        view! {
            {ui::head(t!(central.statement))
                .back(format!("{PATH}/{reference}"), framework.object.clone())
                .lede(words::fee(framework.offer.fee))
                .view()}
            {body}
        }
        .into_any()
    }))
}

fn table(dues: &[Due]) -> AnyView {
    let total = |amounts: &dyn Fn(&Due) -> Money| {
        Money::total(dues.iter().map(amounts)).map(|total| total.to_string()).unwrap_or_default()
    };
    let columns = [
        ui::column(t!(central.user)),
        ui::column(t!(central.year)),
        ui::number(t!(central.ordered)),
        ui::number(t!(central.due)),
    ];
    let sum = ui::row(t!(contract.total)).spanning(2).cell(total(&|due| due.ordered)).cell(total(&|due| due.amount));
    ui::table("redevances", columns, dues.iter().map(row)).foot([sum]).card(t!(central.dues_count, n = dues.len()))
}

fn row(due: &Due) -> Row {
    ui::row(due.name.clone()).cell(due.year).cell(due.ordered.to_string()).cell(due.amount.to_string())
}
