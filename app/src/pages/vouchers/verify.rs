//! A voucher before it is drawn: its lines at the prices of today, its totals, and what it leaves.

use domain::{
    authz::{Action as _, DraftVoucher},
    kernel::{Money, reference::TenderRef, time::date_french},
    voucher::VoucherDraft,
};
use leptos::prelude::*;
use service::{Error, store::contracts, voucher};

use super::{PATH, draft::room, form as read, lines, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, address::with_query, contracts::meter::Alerts, ui, words::t,
};

/// Address of the page; its query is what was typed.
pub(super) const VERIFY: &str = "/bons/nouveau/verifier";

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let actor = cx.actor()?.clone();
    let typed = if form.was_sent() { form.clone() } else { Form::sent(params.query.clone(), Vec::new()) };
    let reference: TenderRef = typed.text("contrat").parse().map_err(|_| Error::NotFound)?;
    let contract = contracts::find_to_order(cx.services(), cx.scope(), reference).await?;
    if !DraftVoucher::permits(&actor, &contract) {
        return Err(Error::NotFound);
    }
    let codes = contract.lines.iter().map(|line| line.code.as_str());
    let draft = read::draft(&typed, codes).map_err(|_| Error::NotFound)?;
    let drawn = contract.may_draw(actor.organisation(), cx.services().now(), &draft);
    let alerts = Alerts::of(&cx).await?;
    Ok(Page::new(t!(voucher.verify), PATH, move || {
        let change = with_query("/bons/nouveau", read::kept(&typed));
        let body = match drawn {
            Ok((found, totals)) => {
                let fields = confirmation(&cx, &form, &typed, totals.including, &change);
                view! { {facts(&draft)}{lines::priced(&found, &totals)}{ui::form(&cx, fields)} }.into_any()
            }
            Err(refusal) => ui::note("warn", words::refusal(&refusal), ""),
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(voucher.verify))
                .back(change, t!(voucher.verify_change))
                .lede(t!(voucher.verify_lede, supplier = contract.supplier_name, reference = reference))
                .view()}
            <div class="cols">
                <div class="stack">{body}</div>
                <div class="stack">{room(&contract, actor.organisation(), &alerts)}</div>
            </div>
        }
        .into_any()
    }))
}

/// What was typed, once more, under a key that makes one voucher of it; `total` is what was read, TVAC.
fn confirmation(cx: &Cx, form: &Form, typed: &Form, total: Money, change: &str) -> AnyView {
    let hidden: Vec<_> = read::kept(typed)
        .map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> })
        .collect();
    view! {
        {ui::form_key(cx, form)}
        {hidden}
        <input type="hidden" name="total" value=total.to_iso()/>
        <p class="small">{t!(voucher.verify_text)}</p>
        <div class="row actions">
            <button class="btn">{t!(voucher.save_draft)}</button>
            <a class="btn btn--second" href=change.to_owned()>{t!(voucher.verify_change)}</a>
        </div>
    }
    .into_any()
}

fn facts(draft: &VoucherDraft) -> AnyView {
    let wanted = draft.wanted_on.map_or_else(|| t!(voucher.no_wanted).to_owned(), date_french);
    view! {
        <dl class="facts facts--row card">
            {ui::fact(t!(voucher.object), draft.object.clone())}
            {ui::fact(t!(voucher.delivery_address), draft.delivery_address.clone())}
            {ui::fact(t!(voucher.wanted_on), wanted)}
        </dl>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let reference: TenderRef = form.text("contrat").parse().map_err(|_| Error::NotFound)?;
    let contract = contracts::find_to_order(cx.services(), cx.scope(), reference).await?;
    let draft = read::draft(&form, contract.lines.iter().map(|line| line.code.as_str()))?;
    let read = Money::parse_iso(form.text("total")).unwrap_or(Money::ZERO);
    let id = voucher::draft_once(cx.services(), cx.actor()?, reference, form.key().as_ref(), read, &draft).await?;
    Done::see(format!("{PATH}/{id}?fait=bon"))
}
