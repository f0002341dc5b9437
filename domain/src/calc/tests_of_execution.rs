//! The calculations on the performance of a contract: the worked figures, and what is no question.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::answer;
use crate::{kernel::Money, parameter::ParameterSet};

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

#[test]
fn vat_is_answered_per_rate() {
    let lines = |lines: Value| json!({"calc":"vat","lines":lines});

    assert_answered(
        &lines(json!([{"amount":"1000.00","rate":"21"}])),
        &json!({"base":{"21":"1000.00"},"vat":{"21":"210.00"},"total":"1210.00"}),
    );
    let three = json!([{"amount":"0.12","rate":"21"},{"amount":"0.12","rate":"21.00"},{"amount":"0.12","rate":"21"}]);
    assert_answered(&lines(three), &json!({"base":{"21":"0.36"},"vat":{"21":"0.08"},"total":"0.44"}));
    let two = json!([{"amount":"2500.00","rate":"21"},{"amount":"10.00","rate":"6"},{"amount":"-2.50","rate":"0"}]);
    assert_answered(
        &lines(two),
        &json!({
            "base":{"0":"-2.50","21":"2500.00","6":"10.00"},"vat":{"0":"0.00","21":"525.00","6":"0.60"},
            "total":"3033.10"
        }),
    );
    assert_refused(&lines(json!([])), "« lines » : il faut au moins une ligne, et pas plus de 10 000.");
    assert_refused(
        &lines(json!([{"amount":"1.00","rate":"100.01"}])),
        "« rate » : le taux doit être compris entre 0 et 100.",
    );
    assert_refused(&lines(json!([{"amount":"1.00"}])), "Le champ « rate » manque.");
    assert_refused(
        &lines(json!([{"amount":"1.001","rate":"21"}])),
        "« amount » : deux décimales au plus sont admises.",
    );
    let most = json!({"amount":"1000000000000.00","rate":"21"});
    assert!(ask(&lines(json!(vec![most; 10_000]))).is_ok());
}

#[test]
fn delays_are_answered_with_their_cap() {
    let late = |value: &str, days: u64, more: Value| {
        let mut line = json!({"calc":"delay","kind":"services","value":value,"days":days});
        for (name, value) in more.as_object().expect("an object") {
            line[name] = value.clone();
        }
        line
    };

    let answered = |due: &str, cap: &str| json!({"due":due,"cap":cap});
    assert_answered(&late("40000.00", 23, json!({})), &answered("920.00", "3000.00"));
    assert_answered(&late("40000.00", 90, json!({})), &answered("3000.00", "3000.00"));
    assert_answered(&late("40000.00", 90, json!({"award_criterion":true})), &answered("3600.00", "4000.00"));
    assert_answered(&late("40000.00", 90, json!({"kind":"supplies"})), &answered("3000.00", "3000.00"));
    assert_answered(
        &late("2000.00", 30, json!({"award_criterion":false,"others":"0.00"})),
        &answered("0.00", "150.00"),
    );
    assert_answered(&late("2000.00", 30, json!({"others":"15.00"})), &answered("60.00", "150.00"));
    assert_refused(&late("0.00", 1, json!({})), "« value » : le montant doit être supérieur à zéro.");
    assert_refused(&late("1.00", u64::MAX, json!({})), "« days » : la durée est nulle ou dépasse un siècle.");
    assert_refused(&late("1.00", 1, json!({"others":"-1.00"})), "« others » : une valeur négative n’est pas admise.");
    assert_refused(
        &late("1.00", 1, json!({"award_criterion":"yes"})),
        "« award_criterion » : true ou false est attendu.",
    );
    assert_refused(
        &late("1.00", 1, json!({"kind":"tarot"})),
        "« kind » : « tarot » est inconnu ; valeurs admises : services, supplies, works.",
    );
    assert_refused(
        &late("1.00", 1, json!({"on":"2017-12-31"})),
        "Le paramètre « penalty.services.per_day » n’a pas de valeur au 31 décembre 2017 : à compléter avant de \
         calculer.",
    );
}

#[test]
fn late_works_are_answered_by_their_formula() {
    let late = |amount: &str, delay: u64, unit: &str, days: u64| json!({"calc":"delay","kind":"works","M":amount,"N":delay,"unit":unit,"n":days});

    assert_answered(&late("300000.00", 100, "working", 10), &json!({"due":"1350.00","cap":"15000.00"}));
    assert_answered(&late("60000.00", 100, "working", 10), &json!({"due":"180.00","cap":"3000.00"}));
    assert_answered(&late("300000.00", 143, "calendar", 10), &json!({"due":"1350.00","cap":"15000.00"}));
    assert_answered(&late("300000.00", 10, "working", 10), &json!({"due":"15000.00","cap":"15000.00"}));
    assert_refused(&late("1.00", 0, "working", 1), "« N, n » : la durée est nulle ou dépasse un siècle.");
    assert_refused(
        &late("1.00", 1, "weeks", 1),
        "« unit » : « weeks » est inconnu ; valeurs admises : working, calendar.",
    );
    assert_refused(&json!({"calc":"delay","kind":"works","value":"1.00","days":1}), "Le champ « M » manque.");
}

#[test]
fn interest_is_answered_by_half_year() {
    let late = |amount: &str, due: &str, paid: &str| json!({"calc":"interest","amount":amount,"due":due,"paid":paid});

    assert_answered(
        &late("12100.00", "2026-02-01", "2026-02-21"),
        &json!({"days":20,"interest":"69.62","flat":"40.00","total":"109.62"}),
    );
    assert_answered(
        &late("36500.00", "2025-06-20", "2025-07-10"),
        &json!({"days":20,"interest":"220.00","flat":"40.00","total":"260.00"}),
    );
    assert_answered(
        &late("12100.00", "2026-02-01", "2026-02-01"),
        &json!({"days":0,"interest":"0.00","flat":"0.00","total":"0.00"}),
    );
    assert_refused(
        &late("1.00", "2026-12-30", "2027-01-01"),
        "Le paramètre « interest.rate » n’a pas de valeur au 1er janvier 2027 : à compléter avant de calculer.",
    );
    assert_refused(&late("-1.00", "2026-02-01", "2026-02-21"), "« amount » : le montant doit être supérieur à zéro.");
}

#[test]
fn revisions_are_answered_with_their_coefficient() {
    let revised = |fixed: &str, weight: &str, now: &str, base: &str| json!({"calc":"revision","price":"600.00","fixed":fixed,"terms":[{"weight":weight,"now":now,"base":base}]});

    assert_answered(&revised("0.20", "0.80", "113.30", "110.00"), &json!({"coefficient":"1.024","price":"614.40"}));
    assert_answered(
        &revised("0.20", "0.80", "121.45", "118.20"),
        &json!({"coefficient":"1.0219966159","price":"613.20"}),
    );
    assert_refused(
        &revised("0.20", "0.79", "121.45", "118.20"),
        "« fixed » et « weight » : le terme fixe et les poids ne peuvent pas être négatifs et font exactement 1.",
    );
    assert_refused(
        &revised("0.20", "0.80", "121.45", "0"),
        "« now » et « base » : un indice doit être supérieur à zéro.",
    );
    assert_refused(&revised("0.20", "0.80", "121.45678", "118.20"), "« now » : quatre décimales au plus sont admises.");
    assert_refused(
        &json!({"calc":"revision","price":"600.00","fixed":"1","terms":[]}),
        "« terms » : il faut de 1 à 20 termes.",
    );
    assert_refused(
        &json!({"calc":"revision","price":"0","fixed":"1","terms":[]}),
        "« price » : le montant doit être supérieur à zéro.",
    );
}

#[test]
fn advances_are_answered_with_their_reference() {
    let advanced =
        |amount: &str, months: u64, case: &str| json!({"calc":"advance","amount":amount,"months":months,"case":case});

    let of = |advance: &str| json!({"reference":"45000.00","advance":advance});
    assert_answered(&advanced("90000.00", 24, "micro"), &of("9000.00"));
    assert_answered(&advanced("90000.00", 24, "pnspp"), &of("6750.00"));
    assert_answered(&advanced("90000.00", 24, "small"), &of("4500.00"));
    assert_answered(&advanced("90000.00", 24, "medium"), &of("2250.00"));
    assert_answered(&advanced("9000000.00", 12, "micro"), &json!({"reference":"9000000.00","advance":"225000.00"}));
    assert_refused(&advanced("1.00", 0, "micro"), "« months » : la durée est nulle ou dépasse un siècle.");
    assert_refused(
        &advanced("1.00", 1, "large"),
        "« case » : « large » est inconnu ; valeurs admises : pnspp, micro, small, medium.",
    );
}

#[test]
fn modifications_are_answered_with_their_limit() {
    let changed = |mode: Value| {
        json!({
            "calc":"modification","initial":"100000.00","nature":"services","changes":["6000.00","-5000.00"],
            "mode":mode,"on":"2026-03-01"
        })
    };

    let refused = json!({"counted":"11000.00","limit":"10000.00","allowed":false});
    assert_answered(&changed(json!("absolute")), &refused);
    assert_answered(&changed(Value::Null), &refused);
    assert_answered(&changed(json!("net")), &json!({"counted":"1000.00","limit":"10000.00","allowed":true}));
    assert_refused(&changed(json!("gross")), "« mode » : « gross » est inconnu ; valeurs admises : absolute, net.");
    assert_refused(
        &json!({"calc":"modification","initial":"1.00","nature":"works","changes":[],"on":"2028-01-01"}),
        "Le paramètre « eu.threshold.works » n’a pas de valeur au 1er janvier 2028 : à compléter avant de calculer.",
    );
}

proptest! {
    #[test]
    fn bases_and_vat_add_up_to_the_total(lines in proptest::collection::vec((0_i64..1_000_000_000, 0_u8..4), 1..40)) {
        let lines: Vec<_> = lines
            .into_iter()
            .map(|(amount, rate)| {
                let rates = ["0", "6", "12", "21"];
                json!({"amount":Money::from_cents(amount).to_iso(),"rate":rates[usize::from(rate)]})
            })
            .collect();

        let answer = ask(&json!({"calc":"vat","lines":lines})).expect("an answer");

        let amounts = |name: &str| answer[name].as_object().expect("an object").values().map(amount).collect::<Vec<_>>();
        let sum = Money::total(amounts("base").into_iter().chain(amounts("vat")));
        prop_assert_eq!(sum, Some(amount(&answer["total"])));
    }

    #[test]
    fn no_question_makes_the_calculator_panic(
        name in prop_oneof![Just("vat"), Just("delay"), Just("interest"), Just("revision"), Just("advance"), Just("modification")],
        amounts in proptest::collection::vec("-?[0-9]{0,15}(\\.[0-9]{0,5})?", 6),
        number: u64, kind in prop_oneof![Just("services"), Just("supplies"), Just("works")], day in "[0-9]{4}-(0|1)[0-9]-[0-3][0-9]",
    ) {
        let amount = |place: usize| &amounts[place];
        let term = |weight: &str| json!({"weight":weight,"now":amount(2),"base":amount(3)});
        let vat = |place: usize| json!({"amount":amount(place),"rate":amount(place + 1)});
        let lines = [
            json!({"calc":name,"lines":[vat(0),vat(2)]}),
            json!({"calc":name,"kind":kind,"value":amount(0),"days":number,"others":amount(1)}),
            json!({"calc":name,"kind":kind,"M":amount(0),"N":number,"unit":"calendar","n":number}),
            json!({"calc":name,"amount":amount(0),"due":day,"paid":"2026-06-30"}),
            json!({"calc":name,"amount":amount(0),"due":"2018-01-01","paid":day}),
            json!({"calc":name,"price":amount(0),"fixed":"0","terms":[term("1")]}),
            json!({"calc":name,"price":amount(0),"fixed":amount(1),"terms":[term(amount(4)),term(amount(5))]}),
            json!({"calc":name,"amount":amount(0),"months":number,"case":"small"}),
            json!({"calc":name,"initial":amount(0),"nature":kind,"changes":amounts,"mode":"net","on":day}),
        ];
        for line in lines {
            let _answered = ask(&line);
        }
    }
}

fn amount(value: &Value) -> Money {
    Money::parse_iso(value.as_str().expect("a text")).expect("an amount")
}
