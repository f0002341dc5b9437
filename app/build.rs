//! Turns `locales/fr/*.json` into checked words: a missing key or a missing argument does not compile.
//!
//! `{name}` is an argument; `{n|commune|communes}` chooses by the number in argument `n` (0 and 1 are singular in French).

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let mut code = String::new();
    let mut files: Vec<PathBuf> =
        fs::read_dir("locales/fr")?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.sort();
    for file in files {
        code.push_str(&namespace(&file)?);
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    fs::write(out.join("words.rs"), code)?;
    Ok(())
}

fn namespace(file: &Path) -> Result<String, Box<dyn Error>> {
    let name = file.file_stem().and_then(|stem| stem.to_str()).ok_or("a locale file has a name")?;
    let keys: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(file)?).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut code = format!("pub mod {name} {{\n");
    for (key, text) in keys {
        let parts = parts(&text).map_err(|error| format!("{}: {key}: {error}", file.display()))?;
        word(&mut code, &key, &parts)?;
    }
    code.push_str("}\n");
    Ok(code)
}

enum Part {
    Text(String),
    Argument(String),
    Plural { by: String, one: String, many: String },
}

fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let end = rest[start..].find('}').map(|end| start + end).ok_or("a brace is not closed")?;
        parts.push(Part::Text(rest[..start].to_owned()));
        let inside: Vec<&str> = rest[start + 1..end].split('|').collect();
        parts.push(match inside[..] {
            [name] => Part::Argument(name.to_owned()),
            [by, one, many] => Part::Plural { by: by.to_owned(), one: one.to_owned(), many: many.to_owned() },
            _ => return Err(format!("{{{}}} is not an argument nor a plural", inside.join("|"))),
        });
        rest = &rest[end + 1..];
    }
    parts.push(Part::Text(rest.to_owned()));
    Ok(parts)
}

fn word(code: &mut String, key: &str, parts: &[Part]) -> Result<(), std::fmt::Error> {
    let arguments: BTreeSet<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Argument(name) => Some(name.as_str()),
            Part::Plural { by, .. } => Some(by.as_str()),
        })
        .collect();
    if arguments.is_empty() {
        let text: String =
            parts.iter().map(|part| if let Part::Text(text) = part { text.as_str() } else { "" }).collect();
        return writeln!(
            code,
            "#[allow(non_upper_case_globals, reason = \"named by its key\")] pub const {key}: &str = {text:?};"
        );
    }
    writeln!(code, "#[allow(non_camel_case_types, reason = \"named by its key\")] pub struct {key}<'a> {{")?;
    for argument in &arguments {
        writeln!(code, "    pub {argument}: &'a dyn std::fmt::Display,")?;
    }
    writeln!(
        code,
        "}}\nimpl {key}<'_> {{\n    pub fn text(&self) -> String {{\n        let mut built_of_parts = String::new();"
    )?;
    for part in parts {
        match part {
            Part::Text(text) if text.is_empty() => {}
            Part::Text(text) => writeln!(code, "        built_of_parts.push_str({text:?});")?,
            Part::Argument(name) => writeln!(code, "        built_of_parts.push_str(&self.{name}.to_string());")?,
            Part::Plural { by, one, many } => writeln!(
                code,
                "        built_of_parts.push_str(if matches!(self.{by}.to_string().as_str(), \"0\" | \"1\") {{ {one:?} }} else {{ {many:?} }});"
            )?,
        }
    }
    writeln!(code, "        built_of_parts\n    }}\n}}")
}
