use domain::{
    authz::{Action as _, CancelVoucher, CloseVoucher, DraftVoucher, EditVoucher, InvoiceVoucher, SendVoucher},
    kernel::time::brussels,
    voucher::{Status, Step, Voucher},
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
    ceilings::ceilings,
    deliveries, form as read, invoices, lines,
    next::next,
    surety, timeline, words,
};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    contracts::{meter::Alerts, show::clauses},
    tenders::Next,
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
    let alerts = Alerts::of(&cx).await?;
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
                    {surety::card(&cx, &form, &voucher, today)}
                    {deliveries::card(&voucher)}
                    {invoices::card(&voucher, &law, today)}
                    <section class="card stack" aria-labelledby="plafonds">
                        <h2 id="plafonds">{t!(contract.ceilings)}</h2>
                        {ceilings(&voucher, &alerts)}
                    </section>
                    {deliveries::budget(&voucher)}
                    {clauses(&voucher.contract.clauses)}
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
        "cautionner" => {
            surety::submit(&cx, id, &form).await?;
            "bon-cautionne"
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
    if voucher.may_receive_invoice().is_ok() {
        let address = format!("{PATH}/{}/factures", voucher.id);
        head = head.action(view! { <a class="btn btn--second" href=address>{t!(voucher.invoices_received)}</a> });
    }
    let takes_orders = voucher.contract.may_order(cx.services().now()).is_ok();
    if takes_orders && cx.actor().is_ok_and(|actor| DraftVoucher::permits(actor, &voucher.contract)) {
        let address = format!("{PATH}/nouveau?contrat={contract}&reprend={}", voucher.id);
        head = head.action(view! { <a class="btn btn--second" href=address>{t!(voucher.copy)}</a> });
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
fn next_here(next: Next, voucher: &Voucher) -> Next {
    let here = format!("{PATH}/{}", voucher.id);
    Next { link: next.link.filter(|(address, _)| *address != here), ..next }
}

fn gestures(cx: &Cx, voucher: &Voucher) -> Vec<AnyView> {
    let mut gestures = Vec::new();
    if is_open::<SendVoucher>(cx, voucher, &[Step::Send]) {
        gestures.push(button(cx, voucher, "envoyer", t!(voucher.send), t!(voucher.send_text).to_owned()));
        gestures.extend(ui::mail_note(cx));
    }
    if let Some((_, rest)) = voucher.may_close().ok().filter(|_| is_open::<CloseVoucher>(cx, voucher, &[Step::Close])) {
        let text = if rest.is_positive() {
            t!(voucher.close_text, rest = rest)
        } else {
            t!(voucher.close_text_whole).to_owned()
        };
        gestures.push(button(cx, voucher, "solder", t!(voucher.close), text));
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
