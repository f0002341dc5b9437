//! What each authority ordered month by month: a chart, its table, and the same as files.

use domain::kernel::{Money, rounding::div_half_away};
use leptos::prelude::*;
use service::{
    Error,
    specification::Sent,
    voucher::{self, Asked, Months, Report},
};

use super::{
    PATH,
    filter::{self, files},
};
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    contracts::chart::{FOOT, HEIGHT, NAMES, above, across, height},
    ui::{self, Field, table::Row},
    words::t,
};

const REPORT: &str = "/bons/rapport";

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let typed = filter::typed(&params);
    let (typed, asked) = match asked(&typed) {
        Ok(asked) => (typed, asked),
        Err(error) => (typed.explaining(error)?, Asked::default()),
    };
    let report = voucher::report(cx.services(), cx.scope(), asked).await?;
    Ok(Page::new(t!(voucher.report), PATH, move || {
        let body = typed.errors.is_empty().then(|| body(&report, &params));
        view! {
            {ui::errors(&typed)}
            {ui::head(t!(voucher.report)).back(PATH, t!(voucher.list)).lede(t!(voucher.report_lede)).view()}
            {filters(&report, &typed)}
            <div class="stack gap">{body}</div>
        }
        .into_any()
    }))
}

/// What this address asks for.
fn asked(typed: &Form) -> Result<Asked, Error> {
    let mut read = typed.read();
    let asked = Asked { year: filter::year(&mut read), contract: filter::contract(&mut read) };
    read.errors.or(asked)
}

fn body(report: &Report, params: &Params) -> AnyView {
    if report.authorities.is_empty() {
        return ui::empty(t!(voucher.report_empty), t!(voucher.report_empty_text), None);
    }
    view! {
        {chart(report)}
        {table(report, files(params, REPORT))}
    }
    .into_any()
}

fn filters(report: &Report, typed: &Form) -> AnyView {
    let years = report.years.iter().map(|year| (year.to_string(), year.to_string())).collect();
    view! {
        <form method="get" action=REPORT class="card fields filters" role="search" aria-label=t!(voucher.report_filter)>
            {Field::select("annee", t!(common.year), years).value(report.year.to_string()).view(typed)}
            {Field::short("contrat", t!(voucher.contract_reference), 20).view(typed)}
            <div class="govuk-form-group row">
                <button class="btn btn--second">{t!(voucher.report_show)}</button>
                {typed.ticked("contrat").then(|| view! { <a href=REPORT>{t!(common.remove_filters)}</a> })}
            </div>
        </form>
    }
    .into_any()
}

fn chart(report: &Report) -> AnyView {
    let most = report.months.iter().copied().fold(Money::ZERO, Ord::max);
    let bars: Vec<_> = report.months.iter().enumerate().map(|(place, amount)| bar(place, *amount, most)).collect();
    view! {
        <section class="card stack" aria-labelledby="mois">
            <h2 id="mois">{t!(voucher.report_by_month, year = report.year)}</h2>
            <svg class="chart" height=HEIGHT.to_string() role="img" aria-labelledby="graphique" aria-describedby="graphique-texte">
                <title id="graphique">{t!(voucher.report_by_month, year = report.year)}</title>
                <desc id="graphique-texte">{t!(voucher.report_chart, total = report.total, most = most)}</desc>
                {bars}
                <line class="s-axis" x1="0%" x2="100%" y1=FOOT.to_string() y2=FOOT.to_string()/>
            </svg>
            <p class="small quiet">{t!(voucher.report_thousands)}</p>
        </section>
    }
    .into_any()
}

fn bar(place: usize, amount: Money, most: Money) -> AnyView {
    let height = height(amount, most);
    let count = Months::default().len();
    view! {
        <rect class="f-commit" x=across(place, count, 10) width=across(0, count, 80) y=(FOOT - height).to_string() height=height.to_string()>
            <title>{format!("{:02}\u{a0}: {amount}", place + 1)}</title>
        </rect>
        <text class="t-quiet t-mid" x=across(place, count, 50) y=NAMES.to_string()>{format!("{:02}", place + 1)}</text>
        <text class="t-mid" x=across(place, count, 50) y=above(height)>{thousands(amount)}</text>
    }
    .into_any()
}

/// In thousands of euros, short enough for a bar on a phone; nothing for nothing.
fn thousands(amount: Money) -> String {
    const CENTS_IN_A_THOUSAND: i128 = 100_000;
    match div_half_away(i128::from(amount.cents()), CENTS_IN_A_THOUSAND) {
        0 if amount == Money::ZERO => String::new(),
        0 => "<\u{a0}1".to_owned(),
        thousands => thousands.to_string(),
    }
}

/// The sum of the year stands before its months, so that it is seen without scrolling.
fn table(report: &Report, more: AnyView) -> AnyView {
    let met = met(report);
    let months = met.iter().map(|place| ui::number(label(*place, report)));
    let columns = [ui::column(t!(voucher.authority)), ui::number(t!(voucher.report_total))].into_iter().chain(months);
    let rows = report.authorities.iter().map(|one| row(one.name.clone(), one.total, &one.months, &met));
    ui::table("autorites", columns, rows)
        .foot([row(t!(voucher.report_total).to_owned(), report.total, &report.months, &met)])
        .beside(more)
        .card(t!(voucher.report_table, year = report.year))
}

/// The months in which somebody ordered or gave back.
fn met(report: &Report) -> Vec<usize> {
    let is_met = |place: &usize| report.authorities.iter().any(|one| in_month(&one.months, *place).is_some());
    (0..report.months.len()).filter(is_met).collect()
}

fn in_month(months: &Months, place: usize) -> Option<Money> {
    months.get(place).copied().filter(|amount| *amount != Money::ZERO)
}

/// A month without orders stays empty.
fn row(name: String, total: Money, months: &Months, met: &[usize]) -> Row {
    let row = ui::row(name).classed("strong", total.to_string());
    met.iter().fold(row, |row, place| row.cell(in_month(months, *place).map(|amount| amount.to_string())))
}

/// « 11/2026 ».
fn label(place: usize, report: &Report) -> String {
    format!("{:02}/{}", place + 1, report.year)
}

/// The report of the address as text.
///
/// # Errors
/// A visitor has none, nor has an address that can't be read.
pub async fn report_csv(cx: Cx, params: Params) -> Result<Sent, Error> {
    cx.actor()?;
    let asked = asked(&filter::typed(&params)).map_err(|_| Error::NotFound)?;
    voucher::report_csv(cx.services(), cx.scope(), asked).await
}

/// The report of the address for a spreadsheet program.
///
/// # Errors
/// A visitor has none, nor has an address that can't be read.
pub async fn report_xlsx(cx: Cx, params: Params) -> Result<Sent, Error> {
    cx.actor()?;
    let asked = asked(&filter::typed(&params)).map_err(|_| Error::NotFound)?;
    voucher::report_xlsx(cx.services(), cx.scope(), asked).await
}
