//! The arrows between crates, and what sources may not hold. See ARCHITECTURE.md.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;
use tests::{files, root, short};

/// Every crate of ours, and those of ours that it may use. `app` may use `service` under `ssr` alone.
const ARROWS: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("seal", &[]),
    ("entity", &[]),
    ("migration", &[]),
    ("service", &["domain", "seal", "entity", "migration"]),
    ("app", &["domain", "service"]),
    ("server", &["app", "service", "domain"]),
    ("tests", &[]),
    ("xtask", &[]),
];

/// Crates that may list the database library.
const SEE_THE_DATABASE: [&str; 3] = ["entity", "migration", "service"];

#[test]
fn crates_use_only_those_that_they_may() {
    for package in packages() {
        let name = text(&package, "name");
        let ours: BTreeSet<String> = dependencies(&package)
            .filter(|dependency| dependency["kind"] != "dev" && !dependency["path"].is_null())
            .map(|dependency| text(dependency, "name"))
            .collect();

        let allowed = ARROWS.iter().find(|(known, _)| *known == name).map(|(_, allowed)| *allowed);

        let allowed =
            allowed.unwrap_or_else(|| panic!("{name} is new: give it its arrows in ARCHITECTURE.md and here"));
        let more: Vec<_> = ours.iter().filter(|used| !allowed.contains(&used.as_str())).collect();
        assert!(more.is_empty(), "{name} may not use {more:?}");
    }
}

#[test]
fn pages_know_the_use_cases_on_the_server_only() {
    let app = package("app");
    let service = dependencies(&app).find(|dependency| dependency["name"] == "service").expect("app lists service");
    let features = app["features"].as_object().expect("app has features");
    let switching: Vec<&String> = features
        .iter()
        .filter(|(_, enabled)| enabled.as_array().is_some_and(|all| all.iter().any(|one| one == "dep:service")))
        .map(|(feature, _)| feature)
        .collect();

    assert_eq!(service["optional"], true);
    assert_eq!(switching, ["ssr"]);
    assert!(
        features.get("default").is_none_or(|default| default == &Value::Array(Vec::new())),
        "nothing is on by itself"
    );
}

#[test]
fn only_the_service_sees_the_database() {
    for package in packages() {
        let name = text(&package, "name");
        let lists = dependencies(&package).any(|dependency| text(dependency, "name").starts_with("sea-orm"));

        assert!(!lists || SEE_THE_DATABASE.contains(&name.as_str()), "{name} lists the database library");
    }
}

#[test]
fn in_the_service_only_the_store_sees_the_database() {
    // `Error` carries the database's own; the tests' world makes databases, and one of an earlier state.
    const ALLOWED: [&str; 3] =
        ["service/src/error.rs", "service/src/testing/database.rs", "service/src/testing/older.rs"];
    // The key of a tender is an `Identity`, and no table.
    let sees = |code: &str| {
        let code = code.replace("Identity::", "");
        ["sea_orm", "entity::", "migration::"].iter().any(|word| code.contains(word))
    };

    let strangers: Vec<_> = rust("service/src")
        .filter(|(path, _)| !path.starts_with("service/src/store/") && !ALLOWED.contains(&path.as_str()))
        .filter(|(_, source)| source.lines().any(|line| sees(code_of(line))))
        .map(|(path, _)| path)
        .collect();

    assert!(strangers.is_empty(), "the database is seen outside of service::store: {strangers:?}");
}

#[test]
fn the_domain_asks_neither_clock_nor_chance_nor_features() {
    let asks =
        ["Utc::now", "SystemTime", "Instant::now", "getrandom", "std::fs", "std::env", "std::net", "cfg(feature"];

    let found: Vec<_> = rust("domain/src")
        .filter(|(path, _)| !path.contains("/tests/") && !path.ends_with("/tests.rs"))
        .flat_map(|(path, source)| {
            let lines: Vec<String> = source.lines().map(|line| code_of(line).to_owned()).collect();
            lines.into_iter().map(move |line| (path.clone(), line))
        })
        .filter(|(_, line)| asks.iter().any(|word| line.contains(word)))
        .collect();

    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn pages_take_their_sentences_from_the_locales() {
    let written: Vec<_> = rust("app/src")
        .map(|(path, source)| (path, source.split("#[cfg(test)]").next().unwrap_or_default().to_owned()))
        .flat_map(|(path, source)| literals(&source).into_iter().map(move |literal| (path.clone(), literal)))
        // The names of provinces are data, read by their first word.
        .filter(|(_, literal)| is_french(literal) && !literal.starts_with("Province d"))
        .collect();

    assert!(written.is_empty(), "sentences belong to app/locales: {written:#?}");
}

#[test]
fn no_word_waits_for_a_page_unless_listed() {
    let used: String = rust("app/src").map(|(_, source)| source).collect();
    let used: String = used.split_whitespace().collect();

    let unused: BTreeSet<String> = words()
        .into_iter()
        .filter(|word| !used.contains(&format!("t!({word})")) && !used.contains(&format!("t!({word},")))
        .collect();

    let waiting: BTreeSet<String> = WAITING.iter().map(|word| (*word).to_owned()).collect();
    let new: Vec<_> = unused.difference(&waiting).collect();
    let gone: Vec<_> = waiting.difference(&words()).cloned().collect();
    assert!(new.is_empty(), "no page says {new:?}: delete them, or list them as waiting");
    assert!(gone.is_empty(), "these are no words any more: take them out of WAITING: {gone:?}");
    eprintln!("said by now, and still in WAITING: {:?}", waiting.difference(&unused).collect::<Vec<_>>());
}

#[test]
fn no_use_case_throws_a_write_away() {
    // `#[must_use]` sees `insert(…).await?;`, not `let (id, _) = insert(…).await?;`: this does.
    let thrown: Vec<_> = rust("service/src")
        .filter(|(path, _)| !path.starts_with("service/src/store/"))
        .flat_map(|(path, source)| {
            let statements: Vec<String> = source.split(';').map(str::to_owned).collect();
            statements.into_iter().map(move |statement| (path.clone(), statement))
        })
        .filter(|(_, statement)| throws_away(statement))
        .collect();

    assert!(thrown.is_empty(), "hand every change to commit: {thrown:#?}");
}

fn throws_away(statement: &str) -> bool {
    let Some((_, binding)) = statement.rsplit_once("let ") else { return false };
    let Some((pattern, value)) = binding.split_once('=') else { return false };
    let ignores =
        pattern.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|name| name.starts_with('_'));
    ignores && value.contains("store::") && value.contains("&tx")
}

#[test]
fn a_thrown_away_write_is_seen() {
    assert!(throws_away("\n    let (id, _) = store::needs::insert(&tx, &permitted, draft).await?"));
    assert!(throws_away("\n    let _changed = store::needs::join(&tx, &permitted, share).await?"));
    assert!(!throws_away("\n    let (id, inserted) = store::needs::insert(&tx, &permitted, draft).await?"));
}

#[test]
fn no_file_names_a_folder_of_somebodys_machine() {
    // Written in two halves, so that this file does not hold them.
    let machines = [["/ho", "me/"], ["/Us", "ers/"], ["/ro", "ot/"], ["/wo", "rk/"], ["C:\\", "Users"]]
        .map(|halves| halves.concat());

    let found: Vec<_> = files(&root())
        .into_iter()
        .filter_map(|path| Some((short(&path), fs::read_to_string(&path).ok()?)))
        .filter_map(|(path, content)| {
            let line = content.lines().find(|line| machines.iter().any(|machine| names_folder(line, machine)))?;
            Some((path, line.trim().chars().take(160).collect::<String>()))
        })
        .collect();

    assert!(found.is_empty(), "{found:#?}");
}

/// The same letters inside of a longer path or an address are not a folder of a machine.
fn names_folder(line: &str, machine: &str) -> bool {
    line.match_indices(machine).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"._-/}$".contains(letter))
    })
}

fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo describes the workspace");
    metadata["packages"].as_array().cloned().expect("a workspace has packages")
}

fn package(name: &str) -> Value {
    packages().into_iter().find(|package| package["name"] == name).expect("a crate of the workspace")
}

fn dependencies(package: &Value) -> impl Iterator<Item = &Value> {
    package["dependencies"].as_array().into_iter().flatten()
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// The Rust sources below a folder, by their short paths.
fn rust(folder: &str) -> impl Iterator<Item = (String, String)> {
    files(&root().join(folder))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| (short(&path), fs::read_to_string(&path).expect("a source is text")))
}

/// A line without its comment.
fn code_of(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// What stands between double quotes, outside of comments. Good enough for our own sources.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let line = line.replace("'\"'", "").replace("\\\"", "'");
        found.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    found
}

/// Accents and French quotation marks, or two of the small words that no code holds.
fn is_french(literal: &str) -> bool {
    const SMALL: [&str; 16] = [
        "le", "la", "les", "un", "une", "des", "du", "est", "et", "pour", "dans", "avec", "vous", "votre", "sur", "ne",
    ];
    let small = literal.split_whitespace().filter(|word| SMALL.contains(&word.to_lowercase().as_str())).count();
    literal.chars().any(|letter| "éèêëàâùûîïôçœÉÈÀÇ’«»".contains(letter)) || small >= 2
}

fn words() -> BTreeSet<String> {
    let folder = root().join("app/locales/fr");
    files(&folder).iter().flat_map(|file| words_of(file)).collect()
}

fn words_of(file: &Path) -> Vec<String> {
    let namespace = file.file_stem().and_then(|stem| stem.to_str()).expect("a locale file has a name").to_owned();
    let content = fs::read_to_string(file).expect("a locale file is text");
    let keys: BTreeMap<String, String> = serde_json::from_str(&content).expect("a list of words");
    keys.into_keys().map(|key| format!("{namespace}.{key}")).collect()
}

/// Words written before the page that will say them.
const WAITING: &[&str] = &[
    "common.breadcrumb",
    "common.excluding_vat",
    "common.more",
    "common.no",
    "common.offers",
    "common.yes",
    "home.register",
    "role.auditor",
    "role.contract_manager",
    "role.coordinator",
    "role.evaluator",
    "role.finance_director",
    "role.platform_administrator",
    "role.procurement_officer",
    "role.sme_member",
];
