//! The files read, hang together, and say where they don't.

use std::collections::{BTreeMap, BTreeSet};

use super::super::blocks::COMPUTED;
use super::*;

#[test]
fn the_shipped_model_reads() {
    if let Err(error) = Model::parse(FILES, QUESTIONS) {
        panic!("{error}");
    }
}

#[test]
fn every_file_of_the_folder_is_shipped() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates-cdc/fr");
    let entries = std::fs::read_dir(folder).expect("the folder of clauses");
    let found: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();

    let shipped: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();

    assert_eq!(found, shipped);
}

#[test]
fn the_articles_are_those_of_the_common_model_in_order() {
    let numbers: Vec<&str> = world::model().clauses().iter().map(|clause| clause.number.as_str()).collect();

    let mut expected: Vec<String> = ["0.1", "0.2", "0.3", "1", "2", "3", "3bis"].map(str::to_owned).to_vec();
    expected.extend((4..=58).map(|number| number.to_string()));
    expected.extend(('A'..='H').map(String::from));
    assert_eq!(numbers, expected);
}

/// A question feeds exactly the articles that it announces: that is where the page links to.
#[test]
fn every_question_is_used_where_it_says() {
    let model = world::model();
    let mut readers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for clause in model.clauses() {
        for name in &clause.variables {
            readers.entry(name).or_default().insert(&clause.number);
        }
    }
    for question in model.questions() {
        let name = if question.feeds.is_empty() { &question.id } else { &question.feeds };
        let read = readers.get(name.as_str()).cloned().unwrap_or_default();
        let announced: BTreeSet<&str> = question.articles.iter().map(String::as_str).collect();
        let computed: BTreeSet<&str> = announced.difference(&read).copied().collect();

        assert!(!read.is_empty(), "{} is asked and nothing reads it", question.id);
        assert!(read.is_subset(&announced), "{} feeds {read:?}", question.id);
        assert!(
            computed.iter().all(|number| ["0.2", "E"].contains(number)),
            "{} does not feed {computed:?}",
            question.id
        );
    }
}

#[test]
fn every_legal_figure_has_a_row() {
    let rows = world::parameters();
    let keys: BTreeSet<&str> = rows.keys().map(String::as_str).collect();

    assert_eq!(world::model().parameters(), keys);
}

#[test]
fn a_clause_is_worth_signing() {
    for clause in world::model().clauses() {
        let (_, text) = FILES.iter().find(|(name, _)| *name == clause.file).expect("its file");
        let words = text.split_whitespace().count();

        assert!(words > 75, "{} has {words} words", clause.file);
        assert!(!clause.legal_basis.is_empty(), "{} has no legal basis", clause.file);
        assert!(["S", "L", "C"].contains(&clause.certainty.as_str()), "{}", clause.file);
    }
}

#[test]
fn an_optional_clause_has_a_condition_and_alternatives_are_several() {
    for clause in world::model().clauses() {
        match clause.kind {
            ClauseKind::Optional => {
                assert_ne!(clause.when, super::super::condition::Condition::Always, "{}", clause.id);
            }
            ClauseKind::Alternatives => assert!(clause.alternatives.len() > 1, "{}", clause.id),
            ClauseKind::Fixed | ClauseKind::Variables => assert!(clause.alternatives.is_empty(), "{}", clause.id),
        }
    }
}

const HEADER: &str = "---\nid: essai\nversion: 1\nvalid_from: 2026-01-01\npart: passation\nnumber: 1\ntitle: Essai\n\
                      kind: V\nwhen: toujours\nlegal: Loi\ncertainty: S\n";

fn refused(header: &str, body: &str) -> (usize, Reason) {
    let text = format!("{HEADER}{header}---\n{body}");
    let labels = FILES.iter().find(|(name, _)| *name == "libelles.txt").expect("the labels").1;
    let error = Model::parse(&[("001-essai.md", &text), ("libelles.txt", labels)], "").expect_err("a faulty clause");
    assert_eq!(error.file, "001-essai.md");
    (error.line, error.reason)
}

#[test]
fn a_fault_names_its_file_and_line() {
    assert_eq!(refused("", "un\n{% si date rempli %}deux"), (14, Reason::UnclosedPassage));
    assert_eq!(refused("", "un {{objet"), (13, Reason::UnclosedTag));
    assert_eq!(refused("", "un {% fin %}"), (13, Reason::UnknownTag("fin".to_owned())));
    assert_eq!(refused("", "\n\n@dessin"), (15, Reason::UnknownDirective("@dessin".to_owned())));
    assert_eq!(refused("", "| a | b |"), (13, Reason::RowOutsideTable));
    assert_eq!(refused("", "@tableau T\n| a (50) | b (40) |"), (14, Reason::Widths(90)));
    assert_eq!(
        refused("", "@tableau T\n| a (50) | b (50) |\n| c |"),
        (15, Reason::CellCount { expected: 2, found: 1 })
    );
    assert_eq!(refused("", "{% si a = = b %}x{% fin %}"), (13, Reason::BadCondition("a = = b".to_owned())));
    assert_eq!(refused("", "{{objet}}"), (2, Reason::NotAnnounced("objet".to_owned())));
    assert_eq!(refused("variables: objet\n", "rien"), (12, Reason::NotUsed("objet".to_owned())));
    assert_eq!(refused("variables: inconnue\n", "{{inconnue}}"), (2, Reason::UnknownVariable("inconnue".to_owned())));
    assert_eq!(refused("", "voir l’{{art:77}}"), (2, Reason::UnknownReference("77".to_owned())));
    assert_eq!(refused("couleur: bleu\n", "rien"), (12, Reason::UnknownKey("couleur".to_owned())));
}

#[test]
fn a_question_depends_on_earlier_ones_only() {
    let questions = "section: s\ntitle: S\n\nid: a\narticles: 1\nlabel: A\nkind: texte\nwhen: b\n";

    let error = Model::parse(FILES, questions).expect_err("a circle");

    assert_eq!((error.line, error.reason), (4, Reason::DependsOnLater("b".to_owned())));
}

#[test]
fn computed_blocks_never_shadow_a_question() {
    assert!(COMPUTED.iter().all(|name| world::model().question(name).is_none()));
}
