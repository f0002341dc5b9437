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
