use chrono::NaiveDate;
use domain::{
    calc::words,
    fault::Fault,
    parameter::ParameterSet,
    procedure::{Answer, MinimumDelays, Nature, Procedure, Publication, Standing, Unanswerable, candidates},
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, natures, read};
use crate::pages::{
    Form,
    ui::{self, Field, table::Row},
    words::t,
};

pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {Field::date("le", t!(calc.on), None).view(form)}
        {Field::radios("nature", t!(calc.nature), natures()).value("services").view(form)}
        {Field::money("estimation", t!(calc.estimate)).hint(t!(calc.estimate_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let on = read.date("le");
    let nature: Nature = read.choice("nature", |text| text.parse().ok(), Nature::Services);
    let estimate = read.positive_money("estimation");
    read.errors.or(())?;

    let found = candidates(set, on, nature, estimate).map_err(|error| match error {
        Unanswerable::Estimate => FieldErrors::one("estimation", Fault::NotPositive).into(),
        Unanswerable::Missing(missing) => read::missing(missing),
    })?;
    let line = json!({ "calc": "procedure", "on": on, "nature": nature.word(), "estimate": estimate.to_iso() });
    let answers = found.answers;
    Ok(Asked::new(line, move || table(&answers)).with_rows(found.rows))
}

fn table(answers: &[Answer]) -> AnyView {
    let columns =
        [t!(calc.procedure_column), t!(calc.standing), t!(calc.publication), t!(calc.min_days)].map(ui::column);
    ui::table("resultat", columns, answers.iter().map(row)).view()
}

fn row(answer: &Answer) -> Row {
    let standing = match answer.standing {
        Standing::Allowed => ui::tag("done", t!(calc.allowed)),
        Standing::OnConditions => ui::tag("wait", t!(calc.on_conditions)),
        Standing::Refused => ui::tag("bad", t!(calc.refused)),
    };
    let (publication, delays) = match answer.standing {
        Standing::Refused => (None, None),
        Standing::Allowed | Standing::OnConditions => {
            (Some(publication(answer.publication)), Some(delays(answer.delays)))
        }
    };
    let name = view! {
        {name(answer.procedure)}" "<span class="quiet small nowrap">{answer.procedure.code()}</span><br/>
        <span class="quiet small">{words::procedure(answer)}</span>
    };
    ui::row(name).cell(standing).classed("small", publication).cell(delays)
}

fn name(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Fm => t!(calc.proc_fm),
        Procedure::Pnspp => t!(calc.proc_pnspp),
        Procedure::Pndapp => t!(calc.proc_pndapp),
        Procedure::Po => t!(calc.proc_po),
        Procedure::Pr => t!(calc.proc_pr),
        Procedure::Pcan => t!(calc.proc_pcan),
        Procedure::Dc => t!(calc.proc_dc),
        Procedure::Pi => t!(calc.proc_pi),
        Procedure::Sss => t!(calc.proc_sss),
    }
}

fn publication(publication: Publication) -> &'static str {
    match publication {
        Publication::None => t!(calc.none),
        Publication::Belgian => t!(calc.be),
        Publication::European => t!(calc.eu),
    }
}

fn delays(delays: MinimumDelays) -> AnyView {
    if delays.is_free() {
        return view! { <span>{t!(calc.no_min)}</span> }.into_any();
    }
    let days = |days: u32| t!(parameter.days, count = days, n = days).replace(' ', "\u{a0}");
    let lines: Vec<String> = [
        delays.requests.map(|count| t!(calc.requests, days = days(count))),
        delays.requests_urgent.map(|count| t!(calc.requests_urgent, days = days(count))),
        delays.electronic.map(|count| t!(calc.electronic, days = days(count))),
        delays.plain.map(|count| t!(calc.plain, days = days(count))),
        delays.urgent.map(|count| t!(calc.urgent, days = days(count))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    view! { <ul class="plain small">{lines}</ul> }.into_any()
}
