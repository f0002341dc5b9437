//! Offers of the federal platform, copied by hand from its opening report.

use domain::{
    authz::{Action as _, TypeOffers},
    fault::Fault,
    kernel::{ids::OfferId, reference::TenderRef},
    offer::{OfferContent, OpenedOffer},
    specification::Terms,
};
use leptos::prelude::*;
use service::{
    Error,
    offer::{self, Typed},
    specification,
};

use super::{form as read, prices::line_fields, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    calls::form::{hour, instant},
    ui,
    ui::Field,
    words::t,
};

const NAME_MOST: usize = 200;
const REPORT_MOST: usize = 60;
const REMARK_MOST: usize = 5_000;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let (view, _) = offer::opening_of(cx.services(), cx.scope(), reference).await?;
    let may = TypeOffers::permits(cx.actor()?, &view.tender);
    let closed = view.tender.may_type_offers(cx.services().now()).err();
    let typed = if may { offer::typed(cx.services(), cx.actor()?, reference).await? } else { Vec::new() };
    let terms = match closed {
        None => Some(specification::terms(cx.services(), view.clone()).await?),
        Some(_) => None,
    };
    Ok(Page::new(t!(offers.type_offers), "/marches", move || {
        let body = match (may, closed, terms) {
            (false, _, _) => ui::note("", t!(offers.not_yours_to_type), ""),
            (true, Some(refusal), _) => ui::note("warn", crate::pages::sentence::refusal(&refusal), ""),
            (true, None, Some(terms)) => view! { {list(&cx, &typed)}{fields(&cx, &form, &terms)} }.into_any(),
            (true, None, None) => ().into_any(),
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(offers.type_offers))
                .back(format!("/marches/{reference}/ouverture"), t!(offers.opening))
                .above(view! { <span class="ref">{reference.to_string()}</span> })
                .lede(t!(offers.type_lede))
                .view()}
            <div class="prose stack">{body}</div>
        }
        .into_any()
    }))
}

fn list(cx: &Cx, typed: &[OpenedOffer]) -> Option<AnyView> {
    let items: Vec<_> = typed
        .iter()
        .map(|offer| {
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{offer.firm_name.clone()}</dt>
                    <dd class="govuk-summary-list__value">{offer.excluding.to_string()}<br/>{words::instant(offer.received_at)}</dd>
                    <dd class="govuk-summary-list__actions">
                        <form method="post" action=cx.path().to_owned()>
                            <button class="btn btn--danger btn--s" name="retirer" value=offer.id.to_string()>
                                {t!(offers.remove)}<span class="govuk-visually-hidden">" "{offer.firm_name.clone()}</span>
                            </button>
                        </form>
                    </dd>
                </div>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="recopiees">
                <h2 id="recopiees">{t!(offers.typed_count, n = typed.len())}</h2>
                <dl class="govuk-summary-list">{items}</dl>
            </section>
        }
        .into_any()
    })
}

fn fields(cx: &Cx, form: &Form, terms: &Terms) -> AnyView {
    let lines: Vec<_> = terms
        .inventory
        .iter()
        .enumerate()
        .map(|(place, line)| line_fields(form, place, line, None, terms.vat))
        .collect();
    ui::form(
        cx,
        view! {
            {Field::short("bce", t!(offers.firm_bce), 20).view(form)}
            {Field::text("entreprise", t!(offers.firm_name)).view(form)}
            {Field::date("arrivee", t!(offers.arrival_day), None).view(form)}
            {Field::short("arrivee-heure", t!(offers.arrival_hour), 5).view(form)}
            {Field::short("rapport", t!(offers.report), 20).view(form)}
            {lines}
            {Field::long("remarque", t!(offers.remark), 3).view(form)}
            <div class="row actions"><button class="btn">{t!(offers.type_one)}</button></div>
        },
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let actor = cx.actor()?;
    if !form.text("retirer").is_empty() {
        let id: OfferId = form.text("retirer").parse().map_err(|_| Error::NotFound)?;
        offer::untype(cx.services(), actor, reference, id).await?;
        return Done::see(format!("/marches/{reference}/offres/saisir?fait=recopie-retiree"));
    }
    // Only a file that can be read tells which lines there are.
    let terms = offer::terms_to_type(cx.services(), actor, reference).await?;
    let typed = typed(&form, &terms)?;
    offer::type_in(cx.services(), actor, reference, &typed).await?;
    Done::see(format!("/marches/{reference}/offres/saisir?fait=recopie"))
}

fn typed(form: &Form, terms: &Terms) -> Result<Typed, Error> {
    let mut read = form.read();
    let bce = read.value("bce", Fault::NotBce);
    let firm = read.text("entreprise", NAME_MOST);
    let day = read.date("arrivee");
    let time = hour(form, "arrivee-heure", &mut read.errors);
    let received_at = instant(day, time, "arrivee-heure", &mut read.errors);
    let report = read.text("rapport", REPORT_MOST);
    let lines = read::lines(form, &terms.inventory, &mut read.errors);
    let remark = read.optional_text("remarque", REMARK_MOST);
    let content = OfferContent { lines, remark };
    let typed = bce.map(|bce| Typed { bce, firm, received_at, report, content });
    read.errors.or(typed)?.ok_or(Error::Stale)
}
