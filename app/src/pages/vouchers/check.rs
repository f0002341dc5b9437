use domain::{
    authz::CheckVoucher,
    fault::Fault,
    kernel::time::brussels,
    voucher::{Commitment, Step},
};
use leptos::prelude::*;
use service::voucher;

use super::{
    PATH,
    act::{self, Act},
    budget,
    ceilings::ceilings,
    form as read,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, contracts::meter::Alerts, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let today = brussels(cx.services().now()).date();
    let alerts = Alerts::of(&cx).await?;
    let act = Act {
        title: t!(voucher.check),
        lede: t!(voucher.check_lede),
        button: t!(voucher.check_button),
        steps: &[Step::Check],
    };
    Ok(act::page::<CheckVoucher>(cx, form, voucher, act, move |form, voucher| {
        view! {
            <div class="stack"><h2>{t!(contract.ceilings)}</h2>{ceilings(voucher, &alerts)}</div>
            <div class="gap">
                {budget::fields(form, voucher)}
                {Field::short("engagement", t!(voucher.commitment_number), 20).view(form)}
                {Field::date("engage-le", t!(voucher.commitment_on), Some(today)).hint(t!(voucher.commitment_hint)).view(form)}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let mut reader = form.read();
    let article = reader.value("article", Fault::NotAnArticle);
    let credit = read::amount(&mut reader, &form, "credit");
    let number = reader.text("engagement", voucher::SHORT_MOST);
    let on = reader.date("engage-le");
    let others = budget::others(&mut reader, &form);
    let commitment = article.map(|article| Commitment { article, credit, others, number, on });
    let commitment = reader.errors.or(commitment)?.ok_or(service::Error::NotFound)?;
    voucher::check(cx.services(), cx.actor()?, id, read::version(&form), &commitment).await?;
    Done::see(format!("{PATH}/{id}?fait=bon-controle"))
}
