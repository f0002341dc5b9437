use chrono::NaiveDate;
use domain::{
    execution::{Index, MOST_TERMS, Revision, Term, Unanswerable},
    fault::Fault,
    kernel::{NumberError, Percent, UnitPrice},
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::{Value, json};
use service::{Error, FieldErrors};

use super::{Asked, amounts, read};
use crate::pages::{Form, form::Reader, ui::Field, words::t};

/// Longest list read, in characters.
const MOST: usize = 2_000;

pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {Field::money("prix", t!(calc.revision_price)).view(form)}
        {Field::short("fixe", t!(calc.revision_fixed), 8).hint(t!(calc.revision_fixed_hint)).view(form)}
        {Field::long("termes", t!(calc.revision_terms), 3).hint(t!(calc.revision_terms_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, _: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let price = price(form.text("prix")).unwrap_or_else(|fault| {
        read.errors.add("prix", fault);
        UnitPrice::default()
    });
    let (fixed, terms) = typed(form, &mut read);
    read.errors.or(())?;

    let revision = made(fixed, terms)?;
    let line = json!({
        "calc": "revision", "price": price.to_iso(), "fixed": fixed.to_part_iso(),
        "terms": revision.terms().iter().map(term_json).collect::<Vec<_>>(),
    });
    let coefficient = revision.coefficient().map_err(refused)?.replace('.', ",");
    let revised = revision.of(price).map_err(refused)?;
    Ok(Asked::new(line, move || {
        let facts =
            vec![(t!(calc.revision_revised), revised.to_string()), (t!(calc.revision_coefficient), coefficient)];
        amounts(facts, reasons(&revision))
    }))
}

/// The formula as it is typed, on any page that asks for one.
pub(crate) fn formula(form: &Form) -> Result<Revision, Error> {
    let mut read = form.read();
    let (fixed, terms) = typed(form, &mut read);
    read.errors.or(())?;
    made(fixed, terms)
}

fn typed(form: &Form, read: &mut Reader<'_>) -> (Percent, Vec<Term>) {
    let fixed = read::percent(form, &mut read.errors, "fixe");
    read.text("termes", MOST);
    (fixed, terms(form, &mut read.errors))
}

fn made(fixed: Percent, terms: Vec<Term>) -> Result<Revision, Error> {
    let sum = terms.iter().try_fold(fixed, |sum, term| sum.checked_add(term.weight)).unwrap_or_default();
    Revision::new(fixed, terms).map_err(|error| match error {
        Unanswerable::Weights => FieldErrors::one("termes", Fault::Weights { sum: sum.to_string() }).into(),
        Unanswerable::Terms => FieldErrors::one("termes", Fault::TooLong { most: MOST_TERMS }).into(),
        other => refused(other),
    })
}

fn refused(error: Unanswerable) -> Error {
    read::unanswerable(error, "prix", "termes")
}

fn price(text: &str) -> Result<UnitPrice, Fault> {
    match UnitPrice::parse_french(text) {
        Ok(price) if price.ten_thousandths() > 0 => Ok(price),
        Ok(_) => Err(Fault::NotPositive),
        Err(NumberError::Empty) => Err(Fault::Empty),
        Err(error) => Err(Fault::UnitPrice(error)),
    }
}

/// `80 ; 121,45 ; 118,20`.
fn terms(form: &Form, errors: &mut FieldErrors) -> Vec<Term> {
    let mut terms = Vec::new();
    for (line, text) in read::lines(form, "termes") {
        match term(&text) {
            Some(term) => terms.push(term),
            None => {
                errors.add("termes", Fault::Line { line });
                return terms;
            }
        }
    }
    terms
}

fn term(text: &str) -> Option<Term> {
    let (rest, base) = read::pair(text);
    let (weight, now) = read::pair(rest);
    let index = |text: &str| Index::parse_french(text).ok().filter(|index| index.is_positive());
    Some(Term {
        weight: Percent::parse_french(weight).ok().filter(|weight| *weight >= Percent::ZERO)?,
        now: index(now?)?,
        base: index(base?)?,
    })
}

fn term_json(term: &Term) -> Value {
    json!({ "weight": term.weight.to_part_iso(), "now": term.now.to_iso(), "base": term.base.to_iso() })
}

/// The formula with its figures, and how it is rounded.
pub(crate) fn reasons(revision: &Revision) -> Vec<String> {
    let terms = revision
        .terms()
        .iter()
        .map(|term| format!("{} × {} ÷ {}", term.weight.part_french(), term.now, term.base))
        .collect::<Vec<_>>()
        .join(" + ");
    let formula = t!(calc.why_revision_formula, fixed = revision.fixed().part_french(), terms = terms);
    vec![formula, t!(calc.why_revision).to_owned()]
}
