//! What an agent may type.

use std::fmt::Write as _;

use super::*;

fn check(id: &str, raw: &str) -> Result<Value, AnswerError> {
    let question = world::model().question(id).expect("a question");
    world::model().check(question, raw)
}

#[test]
fn weights_that_do_not_make_one_hundred_are_refused() {
    let weights = |first: &str| {
        check("criteres_attribution", &format!("Prix | {first} | prix | Total\nMéthode | 60 | qualite | Note"))
    };

    assert!(weights("40").is_ok());
    assert_eq!(weights("39,99"), Err(AnswerError::WeightsNotHundred { total_hundredths: 9_999 }));
    assert_eq!(weights("40,01"), Err(AnswerError::WeightsNotHundred { total_hundredths: 10_001 }));
    assert_eq!(weights("-40"), Err(AnswerError::CellNotANumber { line: 1, column: 2 }));
    assert_eq!(weights("9223372036854775807"), Err(AnswerError::CellNotANumber { line: 1, column: 2 }));
}

#[test]
fn criteria_without_price_or_cost_are_refused() {
    assert_eq!(check("criteres_attribution", "Méthode | 100 | qualite | Note"), Err(AnswerError::NoPriceCriterion));
}

#[test]
fn a_criterion_stands_once_and_whole() {
    assert_eq!(
        check("criteres_attribution", "Prix | 50 | prix | Total\nPrix | 50 | prix | Total"),
        Err(AnswerError::Twice { line: 2 })
    );
    assert_eq!(
        check("criteres_attribution", "Prix | 100 | prix"),
        Err(AnswerError::CellCount { line: 1, expected: 4, found: 3 })
    );
    assert_eq!(
        check("criteres_attribution", "Prix | 100 | beau | Total"),
        Err(AnswerError::CellNotAnOption { line: 1, column: 3 })
    );
}

#[test]
fn a_rate_has_no_quantity_and_the_others_have_one() {
    let line =
        |quantity: &str, mode: &str| check("bordereau_postes", &format!("P-01 | Jour | jour | {quantity} | {mode}"));

    assert!(line("10", "presumee").is_ok());
    assert!(line("", "tarif").is_ok());
    assert_eq!(line("", "presumee"), Err(AnswerError::QuantityMode { line: 1 }));
    assert_eq!(line("10", "tarif"), Err(AnswerError::QuantityMode { line: 1 }));
    assert_eq!(line("0", "forfait"), Err(AnswerError::CellNotANumber { line: 1, column: 4 }));
}

#[test]
fn bounds_are_inclusive_and_named() {
    assert_eq!(check("paiement_delai", "60"), Ok(Value::Integer(60)));
    assert_eq!(check("paiement_delai", "61"), Err(AnswerError::AboveMaximum { max: "60".to_owned() }));
    assert_eq!(check("disponibilite", "89,99"), Err(AnswerError::BelowMinimum { min: "90".to_owned() }));
    assert_eq!(check("paiement_delai", "trente"), Err(AnswerError::NotANumber));
    assert_eq!(check("paiement_delai", "30,5"), Err(AnswerError::NotANumber));
}

#[test]
fn each_kind_refuses_what_it_is_not() {
    assert_eq!(check("arrondissement", "  "), Err(AnswerError::Empty));
    assert_eq!(check("convention_date", "2026-02-30"), Err(AnswerError::NotADate));
    for slip in ["0026-10-12", "1899-12-31", "2201-01-01", "+12026-10-12"] {
        assert_eq!(check("convention_date", slip), Err(AnswerError::NotADate), "{slip}");
    }
    let hour =
        Question { kind: QuestionKind::DateTime, ..world::model().question("convention_date").expect("asked").clone() };
    assert_eq!(world::model().check(&hour, "2026-12-18"), Err(AnswerError::NotADateTime));
    assert_eq!(world::model().check(&hour, "2201-01-01T16:00"), Err(AnswerError::NotADateTime));
    assert_eq!(check("migration", "peut-être"), Err(AnswerError::NotYesOrNo));
    assert_eq!(check("licence", "MIT"), Err(AnswerError::NotAnOption));
    assert_eq!(check("comite_composition", "Un seul"), Err(AnswerError::TooFewLines { min: 2 }));
    assert_eq!(check("arrondissement", &"x".repeat(251)), Err(AnswerError::TooLong { max: 250 }));
    assert_eq!(check("exigences", "EX-01 | | must"), Err(AnswerError::EmptyCell { line: 1, column: 2 }));
}

#[test]
fn a_default_serves_until_the_agent_types() {
    let facts = world::facts();
    let state = |answers: &Answers| {
        let sections = world::model().questions_for(&facts, answers);
        let asked = sections.into_iter().flat_map(|section| section.questions);
        let found = asked.into_iter().find(|asked| asked.question.id == "delai_validite").expect("asked");
        (found.state, found.shown)
    };

    assert_eq!(state(&Answers::new()), (State::ByDefault, "90".to_owned()));
    let typed = |text: &str| Answers::from([("delai_validite".to_owned(), text.to_owned())]);
    assert_eq!(state(&typed("120")), (State::Answered, "120".to_owned()));
    assert_eq!(
        state(&typed("3")),
        (State::Invalid(AnswerError::BelowMinimum { min: "15".to_owned() }), "3".to_owned())
    );
}

#[test]
fn a_question_appears_when_its_condition_holds() {
    let asked = |facts: &Facts, answers: &Answers, id: &str| {
        let sections = world::model().questions_for(facts, answers);
        sections.iter().any(|section| section.questions.iter().any(|asked| asked.question.id == id))
    };
    let answer = |id: &str, text: &str| Answers::from([(id.to_owned(), text.to_owned())]);

    assert!(asked(&world::facts(), &Answers::new(), "convention_date"));
    assert!(!asked(&world::isolated(), &Answers::new(), "convention_date"));
    assert!(!asked(&world::facts(), &Answers::new(), "cautionnement_motif"));
    assert!(asked(&world::facts(), &answer("cautionnement_taux", "7"), "cautionnement_motif"));
    assert!(!asked(&world::facts(), &answer("cautionnement_taux", "5"), "cautionnement_motif"));
}

#[test]
fn a_new_tender_asks_what_only_the_agent_knows() {
    let sections = world::model().questions_for(&world::facts(), &Answers::new());
    let mut table = String::new();
    for section in &sections {
        let (settled, asked) = (section.settled(), section.questions.len());
        writeln!(table, "{} : {settled}/{asked}", section.section.title).expect("writing to a string");
        for asked in section.questions.iter().filter(|asked| asked.state.blocks()) {
            writeln!(table, "  {}", asked.question.label).expect("writing to a string");
        }
    }
    insta::assert_snapshot!("a_new_tender_asks", table);
}
