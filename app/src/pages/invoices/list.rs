use domain::{
    authz::{Action as _, ReceiveInvoice},
    fault::Fault,
    invoice::{MOST_MEBIBYTES, ReceivedInvoice},
    kernel::time::{brussels, date_french},
    voucher::Voucher,
};
use leptos::prelude::*;
use service::{
    FieldErrors,
    store::{received_invoices, vouchers},
    voucher::{self, INVOICE_FIELD, InvoiceFile},
};

use super::words;
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    ui::{self, Field, table::Row},
    vouchers::{PATH, words as of_vouchers},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = vouchers::find(cx.services(), cx.scope(), params.parse("bon")?).await?;
    let received = received_invoices::of(cx.services(), voucher.id).await?;
    let may = cx.actor().is_ok_and(|actor| ReceiveInvoice::permits(actor, &voucher));
    let may = may && voucher.may_receive_invoice().is_ok();
    Ok(Page::new(t!(invoice.list), PATH, move || {
        view! {
            {ui::errors(&form)}
            {ui::head(t!(invoice.list))
                .back(format!("{PATH}/{}", voucher.id), of_vouchers::name(&voucher))
                .above(view! {
                    <span class="ref">{of_vouchers::reference(&voucher)}</span>
                    {of_vouchers::tag(voucher.status)}
                })
                .lede(t!(invoice.list_lede))
                .view()}
            <div class="stack">
                {may.then(|| upload(&cx, &form))}
                {table(&voucher, &received)}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    // Whoever may not is told so, before what is missing is.
    let Some(upload) = form.file(INVOICE_FIELD) else {
        voucher::may_receive_invoice(cx.services(), cx.actor()?, id).await?;
        return Err(FieldErrors::one(INVOICE_FIELD, Fault::Empty).into());
    };
    let file = InvoiceFile { name: upload.name.clone(), bytes: upload.bytes.clone() };
    let received = voucher::receive_invoice(cx.services(), cx.actor()?, id, form.key().as_ref(), file).await?;
    Done::see(format!("{PATH}/{id}/factures/{received}?fait=facture-recue"))
}

fn upload(cx: &Cx, form: &Form) -> AnyView {
    view! {
        <form method="post" action=cx.path().to_owned() class="card stack-s" enctype="multipart/form-data" novalidate>
            {ui::form_key(cx, form)}
            {Field::file(INVOICE_FIELD, t!(invoice.file)).hint(t!(invoice.file_hint, most = MOST_MEBIBYTES)).view(form)}
            <div class="row actions"><button class="btn">{t!(invoice.send)}</button></div>
        </form>
    }
    .into_any()
}

fn table(voucher: &Voucher, received: &[ReceivedInvoice]) -> AnyView {
    if received.is_empty() {
        return ui::note("", t!(invoice.none), t!(invoice.none_text));
    }
    let columns = [
        ui::column(t!(invoice.number_of)),
        ui::column(t!(invoice.received_on)),
        ui::number(t!(invoice.total_including)),
        ui::column(t!(invoice.state)),
    ];
    let rows = received.iter().rev().map(|one| row(voucher, one));
    ui::table("recues", columns, rows).card(t!(invoice.received_list))
}

fn row(voucher: &Voucher, received: &ReceivedInvoice) -> Row {
    let address = format!("{PATH}/{}/factures/{}", voucher.id, received.id);
    let more = received.objections.len().saturating_sub(1);
    let more = (more > 0).then(|| t!(invoice.and_more, n = more));
    let why = received.reason.clone().or_else(|| received.objections.first().map(words::objection));
    let why = why.map(|why| view! { <br/><span class="small">{why}{more}</span> });
    ui::row(view! { <a href=address>{words::named(received)}</a> })
        .cell(date_french(brussels(received.received_at).date()))
        .cell(received.including.map(|including| including.to_string()).unwrap_or_default())
        .cell(view! { <span>{words::tag(received.status)}{why}</span> })
}
