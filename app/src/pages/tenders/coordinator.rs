//! The coordinator's opinion on the adopted conditions: asked by the pilot, given by a coordinator, read by all.

use domain::{
    authz::{Action as _, AskCoordinatorOpinion, GiveCoordinatorOpinion},
    kernel::time::{brussels, date_french},
    tender::{ActKind, Stage},
};
use leptos::prelude::*;
use service::{
    store::{
        acts::{self, Act},
        tenders,
    },
    tender,
};

use super::{cards::result_word, opinion};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let tender = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?.tender;
    let acts = acts::of_tender(cx.services(), tender.id).await?;
    let last = |kind: ActKind| acts.iter().rfind(|act| act.kind == kind).cloned();
    let (asked, given) = (last(ActKind::CoordinatorAsked), last(ActKind::CoordinatorOpinion));
    let actor = cx.actor()?;
    let may_ask = tender.stage == Stage::Adopted && AskCoordinatorOpinion::permits(actor, &tender);
    let may_give =
        tender.stage == Stage::CoordinatorOpinion && given.is_none() && GiveCoordinatorOpinion::permits(actor, &tender);
    Ok(Page::new(t!(opinion.coordinator), "/marches", move || {
        let body = match given {
            Some(given) => read(given),
            None if may_give => ui::form(&cx, opinion::fields(&form, t!(opinion.coordinator_hint))),
            None if may_ask => ask(&cx),
            None => waiting(asked),
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(opinion.coordinator))
                .back(format!("/marches/{}", tender.reference), format!("{}, {}", tender.reference, tender.plan.object))
                .lede(t!(opinion.coordinator_lede))
                .view()}
            <div class="prose stack">{body}</div>
        }
        .into_any()
    }))
}

fn read(given: Act) -> AnyView {
    let on = given.decided_on.unwrap_or_else(|| brussels(given.created_at).date());
    view! {
        <section class="card" aria-labelledby="avis-rendu">
            <h2 id="avis-rendu">{given.result.map_or("", result_word)}</h2>
            <p class="small quiet">{t!(opinion.given_on, date = date_french(on))}</p>
            <p class="pre gap-s">{given.text.unwrap_or_default()}</p>
        </section>
    }
    .into_any()
}

fn ask(cx: &Cx) -> AnyView {
    ui::form(
        cx,
        view! {
            <p>{t!(opinion.coordinator_ask_text)}</p>
            <div class="row actions gap-s">
                <button class="btn" name="geste" value="demander">{t!(opinion.coordinator_ask)}</button>
            </div>
        },
    )
}

fn waiting(asked: Option<Act>) -> AnyView {
    match asked {
        Some(asked) => {
            let on = date_french(brussels(asked.created_at).date());
            ui::note("", t!(opinion.coordinator_waits, date = on), t!(opinion.coordinator_waits_text))
        }
        None => ui::note("", t!(opinion.coordinator_none), t!(opinion.coordinator_none_text)),
    }
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let done = if form.gesture() == "demander" {
        tender::ask_coordinator(cx.services(), cx.actor()?, reference).await?;
        "coordinateur-demande"
    } else {
        // An address that the actor can't see is none, whatever was typed.
        tenders::find(cx.services(), cx.scope(), reference).await?;
        let opinion = opinion::typed(&form)?;
        tender::give_coordinator_opinion(cx.services(), cx.actor()?, reference, &opinion).await?;
        "coordinateur"
    };
    Done::see(format!("/marches/{reference}/avis-coordinateur?fait={done}"))
}
