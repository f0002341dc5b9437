//! Invoices, and until when each is paid.

use chrono::NaiveDate;
use domain::{
    execution::Interest,
    kernel::{
        Money,
        time::{date_french, weekday_date_french_inline},
    },
    parameter::ParameterSet,
    voucher::{Invoice, Voucher, payment_term},
};
use leptos::prelude::*;

use crate::pages::{ui, words::t};

pub(super) fn card(voucher: &Voucher, law: &ParameterSet, today: NaiveDate) -> Option<AnyView> {
    if voucher.invoices.is_empty() {
        return None;
    }
    let source = law.on("payment.days", voucher.contract.called_on).ok().map(|figure| figure.legal_ref.clone());
    Some(
        view! {
            <section class="card stack" aria-labelledby="factures">
                <h2 id="factures">{t!(voucher.invoices)}</h2>
                {each(voucher, law, today)}
                {source.map(|source| view! { <p class="small quiet">{t!(voucher.payment_source, source = source)}</p> })}
            </section>
        }
        .into_any(),
    )
}

/// Each invoice with its day, and why that day.
pub(super) fn each(voucher: &Voucher, law: &ParameterSet, today: NaiveDate) -> Vec<AnyView> {
    let called_on = voucher.contract.called_on;
    let one = |invoice| one_invoice(invoice, moved(invoice, law, called_on), late(invoice, law, today), today);
    voucher.invoices.iter().map(one).collect()
}

fn one_invoice(invoice: &Invoice, moved: Option<String>, late: Option<String>, today: NaiveDate) -> AnyView {
    let state = match (invoice.paid_on, invoice.due_on) {
        (Some(on), _) => ui::tag("done", t!(voucher.paid_at, on = date_french(on))),
        (None, Some(due)) if due < today => ui::tag("bad", t!(voucher.late, n = (today - due).num_days())),
        (None, Some(due)) => ui::tag("now", t!(voucher.days_left, n = (due - today).num_days())),
        (None, None) => ui::tag("now", t!(voucher.to_pay)),
    };
    let due = invoice.due_on.map(|due| {
        view! { <p class="small">{t!(voucher.due_on, on = weekday_date_french_inline(due))}{moved}</p> }
    });
    view! {
        <div class="stack-s">
            <p class="row"><b>{t!(voucher.invoice_of, number = invoice.number, on = date_french(invoice.issued_on))}</b>{state}</p>
            <dl class="facts facts--row">
                {ui::fact(t!(voucher.total_excluding), invoice.excluding.to_string())}
                {ui::fact(t!(voucher.invoice_vat), invoice.vat.to_string())}
                {ui::fact(t!(voucher.total_including), invoice.including.to_string())}
                {taken_off(invoice)}
            </dl>
            {due}
            {late.map(|late| view! { <p class="small">{late}</p> })}
        </div>
    }
    .into_any()
}

/// A part of the advance, or penalties, and what is left.
fn taken_off(invoice: &Invoice) -> Option<AnyView> {
    let some = |amount: Money, word: &'static str| amount.is_positive().then(|| ui::fact(word, amount.to_string()));
    let (prepaid, withheld) =
        (some(invoice.prepaid, t!(voucher.invoice_prepaid)), some(invoice.withheld, t!(voucher.withheld)));
    if prepaid.is_none() && withheld.is_none() {
        return None;
    }
    let left = ui::fact(t!(voucher.invoice_payable), invoice.paid().to_string());
    Some(view! { {prepaid}{withheld}{left} }.into_any())
}

/// What a late payment owes: as it was paid, or if it were paid today.
fn late(invoice: &Invoice, law: &ParameterSet, today: NaiveDate) -> Option<String> {
    if let Some(late) = invoice.late {
        let days = late.days;
        return Some(match (invoice.interest_owed(law), invoice.flat_owed(law)) {
            (Some(interest), Some(flat)) if late.is_settled => {
                t!(voucher.interest_settled, days = days, interest = interest, flat = flat)
            }
            (Some(interest), Some(flat)) => t!(voucher.interest_owed, days = days, interest = interest, flat = flat),
            (None, Some(flat)) => t!(voucher.flat_owed, days = days, flat = flat),
            (Some(_) | None, None) => t!(voucher.interest_unknown, days = days),
        });
    }
    if invoice.paid_on.is_some() {
        return None;
    }
    Some(match invoice.interest(law, today)? {
        Ok(found) => {
            let said = t!(
                voucher.interest_today,
                days = found.days,
                interest = found.interest,
                flat = found.flat,
                total = found.total
            );
            format!("{said} {}", sources(&found))
        }
        Err(_) => t!(voucher.interest_unknown, days = invoice.days_late(today)?),
    })
}

fn sources(found: &Interest) -> String {
    let mut sources: Vec<&str> = found.rows.iter().map(|row| row.legal_ref.as_str()).collect();
    sources.dedup();
    t!(voucher.interest_source, source = sources.join(" ; "))
}

/// « , reporté du samedi 26 décembre 2026 », where the thirtieth day is no working day.
fn moved(invoice: &Invoice, law: &ParameterSet, called_on: NaiveDate) -> Option<String> {
    let term = payment_term(law, called_on, invoice.received_on, invoice.received_on).ok().flatten()?.deadline;
    (term.raw_end != term.end).then(|| t!(voucher.due_moved, from = weekday_date_french_inline(term.raw_end)))
}
