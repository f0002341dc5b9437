use chrono::NaiveDate;
use domain::{
    authz::PayVoucher,
    kernel::time::brussels,
    voucher::{Step, Voucher},
};
use leptos::prelude::*;
use service::{store, voucher};

use super::{
    PATH,
    act::{self, Act},
    form as read, invoices,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, ui::Field, words::t};

const INTEREST: &str = "interets";

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
            {is_late(voucher, today).then(|| interest(form))}
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let mut reader = form.read();
    let on = reader.date("le");
    let on = reader.errors.or(on)?;
    let (actor, version) = (cx.actor()?, read::version(&form));
    if form.ticked(INTEREST) {
        voucher::pay_with_interest(cx.services(), actor, id, version, on).await?;
    } else {
        voucher::pay(cx.services(), actor, id, version, on).await?;
    }
    Done::see(format!("{PATH}/{id}?fait=bon-paye"))
}

fn is_late(voucher: &Voucher, today: NaiveDate) -> bool {
    voucher.unpaid().is_some_and(|invoice| invoice.days_late(today).is_some())
}

/// The person decides whether interest and flat sum went with the payment.
fn interest(form: &Form) -> AnyView {
    let choice = ("oui".to_owned(), t!(voucher.interest_paid_yes).to_owned());
    Field::ticks(INTEREST, t!(voucher.interest_paid), vec![choice], Vec::new())
        .hint(t!(voucher.interest_paid_hint))
        .view(form)
}
