use domain::{
    authz::{Action as _, OfferFramework},
    central::{Audience, Fee, Offer},
    fault::Fault,
    kernel::{Percent, reference::TenderRef},
};
use leptos::prelude::*;
use service::{
    Error,
    central::{self, HOW_MOST},
    store,
};

use super::{PATH, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, form::Reader, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference = params.parse("reference")?;
    let tender = store::tenders::find(cx.services(), cx.scope(), reference).await?.tender;
    if !OfferFramework::permits(cx.actor()?, &tender) {
        return Err(Error::NotFound);
    }
    let said = store::central::offer_of(cx.services(), tender.id).await?;
    let refused = tender.may_be_offered().err();
    Ok(Page::new(t!(central.offer), PATH, move || {
        let body = match refused {
            Some(refusal) => ui::note("", t!(refusal.title), words::refusal(&refusal)),
            None => fields(&cx, &form, said.as_ref()),
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(central.offer))
                .back(format!("/marches/{reference}"), tender.plan.object.clone())
                .lede(t!(central.offer_lede))
                .view()}
            <div class="prose">{body}</div>
        }
        .into_any()
    }))
}

fn fields(cx: &Cx, form: &Form, said: Option<&(Offer, i32)>) -> AnyView {
    let version = said.map_or(0, |(_, version)| *version);
    let audience = said.map_or(Audience::Everybody, |(offer, _)| offer.audience);
    let (kind, figure) = match said.map(|(offer, _)| offer.fee) {
        None => ("", String::new()),
        Some(Fee::Free) => ("aucune", String::new()),
        Some(Fee::Rate(rate)) => ("cent", rate.to_string().replace(['%', '\u{a0}'], "")),
        Some(Fee::Flat(amount)) => ("forfait", amount.amount_french()),
    };
    let how = said.map(|(offer, _)| offer.how.clone()).unwrap_or_default();
    let audiences =
        Audience::ALL.map(|audience| (audience.code().to_owned(), words::audience(audience).to_owned())).to_vec();
    let kinds = [
        ("aucune", t!(central.fee_free)),
        ("cent", t!(central.fee_per_cent)),
        ("mille", t!(central.fee_per_mille)),
        ("forfait", t!(central.fee_lump)),
    ];
    let kinds = kinds.map(|(code, word)| (code.to_owned(), word.to_owned())).to_vec();
    ui::form(
        cx,
        view! {
            <input type="hidden" name="version" value=version/>
            {Field::radios("public", t!(central.audience), audiences).value(audience.code()).view(form)}
            {Field::radios("redevance", t!(central.fee), kinds).value(kind).view(form)}
            {Field::short("montant-redevance", t!(central.fee_figure), 10).hint(t!(central.fee_figure_hint)).value(figure).view(form)}
            {Field::long("comment", t!(central.how), 4).hint(t!(central.how_hint)).value(how).view(form)}
            <div class="row actions"><button class="btn">{t!(central.offer_save)}</button></div>
        },
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let version = form.text("version").parse().unwrap_or_default();
    let mut read = form.read();
    let offer = Offer {
        audience: read.choice("public", Audience::from_code, Audience::Authorities),
        fee: fee(&mut read, &form),
        how: read.text("comment", HOW_MOST),
    };
    let offer = read.errors.or(offer)?;
    central::offer(cx.services(), cx.actor()?, reference, version, &offer).await?;
    Done::see(format!("{PATH}/{reference}?fait=cadre"))
}

#[derive(Clone, Copy)]
enum Kind {
    Free,
    PerCent,
    PerMille,
    Lump,
}

fn fee(read: &mut Reader<'_>, form: &Form) -> Fee {
    let kind = |text: &str| match text {
        "aucune" => Some(Kind::Free),
        "cent" => Some(Kind::PerCent),
        "mille" => Some(Kind::PerMille),
        "forfait" => Some(Kind::Lump),
        _ => None,
    };
    match read.choice("redevance", kind, Kind::Free) {
        Kind::Free => Fee::Free,
        Kind::Lump => Fee::Flat(read.positive_money("montant-redevance")),
        Kind::PerCent => Fee::Rate(rate(read, form, 1)),
        Kind::PerMille => Fee::Rate(rate(read, form, 10)),
    }
}

/// Above zero and up to the whole; `parts` of what was typed make one per cent.
fn rate(read: &mut Reader<'_>, form: &Form, parts: i64) -> Percent {
    let typed = Percent::parse_french(form.text("montant-redevance")).map(Percent::millionths).unwrap_or_default();
    let rate = Percent::from_millionths(typed / parts);
    if typed <= 0 || typed % parts != 0 || rate > Percent::HUNDRED {
        read.errors.add("montant-redevance", Fault::NotAPercentage);
    }
    rate
}
