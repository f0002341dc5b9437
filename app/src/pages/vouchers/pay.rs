use chrono::NaiveDate;
use domain::{
    authz::PayVoucher,
    kernel::{Money, time::brussels},
    parameter::ParameterSet,
    voucher::{Step, Voucher},
};
use leptos::prelude::*;
use service::{
    store,
    voucher::{self, Payment},
};

use super::{
    PATH,
    act::{self, Act},
    form as read, invoices,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, ui, ui::Field, words::t};

const INTEREST: &str = "interets";
const WITHHELD: &str = "amendes";

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let law = store::parameters::set(cx.services()).await?;
    let open = store::execution::open_penalties(cx.services(), &voucher).await?;
    let today = brussels(cx.services().now()).date();
    let act =
        Act { title: t!(voucher.pay), lede: t!(voucher.pay_lede), button: t!(voucher.pay_button), steps: &[Step::Pay] };
    Ok(act::page::<PayVoucher>(cx, form, voucher, act, move |form, voucher| {
        view! {
            {invoices::each(voucher, &law, today)}
            <div class="gap">{Field::date("le", t!(voucher.paid_on), Some(today)).view(form)}</div>
            {is_late(voucher, &law, today).then(|| interest(form))}
            {withheld(form, voucher, open)}
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let mut reader = form.read();
    let payment = Payment {
        on: reader.date("le"),
        withheld: read::optional_amount(&mut reader, &form, WITHHELD),
        with_interest: form.ticked(INTEREST),
    };
    let payment = reader.errors.or(payment)?;
    voucher::settle(cx.services(), cx.actor()?, id, read::version(&form), payment).await?;
    Done::see(format!("{PATH}/{id}?fait=bon-paye"))
}

fn is_late(voucher: &Voucher, law: &ParameterSet, today: NaiveDate) -> bool {
    voucher.unpaid().is_some_and(|invoice| invoice.interest(law, today).is_some())
}

/// What was decided and can be set off against this payment: the person decides how much of it.
fn withheld(form: &Form, voucher: &Voucher, open: Money) -> Option<AnyView> {
    let most = voucher.withholdable(open);
    most.is_positive().then(|| {
        view! {
            {ui::note("", t!(voucher.withheld_open, open = open), t!(voucher.withheld_open_text))}
            {Field::money(WITHHELD, t!(voucher.withheld)).hint(t!(voucher.withheld_hint, most = most)).view(form)}
        }
        .into_any()
    })
}

/// The person decides whether interest and flat sum went with the payment.
fn interest(form: &Form) -> AnyView {
    let choice = ("oui".to_owned(), t!(voucher.interest_paid_yes).to_owned());
    Field::ticks(INTEREST, t!(voucher.interest_paid), vec![choice], Vec::new())
        .hint(t!(voucher.interest_paid_hint))
        .view(form)
}
