//! The formula of revision, its coefficient and each new price, before they are applied.

use domain::{
    authz::{Action as _, RevisePrices},
    contract::Contract,
    execution::Revision,
    kernel::Percent,
    specification::RevisionTerm,
};
use leptos::prelude::*;
use service::{Error, contract, store::parameters};

use super::address;
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, address::with_query, calc, ui, ui::Field, words::t,
};

/// What an address keeps of a formula that was asked for.
const FORMULA: [&str; 5] = ["fixe", "termes", "des-jour", "des-mois", "des-annee"];

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let contract = super::contract(&cx, &params).await?;
    let law = parameters::set(cx.services()).await?;
    let warnings = contract::revision_warnings(&law, &contract).unwrap_or_default();
    let stated = contract::stated_formula(cx.services(), cx.scope(), contract.reference).await?;
    let is_pilot = RevisePrices::permits(cx.actor()?, &contract);
    let has_formula = stated.is_some() || contract.formula().is_some();
    let may = is_pilot && has_formula && contract.runs().is_ok();
    let form = form.or_asked(&params.query, "termes");
    let asked = calc::revision_formula(&form).ok();
    Ok(Page::new(t!(execution.revision), "/contrats", move || {
        let fields = may.then(|| fields(&cx, &form, &contract, stated.as_ref()));
        let columns = if asked.is_some() { "cols cols--form" } else { "cols" };
        let answer = asked.map(|formula| answer(&contract, &formula));
        view! {
            {ui::errors(&form)}
            {super::head(t!(execution.revision), &contract, t!(execution.revision_lede)).view()}
            <div class="stack">
                {super::notes(t!(execution.not_compulsory), &warnings)}
                {stated.as_ref().map(clause)}
                {(is_pilot && !has_formula).then(|| ui::note("", t!(execution.no_clause), t!(execution.no_clause_text)))}
                {(!is_pilot).then(|| ui::note("", t!(execution.pilot_alone), t!(execution.pilot_alone_text)))}
                <div class=columns><div class="prose stack">{fields}</div><div class="stack" id="calcul">{answer}</div></div>
            </div>
        }
        .into_any()
    }))
}

fn clause(stated: &RevisionTerm) -> AnyView {
    ui::note("", t!(execution.stated, part = stated.part, index = stated.index), t!(execution.stated_text))
}

fn fields(cx: &Cx, form: &Form, contract: &Contract, stated: Option<&RevisionTerm>) -> AnyView {
    let (fixed, terms) = start(contract, stated);
    ui::form(
        cx,
        view! {
            {super::version_field(contract)}
            {Field::short("fixe", t!(calc.revision_fixed), 8).value(fixed).view(form)}
            {Field::long("termes", t!(calc.revision_terms), 3).hint(t!(calc.revision_terms_hint)).value(terms).view(form)}
            <div class="row actions"><button class="btn btn--second" name="geste" value="calculer">{t!(execution.compute)}</button></div>
            {Field::date("des", t!(execution.applies_from), None).hint(t!(execution.applies_hint)).view(form)}
            <div class="row actions"><button class="btn" name="geste" value="appliquer">{t!(execution.apply)}</button></div>
        },
    )
}

/// The weights and the bases of the last revision, or the weight that the specification states; the indices are typed.
fn start(contract: &Contract, stated: Option<&RevisionTerm>) -> (String, String) {
    let plain = |part: Percent| part.to_iso().replace('.', ",");
    if let Some(last) = contract.formula() {
        let terms: Vec<_> =
            last.terms().iter().map(|term| format!("{} ;  ; {}", plain(term.weight), term.base)).collect();
        return (plain(last.fixed()), terms.join("\n"));
    }
    let rest = |part: Percent| Percent::from_millionths(Percent::HUNDRED.millionths() - part.millionths());
    stated.map_or_else(Default::default, |stated| (plain(rest(stated.part)), format!("{} ;  ; ", plain(stated.part))))
}

/// Each price before, its coefficient, and after.
fn answer(contract: &Contract, formula: &Revision) -> AnyView {
    let before = contract.prices.before_revision();
    let coefficient = formula.coefficient().unwrap_or_default().replace('.', ",");
    let initial = ui::number(t!(execution.price_before));
    let columns = [ui::column(t!(contract.item)), initial, ui::number(t!(calc.revision_revised))];
    let rows = contract.lines.iter().filter_map(|line| {
        let price = before.get(&line.code)?;
        let revised = formula.of(*price).map(|revised| revised.to_string()).unwrap_or_default();
        let head = view! { {line.item.clone()}<br/><span class="ref">{line.code.clone()}</span> };
        Some(ui::row(head).cell(price.to_string()).cell(revised))
    });
    let reasons: Vec<_> =
        calc::revision_reasons(formula).into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect();
    ui::table("nouveaux-prix", columns, rows)
        .above(view! { <div class="pad"><ul class="govuk-list govuk-list--bullet small">{reasons}</ul></div> })
        .card(t!(execution.coefficient, coefficient = coefficient))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let found = super::contract(&cx, &params).await?;
    let reference = found.reference;
    let formula = calc::revision_formula(&form)?;
    match form.gesture() {
        "calculer" => {
            let pairs = FORMULA.map(|name| (name, form.text(name)));
            Done::see(format!("{}#calcul", with_query(&address(reference, "revision"), pairs)))
        }
        "appliquer" => {
            let mut read = form.read();
            let from = read.date("des");
            let from = read.errors.or(from)?;
            contract::revise(cx.services(), cx.actor()?, reference, super::version(&form), &formula, from).await?;
            Done::see(format!("{}?fait=prix-revises", address(reference, "prix")))
        }
        _ => Err(Error::NotFound),
    }
}
