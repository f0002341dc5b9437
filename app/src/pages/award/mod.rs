//! The award and what follows it: one page per act, from the proposal to the end of the contract.

pub(crate) mod acceptance;
pub(crate) mod annulment;
pub(crate) mod conclude;
pub(crate) mod decide;
mod delay;
pub(crate) mod documents;
pub(crate) mod letter;
pub(crate) mod letters;
pub(crate) mod next;
pub(crate) mod proposal;
mod ranking;
pub(crate) mod result;
pub(crate) mod supervision;
pub(crate) mod surety;
pub(crate) mod termination;
pub(crate) mod words;

use domain::{
    authz::{AcceptContract, Action as _, Actor, AnnulAward, TerminateContract},
    award::Organ,
    fault::Fault,
    kernel::reference::TenderRef,
    tender::{Stage, Step, Tender},
};
use leptos::prelude::*;
use service::{Error, award::Gathered, store::tenders::TenderView};

use super::{
    Cx, Form, Page, Params,
    form::Reader,
    tenders::{REASON_MOST, some},
    ui,
    ui::{Field, Head},
    words::t,
};

/// The tender with its award, or none while its evaluation is under way.
async fn gathered(cx: &Cx, reference: TenderRef) -> Result<Option<Gathered>, Error> {
    match service::award::gather(cx.services(), cx.scope(), reference).await {
        Ok(gathered) => Ok(Some(gathered)),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The pages of this part that a tender has at its stage: they are read by who takes part, and acted on by who may.
pub(crate) fn pages(actor: &Actor, tender: &Tender) -> Vec<(&'static str, &'static str)> {
    let stage = tender.progress();
    if !(Stage::Evaluation..=Stage::Closed).contains(&stage) {
        return Vec::new();
    }
    let mut pages = vec![("attribution", t!(award.to_award))];
    if stage >= Stage::Awarded {
        pages.push(("informations", t!(award.to_letters)));
        pages.push(("tutelle", t!(award.to_supervision)));
        pages.push(("conclusion", t!(award.to_conclusion)));
    }
    if stage >= Stage::Concluded {
        pages.push(("cautionnement", t!(award.to_surety)));
    }
    if stage >= Stage::Executing {
        pages.push(("reception", t!(award.to_acceptance)));
    }
    if AnnulAward::permits(actor, tender) && tender.after(Step::Annul).is_ok() {
        pages.push(("annulation", t!(award.to_annulment)));
    }
    let ends = TerminateContract::permits(actor, tender) || AcceptContract::permits(actor, tender);
    if ends && tender.after(Step::Terminate).is_ok() {
        pages.push(("resiliation", t!(award.to_termination)));
    }
    pages
}

/// The head of every page of this part.
fn head(title: &'static str, view: &TenderView, lede: &'static str) -> Head {
    ui::head(title)
        .back(format!("/marches/{}", view.tender.reference), view.tender.plan.object.clone())
        .above(view! { <span class="ref">{view.tender.reference.to_string()}</span> })
        .lede(lede)
}

/// A page that has nothing to show yet says what must come first.
fn too_early(
    title: &'static str,
    view: &TenderView,
    lede: &'static str,
    strong: &'static str,
    small: &'static str,
) -> AnyView {
    view! {
        {head(title, view, lede).view()}
        <div class="prose">{ui::note("", strong, small)}</div>
    }
    .into_any()
}

/// The page of somebody who came before its time.
async fn waiting_page(
    cx: Cx,
    params: &Params,
    title: &'static str,
    lede: &'static str,
    strong: &'static str,
    small: &'static str,
) -> Result<Page, Error> {
    let view = service::store::tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    Ok(Page::new(title, "/marches", move || too_early(title, &view, lede, strong, small)))
}

/// Organ, day and number of a decision; the organs are those of the actor.
fn decision_fields(organs: &[Organ], form: &Form) -> AnyView {
    let word = |organ: Organ| match organ {
        Organ::Executive => t!(role.executive),
        Organ::Council => t!(role.council),
        Organ::ChiefExecutive => t!(role.chief_executive),
    };
    let organs = organs.iter().map(|organ| (organ.code().to_owned(), word(*organ).to_owned())).collect();
    view! {
        {Field::radios("organe", t!(award.organ), organs).value(Organ::Executive.code()).view(form)}
        {Field::date("decision", t!(adoption.date), None).view(form)}
        {Field::short("numero", t!(adhesion.number), 20).hint(t!(adhesion.number_hint)).view(form)}
    }
    .into_any()
}

/// A decision is not of tomorrow.
fn past_day(read: &mut Reader<'_>, name: &str, today: chrono::NaiveDate) -> chrono::NaiveDate {
    let day = read.date(name);
    if day > today && read.errors.of(name).is_none() {
        read.errors.add(name, Fault::After { latest: today });
    }
    day
}

fn reason(read: &mut Reader<'_>) -> Option<String> {
    some(read.optional_text("raison", REASON_MOST))
}
