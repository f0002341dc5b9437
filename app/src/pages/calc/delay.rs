use chrono::NaiveDate;
use domain::{
    execution::{LateDelivery, LateWorks, Penalty, Unanswerable, WorksUnit, late_delivery, late_works},
    kernel::{Money, deadline::LONGEST_DAYS},
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::json;
use service::Error;

use super::{Asked, amounts, read};
use crate::pages::{Form, ui::Field, words::t};

#[derive(Clone, Copy)]
enum Late {
    Delivery(LateDelivery),
    Works(LateWorks),
}

pub(super) fn fields(form: &Form) -> AnyView {
    let words = |choices: &[(&str, &str)]| {
        choices.iter().map(|(value, word)| ((*value).to_owned(), (*word).to_owned())).collect::<Vec<_>>()
    };
    let kinds = words(&[("services", t!(calc.services)), ("supplies", t!(calc.supplies)), ("works", t!(calc.works))]);
    let criterion = words(&[("non", t!(calc.no)), ("oui", t!(calc.yes))]);
    let units = words(&[("working", t!(calc.working_days)), ("calendar", t!(calc.calendar_days))]);
    view! {
        {Field::radios("nature", t!(calc.nature), kinds).value("services").view(form)}
        {Field::money("montant", t!(calc.late_value)).hint(t!(calc.late_value_hint)).view(form)}
        {Field::short("retard", t!(calc.late_days), 5).hint(t!(calc.late_days_hint)).view(form)}
        {Field::radios("critere", t!(calc.late_criterion), criterion).value("non").view(form)}
        {Field::money("autres", t!(calc.late_others)).hint(t!(calc.late_others_hint)).view(form)}
        {Field::short("delai", t!(calc.works_delay), 5).hint(t!(calc.works_only)).view(form)}
        {Field::radios("unite", t!(calc.works_unit), units).value("working").view(form)}
        {Field::date("le", t!(calc.on), None).hint(t!(calc.surety_on_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, today: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let kind = read.choice("nature", |text| KINDS.into_iter().find(|kind| *kind == text), KINDS[0]);
    let amount = read.positive_money("montant");
    let days = read::whole(form, &mut read.errors, "retard", 0, LONGEST_DAYS);
    let late = if kind == "works" {
        Late::Works(LateWorks {
            amount,
            delay: read::whole(form, &mut read.errors, "delai", 1, LONGEST_DAYS),
            unit: read.choice("unite", |text| text.parse().ok(), WorksUnit::Working),
            late: days,
        })
    } else {
        Late::Delivery(LateDelivery {
            is_supplies: kind == "supplies",
            value: amount,
            days,
            award_criterion: read.choice("critere", yes, false),
            others: read::optional_money(form, &mut read.errors, "autres").unwrap_or(Money::ZERO),
        })
    };
    let on = read.optional_date("le").unwrap_or(today);
    read.errors.or(())?;

    let found = match late {
        Late::Delivery(late) => late_delivery(set, on, late),
        Late::Works(late) => late_works(set, on, late),
    };
    let found = found.map_err(|error: Unanswerable| read::unanswerable(error, "montant", "retard"))?;
    let line = match late {
        Late::Delivery(late) => json!({
            "calc": "delay", "kind": kind, "value": late.value.to_iso(), "days": late.days,
            "award_criterion": late.award_criterion, "others": late.others.to_iso(), "on": on,
        }),
        Late::Works(late) => json!({
            "calc": "delay", "kind": kind, "M": late.amount.to_iso(), "N": late.delay, "unit": form.text("unite"),
            "n": late.late, "on": on,
        }),
    };
    let rows = found.rows.clone();
    Ok(Asked::new(line, move || {
        let facts = vec![(t!(calc.late_due), found.due.to_string()), (t!(calc.late_cap), found.cap.to_string())];
        amounts(facts, reasons(late, &found))
    })
    .with_rows(rows))
}

const KINDS: [&str; 3] = ["services", "supplies", "works"];

fn yes(text: &str) -> Option<bool> {
    match text {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    }
}

fn reasons(late: Late, found: &Penalty) -> Vec<String> {
    let rule = match late {
        Late::Delivery(LateDelivery { is_supplies: false, .. }) => t!(calc.why_late_services),
        Late::Delivery(LateDelivery { is_supplies: true, .. }) => t!(calc.why_late_supplies),
        Late::Works(_) => t!(calc.why_late_works),
    };
    let converted = matches!(late, Late::Works(LateWorks { unit: WorksUnit::Calendar, .. }));
    let converted = converted.then(|| t!(calc.why_late_converted).to_owned());
    let capped = found.is_capped.then(|| t!(calc.why_late_capped).to_owned());
    let dropped = found.is_dropped.then(|| t!(calc.why_late_dropped).to_owned());
    [Some(rule.to_owned()), converted, capped, dropped].into_iter().flatten().collect()
}
