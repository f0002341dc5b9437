use domain::{authz::AnswerVoucher, fault::Fault, voucher::Step};
use leptos::prelude::*;
use service::{FieldErrors, voucher};

use super::{
    PATH,
    act::{self, Act},
    form as read,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let act = Act {
        title: t!(voucher.answer),
        lede: t!(voucher.answer_lede),
        button: t!(voucher.answer_button),
        steps: &[Step::Confirm],
    };
    Ok(act::page::<AnswerVoucher>(cx, form, voucher, act, |form, _| {
        let answers = vec![
            ("accepter".to_owned(), t!(voucher.answer_yes).to_owned()),
            ("refuser".to_owned(), t!(voucher.answer_no).to_owned()),
        ];
        view! {
            {Field::radios("reponse", t!(voucher.answer_label), answers).view(form)}
            {Field::long("raison", t!(voucher.decline_reason), 4).hint(t!(voucher.decline_reason_hint)).view(form)}
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let (actor, version) = (cx.actor()?, read::version(&form));
    match form.text("reponse") {
        "accepter" => {
            voucher::confirm(cx.services(), actor, id, version).await?;
            Done::see(format!("{PATH}/{id}?fait=bon-accepte"))
        }
        "refuser" => {
            let mut reader = form.read();
            let reason = reader.text("raison", voucher::TEXT_MOST);
            let reason = reader.errors.or(reason)?;
            voucher::decline(cx.services(), actor, id, version, &reason).await?;
            Done::see(format!("{PATH}/{id}?fait=bon-refuse"))
        }
        _ => Err(FieldErrors::one("reponse", Fault::NotAChoice).into()),
    }
}
