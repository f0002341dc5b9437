//! Planning a tender in three steps: what is bought, how, and a look at the whole before it is created.
//!
//! One address, one form: each step carries the answers of the others in hidden fields, and the button that was pressed
//! says where to go. Going back checks nothing and loses nothing.

mod check;
pub(super) mod fields;

use domain::{
    authz::{Authorised, PlanTender},
    need::Need,
    procedure::{Candidates, candidates},
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    store::{self, needs},
    tender,
};

use super::form;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, form::KEY, ui, words::t};
use fields::Start;

/// One page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    What,
    How,
    Check,
}

/// The fields of the first step; what is wrong elsewhere is wrong on the second.
const WHAT: [&str; 7] = ["objet", "description", "cpv", "nature", "estimation", "besoin-propre", "quantite"];
const HOW: [&str; 5] = ["vehicule", "procedure", "motif-procedure", "motif-lots", "canal"];

impl Step {
    /// The first page with a fault, else the one that the button asked for.
    fn of(form: &Form) -> Self {
        let is_wrong = |names: &[&str]| form.errors.iter().any(|(field, _)| names.contains(&field));
        match form.gesture() {
            _ if !form.was_sent() || is_wrong(&WHAT) => Self::What,
            _ if is_wrong(&HOW) => Self::How,
            "objet" => Self::What,
            "procedure" => Self::How,
            _ if form.is_resumed() => Self::What,
            _ => Self::Check,
        }
    }
}

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let who = cx.who().cloned().ok_or(Error::NotFound)?;
    // Whoever may not send it is told before they write it.
    let _permitted = Authorised::<PlanTender>::check(&who.actor, who.acting.organisation)?;
    let asked = if form.was_sent() { form.text("besoin").to_owned() } else { params.query("besoin").to_owned() };
    let need = match asked.parse() {
        Ok(id) => Some(needs::find(cx.services(), cx.scope(), id).await?.need),
        Err(_) => None,
    };
    match Step::of(&form) {
        Step::What => Ok(what(cx, form, need, asked)),
        Step::How => how(cx, form, need.as_ref()).await,
        Step::Check => check::page(cx, form).await,
    }
}

fn what(cx: Cx, form: Form, need: Option<Need>, asked: String) -> Page {
    Page::new(t!(tender.plan), "/marches", move || {
        let start = need.as_ref().map(Start::of_need).unwrap_or_default();
        let inside = view! {
            {ui::form_key(&cx, &form)}
            {(!form.was_sent()).then(|| view! { <input type="hidden" name="besoin" value=asked/> })}
            {carried(&form, &WHAT)}
            {fields::what(&form, &start)}
            {fields::own_need(&form, &start)}
            <div class="row actions"><button class="btn" name="geste" value="procedure">{t!(common.go_on)}</button></div>
        };
        step_view(&cx, &form, t!(tender.step_what), inside)
    })
}

async fn how(cx: Cx, form: Form, need: Option<&Need>) -> Shown {
    let start = need.map(Start::of_need).unwrap_or_default();
    let law = law(&cx, &form).await?;
    Ok(Page::new(t!(tender.plan), "/marches", move || {
        let inside = view! {
            {ui::form_key(&cx, &form)}
            {carried(&form, &HOW)}
            {fields::how(&form, &start, law.as_ref())}
            <div class="row actions">
                <button class="btn" name="geste" value="verifier">{t!(tender.check)}</button>
                <button class="btn btn--second" name="geste" value="objet">{t!(common.step_back)}</button>
            </div>
        };
        step_view(&cx, &form, t!(tender.step_how), inside)
    }))
}

fn step_view(cx: &Cx, form: &Form, step: &'static str, inside: impl IntoView + 'static) -> AnyView {
    view! {
        {ui::errors(form)}
        {head(step)}
        <div class="prose">{ui::form(cx, inside)}</div>
    }
    .into_any()
}

fn head(step: &'static str) -> AnyView {
    ui::head(t!(tender.plan))
        .back("/marches", t!(tender.list))
        .above(view! { <span class="small quiet">{step}</span> })
        .lede(t!(tender.plan_lede))
        .view()
}

/// What the law allows for the estimate of the first step.
async fn law(cx: &Cx, form: &Form) -> Result<Option<Candidates>, Error> {
    let parameters = store::parameters::set(cx.services()).await?;
    let today = domain::kernel::time::brussels(cx.services().now()).date();
    let (nature, estimate) = form::nature_and_estimate(form);
    Ok(candidates(&parameters, today, nature, estimate).ok())
}

/// The answers that stand on the other pages.
fn carried(form: &Form, shown: &[&str]) -> Vec<AnyView> {
    form.values()
        .iter()
        .filter(|(name, _)| ![KEY, "geste"].contains(&name.as_str()) && !shown.contains(&name.as_str()))
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> }.into_any())
        .collect()
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    match form.gesture() {
        "objet" => return another_page(),
        "procedure" => {
            form::what(&form)?;
            code_is_known(&cx, &form).await?;
            return another_page();
        }
        "verifier" => {
            form::plan(&form)?;
            code_is_known(&cx, &form).await?;
            return another_page();
        }
        _ => {}
    }
    let draft = form::plan(&form)?;
    let reference = tender::plan_once(cx.services(), cx.actor()?, form.key().as_ref(), &draft).await?;
    Done::see(format!("/marches/{reference}?fait=marche"))
}

/// Nothing is wrong: the form comes back, on the page that was asked for.
fn another_page() -> Submitted {
    Err(FieldErrors::none().into())
}

/// Told on the page of the code; creating the tender asks again.
async fn code_is_known(cx: &Cx, form: &Form) -> Result<(), Error> {
    let mut read = form.read();
    let code = read.cpv("cpv");
    match store::cpv::find(cx.services(), &code).await? {
        Some(_) => Ok(()),
        None => Err(FieldErrors::one("cpv", domain::fault::Fault::UnknownCpv).into()),
    }
}
