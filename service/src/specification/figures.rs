//! The legal figures under the names that the clauses give them, in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    parameter::{Parameter, ParameterSet, Unit, Value},
    procedure::Nature,
    specification::{Model, Parameter as Figure},
};

/// Every figure that the common model reads, in force that day; one without a row stays out and is reported as missing.
pub(super) fn figures(parameters: &ParameterSet, nature: Nature, on: NaiveDate) -> BTreeMap<String, Figure> {
    Model::shipped()
        .parameters()
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), figure(name, parameters.on(row(name, nature), on).ok()?))))
        .collect()
}

/// The row behind a name of the model: the clauses say what a figure is for, the rows where the law has it.
fn row(name: &str, nature: Nature) -> &str {
    match name {
        "advance.medium" => "advance.sme.medium_percent",
        "advance.micro" => "advance.sme.micro_percent",
        "advance.pnspp" => "advance.pnspp_percent",
        "advance.setoff.first" => "advance.setoff.first_percent",
        "advance.setoff.second" => "advance.setoff.second_percent",
        "advance.small" => "advance.sme.small_percent",
        "call.information" => "extra_information.days",
        "call.information.urgent" => "extra_information.urgent_days",
        "debts.regularise" => "debts.regularise_days",
        "default.defence" => "default.defence_days",
        "delay.cap" => by_nature(nature, "penalty.supplies.cap", "penalty.services.cap"),
        "delay.cap.criterion" => by_nature(nature, "penalty.supplies.cap_criterion", "penalty.services.cap_criterion"),
        "delay.daily" => by_nature(nature, "penalty.supplies.per_day", "penalty.services.per_day"),
        "delay.dropped" => "penalty.dropped_below",
        "eu.threshold.services" => nature.eu_threshold_key(),
        "exclusion.mandatory" => "exclusion.obligatory_years",
        "exclusion.optional" => "exclusion.optional_years",
        "framework.max" => "framework.max_years",
        "modification.complementary" => "modification.additional_percent",
        "modification.deminimis.services" if nature == Nature::Works => "modification.minimis.works",
        "modification.deminimis.services" => "modification.minimis.supplies_services",
        "penalty.daily" => "penalty.general.daily_percent",
        "penalty.daily.max" => "penalty.general.daily_max",
        "penalty.daily.min" => "penalty.general.daily_min",
        "penalty.single" => "penalty.general.single_percent",
        "penalty.single.max" => "penalty.general.single_max",
        "penalty.single.min" => "penalty.general.single_min",
        "price.justify" => "price.justification_days",
        "recours.annulment" => "recours.annulment_days",
        "recours.light" => "recours.light.max",
        "recours.light.answer" => "recours.light.answer_days",
        "recours.light.request" => "recours.light.request_days",
        "recours.suspension" => "recours.suspension_days",
        "remission" => "penalty.remission_days",
        "rge.field" => "rge.min",
        "selection.turnover" => "selection.turnover_factor",
        "standstill" => "standstill.days",
        "surety.default" => "surety.percent",
        "surety.deposit" => "surety.deposit_days",
        "surety.framework" => "surety.framework_percent",
        "surety.late.cap" => "surety.late_cap_percent",
        "surety.late.daily" => "surety.late_percent_per_day",
        "surety.release" => "surety.release_days",
        "tender.validity" => "tender.validity_days",
        same => same,
    }
}

/// Works have a formula of their own (AR du 14 janvier 2013, art. 86) that the common model does not write: it buys
/// software, and its clauses on delay are those of services.
fn by_nature(nature: Nature, supplies: &'static str, services: &'static str) -> &'static str {
    match nature {
        Nature::Supplies => supplies,
        Nature::Services | Nature::Works | Nature::Sss => services,
    }
}

fn figure(name: &str, row: &Parameter) -> Figure {
    let text = match (name, &row.value) {
        ("selection.turnover", Value::Count(2)) => "le double de la valeur estimée du marché".to_owned(),
        ("selection.turnover", Value::Count(times)) => format!("{times} fois la valeur estimée du marché"),
        (_, Value::Money(amount)) => amount.to_string().replace(",00\u{a0}€", "\u{a0}€"),
        (_, Value::Percent(rate)) => rate.to_string(),
        (_, Value::Count(count)) => format!("{count}{}", unit(row.unit)),
        (_, Value::Choice(choice)) => choice.clone(),
    };
    let number = match (&row.value, row.unit) {
        // A duration is typed in months.
        (Value::Count(years), Unit::Years) => (years * 12).to_string(),
        (value, _) => value.to_string().replace('.', ","),
    };
    Figure { text, number, legal_ref: row.legal_ref.clone() }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "\u{a0}jours",
        Unit::WorkingDays => "\u{a0}jours ouvrables",
        Unit::Months => "\u{a0}mois",
        Unit::Years => "\u{a0}ans",
        Unit::Inhabitants => "\u{a0}habitants",
        Unit::Euro | Unit::Percent | Unit::Count | Unit::Choice => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_that_the_clauses_read_has_its_row() {
        let parameters = ParameterSet::shipped();
        let on = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
        for nature in [Nature::Services, Nature::Supplies, Nature::Works, Nature::Sss] {
            let found = figures(&parameters, nature, on);

            let missing: Vec<_> =
                Model::shipped().parameters().into_iter().filter(|name| !found.contains_key(*name)).collect();
            assert_eq!(missing, Vec::<&str>::new(), "{nature:?}");
        }
    }

    #[test]
    fn a_figure_is_said_in_words_and_compared_as_it_is_typed() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
        let found = figures(&ParameterSet::shipped(), Nature::Services, on);
        let told = |name: &str| found.get(name).map(|figure| (figure.text.as_str(), figure.number.as_str()));

        assert_eq!(told("fm.max"), Some(("30\u{202f}000\u{a0}€", "30000,00")));
        assert_eq!(told("delay.cap"), Some(("7,5\u{a0}%", "7,5")));
        assert_eq!(told("framework.max"), Some(("4\u{a0}ans", "48")));
        assert_eq!(told("selection.turnover"), Some(("le double de la valeur estimée du marché", "2")));
    }
}
