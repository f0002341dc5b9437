//! `beffroi calc`, through the program itself: the examples of its documentation.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

struct Answered {
    lines: Vec<String>,
    status: Option<i32>,
}

fn ask(lines: &str) -> Answered {
    let mut program = Command::new(env!("CARGO_BIN_EXE_beffroi"))
        .arg("calc")
        .env("RUST_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut input = program.stdin.take().expect("it reads");
    input.write_all(lines.as_bytes()).expect("it takes the lines");
    drop(input);
    let output = program.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    Answered { lines: text.lines().map(str::to_owned).collect(), status: output.status.code() }
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

const DEADLINE: &str = r#"{"calc":"deadline","kind":"calendar","event":"2026-11-05","length":15}"#;
const PROCEDURE: &str = r#"{"calc":"procedure","on":"2026-03-09","nature":"services","estimate":"29999.99"}"#;
const SHARES: &str = r#"{"calc":"shares","total":"100000.00","key":"population","fixed_percent":"20","participants":[{"id":"92094","weight":111432},{"id":"92142","weight":26000}]}"#;
const IDENTIFIER: &str = r#"{"calc":"identifier","kind":"ogm","text":"123/4567/89002"}"#;

#[test]
fn the_documented_examples_are_answered_in_order() {
    let answered = ask(&format!("{DEADLINE}\n{PROCEDURE}\n{SHARES}\n{IDENTIFIER}\n"));

    assert_eq!(answered.status, Some(0));
    let [deadline, procedure, shares, identifier] = &answered.lines[..] else { panic!("four answers") };
    let deadline = json(deadline);
    assert_eq!(deadline["raw_end"], "2026-11-20");
    assert_eq!(deadline["end"], "2026-11-20");
    assert_eq!(deadline["free_from"], "2026-11-21");
    assert!(deadline["why"].as_array().is_some_and(|why| why.len() == 2));
    let procedure = json(procedure);
    assert_eq!(procedure["allowed"], serde_json::json!(["FM", "PNSPP", "PNDAPP", "PO", "PR", "PCAN"]));
    assert_eq!(procedure["on_conditions"], serde_json::json!(["DC", "PI"]));
    assert_eq!(procedure["publication"]["PO"], "BE");
    assert_eq!(procedure["min_days"]["PO"], serde_json::json!({"plain": 35, "electronic": 30, "urgent": 15}));
    let row = &procedure["rows"][0];
    assert!(["key", "value", "valid_from", "legal_ref", "certainty"].iter().all(|field| !row[*field].is_null()));
    let shares = json(shares);
    let cents: u64 = ["92094", "92142"]
        .iter()
        .map(|id| shares["shares"][*id].as_str().expect("a text").replace('.', "").parse::<u64>().expect("cents"))
        .sum();
    assert_eq!(cents, 10_000_000);
    assert_eq!(json(identifier), serde_json::json!({"valid": true, "normal": "+++123/4567/89002+++"}));
}

#[test]
fn the_sums_of_a_contract_are_answered_one_line_each() {
    let questions = [
        r#"{"calc":"vat","lines":[{"amount":"2500.00","rate":"21"},{"amount":"100.00","rate":"6"}]}"#,
        r#"{"calc":"delay","kind":"services","value":"40000.00","days":23,"award_criterion":false,"others":"0.00"}"#,
        r#"{"calc":"delay","kind":"works","M":"300000.00","N":100,"unit":"working","n":10}"#,
        r#"{"calc":"interest","amount":"12100.00","due":"2026-02-01","paid":"2026-02-21"}"#,
        r#"{"calc":"revision","price":"600.00","fixed":"0.20","terms":[{"weight":"0.80","now":"121.45","base":"118.20"}]}"#,
        r#"{"calc":"advance","amount":"90000.00","months":24,"case":"micro"}"#,
        r#"{"calc":"modification","initial":"100000.00","nature":"services","changes":["6000.00","-5000.00"],"mode":"absolute","on":"2026-03-01"}"#,
    ];

    let answered = ask(&questions.join("\n"));

    let expected = [
        r#"{"base":{"21":"2500.00","6":"100.00"},"vat":{"21":"525.00","6":"6.00"},"total":"3131.00"}"#,
        r#"{"due":"920.00","cap":"3000.00"}"#,
        r#"{"due":"1350.00","cap":"15000.00"}"#,
        r#"{"days":20,"interest":"69.62","flat":"40.00","total":"109.62"}"#,
        r#"{"coefficient":"1.0219966159","price":"613.20"}"#,
        r#"{"reference":"45000.00","advance":"9000.00"}"#,
        r#"{"counted":"11000.00","limit":"10000.00","allowed":false}"#,
    ];
    assert_eq!(answered.status, Some(0));
    assert_eq!(answered.lines.iter().map(|line| json(line)).collect::<Vec<_>>(), expected.map(json));
}

#[test]
fn the_sums_of_a_subsidy_a_contribution_and_an_aid_are_answered_one_line_each() {
    let questions = [
        r#"{"calc":"subsidy","rate":"60","eligible":"80000.00","cap":"40000.00","tranches":[50,30,20],"paid_tranches":2,"accepted":"50000.00"}"#,
        r#"{"calc":"contribution","rate":"0.45","population":12345}"#,
        r#"{"calc":"contribution","rate":"0.45","population":12345,"from":"2026-07-01"}"#,
        r#"{"calc":"state_aid","earlier":[{"on":"2025-01-01","amount":"200000.00"}],"new":"100000.01","on":"2026-03-09"}"#,
    ];

    let answered = ask(&questions.join("\n"));

    let expected = [
        r#"{"promised":"40000.00","tranches":["20000.00","12000.00","8000.00"],"paid":"32000.00","due":"30000.00","still_to_pay":"0.00","recover":"2000.00"}"#,
        r#"{"amount":"5555.25"}"#,
        r#"{"amount":"2800.45"}"#,
        r#"{"counted_before":"200000.00","after":"300000.01","allowed":false}"#,
    ];
    assert_eq!(answered.status, Some(0));
    assert_eq!(answered.lines.iter().map(|line| json(line)).collect::<Vec<_>>(), expected.map(json));
}

#[test]
fn a_line_that_fails_says_why_and_the_others_are_answered_all_the_same() {
    let answered = ask(&format!("{{\n{DEADLINE}\n{{\"calc\":\"tarot\"}}\n\n{IDENTIFIER}"));

    assert_eq!(answered.status, Some(1));
    let failed: Vec<bool> = answered.lines.iter().map(|line| json(line).get("error").is_some()).collect();
    assert_eq!(failed, [true, false, true, true, false]);
}

#[test]
fn a_number_that_is_wrong_is_an_answer_not_a_failure() {
    let answered = ask(r#"{"calc":"identifier","kind":"bce","text":"0451.461.656"}"#);

    assert_eq!(answered.status, Some(0));
    assert_eq!(json(&answered.lines[0])["valid"], false);
}

#[test]
fn without_a_question_there_is_no_answer() {
    let answered = ask("");

    assert_eq!((answered.lines.len(), answered.status), (0, Some(0)));
}
