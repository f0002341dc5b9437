use chrono::NaiveDate;
use domain::{
    authz::{Action, CancelVoucher, CloseVoucher, EditVoucher, InvoiceVoucher, SendVoucher},
    kernel::{
        Money,
        time::{brussels, date_french, weekday_date_french_inline},
    },
    parameter::ParameterSet,
    voucher::{Invoice, Status, Step, Voucher, payment_term},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{self, vouchers},
    voucher,
};

use super::{
    PATH,
    act::{is_open, voucher as found},
    form as read, lines,
    next::next,
    timeline, words,
};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    contracts::meter::{self, Meter},
    ui,
    ui::icon,
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = found(&cx, &params).await?;
    let taken = vouchers::steps(cx.services(), voucher.id).await?;
    let law = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let next = next(&voucher, cx.actor()?);
    Ok(Page::new(words::name(&voucher), PATH, move || {
        let gestures = gestures(&cx, &voucher);
        let next = next_here(next, &voucher);
        let lede = t!(
            voucher.lede,
            authority = voucher.organisation_name,
            supplier = voucher.contract.supplier_name,
            contract = voucher.contract.object
        );
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(&cx, &voucher).lede(lede).view()}
            <div class="record">
                <div class="now stack">{next.view()}{gestures}</div>
                <div class="body stack">
                    {said_no(&voucher)}
                    {lines::card(&voucher)}
                    {deliveries(&voucher)}
                    {invoices_card(&voucher, &law, today)}
                    <section class="card stack" aria-labelledby="plafonds">
                        <h2 id="plafonds">{t!(contract.ceilings)}</h2>
                        {ceilings(&voucher)}
                    </section>
                    {budget(&voucher)}
                </div>
                <div class="side">{timeline::card(taken, voucher.status)}</div>
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let (actor, version) = (cx.actor()?, read::version(&form));
    let done = match form.gesture() {
        "envoyer" => {
            voucher::send(cx.services(), actor, id, version).await?;
            "bon-envoye"
        }
        "solder" => {
            voucher::close(cx.services(), actor, id, version).await?;
            "bon-solde"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("{PATH}/{id}?fait={done}"))
}

fn head(cx: &Cx, voucher: &Voucher) -> ui::Head {
    let contract = voucher.contract.reference;
    let mut head = ui::head(voucher.object.clone()).back(PATH, t!(voucher.list)).above(view! {
        <span class="ref">{words::reference(voucher)}</span>
        {words::tag(voucher.status)}
        <a class="small" href=format!("/contrats/{contract}")>{t!(voucher.contract_link, reference = contract)}</a>
    });
    if voucher.number.is_some() {
        let address = format!("{PATH}/{}/bon.pdf", voucher.id);
        head = head.action(
            view! { <a class="btn btn--second" href=address>{icon::view(icon::DOWNLOAD)}{t!(voucher.pdf)}</a> },
        );
    }
    if is_open::<EditVoucher>(cx, voucher, &[Step::Edit]) {
        let address = format!("{PATH}/{}/modifier", voucher.id);
        head = head.action(view! { <a class="btn btn--second" href=address>{t!(voucher.edit)}</a> });
    }
    if is_open::<CancelVoucher>(cx, voucher, &[Step::Cancel]) && voucher.may_cancel().is_ok() {
        let address = format!("{PATH}/{}/annulation", voucher.id);
        head = head.action(view! { <a class="btn btn--danger" href=address>{t!(voucher.cancel)}</a> });
    }
    head
}

/// Sending and closing are buttons of this page, not links to it.
fn next_here(next: crate::pages::tenders::Next, voucher: &Voucher) -> crate::pages::tenders::Next {
    let here = matches!(voucher.status, Status::Approved | Status::Paid);
    crate::pages::tenders::Next { link: next.link.filter(|_| !here), ..next }
}

fn gestures(cx: &Cx, voucher: &Voucher) -> Vec<AnyView> {
    let mut gestures = Vec::new();
    if is_open::<SendVoucher>(cx, voucher, &[Step::Send]) {
        gestures.push(button(cx, voucher, "envoyer", t!(voucher.send), t!(voucher.send_text).to_owned()));
        gestures.extend(ui::mail_note(cx));
    }
    if is_open::<CloseVoucher>(cx, voucher, &[Step::Close]) {
        let rest = voucher.may_close().map_or(Money::ZERO, |(_, rest)| rest);
        gestures.push(button(cx, voucher, "solder", t!(voucher.close), t!(voucher.close_text, rest = rest)));
    }
    let may_invoice = is_open::<InvoiceVoucher>(cx, voucher, &[Step::Invoice])
        && voucher.status != Status::Accepted
        && voucher.due().is_some_and(|due| due.2.is_positive());
    if may_invoice {
        let address = format!("{PATH}/{}/facture", voucher.id);
        gestures.push(
            view! { <p class="actions"><a class="btn btn--second" href=address>{t!(voucher.invoice)}</a></p> }
                .into_any(),
        );
    }
    gestures
}

fn button(cx: &Cx, voucher: &Voucher, gesture: &'static str, word: &'static str, text: String) -> AnyView {
    view! {
        <form method="post" action=cx.path().to_owned() class="card stack-s">
            <p class="small">{text}</p>
            <input type="hidden" name="version" value=voucher.version/>
            <div class="row actions"><button class="btn" name="geste" value=gesture>{word}</button></div>
        </form>
    }
    .into_any()
}

fn said_no(voucher: &Voucher) -> Option<AnyView> {
    let why = voucher.refusal.clone()?;
    let title = match voucher.status {
        Status::Declined => t!(voucher.declined, supplier = voucher.contract.supplier_name),
        _ => t!(voucher.cancelled, authority = voucher.organisation_name),
    };
    Some(ui::note("bad", title, why))
}

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
            name: t!(voucher.own_share, name = share.name),
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

fn budget(voucher: &Voucher) -> AnyView {
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let commitment = voucher.commitment.as_ref().map(|commitment| {
        view! {
            {fact(t!(voucher.article), commitment.article.to_string())}
            {fact(t!(voucher.commitment), t!(voucher.commitment_of, number = commitment.number, on = date_french(commitment.on)))}
        }
    });
    let wanted = voucher.wanted_on.map_or_else(|| t!(voucher.no_wanted).to_owned(), date_french);
    view! {
        <section class="card" aria-labelledby="budget">
            <h2 id="budget">{t!(voucher.budget)}</h2>
            <dl class="facts facts--row">
                {commitment}
                {fact(t!(voucher.wanted_on), wanted)}
                {fact(t!(voucher.delivery_address), voucher.delivery_address.clone())}
            </dl>
        </section>
    }
    .into_any()
}

fn deliveries(voucher: &Voucher) -> Option<AnyView> {
    if voucher.deliveries.is_empty() {
        return None;
    }
    let rows: Vec<_> = voucher
        .deliveries
        .iter()
        .map(|delivery| {
            let written = |quantities: &domain::voucher::Quantities| {
                let lines = voucher.lines.iter().filter_map(|line| {
                    let quantity = quantities.get(&line.code)?;
                    Some(format!("{quantity} {} ({})", line.unit, line.code))
                });
                lines.collect::<Vec<_>>().join(", ")
            };
            let (verdict, accepted, minutes) = match &delivery.acceptance {
                None => (ui::tag("wait", t!(voucher.awaits_acceptance)), String::new(), None),
                Some(acceptance) => {
                    let kind = if acceptance.quantities.is_empty() { "bad" } else { "done" };
                    let minutes = acceptance.minutes.map(|_| {
                        let address = format!("{PATH}/{}/proces-verbal/{}", voucher.id, delivery.id);
                        view! { <br/><a class="small" href=address>{t!(voucher.minutes)}</a> }
                    });
                    (ui::tag(kind, words::verdict(acceptance.verdict)), written(&acceptance.quantities), minutes)
                }
            };
            view! {
                <tr>
                    <th scope="row">{date_french(delivery.delivered_on)}<br/><span class="small quiet">{delivery.note.clone()}</span></th>
                    <td data-l=t!(voucher.delivered)>{written(&delivery.quantities)}</td>
                    <td data-l=t!(voucher.accepted)>{accepted}</td>
                    <td data-l=t!(voucher.verdict)><span>{verdict}{minutes}</span></td>
                </tr>
            }
        })
        .collect();
    Some(
        view! {
            <section class="card card--flush" aria-labelledby="livraisons">
                <h2 id="livraisons">{t!(voucher.deliveries)}</h2>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="livraisons">
                    <table class="table table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(voucher.delivered_on)}</th>
                                <th scope="col">{t!(voucher.delivered)}</th>
                                <th scope="col">{t!(voucher.accepted)}</th>
                                <th scope="col">{t!(voucher.verdict)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn invoices_card(voucher: &Voucher, law: &ParameterSet, today: NaiveDate) -> Option<AnyView> {
    if voucher.invoices.is_empty() {
        return None;
    }
    let source = law.on("payment.days", voucher.contract.called_on).ok().map(|figure| figure.legal_ref.clone());
    Some(
        view! {
            <section class="card stack" aria-labelledby="factures">
                <h2 id="factures">{t!(voucher.invoices)}</h2>
                {invoices(voucher, law, today)}
                {source.map(|source| view! { <p class="small quiet">{t!(voucher.payment_source, source = source)}</p> })}
            </section>
        }
        .into_any(),
    )
}

/// Each invoice with its day, and why that day.
pub(super) fn invoices(voucher: &Voucher, law: &ParameterSet, today: NaiveDate) -> Vec<AnyView> {
    let called_on = voucher.contract.called_on;
    voucher.invoices.iter().map(|invoice| one_invoice(invoice, moved(invoice, law, called_on), today)).collect()
}

fn one_invoice(invoice: &Invoice, moved: Option<String>, today: NaiveDate) -> AnyView {
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
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
                {fact(t!(voucher.total_excluding), invoice.excluding.to_string())}
                {fact(t!(voucher.invoice_vat), invoice.vat.to_string())}
                {fact(t!(voucher.total_including), invoice.including.to_string())}
            </dl>
            {due}
        </div>
    }
    .into_any()
}

/// « , reporté du samedi 26 décembre 2026 », where the thirtieth day is no working day.
fn moved(invoice: &Invoice, law: &ParameterSet, called_on: NaiveDate) -> Option<String> {
    let term = payment_term(law, called_on, invoice.received_on, invoice.received_on).ok().flatten()?.deadline;
    (term.raw_end != term.end).then(|| t!(voucher.due_moved, from = weekday_date_french_inline(term.raw_end)))
}
