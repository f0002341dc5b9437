use domain::{
    authz::InvoiceVoucher,
    kernel::{Money, time::brussels},
    voucher::Step,
};
use leptos::prelude::*;
use service::{
    contract, store,
    voucher::{self, InvoiceDraft},
};

use super::{
    PATH,
    act::{self, Act},
    form as read,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let today = brussels(cx.services().now()).date();
    let law = store::parameters::set(cx.services()).await?;
    let advance = store::execution::advance_state(cx.services(), voucher.contract.id).await?;
    let set_off = contract::to_set_off(&law, &voucher.contract, advance.as_ref()).unwrap_or(Money::ZERO);
    let is_due = voucher.due().is_some_and(|(_, _, including)| including.is_positive());
    let act = Act {
        title: t!(voucher.invoice),
        lede: t!(voucher.invoice_lede),
        button: t!(voucher.invoice_button),
        steps: if is_due { &[Step::Invoice] } else { &[] },
    };
    Ok(act::page::<InvoiceVoucher>(cx, form, voucher, act, move |form, voucher| {
        let (excluding, vat, including) = voucher.due().unwrap_or((Money::ZERO, Money::ZERO, Money::ZERO));
        let told = t!(voucher.invoice_due, excluding = excluding, vat = vat, including = including);
        view! {
            {ui::note("", told, t!(voucher.invoice_due_text))}
            <p><a href=format!("{PATH}/{}/factures", voucher.id)>{t!(voucher.invoices_received)}</a></p>
            <div class="gap">
                {Field::short("facture", t!(voucher.invoice_number), 20).view(form)}
                {Field::date("emise", t!(voucher.invoice_on), Some(today)).view(form)}
                {Field::money("htva", t!(voucher.invoice_excluding)).value(excluding.amount_french()).view(form)}
                {Field::money("tva", t!(voucher.invoice_vat)).value(vat.amount_french()).view(form)}
                {Field::money("tvac", t!(voucher.invoice_including)).value(including.amount_french()).view(form)}
                {set_off.is_positive().then(|| prepaid(form, set_off))}
            </div>
        }
        .into_any()
    }))
}

/// The firm decides what it sets off.
fn prepaid(form: &Form, most: Money) -> AnyView {
    Field::money("avance", t!(voucher.invoice_prepaid)).hint(t!(voucher.invoice_prepaid_hint, most = most)).view(form)
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let mut reader = form.read();
    let draft = InvoiceDraft {
        number: reader.text("facture", voucher::SHORT_MOST),
        issued_on: reader.date("emise"),
        excluding: read::amount(&mut reader, &form, "htva"),
        vat: read::amount(&mut reader, &form, "tva"),
        including: read::amount(&mut reader, &form, "tvac"),
        prepaid: read::optional_amount(&mut reader, &form, "avance"),
    };
    let draft = reader.errors.or(draft)?;
    voucher::state_invoice(cx.services(), cx.actor()?, id, read::version(&form), &draft).await?;
    Done::see(format!("{PATH}/{id}?fait=bon-facture"))
}
