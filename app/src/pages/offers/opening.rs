use domain::{
    authz::{Action as _, OpenOffers},
    kernel::reference::TenderRef,
    offer::Attendant,
    tender::{Channel, Stage},
};
use leptos::prelude::*;
use service::{
    Error,
    offer::{self, Seen},
    store::{openings::Opening, organisations, people, tenders::TenderView},
};

use super::{sealed, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, sentence, ui, words::t};

/// Who is present, in words.
struct Present {
    attendant: Attendant,
    words: String,
}

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let (view, opening) = offer::opening_of(cx.services(), cx.scope(), reference).await?;
    let seen = offer::deposited(cx.services(), cx.scope(), reference).await?;
    let mut present = Vec::new();
    if let Some(opening) = &opening {
        present.push(named(&cx, opening.first).await?);
        if let Some(second) = opening.second {
            present.push(named(&cx, second).await?);
        }
    }
    let now = cx.services().now();
    Ok(Page::new(t!(offers.opening), "/marches", move || {
        let body = match view.tender.stage_at(now) {
            Stage::DepositClosed => match view.tender.may_attend_opening(now) {
                Ok(()) => to_open(&cx, &view, opening.as_ref(), &present, &seen),
                Err(refusal) => {
                    let strong = sentence::refusal(&refusal);
                    view! { {ui::note("seal", strong, t!(offers.sealed_text))}{sealed::count(&seen)} }.into_any()
                }
            },
            stage if stage < Stage::DepositClosed => {
                let until = view.tender.clock.deposit_until.map(words::seconds).unwrap_or_default();
                let strong = if until.is_empty() {
                    t!(offers.not_called_yet).to_owned()
                } else {
                    t!(offers.still_sealed, until = until)
                };
                view! { {ui::note("seal", strong, t!(offers.sealed_text))}{sealed::count(&seen)} }.into_any()
            }
            _ => done(reference, opening.as_ref(), &present),
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(offers.opening))
                .back(format!("/marches/{reference}"), view.tender.plan.object.clone())
                .above(view! { <span class="ref">{reference.to_string()}</span> })
                .lede(t!(offers.opening_lede))
                .view()}
            <div class="prose stack">{body}</div>
        }
        .into_any()
    }))
}

async fn named(cx: &Cx, attendant: Attendant) -> Result<Present, Error> {
    let person = people::find(cx.services(), attendant.person).await?;
    let organisation = organisations::find(cx.services(), attendant.organisation).await?;
    Ok(Present { attendant, words: format!("{}, {}", person.name, organisation.name) })
}

fn to_open(cx: &Cx, view: &TenderView, opening: Option<&Opening>, present: &[Present], seen: &[Seen]) -> AnyView {
    let tender = &view.tender;
    let rule = if tender.opens_jointly() { t!(offers.two_authorities) } else { t!(offers.two_persons) };
    let Ok(actor) = cx.actor() else { return ().into_any() };
    let may = OpenOffers::permits(actor, tender);
    let me = Attendant { person: actor.person(), organisation: actor.organisation() };
    let first = present.first();
    let who = first.map(|first| {
        let at = opening.map(|opening| words::seconds(opening.first_at)).unwrap_or_default();
        ui::note("good", t!(offers.present, who = first.words, at = at), "")
    });
    let button = |gesture: &'static str, class: &'static str, word: &'static str| {
        view! { <button class=class name="geste" value=gesture>{word}</button> }
    };
    let act = match first {
        _ if !may => ui::note("", t!(offers.not_yours_to_open), rule),
        None => ui::form(
            cx,
            view! { <p>{rule}</p><div class="row actions">{button("present", "btn", t!(offers.i_am_present))}</div> },
        ),
        Some(first) if first.attendant.person == me.person => ui::form(
            cx,
            view! {
                <p>{t!(offers.waiting_second)}" "{rule}</p>
                <div class="row actions">{button("partir", "btn btn--second", t!(offers.leave))}</div>
            },
        ),
        Some(_) => ui::form(
            cx,
            view! {
                <p>{t!(offers.open_text)}</p>
                <div class="row actions">{button("ouvrir", "btn", t!(offers.open))}</div>
            },
        ),
    };
    let typing = (tender.plan.channel == Channel::EProcurement).then(|| {
        let address = format!("/marches/{}/offres/saisir", tender.reference);
        view! {
            {ui::note("", t!(offers.type_first), t!(offers.type_lede))}
            <p class="actions"><a class="btn btn--second" href=address>{t!(offers.type_offers)}</a></p>
        }
    });
    let count = (tender.plan.channel == Channel::Hosted).then(|| sealed::count(seen));
    view! { {typing}{who}{act}{count} }.into_any()
}

fn done(reference: TenderRef, opening: Option<&Opening>, present: &[Present]) -> AnyView {
    let Some(at) = opening.and_then(|opening| opening.opened_at) else {
        return ui::note("", t!(offers.never_opened), "");
    };
    let names: Vec<_> = present.iter().map(|present| view! { <li>{present.words.clone()}</li> }).collect();
    view! {
        <section class="card stack-s" aria-labelledby="ouvertes">
            <h2 id="ouvertes">{t!(offers.opened_at, at = words::seconds(at))}</h2>
            <p>{t!(offers.in_presence)}</p>
            <ul class="govuk-list govuk-list--bullet">{names}</ul>
            <div class="row actions">
                <a class="btn" href=format!("/marches/{reference}/offres")>{t!(offers.see_offers)}</a>
                <a class="btn btn--second" href=format!("/marches/{reference}/ouverture.pdf")>
                    {ui::icon::view(ui::icon::DOWNLOAD)}{t!(offers.minutes_pdf)}
                </a>
            </div>
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let actor = cx.actor()?;
    let done = match form.gesture() {
        "partir" => {
            offer::leave(cx.services(), actor, reference).await?;
            "parti"
        }
        "ouvrir" => {
            offer::open(cx.services(), actor, reference).await?;
            "ouverture"
        }
        _ => {
            offer::attend(cx.services(), actor, reference).await?;
            "present"
        }
    };
    Done::see(format!("/marches/{reference}/ouverture?fait={done}"))
}
