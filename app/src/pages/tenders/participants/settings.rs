use domain::{
    organisation::Organisation,
    tender::{Participant, Tender},
};
use leptos::prelude::*;

use super::{
    outside,
    scenario::{Scenario, bound_text, fixed_code, key_code},
};
use crate::pages::{Cx, Form, ui::Field, words::t};

/// What may be tried. The form goes by GET: a scenario is a link that can be shown to others.
pub(super) fn view(
    cx: &Cx,
    form: &Form,
    tender: &Tender,
    scenario: &Scenario,
    authorities: &[Organisation],
) -> AnyView {
    let pair = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    let keys = vec![pair("egal", t!(tender.key_equal)), pair("population", t!(tender.key_population))];
    let kinds = vec![
        pair("aucune", t!(tender.fixed_none)),
        pair("pourcent", t!(tender.fixed_percent)),
        pair("montant", t!(tender.fixed_amount)),
    ];
    let (kind, part) = fixed_code(&scenario.rule);
    let (choices, ticked) = communes(tender, scenario);
    // What was read is in the scenario, also for a link that names no commune; what could not be read is in the form.
    let unsent = Form::default();
    let ticks = if form.errors.is_empty() { &unsent } else { form };
    let others = outside(tender, authorities)
        .into_iter()
        .filter(|(id, _)| !choices.iter().any(|(known, _)| known == id))
        .collect();
    view! {
        <form method="get" action=cx.path().to_owned() class="card" novalidate aria-label=t!(tender.settings)>
            <input type="hidden" name="essai" value="1"/>
            {Field::money("montant", t!(tender.amount_shared)).value(scenario.total.amount_french()).view(form)}
            {Field::radios("cle", t!(tender.key), keys).value(key_code(scenario.rule.key)).view(form)}
            {Field::radios("fixe", t!(tender.fixed), kinds).value(kind).view(form)}
            {Field::short("part", t!(tender.fixed_figure), 10).hint(t!(tender.fixed_figure_hint)).value(part).view(form)}
            {Field::money("minimum", t!(tender.least)).hint(t!(tender.bound_hint)).value(bound_text(scenario.rule.min)).view(form)}
            {Field::money("maximum", t!(tender.most)).hint(t!(tender.bound_hint)).value(bound_text(scenario.rule.max)).view(form)}
            {Field::ticks("avec", t!(tender.communes), choices, ticked).view(ticks)}
            {Field::select("plus", t!(tender.try_commune), others).nothing(t!(tender.try_none)).view(form)}
            <div class="row actions"><button class="btn btn--second">{t!(tender.simulate)}</button></div>
        </form>
    }
    .into_any()
}

/// Those of the tender and those that are tried, and which of them are in.
fn communes(tender: &Tender, scenario: &Scenario) -> (Vec<(String, String)>, Vec<String>) {
    let entry = |one: &Participant| (one.organisation.to_string(), one.name.clone());
    let mut choices: Vec<_> = tender.counted().map(entry).collect();
    choices.extend(scenario.entering(tender).into_iter().map(entry));
    let ticked = scenario.between.iter().map(|one| one.organisation.to_string()).collect();
    (choices, ticked)
}
