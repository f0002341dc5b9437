use chrono::{Datelike, NaiveDate};
use domain::{
    contribution::{Bound, Contribution, ContributionError, InhabitantRate, Membership, Tariff, contribution},
    fault::Fault,
    kernel::{Money, NumberError, time::date_french},
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, amounts, read};
use crate::pages::{Form, parameters::figure::grouped, ui::Field, words::t};

/// More inhabitants than the country has.
const MOST_INHABITANTS: u32 = 100_000_000;

pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {Field::short("taux", t!(calc.contribution_rate), 10).hint(t!(calc.contribution_rate_hint)).view(form)}
        {Field::short("population", t!(calc.contribution_population), 10).view(form)}
        {Field::money("min", t!(calc.contribution_min)).hint(t!(calc.optional)).view(form)}
        {Field::money("max", t!(calc.contribution_max)).hint(t!(calc.optional)).view(form)}
        {Field::date("entree", t!(calc.contribution_entry), None).hint(t!(calc.contribution_entry_hint)).view(form)}
        {Field::date("sortie", t!(calc.contribution_exit), None).hint(t!(calc.contribution_exit_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, _: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let rate = rate(form, &mut read.errors);
    let population = read::whole(form, &mut read.errors, "population", 0, MOST_INHABITANTS);
    let min = read::optional_money(form, &mut read.errors, "min");
    let max = read::optional_money(form, &mut read.errors, "max");
    let entry = read.optional_date("entree");
    let exit = read.optional_date("sortie");
    read.errors.or(())?;

    let membership = Membership::of(entry, exit).map_err(|error| refused(error, entry, exit))?;
    let found = contribution(Tariff { rate, min, max }, u64::from(population), membership)
        .map_err(|error| refused(error, entry, exit))?;
    let mut line = json!({ "calc": "contribution", "rate": rate.to_iso(), "population": population });
    let written = [
        ("min", min.map(Money::to_iso)),
        ("max", max.map(Money::to_iso)),
        ("from", entry.map(|entry| entry.to_string())),
        ("to", exit.map(|exit| exit.to_string())),
    ];
    for (name, value) in written {
        if let Some(value) = value {
            line[name] = value.into();
        }
    }
    Ok(Asked::new(line, move || {
        let facts = vec![
            (t!(calc.contribution_due), found.amount.to_string()),
            (t!(calc.contribution_yearly), found.yearly.to_string()),
        ];
        amounts(facts, reasons(rate, population, membership, found))
    }))
}

fn rate(form: &Form, errors: &mut FieldErrors) -> InhabitantRate {
    match InhabitantRate::parse_french(form.text("taux")) {
        Ok(rate) if rate.ten_millionths() >= 0 => return rate,
        Err(NumberError::Empty) => errors.add("taux", Fault::Empty),
        Ok(_) | Err(_) => errors.add("taux", Fault::InhabitantRate),
    }
    InhabitantRate::from_ten_millionths(0)
}

fn refused(error: ContributionError, entry: Option<NaiveDate>, exit: Option<NaiveDate>) -> FieldErrors {
    match error {
        ContributionError::Rate => FieldErrors::one("taux", Fault::InhabitantRate),
        ContributionError::Bounds => FieldErrors::one("max", Fault::MaximumBelowMinimum),
        ContributionError::Days => FieldErrors::one("sortie", outside(entry, exit)),
        ContributionError::TooLarge => FieldErrors::one("taux", Fault::Number(NumberError::TooLarge)),
    }
}

/// From the entry to the end of its year.
fn outside(entry: Option<NaiveDate>, exit: Option<NaiveDate>) -> Fault {
    match (entry, exit) {
        (Some(entry), Some(exit)) if exit < entry => Fault::Before { earliest: entry },
        (Some(entry), _) => {
            NaiveDate::from_ymd_opt(entry.year(), 12, 31).map_or(Fault::NotADate, |latest| Fault::After { latest })
        }
        (None, _) => Fault::NotADate,
    }
}

fn reasons(rate: InhabitantRate, population: u32, membership: Option<Membership>, found: Contribution) -> Vec<String> {
    let bound = found.bound.map(|bound| match bound {
        Bound::Min(min) => t!(calc.why_contribution_min, min = min),
        Bound::Max(max) => t!(calc.why_contribution_max, max = max),
    });
    let days = membership.map(|member| {
        t!(
            calc.why_contribution_days,
            from = date_french(member.first()),
            to = date_french(member.last()),
            n = member.days(),
            count = member.days(),
            year = member.days_of_year()
        )
    });
    let whole = t!(calc.why_contribution_rate, rate = rate, n = population, count = grouped(population));
    [Some(whole), bound, days, Some(t!(calc.why_contribution).to_owned())].into_iter().flatten().collect()
}
