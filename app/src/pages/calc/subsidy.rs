use chrono::NaiveDate;
use domain::{
    fault::Fault,
    kernel::{Money, NumberError, Percent},
    parameter::ParameterSet,
    subsidy::{DUTY_FIGURES, Duties, MOST_TRANCHES, Promise, Settlement, SubsidyError, duties},
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, amounts, read};
use crate::pages::{Form, ui, ui::Field, words::t};

/// Longest list read, in characters.
const MOST: usize = 2_000;

pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {Field::short("taux", t!(calc.subsidy_rate), 5).hint(t!(calc.subsidy_rate_hint)).view(form)}
        {Field::money("eligible", t!(calc.subsidy_eligible)).view(form)}
        {Field::money("plafond", t!(calc.subsidy_cap)).hint(t!(calc.optional)).view(form)}
        {Field::long("tranches", t!(calc.subsidy_tranches), 3).hint(t!(calc.subsidy_tranches_hint)).view(form)}
        {Field::short("versees", t!(calc.subsidy_paid_tranches), 3).view(form)}
        {Field::money("accepte", t!(calc.subsidy_accepted)).view(form)}
        {Field::date("le", t!(calc.subsidy_on), None).hint(t!(calc.surety_on_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, today: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let rate = read::percent(form, &mut read.errors, "taux");
    let eligible = read.positive_money("eligible");
    let cap = read::optional_money(form, &mut read.errors, "plafond");
    read.text("tranches", MOST);
    let parts = parts(form, &mut read.errors);
    let most = u32::try_from(read::lines(form, "tranches").len()).unwrap_or(u32::MAX);
    let paid_tranches = read::whole(form, &mut read.errors, "versees", 0, most);
    let accepted = read::money(form, &mut read.errors, "accepte");
    let on = read.optional_date("le").unwrap_or(today);
    read.errors.or(())?;

    let paid = usize::try_from(paid_tranches).unwrap_or(usize::MAX);
    let promise = Promise::new(rate, eligible, cap, &parts).map_err(|error| refused(error, &parts))?;
    let settlement = promise.settle(paid, accepted).map_err(|error| refused(error, &parts))?;
    let duties = duties(set, on, promise.amount()).map_err(read::missing)?;
    let rows = DUTY_FIGURES.map(|key| set.on(key, on).cloned().map_err(read::missing));
    let rows = rows.into_iter().collect::<Result<_, _>>()?;
    let mut line = json!({
        "calc": "subsidy", "rate": rate.to_iso(), "eligible": eligible.to_iso(), "paid_tranches": paid_tranches,
        "tranches": parts.iter().map(|part| part.to_iso()).collect::<Vec<_>>(), "accepted": accepted.to_iso(),
    });
    if let Some(cap) = cap {
        line["cap"] = cap.to_iso().into();
    }
    Ok(Asked::new(line, move || {
        view! { {facts(&promise, settlement, duties)}{table(&promise, &parts, paid)} }.into_any()
    })
    .with_rows(rows))
}

/// One part a line, in per cent.
fn parts(form: &Form, errors: &mut FieldErrors) -> Vec<Percent> {
    let mut parts = Vec::new();
    for (line, text) in read::lines(form, "tranches") {
        match Percent::parse_french(&text) {
            Ok(part) => parts.push(part),
            Err(_) => {
                errors.add("tranches", Fault::Line { line });
                return parts;
            }
        }
    }
    parts
}

fn refused(error: SubsidyError, parts: &[Percent]) -> FieldErrors {
    match error {
        SubsidyError::Rate => FieldErrors::one("taux", Fault::NotBetween { least: 0, most: 100 }),
        SubsidyError::Eligible => FieldErrors::one("eligible", Fault::NotPositive),
        SubsidyError::Cap => FieldErrors::one("plafond", Fault::Amount(NumberError::Negative)),
        SubsidyError::Tranches if parts.len() > MOST_TRANCHES => {
            FieldErrors::one("tranches", Fault::Line { line: MOST_TRANCHES + 1 })
        }
        SubsidyError::Tranches => {
            let sum = parts.iter().try_fold(Percent::ZERO, |sum, part| sum.checked_add(*part)).unwrap_or_default();
            FieldErrors::one("tranches", Fault::Tranches { sum: sum.to_string() })
        }
        SubsidyError::Paid => FieldErrors::one("versees", Fault::Number(NumberError::TooLarge)),
        SubsidyError::Accepted => FieldErrors::one("accepte", Fault::Amount(NumberError::Negative)),
        SubsidyError::TooLarge => FieldErrors::one("eligible", Fault::Amount(NumberError::TooLarge)),
    }
}

fn facts(promise: &Promise, settlement: Settlement, duties: Duties) -> AnyView {
    let Settlement { paid, due, still_to_pay, recover } = settlement;
    let facts = [
        (t!(calc.subsidy_promised), promise.amount()),
        (t!(calc.subsidy_paid), paid),
        (t!(calc.subsidy_due), due),
        (t!(calc.subsidy_still_to_pay), still_to_pay),
        (t!(calc.subsidy_recover), recover),
    ];
    let facts = facts.map(|(word, amount)| (word, amount.to_string()));
    amounts(facts.to_vec(), reasons(recover, duties))
}

fn reasons(recover: Money, duties: Duties) -> Vec<String> {
    let duties = match duties {
        Duties::UseOnly { below } => t!(calc.duties_use_only, below = below),
        Duties::Exemptible { least, below } => t!(calc.duties_exemptible, least = least, below = below),
        Duties::All { least } => t!(calc.duties_all, least = least),
    };
    let recovered = recover.is_positive().then(|| t!(calc.why_subsidy_recover).to_owned());
    [
        Some(t!(calc.why_subsidy_promised).to_owned()),
        Some(t!(calc.why_subsidy_tranches).to_owned()),
        Some(t!(calc.why_subsidy_due).to_owned()),
        recovered,
        Some(duties),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn table(promise: &Promise, parts: &[Percent], paid: usize) -> AnyView {
    let rows = promise.tranches().iter().zip(parts).enumerate().map(|(place, (amount, part))| {
        let is_last = place + 1 == parts.len();
        let name = if is_last { t!(calc.tranche_last).to_owned() } else { t!(calc.tranche_n, n = place + 1) };
        let state = if place < paid {
            ui::tag("done", t!(calc.tranche_paid))
        } else {
            ui::tag("wait", t!(calc.tranche_to_come))
        };
        ui::row(name).cell(part.to_string()).cell(amount.to_string()).cell(state)
    });
    let columns = [
        ui::column(t!(calc.tranche)),
        ui::number(t!(calc.tranche_part)),
        ui::number(t!(calc.tranche_amount)),
        ui::column(t!(calc.tranche_state)),
    ];
    ui::table("resultat", columns, rows.collect::<Vec<_>>()).view()
}
