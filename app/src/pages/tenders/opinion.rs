use chrono::NaiveDate;
use domain::{
    authz::{Action as _, GiveLegalityOpinion},
    kernel::time::{date_french, weekday_date_french},
    tender::{ActKind, ActResult, LegalityOpinion, OpinionResult, Stage, Tender},
};
use leptos::prelude::*;
use service::{
    Error, award,
    store::{acts, parameters, tenders},
    tender::{self, Opinion},
};

use super::{cards::result_word, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

/// Longest text of an opinion, in characters.
const TEXT_MOST: usize = 10_000;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let acts = acts::of_tender(cx.services(), view.tender.id).await?;
    let stage = view.tender.stage;
    let on_award = stage >= Stage::AwardProposed && acts.iter().any(|act| act.kind == ActKind::AwardOpinionAsked);
    let opinion = if on_award {
        award::opinion_on_award(&acts, &*parameters::set(cx.services()).await?).unwrap_or(LegalityOpinion::NotAsked)
    } else {
        tender::opinion_of(cx.services(), &view.tender, &acts).await?
    };
    let until = match opinion {
        LegalityOpinion::Awaited { until } => Some(until),
        LegalityOpinion::NotAsked | LegalityOpinion::Outdated | LegalityOpinion::Given { .. } => None,
    };
    let kind = if on_award { ActKind::AwardOpinion } else { ActKind::Opinion };
    let given = acts.into_iter().rfind(|act| act.kind == kind);
    let is_open = matches!(stage, Stage::LegalityOpinion | Stage::AwardProposed);
    let outdated = is_open.then(|| state(opinion)).flatten();
    let asked = matches!(opinion, LegalityOpinion::Awaited { .. } | LegalityOpinion::Given { .. });
    let awaited = stage == Stage::LegalityOpinion || stage == Stage::AwardProposed && asked;
    let may_give = GiveLegalityOpinion::permits(cx.actor()?, &view.tender) && awaited;
    Ok(Page::new(t!(opinion.title), "/marches", move || {
        let given = given.map(|act| {
            let on = act.decided_on.map(date_french).unwrap_or_default();
            ui::note("good", format!("{} · {on}", act.result.map_or("", result_word)), act.text.unwrap_or_default())
        });
        let give = may_give.then(|| ui::form(&cx, fields(&form, t!(opinion.text_hint))));
        let nothing = (!may_give && given.is_none()).then(|| ui::note("", t!(opinion.none), t!(opinion.none_text)));
        view! {
            {ui::head(t!(opinion.title))
                .back(format!("/marches/{}", view.tender.reference), view.tender.plan.object.clone())
                .above(view! { <span class="ref">{view.tender.reference.to_string()}</span> })
                .lede(t!(opinion.lede))
                .view()}
            {ui::errors(&form)}
            <div class="cols">
                <div class="prose stack">{outdated}{given}{give}{nothing}</div>
                {about(&view.tender, on_award, until)}
            </div>
        }
        .into_any()
    }))
}

/// What the opinion is about, and where it is read.
fn about(tender: &Tender, on_award: bool, until: Option<NaiveDate>) -> AnyView {
    let (page, word) = if on_award {
        ("attribution", t!(opinion.read_award))
    } else {
        ("cahier/document", t!(opinion.read_specification))
    };
    view! {
        <section class="card" aria-labelledby="dossier">
            <h2 id="dossier">{t!(opinion.file)}</h2>
            <dl class="facts">
                {until.map(|until| ui::fact(t!(opinion.until), weekday_date_french(until)))}
                {ui::fact(t!(need.total), tender.plan.estimate.to_string())}
                {ui::fact(t!(tender.procedure), words::procedure(tender.plan.procedure).to_owned())}
            </dl>
            <p class="gap-s"><a href=format!("/marches/{}/{page}", tender.reference)>{word}</a></p>
        </section>
    }
    .into_any()
}

/// That an opinion which was asked, or given, is on another state of the file.
pub(super) fn state(opinion: LegalityOpinion) -> Option<AnyView> {
    match opinion {
        LegalityOpinion::Outdated => Some(ui::note("warn", t!(opinion.outdated), t!(opinion.outdated_text))),
        LegalityOpinion::NotAsked | LegalityOpinion::Awaited { .. } | LegalityOpinion::Given { .. } => None,
    }
}

/// The questions of an opinion: its result and its reasons.
pub(super) fn fields(form: &Form, hint: &'static str) -> AnyView {
    let word = |result: OpinionResult| result_word(ActResult::Opinion(result)).to_owned();
    let choices = OpinionResult::ALL.map(|result| (result.code().to_owned(), word(result))).to_vec();
    view! {
        {Field::radios("avis", t!(opinion.result), choices).view(form)}
        {Field::long("texte", t!(opinion.text), 6).hint(hint).view(form)}
        <div class="row actions"><button class="btn">{t!(opinion.save)}</button></div>
    }
    .into_any()
}

/// An opinion as it was typed.
pub(super) fn typed(form: &Form) -> Result<Opinion, Error> {
    let mut read = form.read();
    let opinion = Opinion {
        result: read.choice("avis", OpinionResult::from_code, OpinionResult::Favourable),
        text: read.text("texte", TEXT_MOST),
    };
    read.errors.or(opinion)
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let opinion = typed(&form)?;
    tender::give_opinion(cx.services(), cx.actor()?, reference, &opinion).await?;
    Done::see(format!("/marches/{reference}?fait=avis"))
}
