use chrono::NaiveDate;
use domain::{
    fault::Fault,
    kernel::NumberError,
    parameter::ParameterSet,
    surety::{Surety, SuretyError, surety},
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, read};
use crate::pages::{Form, ui::Field, words::t};

pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {Field::money("montant", t!(calc.award)).view(form)}
        {Field::short("taux", t!(calc.percent), 5).hint(t!(calc.percent_hint)).value("5").view(form)}
        {Field::date("le", t!(calc.surety_on), None).hint(t!(calc.surety_on_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, today: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let award = read.positive_money("montant");
    let percent = read::percent(form, &mut read.errors, "taux");
    let on = read.optional_date("le").unwrap_or(today);
    read.errors.or(())?;

    let due = surety(set, on, award, percent).map_err(|error| match error {
        SuretyError::Award => FieldErrors::one("montant", Fault::NotPositive).into(),
        SuretyError::Rate => FieldErrors::one("taux", Fault::NotBetween { least: 0, most: 100 }).into(),
        SuretyError::TooLarge => FieldErrors::one("montant", Fault::Amount(NumberError::TooLarge)).into(),
        SuretyError::Missing(missing) => read::missing(missing),
    })?;
    let rows = ["surety.min_award", "surety.rounding"]
        .into_iter()
        .map(|key| set.on(key, on).cloned().map_err(read::missing))
        .collect::<Result<_, _>>()?;
    let line = json!({ "calc": "surety", "award": award.to_iso(), "percent": percent.to_iso(), "on": on });
    Ok(Asked::new(line, move || {
        let (word, amount, why) = match due {
            Surety::Due(amount) => {
                (t!(calc.surety_due), Some(amount.to_string()), t!(calc.surety_why, percent = percent, award = award))
            }
            Surety::Forbidden { below } => {
                (t!(calc.surety_forbidden), None, t!(calc.surety_forbidden_why, below = below))
            }
        };
        match amount {
            Some(amount) => view! {
                <dl class="facts"><div><dt>{word}</dt><dd class="strong">{amount}</dd></div></dl>
                <p>{why}</p>
            }
            .into_any(),
            None => view! { <p class="strong">{word}</p><p>{why}</p> }.into_any(),
        }
    })
    .with_rows(rows))
}
