//! Documents that name things of the code name things that exist.

use std::{collections::BTreeSet, fs};

use tests::{files, root, short};

#[test]
fn the_readme_lists_every_address() {
    let listed: BTreeSet<String> =
        table_cells("README.md", "## Addresses").into_iter().filter(|cell| cell.starts_with('/')).collect();
    let served: BTreeSet<String> = app::routes().into_iter().map(|route| route.path.to_owned()).collect();

    assert_eq!(listed, served, "the list of README.md, then the routes");
}

#[test]
fn the_readme_lists_every_variable() {
    let config = read("server/src/config.rs");
    let config = config.split("#[cfg(test)]").next().unwrap_or_default();
    let asked: BTreeSet<String> =
        config.split("set(\"").skip(1).filter_map(|after| Some(after.split_once('"')?.0.to_owned())).collect();

    let mut listed: BTreeSet<String> = table_cells("README.md", "## Configuration")
        .into_iter()
        .filter(|cell| cell.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_'))
        .collect();
    assert!(listed.remove("RUST_LOG"), "read by the library that logs");

    assert_eq!(listed, asked, "the table of README.md, then what config.rs asks");
}

#[test]
fn the_evidence_names_tests_that_exist() {
    let sources = sources();

    let missing: Vec<_> = table_cells("docs/evidence.md", "# What was promised")
        .into_iter()
        .filter(|name| name.contains('_') || name.contains('/') && name.contains('.'))
        .filter(|name| !name.starts_with("MP-"))
        .filter(|name| !sources.contains(&format!("fn {name}(")) && !root().join(name).exists())
        .collect();

    assert!(missing.is_empty(), "docs/evidence.md names what is not there: {missing:?}");
}

#[test]
fn the_evidence_has_each_promise_once_and_every_row_in_a_table() {
    let text = read("docs/evidence.md");

    let stray: Vec<_> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|block| block.lines().any(|line| line.starts_with('|')))
        .filter(|block| {
            !block.starts_with("| promise | proof |\n|---|---|\n") || !block.lines().all(|line| line.starts_with('|'))
        })
        .collect();
    let doubled: Vec<_> = text.split("\n## ").flat_map(doubled).collect();

    assert!(stray.is_empty(), "docs/evidence.md has rows outside a table: {stray:?}");
    assert!(doubled.is_empty(), "docs/evidence.md has a promise twice in one section: {doubled:?}");
}

/// First cells that stand in this section before.
fn doubled(section: &str) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    section
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .filter(|promise| !seen.insert(*promise))
        .collect()
}

#[test]
fn the_glossary_names_what_exists() {
    let sources = sources();
    let words: BTreeSet<&str> = sources.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();

    let missing: Vec<_> = table_cells("docs/glossary.md", "# Words")
        .into_iter()
        .filter(|name| !name.split("::").all(|part| words.contains(part)))
        .collect();

    assert!(missing.is_empty(), "docs/glossary.md names what is not there: {missing:?}");
}

#[test]
fn the_architecture_names_files_that_exist() {
    let text = read("ARCHITECTURE.md");

    let missing: Vec<_> = quoted(&text)
        .into_iter()
        .filter(|name| {
            std::path::Path::new(name).extension().is_some_and(|ending| ending == "rs")
                && name.contains('/')
                && !name.contains('{')
        })
        .filter(|name| !root().join(name).exists())
        .collect();

    assert!(missing.is_empty(), "ARCHITECTURE.md names what is not there: {missing:?}");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let broken: Vec<_> = files(&root())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .flat_map(|path| {
            let text = fs::read_to_string(&path).expect("a document is text");
            let folder = path.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
            links(&text)
                .into_iter()
                .filter(move |link| !folder.join(link).exists())
                .map(move |link| (short(&path), link))
                .collect::<Vec<_>>()
        })
        .collect();

    assert!(broken.is_empty(), "{broken:?}");
}

/// Targets of `[…](…)` that are files of ours.
fn links(text: &str) -> Vec<String> {
    text.split("](")
        .skip(1)
        .filter_map(|after| Some(after.split_once(')')?.0.split('#').next()?.to_owned()))
        .filter(|link| !link.is_empty() && !link.contains("://") && !link.contains(char::is_whitespace))
        .collect()
}

/// What stands in `code` in the lines of tables of the part that begins with `title`.
fn table_cells(file: &str, title: &str) -> Vec<String> {
    let text = read(file);
    let (_, part) = text.split_once(title).unwrap_or_else(|| panic!("{file} has no {title}"));
    let part = if title.starts_with("## ") { part.split("\n## ").next().unwrap_or_default() } else { part };
    part.lines().filter(|line| line.starts_with('|')).flat_map(quoted).collect()
}

fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// All Rust sources, end to end.
fn sources() -> String {
    files(&root())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}
