//! The document that comes out.

use super::super::expand::{CLOSE, OPEN};
use super::*;
use crate::document::{Block, Document, Inline, Table};

fn compose(facts: &Facts, answers: &Answers) -> Composition {
    world::model().compose(facts, answers)
}

fn with(id: &str, text: &str) -> Answers {
    let mut answers = world::example();
    answers.insert(id.to_owned(), text.to_owned());
    answers
}

fn article<'a>(document: &'a Document, wanted: &str) -> &'a [Block] {
    let found = document.blocks.iter().find_map(|block| match block {
        Block::Article { number, blocks, .. } if number == wanted => Some(blocks.as_slice()),
        Block::Article { .. }
        | Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::List { .. }
        | Block::Table(_)
        | Block::Facts(_)
        | Block::Signatures(_)
        | Block::Code(_) => None,
    });
    found.expect("the article")
}

fn tables(blocks: &[Block]) -> Vec<&Table> {
    blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
}

/// The whole document as text: what a reader would read.
pub(super) fn text(document: &Document) -> String {
    let mut lines = vec![format!("{} — {}", document.title, document.subtitle)];
    write_blocks(&document.blocks, &mut lines);
    lines.join("\n")
}

fn write_blocks(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { level, text } => lines.push(format!("\n{} {text}", "#".repeat(usize::from(*level)))),
            Block::Article { number, title, blocks, legal_basis, .. } => {
                lines.push(format!("\n## {number}. {title}"));
                write_blocks(blocks, lines);
                if !legal_basis.is_empty() {
                    lines.push(format!("({})", legal_basis.join(" / ")));
                }
            }
            Block::Paragraph(inlines) => lines.push(words(inlines)),
            Block::List { items, .. } => lines.extend(items.iter().map(|item| format!("- {}", words(item)))),
            Block::Table(table) => {
                lines.push(format!("[{}]", table.caption));
                let heads: Vec<&str> = table.columns.iter().map(|column| column.head.as_str()).collect();
                lines.push(heads.join(" | "));
                lines.extend(table.rows.iter().chain(&table.total).map(|row| row.join(" | ")));
            }
            Block::Facts(facts) | Block::Signatures(facts) => {
                lines.extend(facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value).trim_end().to_owned()));
            }
            Block::Code(code) => lines.push(code.clone()),
        }
    }
}

fn words(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Strong(text) | Inline::Link { text, .. } => text.clone(),
            Inline::Missing(label) => format!("[à remplir : {label}]"),
        })
        .collect()
}

#[test]
fn the_example_lacks_nothing() {
    let composition = compose(&world::facts(), &world::example());

    assert_eq!(composition.missing, []);
    assert_eq!(composition.unsettled, []);
}

#[test]
fn a_full_set_of_answers_lacks_nothing_in_any_scenario() {
    for (name, facts) in world::scenarios() {
        let composition = compose(&facts, &world::complete(&facts, Answers::new()));

        assert_eq!(composition.missing, [], "{name}");
        assert_eq!(composition.unsettled, [], "{name}");
        let text = text(&composition.document);
        assert!(!text.contains(['{', '}', OPEN, CLOSE]) && !text.contains("à remplir"), "{name}");
    }
}

/// Passages that come and go leave no trace: no double space, no comma alone.
#[test]
fn passages_join_without_a_seam() {
    for (name, facts) in world::scenarios() {
        let text = text(&compose(&facts, &world::complete(&facts, world::example())).document);
        for line in text.lines().filter(|line| !line.contains(" | ")) {
            let seam =
                ["  ", " ,", " .", ",.", "..", ". ,", "()", " :", " ;"].into_iter().find(|seam| line.contains(seam));
            assert_eq!(seam, None, "{name}: {line}");
            assert!(!line.ends_with(' '), "{name}: {line}");
        }
    }
}

#[test]
fn a_compulsory_answer_that_lacks_is_reported_by_its_question() {
    for (name, facts) in world::scenarios() {
        let full = world::complete(&facts, world::example());
        for section in world::model().questions_for(&facts, &full) {
            for asked in section.questions {
                let question = asked.question;
                let mut answers = full.clone();
                answers.remove(&question.id);
                let composition = compose(&facts, &answers);
                let reported = composition.missing.iter().any(|missing| missing.question() == Some(&question.id));
                let needed = question.compulsory && question.default.is_empty();

                assert_eq!(reported, needed, "{name}: {}", question.id);
            }
        }
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_reported_too() {
    let composition = compose(&world::facts(), &with("criteres_attribution", "Prix | 99 | prix | Total"));

    let articles: Vec<&str> = composition.missing.iter().map(|missing| missing.article.as_str()).collect();
    assert_eq!(articles, ["22", "E"]);
}

#[test]
fn a_fact_or_a_figure_that_lacks_is_reported_by_its_name() {
    let mut facts = world::facts();
    facts.pilot.address = String::new();
    facts.parameters.remove("standstill");

    let missing = compose(&facts, &world::example()).missing;

    let wanted: Vec<&Wanted> = missing.iter().map(|missing| &missing.wanted).collect();
    assert_eq!(wanted, [&Wanted::Fact("pilote.adresse".to_owned()), &Wanted::Parameter("standstill".to_owned())]);
}

#[test]
fn an_open_condition_leaves_the_clause_unsettled() {
    let mut answers = world::example();
    answers.remove("donnees_personnelles");

    let unsettled = compose(&world::facts(), &answers).unsettled;

    let found = unsettled.iter().find(|open| open.article == "31").expect("article 31 is open");
    assert_eq!(
        (found.why, found.waits_for.as_slice()),
        (Why::Undecided, ["donnees_personnelles".to_owned()].as_slice())
    );
}

#[test]
fn composing_twice_gives_the_same_value() {
    assert_eq!(compose(&world::facts(), &world::example()), compose(&world::facts(), &world::example()));
}

#[test]
fn the_rules_of_execution_are_kept_unless_the_answers_depart() {
    let document = compose(&world::facts(), &world::example()).document;

    let blocks = article(&document, "0.2");
    assert!(tables(blocks).is_empty());
    assert!(words_of(blocks).contains("ne déroge à aucune disposition"));
}

#[test]
fn each_departure_stands_at_the_head_with_its_reasons() {
    let mut answers = with("cautionnement_taux", "7,5");
    answers.insert("cautionnement_motif".to_owned(), "Le risque de perte de données est élevé.".to_owned());
    answers.insert("paiement_delai".to_owned(), "45".to_owned());

    let composition = compose(&world::facts(), &answers);

    let table = tables(article(&composition.document, "0.2"))[0].clone();
    let rows: Vec<String> = table.rows.iter().map(|row| row.join(" / ")).collect();
    assert_eq!(
        rows,
        [
            "RGE, art.\u{A0}25 / 27 / Cautionnement porté à 7,5\u{A0}% au lieu de 5 % / Le risque de perte de données est élevé.",
            "RGE, art.\u{A0}160 / 40 / Délai de traitement porté à 45\u{A0}jours / [à remplir\u{A0}: Motif du délai de paiement plus long]",
        ]
    );
    assert!(composition.missing.iter().any(|missing| missing.question() == Some("paiement_motif")));
}

#[test]
fn the_price_schedule_leaves_room_for_prices() {
    let document = compose(&world::facts(), &world::example()).document;

    let table = tables(article(&document, "B"))[0];

    assert_eq!(
        table.rows[2],
        ["P-03", "Journée de développement, évolutions commandées", "jour", "120", "Quantité présumée", "", ""]
    );
    assert_eq!(table.rows[9][3], "");
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
}

#[test]
fn every_table_is_whole() {
    for (name, facts) in world::scenarios() {
        let document = compose(&facts, &world::complete(&facts, world::example())).document;
        for block in &document.blocks {
            let Block::Article { number, blocks, .. } = block else { continue };
            for table in tables(blocks) {
                let widths: u32 = table.columns.iter().map(|column| u32::from(column.width_percent)).sum();
                assert_eq!(widths, 100, "{name}, article {number}: {}", table.caption);
                assert!(!table.rows.is_empty(), "{name}, article {number}: {}", table.caption);
                for row in table.rows.iter().chain(&table.total) {
                    assert_eq!(row.len(), table.columns.len(), "{name}, article {number}: {}", table.caption);
                }
            }
        }
    }
}

#[test]
fn the_pilot_is_marked_among_the_participants() {
    let document = compose(&world::facts(), &world::example()).document;

    let rows = &tables(article(&document, "3"))[0].rows;

    assert_eq!(rows[0][0], "Ville de Namur (pilote)");
    assert_eq!(rows[1], ["Commune d’Andenne", "1000.000.120", "Conseil, 7 septembre 2026, n°\u{A0}9", "19,71\u{A0}%"]);
}

#[test]
fn what_an_agent_types_is_never_syntax() {
    let typed = "{{objet}} {% fin %} **gras** | cellule [x](y) \u{E000}0\u{E001}";

    let document = compose(&world::facts(), &with("fonctionnaire_dirigeant", typed)).document;

    assert!(words_of(article(&document, "25")).contains(typed));
}

#[test]
fn paragraphs_carry_the_number_of_their_article() {
    let document = compose(&world::facts(), &world::example()).document;

    let Block::Paragraph(inlines) = &article(&document, "29")[0] else { panic!("a paragraph") };
    let first = words(inlines);

    assert!(first.starts_with("29.1\u{A0}En vertu"), "{first}");
}

#[test]
fn an_article_that_does_not_apply_keeps_its_place() {
    let document = compose(&world::isolated(), &world::example()).document;

    assert_eq!(words_of(article(&document, "3")), "Sans objet dans le présent marché.");
    assert!(!document.blocks.iter().any(|block| matches!(block, Block::Article { number, .. } if number == "3bis")));
}

#[test]
fn the_contents_of_the_example() {
    let document = compose(&world::facts(), &world::example()).document;
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } => lines.push(text.clone()),
            Block::Article { number, title, clause, blocks, .. } => {
                let version = clause.as_ref().map_or("sans objet".to_owned(), |found| format!("v{}", found.version));
                let count = words_of(blocks).split_whitespace().count();
                lines.push(format!("  {number:<5}{title} ({version}, {count} mots)"));
            }
            Block::Paragraph(_)
            | Block::List { .. }
            | Block::Table(_)
            | Block::Facts(_)
            | Block::Signatures(_)
            | Block::Code(_) => {}
        }
    }
    insta::assert_snapshot!("contents_of_the_example", lines.join("\n"));
}

#[test]
fn the_articles_most_read() {
    let document = compose(&world::facts(), &world::example()).document;
    let mut lines = Vec::new();
    for number in ["0.1", "3", "22", "27", "29", "E"] {
        lines.push(format!("\n## {number}"));
        write_blocks(article(&document, number), &mut lines);
    }
    insta::assert_snapshot!("articles_most_read", lines.join("\n"));
}

fn words_of(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    write_blocks(blocks, &mut lines);
    let text = lines.join("\n");
    text.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned()
}

#[test]
fn a_hole_in_the_table_of_participants_is_reported_and_a_population_key_says_its_year() {
    let mut facts = world::facts();
    facts.participants[1].bce = String::new();
    facts.participants[2].share = String::new();

    let composition = world::model().compose(&facts, &world::example());

    let wanted: Vec<_> = composition.missing.into_iter().map(|missing| missing.wanted).collect();
    for fact in ["participants.bce", "participants.part"] {
        assert!(wanted.contains(&Wanted::Fact(fact.to_owned())), "{fact}: {wanted:?}");
    }
}

#[test]
fn the_text_states_the_rule_of_the_shares_and_leaves_the_hour_of_questions_to_the_call() {
    let mut facts = world::facts();
    facts.questions_deadline = "la date et l’heure que fixe l’invitation".to_owned();
    let composition = world::model().compose(&facts, &world::example());
    let text = text(&composition.document);

    assert!(text.contains("la clé suivante\u{a0}: 20\u{a0}% à parts égales et le solde selon la population"), "{text}");
    assert!(text.contains("limite suivante\u{a0}: la date et l’heure que fixe l’invitation"), "{text}");
}
