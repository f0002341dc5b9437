use domain::{
    authz::DeliverVoucher,
    kernel::time::brussels,
    voucher::{Step, counted},
};
use leptos::prelude::*;
use service::voucher::{self, DeliveryDraft};

use super::{
    PATH,
    act::{self, Act},
    form as read, lines,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let today = brussels(cx.services().now()).date();
    let act = Act {
        title: t!(voucher.deliver),
        lede: t!(voucher.deliver_lede),
        button: t!(voucher.deliver_button),
        steps: &[Step::DeliverPart],
    };
    Ok(act::page::<DeliverVoucher>(cx, form, voucher, act, move |form, voucher| {
        let quantities: Vec<_> = voucher
            .lines
            .iter()
            .filter(|line| voucher.left_to_deliver(line).thousandths() > 0)
            .map(|line| {
                let left = voucher.left_to_deliver(line);
                let hint = t!(voucher.deliver_left, left = counted(left, &line.unit));
                lines::field(&line.code, &line.item, &line.unit, hint, left.to_string()).view(form)
            })
            .collect();
        view! {
            {Field::date("le", t!(voucher.delivered_on), Some(today)).view(form)}
            {quantities}
            {Field::text("note", t!(voucher.delivery_note)).hint(t!(voucher.delivery_note_hint)).view(form)}
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let found = act::voucher(&cx, &params).await?;
    let mut reader = form.read();
    let draft = DeliveryDraft {
        on: reader.date("le"),
        quantities: read::quantities(&mut reader, &form, found.lines.iter().map(|line| line.code.as_str())),
        note: reader.optional_text("note", voucher::SHORT_MOST),
    };
    let draft = reader.errors.or(draft)?;
    voucher::deliver(cx.services(), cx.actor()?, found.id, read::version(&form), &draft).await?;
    Done::see(format!("{PATH}/{}?fait=bon-livre", found.id))
}
