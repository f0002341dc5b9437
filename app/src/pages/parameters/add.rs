use chrono::Days;
use domain::{
    authz::{Authorised, EditParameter, Platform},
    kernel::time::{brussels, date_french},
    parameter::{Certainty, LEGAL_REF_MOST, Level, NewRow, Parameter, Unit, Value},
};
use leptos::prelude::*;
use service::{Error, parameter, store::parameters};

use super::figure;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let _permitted = Authorised::<EditParameter>::check(cx.actor()?, Platform)?;
    let last = last(&cx, &params).await?;
    let today = brussels(cx.services().now()).date();
    Ok(Page::new(t!(parameter.add), "/parametres", move || {
        let value = t!(parameter.new_value_hint, value = figure::figure(&last));
        let value = match last.unit {
            Unit::Euro => Field::money("valeur", t!(parameter.new_value)).hint(value),
            Unit::Choice => Field::short("valeur", t!(parameter.new_value), 20)
                .hint(t!(parameter.new_value_choice, value = last.value)),
            Unit::Percent
            | Unit::Days
            | Unit::WorkingDays
            | Unit::Months
            | Unit::Years
            | Unit::Inhabitants
            | Unit::Count => Field::short("valeur", t!(parameter.new_value), 10).hint(value),
        };
        let after = |date: chrono::NaiveDate| date.checked_add_days(Days::new(1)).unwrap_or(date);
        let (first, hint) = match last.valid_to {
            Some(end) => (Some(after(end)), t!(parameter.from_next, next = date_french(after(end)))),
            None => {
                let earliest = after(today.max(last.valid_from));
                (None, t!(parameter.from_after, earliest = date_french(earliest)))
            }
        };
        let levels = [("S", t!(parameter.sure)), ("L", t!(parameter.likely)), ("C", t!(parameter.to_confirm))]
            .map(|(value, word)| (value.to_owned(), word.to_owned()));
        let published = vec![("oui".to_owned(), t!(parameter.published_yes).to_owned())];
        view! {
            {ui::errors(&form)}
            {ui::head(t!(parameter.add))
                .back(format!("/parametres/{}", last.key), figure::label(&last))
                .lede(t!(parameter.add_lede))
                .view()}
            <div class="prose">
                {ui::form(&cx, view! {
                    {value.view(&form)}
                    {Field::date("du", t!(parameter.from_day), first).hint(hint).view(&form)}
                    {Field::text("source", t!(parameter.legal_ref)).hint(t!(parameter.legal_ref_hint)).value(last.legal_ref.clone()).view(&form)}
                    {Field::radios("certitude", t!(parameter.certainty), levels.to_vec()).value("S").view(&form)}
                    {Field::ticks("confirme", t!(parameter.published), published, Vec::new()).view(&form)}
                    {Field::date("verifie", t!(parameter.checked_on), Some(today)).view(&form)}
                    <div class="row actions"><button class="btn">{t!(parameter.save)}</button></div>
                })}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let last = last(&cx, &params).await?;
    let mut read = form.read();
    let value = Value::parse_french(last.unit, form.text("valeur"));
    if let Err(fault) = &value {
        read.errors.add("valeur", fault.clone());
    }
    let new = NewRow {
        key: last.key.clone(),
        value: value.unwrap_or(last.value),
        valid_from: read.date("du"),
        legal_ref: read.text("source", LEGAL_REF_MOST),
        certainty: Certainty {
            level: read.choice("certitude", |text| text.parse().ok(), Level::Configurable),
            confirmed: form.ticked("confirme"),
        },
        checked_on: read.date("verifie"),
    };
    read.errors.or(())?;

    parameter::add_row(cx.services(), cx.actor()?, &new).await?;
    Done::see(format!("/parametres/{}?fait=parametre", last.key))
}

/// The latest row of the key: the one that the new one follows.
async fn last(cx: &Cx, params: &Params) -> Result<Parameter, Error> {
    parameters::set(cx.services()).await?.of(params.text("cle")).last().cloned().ok_or(Error::NotFound)
}
