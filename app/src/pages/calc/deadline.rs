use chrono::NaiveDate;
use domain::{
    calc::words,
    fault::Fault,
    kernel::{
        deadline::{Counting, LONGEST_DAYS, count},
        time::weekday_date_french,
    },
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, read, why};
use crate::pages::{Form, ui::Field, words::t};

pub(super) fn fields(form: &Form) -> AnyView {
    let kinds = [("calendar", t!(calc.calendar)), ("working", t!(calc.working)), ("backward", t!(calc.backward))]
        .map(|(value, word)| (value.to_owned(), word.to_owned()));
    view! {
        {Field::radios("sens", t!(calc.kind), kinds.to_vec()).value("calendar").view(form)}
        {Field::date("evenement", t!(calc.event), None).hint(t!(calc.event_hint)).view(form)}
        {Field::short("duree", t!(calc.length), 5).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, _: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let counting = read.choice("sens", counting, Counting::Calendar);
    let event = read.date("evenement");
    let length = read::whole(form, &mut read.errors, "duree", 0, LONGEST_DAYS);
    read.errors.or(())?;

    let counted = count(counting, event, length)
        .map_err(|_| FieldErrors::one("duree", Fault::NotBetween { least: 0, most: LONGEST_DAYS.into() }))?;
    let line = json!({ "calc": "deadline", "kind": form.text("sens"), "event": event, "length": length });
    Ok(Asked::new(line, move || {
        let end_word = match counting {
            Counting::Calendar | Counting::Working => t!(calc.end),
            Counting::Backward => t!(calc.last_allowed),
        };
        let raw_end = (counted.raw_end != counted.end).then(|| {
            view! { <div><dt>{t!(calc.raw_end)}</dt><dd>{weekday_date_french(counted.raw_end)}</dd></div> }
        });
        view! {
            <dl class="facts facts--row">
                <div><dt>{end_word}</dt><dd class="strong">{weekday_date_french(counted.end)}</dd></div>
                {raw_end}
                <div><dt>{t!(calc.free_from)}</dt><dd>{weekday_date_french(counted.free_from)}</dd></div>
            </dl>
            {why(counted.why.iter().map(|fact| words::why(*fact)).collect())}
        }
        .into_any()
    }))
}

fn counting(text: &str) -> Option<Counting> {
    match text {
        "calendar" => Some(Counting::Calendar),
        "working" => Some(Counting::Working),
        "backward" => Some(Counting::Backward),
        _ => None,
    }
}
