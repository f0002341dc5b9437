//! Which clause for which tender: the tables that a buyer reads.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::clause::reference;
use super::super::expand::chosen;
use super::super::scope::Scope;
use super::super::template::{self, Node};
use super::*;

#[test]
fn the_clauses_of_each_scenario() {
    let scenarios = world::scenarios();
    let mut table = format!("{:<5}{:<46}", "art.", "clause");
    for (name, _) in &scenarios {
        write!(table, "{name:>9}").expect("writing to a string");
    }
    table.push('\n');
    let compositions: Vec<Composition> = scenarios
        .iter()
        .map(|(_, facts)| world::model().compose(facts, &world::complete(facts, world::example())))
        .collect();
    for clause in world::model().clauses() {
        let title: String = clause.title.chars().take(44).collect();
        write!(table, "{:<5}{title:<46}", clause.number).expect("writing to a string");
        for composition in &compositions {
            let mark = if composition.clauses.contains(&clause.reference()) { "x" } else { "." };
            write!(table, "{mark:>9}").expect("writing to a string");
        }
        table.push('\n');
    }
    insta::assert_snapshot!("clauses_by_scenario", table);
}

#[test]
fn the_alternative_of_each_scenario() {
    let mut table = String::new();
    for (name, facts) in world::scenarios() {
        writeln!(table, "{name}").expect("writing to a string");
        let answers = world::complete(&facts, world::example());
        let scope = Scope::new(world::model(), &facts, &answers);
        for clause in world::model().clauses() {
            for choice in template::alternatives(&clause.nodes) {
                let arm = chosen(choice, &scope).expect("a settled clause").expect("an alternative");
                writeln!(table, "  {:<4}{}", clause.number, arm.name).expect("writing to a string");
            }
        }
    }
    insta::assert_snapshot!("alternatives_by_scenario", table);
}

/// Every combination of the facts that decide, with the example's answers.
#[test]
fn exactly_one_alternative_holds_whatever_the_facts() {
    for procedure in Procedure::ALL {
        for publication in Publication::ALL {
            for vehicle in Vehicle::ALL {
                for form in PriceForm::ALL {
                    for variant in 0..4 {
                        let mut facts = world::facts();
                        facts.procedure = *procedure;
                        facts.publication = *publication;
                        facts.vehicle = *vehicle;
                        facts.price_form = *form;
                        if variant % 2 == 1 {
                            facts = world::with_framework(facts);
                        }
                        if variant > 1 {
                            facts = world::with_lots(facts);
                        }
                        settled(&facts, &world::example());
                    }
                }
            }
        }
    }
}

/// Every option of every question, one at a time, alone and with a framework.
#[test]
fn exactly_one_alternative_holds_whatever_the_options() {
    for facts in [world::facts(), world::with_framework(world::isolated())] {
        for question in world::model().questions() {
            let options: Vec<String> = match &question.kind {
                QuestionKind::Choice(options) => options.iter().map(|option| option.code.clone()).collect(),
                QuestionKind::YesNo => vec!["oui".to_owned(), "non".to_owned()],
                QuestionKind::Text { .. }
                | QuestionKind::LongText { .. }
                | QuestionKind::Integer { .. }
                | QuestionKind::Percent { .. }
                | QuestionKind::Money { .. }
                | QuestionKind::Date
                | QuestionKind::DateTime
                | QuestionKind::Lines { .. }
                | QuestionKind::Table { .. }
                | QuestionKind::Criteria
                | QuestionKind::Prices => Vec::new(),
            };
            for option in options {
                let mut answers = world::example();
                answers.insert(question.id.clone(), option);
                let composition = world::model().compose(&facts, &world::complete(&facts, answers));
                assert_eq!(composition.missing, [], "{}", question.id);
                assert_eq!(composition.unsettled, [], "{}", question.id);
            }
        }
    }
}

fn settled(facts: &Facts, answers: &Answers) {
    let scope = Scope::new(world::model(), facts, answers);
    for clause in world::model().clauses() {
        for choice in template::alternatives(&clause.nodes) {
            let chosen = chosen(choice, &scope);
            assert!(matches!(chosen, Ok(Some(_))), "{} with {facts:?}", clause.file);
        }
    }
}

/// « voir l’article 53 » must not lead to « sans objet ».
#[test]
fn a_reference_leads_to_an_article_that_applies() {
    for (name, facts) in world::scenarios() {
        for hosting in ["aucun", "local", "collaboratif"] {
            for yes in ["oui", "non"] {
                let mut answers = world::example();
                answers.insert("hebergement".to_owned(), hosting.to_owned());
                for id in ["maintenance", "donnees_personnelles", "migration", "revision", "coaching"] {
                    answers.insert(id.to_owned(), yes.to_owned());
                }
                let answers = world::complete(&facts, answers);
                let composition = world::model().compose(&facts, &answers);
                let scope = Scope::new(world::model(), &facts, &answers);
                for clause in world::model().clauses() {
                    if !composition.clauses.contains(&clause.reference()) {
                        continue;
                    }
                    for number in shown(&clause.nodes, &scope) {
                        let target = world::model().clauses().iter().find(|other| other.number == number);
                        let applies = target.is_some_and(|found| composition.clauses.contains(&found.reference()));
                        assert!(applies, "{name}, {hosting}, {yes}: {} refers to {number}", clause.file);
                    }
                }
            }
        }
    }
}

fn shown(nodes: &[Node], scope: &Scope<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for node in nodes {
        match node {
            Node::Text(_) => {}
            Node::Variable { name, .. } => found.extend(reference(name).map(str::to_owned)),
            Node::Choice(choice) => {
                if let Ok(Some(arm)) = chosen(choice, scope) {
                    found.extend(shown(&arm.nodes, scope));
                }
            }
        }
    }
    found
}

#[test]
fn the_version_of_a_clause_is_that_of_the_date() {
    let (name, text) = FILES.iter().find(|(name, _)| name.starts_with("023")).expect("a clause");
    let newer =
        text.replace("version: 1\n", "version: 2\n").replace("valid_from: 2026-01-01", "valid_from: 2027-01-01");
    let mut files = FILES.to_vec();
    let newer_name = name.replace(".md", "-v2.md");
    files.push((&newer_name, &newer));
    let model = Model::parse(&files, QUESTIONS).expect("two versions read");
    let version_on = |date: &str| {
        let mut facts = world::facts();
        facts.date = date.parse().expect("a date");
        let clauses = model.compose(&facts, &world::example()).clauses;
        clauses.iter().find(|clause| clause.id == "reservation").expect("the clause").version
    };

    assert_eq!(version_on("2026-12-31"), 1);
    assert_eq!(version_on("2027-01-01"), 2);
    assert_eq!(version_on("2020-01-01"), 1);
}
