use domain::{
    kernel::{Percent, reference::TenderRef},
    offer::{OfferLine, priced},
    specification::PriceLine,
};
use leptos::prelude::*;
use service::offer::{self, Own};

use super::{content, form as read, show::deadline};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

/// One price for each line of the inventory, and what they add up to so far.
pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let own = offer::own(cx.services(), cx.actor()?, reference).await?;
    let now = cx.services().now();
    let closed = own.place.may_answer(now).err();
    Ok(Page::new(t!(offers.prices), "/offres", move || {
        let totals = priced(&own.terms.inventory, &own.draft.content).filter(|_| own.draft.version > 0);
        let body = match closed {
            Some(refusal) if !form.was_sent() => ui::note("warn", crate::pages::sentence::refusal(&refusal), ""),
            Some(_) | None => fields(&cx, &form, &own),
        };
        view! {
            <div class="page">
                {ui::flash(&params)}
                {ui::errors(&form)}
                {ui::head(t!(offers.prices))
                    .back(format!("/offres/{reference}"), t!(offers.title))
                    .above(view! { <span class="ref">{reference.to_string()}</span> })
                    .lede(t!(offers.prices_lede))
                    .view()}
                <div class="record">
                    <div class="now stack">{deadline(&own, now)}</div>
                    <div class="body stack">{body}{totals.map(|totals| content::prices(&totals))}</div>
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

fn fields(cx: &Cx, form: &Form, own: &Own) -> AnyView {
    let version = if form.was_sent() { form.text("version").to_owned() } else { own.draft.version.to_string() };
    let lines: Vec<_> =
        own.terms.inventory.iter().enumerate().map(|(place, line)| fieldset(form, own, place, line)).collect();
    ui::form(
        cx,
        view! {
            <input type="hidden" name="version" value=version/>
            {lines}
            {Field::long("remarque", t!(offers.remark), 4)
                .hint(t!(offers.remark_hint))
                .value(own.draft.content.remark.clone())
                .view(form)}
            <div class="row actions">
                <button class="btn">{t!(offers.save_prices)}</button>
                <span class="small quiet">{t!(offers.sealed_at_once)}</span>
            </div>
        },
    )
}

fn fieldset(form: &Form, own: &Own, place: usize, line: &PriceLine) -> AnyView {
    let kept = own.draft.content.lines.iter().find(|kept| kept.code == line.code);
    line_fields(form, place, line, kept, own.terms.vat)
}

/// Price and rate of one line of the inventory.
pub(super) fn line_fields(
    form: &Form,
    place: usize,
    line: &PriceLine,
    kept: Option<&OfferLine>,
    vat: Percent,
) -> AnyView {
    let price = kept.map(|kept| kept.unit_price.amount_french()).unwrap_or_default();
    let vat = read::rate_text(kept.map_or(vat, |kept| kept.vat));
    let quantity = match line.quantity {
        Some(_) => t!(offers.for_quantity, quantity = line.counted()),
        None => t!(offers.rate_alone, unit = line.unit),
    };
    view! {
        <fieldset class="govuk-fieldset gap-s">
            <legend class="govuk-fieldset__legend strong">
                {line.item.clone()}" "<span class="ref">{line.code.clone()}</span>
            </legend>
            <p class="small quiet">{quantity}</p>
            <div class="fields">
                {Field::money(read::price_field(place), t!(offers.unit_price_excluding)).value(price).view(form)}
                {Field::short(read::vat_field(place), t!(offers.vat_percent), 5).value(vat).view(form)}
            </div>
        </fieldset>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let actor = cx.actor()?;
    let own = offer::own(cx.services(), actor, reference).await?;
    let (version, content) = read::content(&form, &own.terms.inventory)?;
    let received_at = form.received_at().unwrap_or_else(|| cx.services().now());
    offer::write(cx.services(), actor, reference, version, &content, received_at).await?;
    Done::see(format!("/offres/{reference}?fait=prix"))
}
