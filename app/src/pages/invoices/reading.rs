//! An electronic invoice as a person reads it: what its file says, and nothing more.

use domain::{
    invoice::{
        Attachment, Communication, ElectronicInvoice, Held, InvoiceKind, InvoiceLine, OrderReference, Party, Payment,
        TaxIdentifier, VatGroup,
    },
    kernel::{Money, time::date_french},
};
use leptos::prelude::*;

use super::units;
use crate::pages::{
    ui::{self, fact, table::Row},
    words::t,
};

pub(super) fn cards(invoice: &ElectronicInvoice) -> AnyView {
    view! {
        <section class="card stack-s" aria-labelledby="document">
            <h2 id="document">{kind(invoice.kind)}</h2>
            <dl class="facts facts--row">
                {fact(t!(invoice.number_of), invoice.number.clone())}
                {fact(t!(invoice.issued_on), date_french(invoice.issued_on))}
                {invoice.due_on.map(|due| fact(t!(invoice.due_on), date_french(due)))}
                {fact(t!(invoice.order), order(&invoice.order))}
                {invoice.buyer_reference.clone().map(|text| fact(t!(invoice.buyer_reference), text))}
                {(!invoice.preceding.is_empty()).then(|| fact(t!(invoice.preceding), invoice.preceding.join(", ")))}
            </dl>
            <dl class="facts facts--row">
                {fact(t!(invoice.supplier), party(&invoice.supplier))}
                {fact(t!(invoice.buyer), party(&invoice.buyer))}
                {invoice.payee.as_ref().map(|payee| fact(t!(invoice.payee), party(payee)))}
            </dl>
            {invoice.notes.iter().map(|note| view! { <p>{note.clone()}</p> }).collect_view()}
        </section>
        {lines(invoice)}
        {ends(invoice)}
    }
    .into_any()
}

fn kind(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Invoice => t!(invoice.document),
        InvoiceKind::CreditNote => t!(invoice.document_credit),
    }
}

fn order(order: &OrderReference) -> String {
    match order {
        OrderReference::Absent => t!(invoice.order_none).to_owned(),
        OrderReference::Voucher(number) => number.to_string(),
        OrderReference::Other(text) => text.clone(),
    }
}

fn party(party: &Party) -> String {
    let tax = match &party.tax {
        Some(TaxIdentifier::Belgian(number)) => Some(number.to_string()),
        Some(TaxIdentifier::Foreign(number)) => Some(number.clone()),
        None => None,
    };
    let number = party.bce().map(|bce| bce.to_string()).or(tax);
    number.map_or_else(|| party.name.clone(), |number| format!("{} ({number})", party.name))
}

fn lines(invoice: &ElectronicInvoice) -> AnyView {
    let columns = [
        ui::column(t!(invoice.line)),
        ui::number(t!(invoice.quantity)),
        ui::number(t!(invoice.price)),
        ui::number(t!(invoice.rate)),
        ui::number(t!(invoice.net)),
    ];
    ui::table("lignes-facture", columns, invoice.lines.iter().map(line)).card(t!(invoice.lines))
}

fn line(line: &InvoiceLine) -> Row {
    let code = line.buyer_code.clone().or_else(|| line.supplier_code.clone());
    ui::row(view! { {format!("{}. {}", line.id, line.item)}<br/><span class="ref">{code}</span> })
        .cell(units::stated(line.quantity, &line.unit))
        .cell(line.price.to_string())
        .cell(line.rate.to_string())
        .cell(line.net.to_string())
}

fn ends(invoice: &ElectronicInvoice) -> AnyView {
    let totals = &invoice.totals;
    let groups: Vec<_> = invoice.vat.iter().map(group).collect();
    let some = |label, amount: Money| (amount != Money::ZERO).then(|| fact(label, amount.to_string()));
    view! {
        <section class="card stack-s" aria-labelledby="totaux">
            <h2 id="totaux">{t!(invoice.totals)}</h2>
            <dl class="facts facts--row">
                {some(t!(invoice.total_allowances), totals.allowances)}
                {some(t!(invoice.total_charges), totals.charges)}
                {fact(t!(invoice.total_excluding), totals.excluding.to_string())}
                {groups}
                {fact(t!(invoice.total_including), totals.including.to_string())}
                {some(t!(invoice.prepaid), totals.prepaid)}
                {some(t!(invoice.rounding), totals.rounding)}
                {fact(t!(invoice.to_pay), totals.payable.to_string())}
            </dl>
            <dl class="facts facts--row">{invoice.payments.iter().map(payment).collect_view()}</dl>
            {attachments(&invoice.attachments)}
        </section>
    }
    .into_any()
}

fn group(group: &VatGroup) -> AnyView {
    let why = group.exemption.clone().map(|why| format!(" ({why})")).unwrap_or_default();
    let label = t!(invoice.vat_of, rate = group.rate, base = group.base);
    view! { <div><dt>{label}</dt><dd>{format!("{}{why}", group.vat)}</dd></div> }.into_any()
}

fn payment(payment: &Payment) -> Option<AnyView> {
    let account = payment.account.as_ref()?;
    let communication = payment.communication.as_ref().map(|communication| match communication {
        Communication::Structured(number) => number.to_string(),
        Communication::Free(text) => text.clone(),
    });
    Some(
        view! {
            {fact(t!(invoice.account), account.to_string())}
            {communication.map(|text| fact(t!(invoice.communication), text))}
        }
        .into_any(),
    )
}

/// Named, never opened: they came from elsewhere.
fn attachments(attachments: &[Attachment]) -> Option<AnyView> {
    if attachments.is_empty() {
        return None;
    }
    let items: Vec<_> = attachments
        .iter()
        .map(|attachment| {
            let held = match &attachment.held {
                Held::Inside { media_type } => t!(invoice.held_inside, kind = media_type),
                Held::Elsewhere { address } => t!(invoice.held_elsewhere, address = address),
            };
            view! { <li>{format!("{}, {held}", attachment.name)}</li> }
        })
        .collect();
    Some(
        view! {
            <h3>{t!(invoice.attachments)}</h3>
            <ul class="govuk-list small">{items}</ul>
        }
        .into_any(),
    )
}
