use domain::{
    authz::{Action as _, JudgeInvoice},
    invoice::{ReceivedInvoice, ReceivedStatus},
    kernel::{
        ids::{ReceivedInvoiceId, VoucherId},
        time::{brussels, date_french},
    },
};
use leptos::prelude::*;
use service::{
    Error,
    store::{received_invoices, vouchers},
    voucher,
};

use super::{comparison, reading, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, vouchers::PATH, vouchers::words as of_vouchers,
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = vouchers::find(cx.services(), cx.scope(), params.parse("bon")?).await?;
    let received = received_invoices::find(cx.services(), voucher.id, params.parse("recue")?).await?;
    let read = match received.file {
        Some(file) => voucher::invoice_read(cx.services(), file).await?.ok(),
        None => None,
    };
    let may_judge = received.status == ReceivedStatus::Received
        && cx.actor().is_ok_and(|actor| JudgeInvoice::permits(actor, &voucher));
    let title = words::named(&received);
    Ok(Page::new(title.clone(), PATH, move || {
        let on = date_french(brussels(received.received_at).date());
        let mut head = ui::head(title)
            .back(format!("{PATH}/{}/factures", voucher.id), t!(invoice.list))
            .above(view! {
                <span class="ref">{of_vouchers::reference(&voucher)}</span>
                {words::tag(received.status)}
            })
            .lede(t!(invoice.came_on, on = on));
        if received.file.is_some() {
            let address = format!("{PATH}/{}/factures/{}/fichier", voucher.id, received.id);
            head = head.action(view! { <a class="btn btn--second" href=address>{t!(invoice.download)}</a> });
        }
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head.view()}
            <div class="stack">
                {verdict(&received)}
                {may_judge.then(|| judgement(&cx, &form, &received))}
                {received.comparison.as_ref().map(|found| comparison::card(&voucher, found))}
                {read.as_ref().map(reading::cards)}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let (id, received) = (params.parse::<VoucherId>("bon")?, params.parse::<ReceivedInvoiceId>("recue")?);
    let version = form.text("version").parse().unwrap_or_default();
    let done = match form.gesture() {
        "comparer" => {
            voucher::compare_invoice(cx.services(), cx.actor()?, id, received, version).await?;
            "facture-comparee"
        }
        "refuser" => {
            let mut read = form.read();
            let reason = read.text("raison", voucher::TEXT_MOST);
            let reason = read.errors.or(reason)?;
            voucher::refuse_invoice(cx.services(), cx.actor()?, id, received, version, &reason).await?;
            "facture-refusee"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("{PATH}/{id}/factures/{received}?fait={done}"))
}

/// What became of it, and each reason.
fn verdict(received: &ReceivedInvoice) -> AnyView {
    let (kind, title, text) = match received.status {
        ReceivedStatus::Accepted => ("good", t!(invoice.is_accepted), t!(invoice.is_accepted_text)),
        ReceivedStatus::Received => ("warn", t!(invoice.is_waiting), t!(invoice.is_waiting_text)),
        ReceivedStatus::Refused => ("bad", t!(invoice.is_refused), t!(invoice.is_refused_text)),
    };
    let reason = received.reason.clone().map(|reason| view! { <p>{t!(invoice.refused_because, reason = reason)}</p> });
    let why: Vec<_> =
        received.objections.iter().map(|objection| view! { <li>{words::objection(objection)}</li> }).collect();
    let why = (!why.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="motifs">
                <h2 id="motifs">{t!(invoice.why)}</h2>
                <ul class="govuk-list govuk-list--bullet">{why}</ul>
            </section>
        }
    });
    view! { {ui::note(kind, title, text)}{reason}{why} }.into_any()
}

fn judgement(cx: &Cx, form: &Form, received: &ReceivedInvoice) -> AnyView {
    view! {
        <form method="post" action=cx.path().to_owned() class="card stack-s" novalidate>
            <input type="hidden" name="version" value=received.version/>
            <p class="small">{t!(invoice.compare_text)}</p>
            <div class="row actions"><button class="btn" name="geste" value="comparer">{t!(invoice.compare)}</button></div>
        </form>
        <form method="post" action=cx.path().to_owned() class="card stack-s" novalidate>
            <input type="hidden" name="version" value=received.version/>
            {Field::long("raison", t!(invoice.refuse_reason), 3).hint(t!(invoice.refuse_hint)).view(form)}
            <div class="row actions">
                <button class="btn btn--danger" name="geste" value="refuser">{t!(invoice.refuse)}</button>
            </div>
        </form>
    }
    .into_any()
}
