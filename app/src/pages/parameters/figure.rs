//! How one figure of law is shown, wherever it is.

use chrono::NaiveDate;
use domain::{
    kernel::time::{date_french, date_short_french},
    parameter::{Certainty, Event, Level, Parameter, Unit, Value},
};
use leptos::prelude::*;

use crate::pages::{
    ui::{self, table::Column},
    words::t,
};

/// `30 000,00 €`, `7,5 %`, `15 jours ouvrables`.
pub(crate) fn figure(row: &Parameter) -> String {
    match &row.value {
        Value::Money(amount) => amount.to_string(),
        Value::Percent(rate) => rate.to_string(),
        Value::Count(count) => counted(row.unit, *count),
        Value::Choice(name) => choice(name),
    }
}

fn counted(unit: Unit, n: u32) -> String {
    let count = grouped(n);
    let text = match unit {
        Unit::Days => t!(parameter.days, count = count, n = n),
        Unit::WorkingDays => t!(parameter.working_days, count = count, n = n),
        Unit::Months => t!(parameter.months, count = count),
        Unit::Years => t!(parameter.years, count = count, n = n),
        Unit::Inhabitants => t!(parameter.inhabitants, count = count, n = n),
        Unit::Euro | Unit::Percent | Unit::Count | Unit::Choice => return count,
    };
    // A number does not part from what it counts.
    text.replacen(' ', "\u{a0}", 1)
}

/// `50 000`, with narrow no-break spaces.
pub(crate) fn grouped(n: impl std::fmt::Display) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// What a row is, with the no-break spaces that its file does not hold.
pub(crate) fn label(row: &Parameter) -> String {
    typeset(&row.label)
}

fn typeset(text: &str) -> String {
    text.replace(" :", "\u{a0}:").replace("art. ", "art.\u{a0}").replace("§ ", "§\u{a0}")
}

/// The words of a choice.
pub(crate) fn choice(name: &str) -> String {
    match name {
        "absolute" => t!(parameter.choice_absolute),
        "next_working_day" => t!(parameter.choice_next_working_day),
        "htva" => t!(parameter.choice_htva),
        "content_cases" => t!(parameter.choice_content_cases),
        "not_on_market" => t!(parameter.choice_not_on_market),
        "annex_iii" => t!(parameter.choice_annex_iii),
        "compulsory" => t!(parameter.choice_compulsory),
        "electronic_platform" => t!(parameter.choice_electronic_platform),
        other => other,
    }
    .to_owned()
}

/// From when to when, in a table.
pub(crate) fn validity(row: &Parameter, today: NaiveDate) -> String {
    let day = |date| date_short_french(date).replace(' ', "\u{a0}");
    let from = day(row.valid_from);
    match row.valid_to {
        Some(to) => t!(parameter.between, from = from, to = day(to)),
        None if row.valid_from > today => t!(parameter.from, from = from),
        None => t!(parameter.since, from = from),
    }
}

pub(crate) fn certainty(certainty: Certainty) -> AnyView {
    match certainty.level {
        Level::Sure => ui::tag("done", t!(parameter.sure)),
        Level::Likely => ui::tag("wait", t!(parameter.likely)),
        Level::Configurable => ui::tag("", t!(parameter.to_confirm)),
    }
}

/// The source, how sure it is, and when somebody looked.
pub(crate) fn source(row: &Parameter) -> AnyView {
    let confirmed = row.certainty.confirmed.then(|| format!("{}, ", t!(parameter.confirmed)));
    view! {
        <span>
            {typeset(&row.legal_ref)}<br/>
            {certainty(row.certainty)}" "
            <span class="small quiet">{confirmed}{t!(parameter.checked, on = date_french(row.checked_on))}</span>
        </span>
    }
    .into_any()
}

/// Which date of a file picks the row.
pub(crate) fn event(event: Event) -> &'static str {
    match event {
        Event::NoticeOrInvitation => t!(parameter.event_notice),
        Event::Deliberation => t!(parameter.event_deliberation),
        Event::Award => t!(parameter.event_award),
        Event::ChargeableEvent => t!(parameter.event_chargeable),
        Event::HalfYear => t!(parameter.event_half_year),
        Event::DueDate => t!(parameter.event_due_date),
        Event::Grant => t!(parameter.event_grant),
    }
}

/// The rows that an answer used, each leading to its place among all; folded when they are many.
pub(crate) fn used(title: &'static str, rows: Vec<Parameter>, today: NaiveDate) -> Option<AnyView> {
    let count = rows.len();
    let lines = rows.into_iter().map(|row| {
        ui::row(view! { <a href=format!("/parametres#{}", row.key)>{label(&row)}</a> })
            .cell(figure(&row))
            .cell(validity(&row, today))
            .cell(source(&row))
    });
    let table = ui::table("loi", columns(), lines).labelled(title).view();
    match count {
        0 => None,
        1..=MOST_UNFOLDED => Some(
            view! { <section class="card card--flush" aria-labelledby="loi"><h2 id="loi">{title}</h2>{table}</section> }
                .into_any(),
        ),
        _ => Some(
            view! {
                <details class="govuk-details gap-s">
                    <summary class="govuk-details__summary">
                        <span class="govuk-details__summary-text">{format!("{title} ({count})")}</span>
                    </summary>
                    <div class="gap-s card card--flush">{table}</div>
                </details>
            }
            .into_any(),
        ),
    }
}

/// Rows that are shown without being asked for.
const MOST_UNFOLDED: usize = 5;

pub(super) fn columns() -> [Column; 4] {
    [
        ui::column(t!(parameter.label)),
        ui::number(t!(parameter.value)),
        ui::column(t!(parameter.validity)),
        ui::column(t!(parameter.source)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_shown_with_its_unit_the_french_way() {
        let set = domain::parameter::ParameterSet::shipped();
        let shown = |key: &str| figure(set.of(key).last().expect("a shipped key"));

        assert_eq!(shown("fm.max"), "30\u{202f}000,00\u{a0}€");
        assert_eq!(shown("surety.percent"), "5\u{a0}%");
        assert_eq!(shown("standstill.days"), "15\u{a0}jours");
        assert_eq!(shown("cdld.delegation.population.large"), "50\u{202f}000\u{a0}habitants");
        assert_eq!(shown("price.abnormal_min_tenders"), "4");
        assert_eq!(shown("payment.weekend_shift"), "jour ouvrable suivant");
    }
}
