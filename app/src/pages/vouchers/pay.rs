use domain::{authz::PayVoucher, kernel::time::brussels, voucher::Step};
use leptos::prelude::*;
use service::{store, voucher};

use super::{
    PATH,
    act::{self, Act},
    form as read, invoices,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let law = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let act =
        Act { title: t!(voucher.pay), lede: t!(voucher.pay_lede), button: t!(voucher.pay_button), steps: &[Step::Pay] };
    Ok(act::page::<PayVoucher>(cx, form, voucher, act, move |form, voucher| {
        view! {
            {invoices::each(voucher, &law, today)}
            <div class="gap">{Field::date("le", t!(voucher.paid_on), Some(today)).view(form)}</div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let mut reader = form.read();
    let on = reader.date("le");
    let on = reader.errors.or(on)?;
    voucher::pay(cx.services(), cx.actor()?, id, read::version(&form), on).await?;
    Done::see(format!("{PATH}/{id}?fait=bon-paye"))
}
