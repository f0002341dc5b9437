//! The calculator: the rules of Beffroi, to be tried by anybody. The address of an answer is the question.

mod advance;
mod contribution;
mod deadline;
mod delay;
mod identifier;
mod interest;
mod modification;
mod procedure;
mod read;
mod revision;
mod score;
mod shares;
mod state_aid;
mod subsidy;
mod surety;
mod vat;

use chrono::NaiveDate;
use domain::{
    kernel::time::brussels,
    parameter::{Parameter, ParameterSet},
    procedure::Nature,
};
use leptos::prelude::*;
use service::{Error, store::parameters};

pub(crate) use advance::reasons as advance_reasons;
pub(crate) use read::whole;
pub(crate) use revision::{formula as revision_formula, reasons as revision_reasons};

use super::{Body, address, parameters::figure};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

/// A question that could be read, and its answer in words.
struct Asked {
    /// The same question for `beffroi calc`.
    line: serde_json::Value,
    /// The rows of the law that were used.
    rows: Vec<Parameter>,
    answer: Body,
}

impl Asked {
    fn new(line: serde_json::Value, answer: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { line, rows: Vec::new(), answer: Box::new(answer) }
    }

    fn with_rows(self, rows: Vec<Parameter>) -> Self {
        Self { rows, ..self }
    }
}

/// One calculation: its code in the address, its name, its fields, its answer.
struct Calculation {
    code: &'static str,
    word: &'static str,
    fields: fn(&Form) -> AnyView,
    ask: fn(&Form, &ParameterSet, NaiveDate) -> Result<Asked, Error>,
}

const CALCULATIONS: [Calculation; 15] = [
    Calculation { code: "delai", word: t!(calc.deadline), fields: deadline::fields, ask: deadline::ask },
    Calculation { code: "procedure", word: t!(calc.procedure), fields: procedure::fields, ask: procedure::ask },
    Calculation { code: "parts", word: t!(calc.shares), fields: shares::fields, ask: shares::ask },
    Calculation { code: "numero", word: t!(calc.identifier), fields: identifier::fields, ask: identifier::ask },
    Calculation { code: "points", word: t!(calc.score), fields: score::fields, ask: score::ask },
    Calculation { code: "cautionnement", word: t!(calc.surety), fields: surety::fields, ask: surety::ask },
    Calculation { code: "tva", word: t!(calc.vat_tab), fields: vat::fields, ask: vat::ask },
    Calculation { code: "retard", word: t!(calc.delay_tab), fields: delay::fields, ask: delay::ask },
    Calculation { code: "interets", word: t!(calc.interest_tab), fields: interest::fields, ask: interest::ask },
    Calculation { code: "revision", word: t!(calc.revision_tab), fields: revision::fields, ask: revision::ask },
    Calculation { code: "avance", word: t!(calc.advance_tab), fields: advance::fields, ask: advance::ask },
    Calculation {
        code: "modification",
        word: t!(calc.modification_tab),
        fields: modification::fields,
        ask: modification::ask,
    },
    Calculation { code: "subside", word: t!(calc.subsidy_tab), fields: subsidy::fields, ask: subsidy::ask },
    Calculation {
        code: "cotisation",
        word: t!(calc.contribution_tab),
        fields: contribution::fields,
        ask: contribution::ask,
    },
    Calculation { code: "aide", word: t!(calc.state_aid_tab), fields: state_aid::fields, ask: state_aid::ask },
];

fn named(code: &str) -> &'static Calculation {
    CALCULATIONS.iter().find(|calculation| calculation.code == code).unwrap_or(&CALCULATIONS[0])
}

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let set = parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    // A form that failed comes back as it was typed; an address with a question is asked again.
    let calculation = named(if form.was_sent() { form.text("calcul") } else { params.query("calcul") });
    let (form, asked) = if form.was_sent() {
        (form, None)
    } else if params.query.iter().any(|(name, _)| name != "calcul") {
        let form = Form::sent(params.query, Vec::new());
        match (calculation.ask)(&form, &set, today) {
            Ok(asked) => (form, Some(asked)),
            Err(error) => (form.explaining(error)?, None),
        }
    } else {
        (form, None)
    };
    let airy = cx.who().is_none();
    let page = Page::new(t!(calc.title), "/calcul", move || {
        let answer = match asked {
            None => ui::empty(t!(calc.nothing), t!(calc.nothing_text), None),
            Some(asked) => answer(asked, &set, today),
        };
        view! {
            <div class:page=airy>
                {ui::errors(&form)}
                {ui::head(t!(calc.title)).lede(t!(calc.lede)).view()}
                {tabs(calculation)}
                <div class="cols cols--form">
                    {ui::form(&cx, view! {
                        <input type="hidden" name="calcul" value=calculation.code/>
                        {(calculation.fields)(&form)}
                        <div class="row actions"><button class="btn">{t!(calc.ask)}</button></div>
                    })}
                    <div class="stack" id="reponse">{answer}</div>
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { page.airy() } else { page })
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let set = parameters::set(cx.services()).await?;
    let calculation = named(form.text("calcul"));
    (calculation.ask)(&form, &set, brussels(cx.services().now()).date())?;

    let pairs = form.values().iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Done::see(format!("{}#reponse", address::with_query("/calcul", pairs)))
}

fn natures() -> Vec<(String, String)> {
    let word = |nature: Nature| match nature {
        Nature::Services => t!(calc.services),
        Nature::Supplies => t!(calc.supplies),
        Nature::Works => t!(calc.works),
        Nature::Sss => t!(calc.sss),
    };
    Nature::ALL.iter().map(|nature| (nature.word().to_owned(), word(*nature).to_owned())).collect()
}

fn tabs(current: &'static Calculation) -> AnyView {
    let tabs: Vec<_> = CALCULATIONS
        .iter()
        .map(|calculation| {
            let here = (calculation.code == current.code).then_some("page");
            view! { <a href=format!("/calcul?calcul={}", calculation.code) aria-current=here>{calculation.word}</a> }
        })
        .collect();
    view! { <nav class="tabs" aria-label=t!(calc.kinds)>{tabs}</nav> }.into_any()
}

fn answer(asked: Asked, set: &ParameterSet, today: NaiveDate) -> AnyView {
    let question = asked.line.to_string();
    let (Ok(line) | Err(line)) = domain::calc::answer(&question, set).map(|answer| answer.to_string());
    view! {
        <section class="card stack" aria-labelledby="resultat">
            <h2 id="resultat">{t!(calc.answer)}</h2>
            {(asked.answer)()}
        </section>
        {figure::used(t!(calc.law), asked.rows, today)}
        <details class="govuk-details gap-s">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{t!(calc.line)}</span>
            </summary>
            <div class="govuk-details__text stack">
                <p class="small">{t!(calc.line_text)}</p>
                <p class="small strong">{t!(calc.question_json)}</p>
                <p><code>{question}</code></p>
                <p class="small strong">{t!(calc.answer_json)}</p>
                <p><code>{line}</code></p>
            </div>
        </details>
    }
    .into_any()
}

/// Figures by name, the first one being the answer, and the reasoning.
fn amounts(facts: Vec<(&'static str, String)>, sentences: Vec<String>) -> AnyView {
    let facts: Vec<_> = facts
        .into_iter()
        .enumerate()
        .map(|(place, (word, figure))| {
            let first = place == 0;
            view! { <div><dt>{word}</dt><dd class:strong=first>{figure}</dd></div> }
        })
        .collect();
    view! { <dl class="facts facts--row">{facts}</dl>{why(sentences)} }.into_any()
}

/// The reasoning, sentence by sentence.
fn why(sentences: Vec<String>) -> AnyView {
    let items: Vec<_> = sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect();
    view! { <h3>{t!(calc.why)}</h3><ul class="stack-s">{items}</ul> }.into_any()
}
