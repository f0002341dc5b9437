use domain::{
    authz::{Action as _, GiveLegalityOpinion},
    kernel::time::date_french,
    tender::{LegalityOpinion, Stage},
};
use leptos::prelude::*;
use service::{
    Error, award,
    store::{acts, parameters, tenders},
    tender::{self, Opinion},
};

use super::show::result_word;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

/// Longest text of an opinion, in characters.
const TEXT_MOST: usize = 10_000;
const RESULTS: [&str; 3] = ["favourable", "favourable_with_remarks", "unfavourable"];

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let acts = acts::of_tender(cx.services(), view.tender.id).await?;
    let stage = view.tender.stage;
    let on_award = stage >= Stage::AwardProposed && acts.iter().any(|act| act.kind == "award_opinion_asked");
    let opinion = if on_award {
        award::opinion_on_award(&acts, &*parameters::set(cx.services()).await?).unwrap_or(LegalityOpinion::NotAsked)
    } else {
        tender::opinion_of(cx.services(), &view.tender, &acts).await?
    };
    let kind = if on_award { "award_opinion" } else { "opinion" };
    let given = acts.into_iter().rfind(|act| act.kind == kind);
    let is_open = matches!(stage, Stage::LegalityOpinion | Stage::AwardProposed);
    let outdated = is_open.then(|| state(opinion)).flatten();
    let asked = matches!(opinion, LegalityOpinion::Awaited { .. } | LegalityOpinion::Given { .. });
    let awaited = stage == Stage::LegalityOpinion || stage == Stage::AwardProposed && asked;
    let may_give = GiveLegalityOpinion::permits(cx.actor()?, &view.tender) && awaited;
    Ok(Page::new(t!(opinion.title), "/marches", move || {
        let given = given.map(|act| {
            let on = act.decided_on.map(date_french).unwrap_or_default();
            ui::note("good", format!("{} · {on}", result_word(act.result.as_deref())), act.text.unwrap_or_default())
        });
        let give = may_give.then(|| ui::form(&cx, fields(&form, t!(opinion.text_hint))));
        let nothing = (!may_give && given.is_none()).then(|| ui::note("", t!(opinion.none), t!(opinion.none_text)));
        view! {
            {ui::head(t!(opinion.title))
                .back(format!("/marches/{}", view.tender.reference), view.tender.plan.object.clone())
                .lede(t!(opinion.lede))
                .view()}
            <div class="prose stack">{ui::errors(&form)}{outdated}{given}{give}{nothing}</div>
        }
        .into_any()
    }))
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
    let choices = RESULTS.map(|code| (code.to_owned(), result_word(Some(code)).to_owned())).to_vec();
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
        result: read.choice("avis", |text| RESULTS.contains(&text).then(|| text.to_owned()), String::new()),
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
