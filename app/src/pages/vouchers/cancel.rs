use domain::{
    authz::CancelVoucher,
    voucher::{Step, Voucher},
};
use leptos::prelude::*;
use service::voucher;

use super::{
    PATH,
    act::{self, Act},
    form as read,
};
use crate::pages::{
    Cx, Done, Form, Params, Shown, Submitted, ui,
    ui::Field,
    words::{of, t},
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let act = Act {
        title: t!(voucher.cancel),
        lede: t!(voucher.cancel_lede),
        button: t!(voucher.cancel_button),
        steps: &[Step::Cancel],
    };
    Ok(act::page::<CancelVoucher>(cx, form, voucher, act, |form, voucher| {
        view! {
            {ui::note("warn", consequence(voucher), t!(voucher.cancel_text))}
            <div class="gap">{Field::long("raison", t!(voucher.cancel_reason), 4).view(form)}</div>
        }
        .into_any()
    }))
}

fn consequence(voucher: &Voucher) -> String {
    let held = voucher.held.taken();
    if held.is_positive() {
        t!(voucher.cancel_gives_back, amount = held, of = of(&voucher.organisation_name))
    } else {
        t!(voucher.cancel_draft).to_owned()
    }
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let mut reader = form.read();
    let reason = reader.text("raison", voucher::TEXT_MOST);
    let reason = reader.errors.or(reason)?;
    voucher::cancel(cx.services(), cx.actor()?, id, read::version(&form), &reason).await?;
    Done::see(format!("{PATH}/{id}?fait=bon-annule"))
}
