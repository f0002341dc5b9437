use chrono::NaiveDate;
use domain::{
    fault::Fault,
    kernel::{Money, NumberError},
    parameter::ParameterSet,
    score::{Formula, Points, Ranking, price_points, ranking},
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, read, why};
use crate::pages::{Form, ui, ui::Field, words::t};

/// Longest list read, in characters.
const MOST: usize = 60_000;
/// More points than any specification gives.
const MOST_POINTS: Points = Points::from_hundredths(100_000_000);

pub(super) fn fields(form: &Form) -> AnyView {
    let formulas = [("F1", t!(calc.f1)), ("F2", t!(calc.f2)), ("F3", t!(calc.f3)), ("F4", t!(calc.f4))]
        .map(|(value, word)| (value.to_owned(), word.to_owned()));
    view! {
        {Field::radios("formule", t!(calc.formula), formulas.to_vec()).value("F1").view(form)}
        {Field::money("plafond", t!(calc.ceiling)).hint(t!(calc.ceiling_hint)).view(form)}
        {Field::short("poids", t!(calc.points_weight), 5).hint(t!(calc.points_weight_hint)).view(form)}
        {Field::long("offres", t!(calc.prices), 6).hint(t!(calc.prices_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, _: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let name = read.choice("formule", |text| ["F1", "F2", "F3", "F4"].into_iter().find(|name| *name == text), "F1");
    let formula = match name {
        "F2" => Formula::F2,
        "F3" => Formula::F3,
        "F4" => Formula::F4 { ceiling: read.positive_money("plafond") },
        _ => Formula::F1,
    };
    let weight = points(form.text("poids")).unwrap_or_else(|fault| {
        read.errors.add("poids", fault);
        Points::ZERO
    });
    read.text("offres", MOST);
    let offers = offers(form, &mut read.errors);
    read.errors.or(())?;

    let prices: Vec<Money> = offers.iter().map(|(price, _)| *price).collect();
    let others: Vec<Points> = offers.iter().map(|(_, others)| *others).collect();
    let of_price = price_points(formula, weight, &prices);
    let ranking =
        ranking(&of_price, &others).ok_or_else(|| FieldErrors::one("offres", Fault::Number(NumberError::TooLarge)))?;

    let mut line = json!({
        "calc": "score",
        "formula": name,
        "weight": weight.to_iso(),
        "prices": prices.iter().map(|price| price.to_iso()).collect::<Vec<_>>(),
        "other": others.iter().map(|points| points.to_iso()).collect::<Vec<_>>(),
    });
    if let Formula::F4 { ceiling } = formula {
        line["ceiling"] = ceiling.to_iso().into();
    }
    Ok(Asked::new(line, move || view! { {table(&offers, &of_price, &ranking)}{why(reasons(formula))} }.into_any()))
}

/// `120 000,00 ; 54`; without other points, a price alone.
fn offers(form: &Form, errors: &mut FieldErrors) -> Vec<(Money, Points)> {
    let mut offers = Vec::new();
    for (line, text) in read::lines(form, "offres") {
        let (price, others) = read::pair(&text);
        let price = Money::parse_french_not_negative(price);
        let others = others.map_or(Ok(Points::ZERO), points);
        match (price, others) {
            (Ok(price), Ok(others)) => offers.push((price, others)),
            (Err(_), _) | (_, Err(_)) => {
                errors.add("offres", Fault::Line { line });
                return offers;
            }
        }
    }
    offers
}

fn points(text: &str) -> Result<Points, Fault> {
    match Points::parse_french(text) {
        Ok(points) if points < Points::ZERO => Err(Fault::Number(NumberError::Negative)),
        Ok(points) if points > MOST_POINTS => Err(Fault::Number(NumberError::TooLarge)),
        Ok(points) => Ok(points),
        Err(NumberError::Empty) => Err(Fault::Empty),
        Err(error) => Err(Fault::Number(error)),
    }
}

fn reasons(formula: Formula) -> Vec<String> {
    let formula = match formula {
        Formula::F1 => t!(calc.why_f1),
        Formula::F2 => t!(calc.why_f2),
        Formula::F3 => t!(calc.why_f3),
        Formula::F4 { ceiling: _ } => t!(calc.why_f4),
    };
    vec![formula.to_owned(), t!(calc.why_rounding).to_owned()]
}

fn table(offers: &[(Money, Points)], of_price: &[Option<Points>], ranking: &Ranking) -> AnyView {
    let shown =
        |points: Option<Points>| points.map_or_else(|| t!(calc.no_points).to_owned(), |points| points.to_string());
    let rows = offers.iter().enumerate().map(|(place, (price, others))| {
        let row = ui::row(t!(calc.offer_n, n = place + 1))
            .cell(price.to_string())
            .cell(shown(of_price[place]))
            .cell(others.to_string())
            .cell(shown(ranking.totals[place]));
        let rank = ranking.ranks[place].map(|rank| rank.to_string());
        if ranking.ranks[place] == Some(1) { row.classed("best", rank) } else { row.cell(rank) }
    });
    let columns = [
        ui::column(t!(calc.offer)),
        ui::number(t!(calc.price)),
        ui::number(t!(calc.price_points)),
        ui::number(t!(calc.other_points)),
        ui::number(t!(calc.total_points)),
        ui::number(t!(calc.rank)),
    ];
    let table = ui::table("resultat", columns, rows).view();
    let provisional = ranking.provisional.then(|| ui::note("warn", t!(calc.provisional), t!(calc.provisional_text)));
    view! { {provisional}{table} }.into_any()
}
