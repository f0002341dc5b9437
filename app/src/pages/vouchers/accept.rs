use domain::{
    authz::AcceptDelivery,
    kernel::time::date_french,
    voucher::{Found, Step, Verdict, Voucher, counted},
};
use leptos::prelude::*;
use service::{Error, voucher};

use super::{
    PATH,
    act::{self, Act},
    form as read, lines, words,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let act = Act {
        title: t!(voucher.accept),
        lede: t!(voucher.accept_lede),
        button: t!(voucher.accept_button),
        steps: &[Step::Reject],
    };
    Ok(act::page::<AcceptDelivery>(cx, form, voucher, act, fields))
}

fn fields(form: &Form, voucher: &Voucher) -> AnyView {
    let Some(delivery) = voucher.awaiting() else { return ().into_any() };
    let verdicts = Verdict::ALL.map(|verdict| (verdict.code().to_owned(), words::verdict(verdict).to_owned())).to_vec();
    let quantities: Vec<_> = voucher
        .lines
        .iter()
        .filter_map(|line| Some((line, *delivery.quantities.get(&line.code)?)))
        .map(|(line, delivered)| {
            let hint = t!(voucher.accept_delivered, delivered = counted(delivered, &line.unit));
            lines::field(&line.code, &line.item, &line.unit, hint, delivered.to_string()).view(form)
        })
        .collect();
    let told =
        t!(voucher.accept_of, on = date_french(delivery.delivered_on), supplier = voucher.contract.supplier_name);
    view! {
        {ui::note("", told, delivery.note.clone())}
        <div class="gap">
            {Field::radios("verdict", t!(voucher.verdict), verdicts).view(form)}
            <h2>{t!(voucher.accepted_quantities)}</h2>
            <p class="small quiet gap-s">{t!(voucher.accepted_quantities_hint)}</p>
            <div class="gap-s">{quantities}</div>
            {Field::long("motifs", t!(voucher.reasons), 5).hint(t!(voucher.reasons_hint)).view(form)}
        </div>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let accepted = act::voucher(&cx, &params).await?;
    let mut reader = form.read();
    let verdict = reader.choice("verdict", |text| Verdict::from_code(text).map(Some), None);
    let found = verdict.map(|verdict| match verdict {
        Verdict::Whole => Found::Whole,
        Verdict::Part => Found::Part {
            reasons: reader.text("motifs", voucher::TEXT_MOST),
            quantities: read::quantities(&mut reader, &form, accepted.lines.iter().map(|line| line.code.as_str())),
        },
        Verdict::Refused => Found::Refused { reasons: reader.text("motifs", voucher::TEXT_MOST) },
    });
    let found = reader.errors.or(found)?.ok_or(Error::NotFound)?;
    voucher::accept(cx.services(), cx.actor()?, accepted.id, read::version(&form), &found).await?;
    let done = if found.verdict() == Verdict::Refused { "livraison-refusee" } else { "bon-receptionne" };
    Done::see(format!("{PATH}/{}?fait={done}", accepted.id))
}
