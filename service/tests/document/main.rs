//! The painted documents: same bytes, right contents, right parent tree, no character lost.

#![allow(clippy::unreadable_literal, reason = "figures of documents are data")]

mod file;
mod samples;

use std::collections::BTreeMap;
use std::path::Path;

use domain::document::{Block, Document, Inline, Layout};
use service::document::{PaintError, Pdf, paint};

use file::Tree;

fn painted(document: &Document) -> Pdf {
    paint(document).expect("the sample can be painted")
}

/// For the checkers under `tests/pdf`, which take files.
#[test]
fn the_samples_are_painted_into_the_target_folder() {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), std::path::PathBuf::from);
    let folder = target.join("pdf-samples");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    for (name, document) in samples::all() {
        std::fs::write(folder.join(name).with_extension("pdf"), painted(&document).bytes)
            .expect("the sample is written");
    }
}

#[test]
fn a_long_specification_has_its_pages_and_stays_small() {
    let pdf = painted(&samples::book(false));

    assert!(pdf.pages >= 30, "{} pages", pdf.pages);
    assert!(pdf.bytes.len() < 200_000, "{} bytes", pdf.bytes.len());
}

#[test]
fn a_slip_and_a_letter_are_one_page() {
    assert_eq!(painted(&samples::slip()).pages, 1);
    assert_eq!(painted(&samples::letter()).pages, 1);
}

#[test]
fn the_second_page_of_a_letter_never_holds_its_greeting_and_signatures_alone() {
    let letter = samples::letter();
    let told: Vec<_> = (0..40)
        .filter_map(|lines| {
            let mut blocks = letter.blocks.clone();
            let filling = std::iter::repeat_n(Block::text("Une ligne de plus."), lines);
            blocks.splice(1..1, filling);
            let pdf = painted(&Document { blocks, ..letter.clone() });
            (pdf.pages == 2).then(|| (lines, Tree::read(&pdf.bytes).page_text(1)))
        })
        .collect();

    assert!(told.len() > 5, "some letters take two pages");
    for (lines, page) in told {
        assert!(page.contains("disposition"), "{lines} lines\n{page}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = samples::book(false);

    assert_eq!(painted(&document), painted(&document));
}

/// The other process is this very test, which then only says what it painted.
#[test]
fn another_process_gives_the_same_bytes() {
    const ASKED: &str = "BEFFROI_TEST_SAY_HASH";
    let hash = painted(&samples::book(false)).sha256_hex();
    if std::env::var_os(ASKED).is_some() {
        std::fs::write(std::env::var_os(ASKED).expect("just seen"), &hash).expect("the answer is written");
        return;
    }

    let answer = std::env::temp_dir().join(format!("beffroi-hash-{}", std::process::id()));
    let this = std::env::current_exe().expect("a test is a program");
    let status = std::process::Command::new(this)
        .args(["--exact", "another_process_gives_the_same_bytes"])
        .env(ASKED, &answer)
        .status()
        .expect("the test can be started again");
    let said = std::fs::read_to_string(&answer).expect("the other process answered");
    std::fs::remove_file(&answer).expect("the answer can be removed");

    assert!(status.success());
    assert_eq!(said, hash);
}

#[test]
fn one_changed_letter_changes_the_bytes() {
    let document = samples::act();
    let changed = Document { subtitle: "Séance du 11 décembre 2026".into(), ..document.clone() };

    assert_ne!(painted(&document).sha256, painted(&changed).sha256);
}

#[test]
fn a_character_the_fonts_lack_is_refused_with_its_context() {
    for (text, character) in [("Société 中文 SRL", '中'), ("Bravo 🎉", '🎉')] {
        let document = samples::blank(Layout::Act, vec![Block::Paragraph(vec![Inline::Strong(text.into())])]);

        assert_eq!(paint(&document), Err(PaintError::MissingGlyph { character, context: text.into() }));
    }
}

#[test]
fn a_decomposed_letter_is_composed_rather_than_refused() {
    let document = samples::blank(Layout::Act, vec![Block::text("De\u{301}cide")]);

    assert!(Tree::read(&painted(&document).bytes).text().contains("Décide"));
}

#[test]
fn an_uneven_row_is_refused() {
    let Block::Table(mut table) = samples::inventory(3) else { panic!("the inventory is a table") };
    table.rows[1].pop();
    let document = samples::blank(Layout::Act, vec![Block::Table(table)]);

    assert!(matches!(paint(&document), Err(PaintError::UnevenTable { cells: 3, columns: 4, .. })));
}

#[test]
fn each_content_is_owned_by_the_element_that_the_parent_tree_names() {
    for (name, document) in samples::all() {
        assert_eq!(Tree::read(&painted(&document).bytes).parent_tree_faults(), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn swapped_entries_of_the_parent_tree_are_found() {
    let bytes = painted(&samples::act()).bytes;
    let damaged = file::with_swapped_parents(&bytes);

    assert!(!Tree::read(&damaged).parent_tree_faults().is_empty());
}

#[test]
fn the_contents_name_the_page_on_which_each_title_stands() {
    let tree = Tree::read(&painted(&samples::book(false)).bytes);
    let headings: BTreeMap<String, usize> = tree.headings();

    let listed = tree.contents();
    assert!(listed.len() > 60, "{} lines", listed.len());
    for (title, page) in listed {
        assert_eq!(headings.get(&title), Some(&page), "{title}");
    }
}

#[test]
fn bookmarks_stand_in_the_order_of_the_text_and_nest_like_it() {
    let bookmarks = Tree::read(&painted(&samples::book(false)).bytes).bookmarks();
    let starts: Vec<(usize, &str)> = bookmarks.iter().map(|(depth, title)| (*depth, &title[..5])).take(6).collect();

    assert_eq!(starts, [(0, "Table"), (0, "Parti"), (1, "1. Cr"), (2, "1.3 R"), (3, "1.3.1"), (2, "1.10 ")]);
    assert_eq!(bookmarks.last().map(|(depth, title)| (*depth, title.as_str())), Some((0, "Annexe A. Inventaire")));
}

#[test]
fn the_lines_of_an_address_are_read_apart() {
    let text = Tree::read(&painted(&samples::letter()).bytes).text();

    assert!(
        text.contains("Aubier Logiciels SCRL Madame Œuvrard-Lœwenstein Rue de l’Église 12/3 5030 Gembloux"),
        "{text}"
    );
}

#[test]
fn empty_texts_paint_nothing_and_break_nothing() {
    let blocks = vec![
        Block::Heading { level: 1, text: String::new() },
        Block::text(""),
        Block::List { numbered: true, items: vec![Vec::new()] },
        Block::Facts(Vec::new()),
        Block::Signatures(Vec::new()),
        Block::Code(String::new()),
        Block::Article {
            number: String::new(),
            title: String::new(),
            clause: None,
            blocks: Vec::new(),
            legal_basis: Vec::new(),
        },
    ];

    for layout in [Layout::Act, Layout::Book { facts: Vec::new() }] {
        let pdf = painted(&samples::blank(layout, blocks.clone()));
        assert_eq!(Tree::read(&pdf.bytes).parent_tree_faults(), Vec::<String>::new());
    }
}

#[test]
fn the_head_of_a_long_table_is_repeated_on_each_page_and_tagged_once() {
    let document = samples::blank(Layout::Act, vec![samples::inventory(120)]);
    let pdf = painted(&document);
    let tree = Tree::read(&pdf.bytes);

    let with_head = (0..pdf.pages).filter(|page| tree.page_text(*page).contains("Désignation")).count();
    assert!(pdf.pages >= 3);
    assert_eq!(with_head, pdf.pages);
    assert_eq!(tree.text().matches("Désignation").count(), 1);
    assert_eq!(tree.text().matches("91\u{202f}980,00").count(), 1);
}

#[test]
fn a_row_taller_than_a_page_goes_on_without_losing_a_word() {
    let Block::Table(mut table) = samples::inventory(2) else { panic!("the inventory is a table") };
    table.rows[0][1] = (0..1500).map(|n| format!("mot{n}")).collect::<Vec<_>>().join(" ");
    let document = samples::blank(Layout::Act, vec![Block::Table(table)]);
    let text = Tree::read(&painted(&document).bytes).text();

    assert!((0..1500).all(|n| text.contains(&format!("mot{n}"))));
}

#[test]
fn tabular_figures_are_read_as_the_figures_they_show() {
    let text = Tree::read(&painted(&samples::slip()).bytes).text();

    assert!(text.contains("9\u{202f}840,00\u{a0}€"), "{text}");
}

#[test]
fn a_draft_says_so_and_a_missing_value_is_named() {
    let tree = Tree::read(&painted(&samples::short_draft()).bytes);

    assert!(tree.text().contains("PROJET"));
    assert!(tree.page_text(2).contains("PROJET"));
    assert!(tree.text().contains("[à remplir\u{a0}: délai en jours de calendrier]"));
}
