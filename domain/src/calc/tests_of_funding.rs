//! The calculations on subsidies, contributions and State aid: the worked figures, and what is no question.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::answer;
use crate::parameter::ParameterSet;

fn ask(line: &Value) -> Result<Value, String> {
    answer(&line.to_string(), &ParameterSet::shipped()).map_err(|error| error.replace(['\u{a0}', '\u{202f}'], " "))
}

#[track_caller]
fn assert_answered(line: &Value, expected: &Value) {
    assert_eq!(ask(line).as_ref(), Ok(expected));
}

#[track_caller]
fn assert_refused(line: &Value, sentence: &str) {
    assert_eq!(ask(line), Err(sentence.to_owned()));
}

fn with(mut line: Value, name: &str, value: Value) -> Value {
    line[name] = value;
    line
}

#[test]
fn subsidies_are_answered_with_their_tranches_and_what_goes_back() {
    let line = json!({
        "calc":"subsidy","rate":"60","eligible":"80000.00","cap":"40000.00","tranches":[50,30,20],"paid_tranches":2,
        "accepted":"50000.00"
    });

    let answered = json!({
        "promised":"40000.00","tranches":["20000.00","12000.00","8000.00"],"paid":"32000.00","due":"30000.00",
        "still_to_pay":"0.00","recover":"2000.00"
    });
    assert_answered(&line, &answered);
    assert_answered(&with(line.clone(), "tranches", json!(["50", 30, "20.00"])), &answered);
    let uncapped = json!({
        "promised":"48000.00","tranches":["24000.00","14400.00","9600.00"],"paid":"38400.00","due":"48000.00",
        "still_to_pay":"9600.00","recover":"0.00"
    });
    let whole = with(with(line.clone(), "cap", Value::Null), "accepted", json!("80000.00"));
    assert_answered(&whole, &uncapped);
    let refused = |name, value, sentence| assert_refused(&with(line.clone(), name, value), sentence);
    let hundred = "« tranches » : il faut de 1 à 100 tranches, chacune supérieure à zéro, qui font exactement 100.";
    refused("tranches", json!([50, 30]), hundred);
    refused("tranches", json!([150, -50]), hundred);
    refused("tranches", json!([]), hundred);
    refused("tranches", json!([50.5, 49.5]), "« tranches » : un texte entre guillemets est attendu.");
    refused("paid_tranches", json!(4), "« paid_tranches » : il n’y a pas autant de tranches.");
    refused("rate", json!("100.01"), "« rate » : le taux doit être compris entre 0 et 100.");
    refused("eligible", json!("0.00"), "« eligible » : le montant doit être supérieur à zéro.");
    refused("cap", json!("-0.01"), "« cap » : une valeur négative n’est pas admise.");
    refused("accepted", json!("-0.01"), "« accepted » : une valeur négative n’est pas admise.");
    refused("accepted", Value::Null, "Le champ « accepted » manque.");
}

#[test]
fn contributions_are_answered_by_inhabitant_and_by_day() {
    let line = json!({"calc":"contribution","rate":"0.45","population":12_345});
    let amount = |amount: &str| json!({"amount":amount});

    assert_answered(&line, &amount("5555.25"));
    assert_answered(&with(line.clone(), "from", json!("2026-07-01")), &amount("2800.45"));
    assert_answered(&with(line.clone(), "to", json!("2026-06-30")), &amount("2754.80"));
    assert_answered(&with(line.clone(), "from", json!("2028-07-01")), &amount("2792.80"));
    assert_answered(&with(line.clone(), "rate", json!("0.4512345")), &amount("5570.49"));
    assert_answered(&with(line.clone(), "min", json!("6000.00")), &amount("6000.00"));
    assert_answered(&with(line.clone(), "max", json!("5000.00")), &amount("5000.00"));
    let refused = |name, value, sentence| assert_refused(&with(line.clone(), name, value), sentence);
    refused("rate", json!("0.45123456"), "« rate » : sept décimales au plus sont admises.");
    refused("rate", json!("-0.45"), "« rate » : une valeur négative n’est pas admise.");
    refused("population", Value::Null, "Le champ « population » manque.");
    refused(
        "max",
        json!("-1.00"),
        "« min » et « max » : ces montants ne sont pas négatifs, et le minimum ne dépasse pas le maximum.",
    );
    assert_refused(
        &with(with(line.clone(), "from", json!("2026-07-01")), "to", json!("2027-06-30")),
        "« from » et « to » : ces deux jours sont de la même année, l’entrée avant la sortie.",
    );
    refused("population", json!(u64::MAX), "Un montant est trop grand.");
}

#[test]
fn state_aid_is_answered_with_what_counted_before() {
    let earlier = json!([{"on":"2023-03-09","amount":"50000.00"},{"on":"2023-03-10","amount":"200000.00"}]);
    let line = json!({"calc":"state_aid","earlier":earlier,"new":"100000.00","on":"2026-03-09"});
    let answered = |after: &str, allowed: bool| json!({"counted_before":"200000.00","after":after,"allowed":allowed});

    assert_answered(&line, &answered("300000.00", true));
    assert_answered(&with(line.clone(), "new", json!("100000.01")), &answered("300000.01", false));
    let first = json!({"counted_before":"0.00","after":"100000.00","allowed":true});
    assert_answered(&with(line.clone(), "earlier", json!([])), &first);
    let refused = |name, value, sentence| assert_refused(&with(line.clone(), name, value), sentence);
    refused("new", json!("0.00"), "« new » : le montant doit être supérieur à zéro.");
    refused(
        "earlier",
        json!([{"on":"2026-01-01","amount":"-1.00"}]),
        "« earlier » : une valeur négative n’est pas admise.",
    );
    refused("earlier", json!([{"on":"2026-01-01"}]), "Le champ « amount » manque.");
    refused(
        "on",
        json!("2023-12-31"),
        "Le paramètre « state_aid.max » n’a pas de valeur au 31 décembre 2023 : à compléter avant de calculer.",
    );
}

proptest! {
    #[test]
    fn no_question_of_funding_makes_the_calculator_panic(
        amounts in proptest::collection::vec("-?[0-9]{0,15}(\\.[0-9]{0,8})?", 5), number: u64,
        parts in proptest::collection::vec(any::<i64>(), 0..4), days in proptest::collection::vec("[0-9]{4}-(0|1)[0-9]-[0-3][0-9]", 2),
    ) {
        let amount = |place: usize| &amounts[place];
        let lines = [
            json!({"calc":"subsidy","rate":amount(0),"eligible":amount(1),"cap":amount(2),"tranches":parts,"paid_tranches":number,"accepted":amount(3)}),
            json!({"calc":"subsidy","rate":"60","eligible":amount(1),"tranches":[50,50],"paid_tranches":number % 3,"accepted":amount(3)}),
            json!({"calc":"contribution","rate":amount(0),"population":number,"min":amount(1),"max":amount(2),"from":days[0],"to":days[1]}),
            json!({"calc":"contribution","rate":amount(0),"population":number,"from":days[0]}),
            json!({"calc":"state_aid","earlier":[{"on":days[0],"amount":amount(0)}],"new":amount(1),"on":days[1]}),
            json!({"calc":"state_aid","earlier":[{"on":days[0],"amount":"1.00"}],"new":amount(1),"on":"2026-03-09"}),
        ];
        for line in lines {
            let _answered = ask(&line);
        }
    }
}
