//! French typography and the absence of legal figures, over every file.

use super::*;

const NARROW: char = '\u{202F}';
const FIXED: char = '\u{A0}';

/// Every line of French: text outside tags, titles, labels; with the file and line it stands on.
fn lines() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let files = FILES.iter().copied().chain([("questions.txt", QUESTIONS), ("exemple.txt", world::EXAMPLE)]);
    for (name, text) in files {
        for (at, line) in text.lines().enumerate() {
            let data = ["when:", "id:", "kind:", "variables:", "#", "min:", "max:", "  RGE, art."];
            if data.iter().any(|key| line.starts_with(key)) {
                continue;
            }
            found.push((format!("{name}:{}", at + 1), outside_tags(line)));
        }
    }
    found
}

fn outside_tags(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        text.push('…');
        rest = after.split_once("}}").or_else(|| after.split_once("%}")).map_or("", |(_, tail)| tail);
        if let (Some(curly), Some(percent)) = (after.find("}}"), after.find("%}")) {
            rest = after.get(curly.min(percent) + 2..).unwrap_or_default();
        }
    }
    text.push_str(rest);
    text
}

#[test]
fn apostrophes_are_curved() {
    for (place, line) in lines() {
        assert!(!line.contains('\''), "{place}: {line}");
    }
}

#[test]
fn spaces_before_high_signs_do_not_break() {
    for (place, line) in lines() {
        for sign in [" :", " ;", " !", " ?", " %", " €", "« ", " »"] {
            assert!(!line.contains(sign), "{place}: « {sign} » in {line}");
        }
        let mut before = ' ';
        for c in line.chars() {
            let right = match c {
                '?' | '!' | ';' => before == NARROW || before == '=',
                '»' => before == FIXED,
                _ => true,
            };
            assert!(right || line.contains("http"), "{place}: {c} in {line}");
            assert!(before != '«' || c == FIXED, "{place}: {line}");
            before = c;
        }
    }
}

#[test]
fn references_do_not_break() {
    for (place, line) in lines() {
        let mut words = line.split(' ').peekable();
        while let Some(word) = words.next() {
            let next = words.peek().and_then(|next| next.chars().next());
            let word = word.rsplit(['(', FIXED]).next().unwrap_or_default();
            let names = ["art.", "article", "articles", "§", "§§", "n°", "annexe"];
            let broken = names.contains(&word) && next.is_some_and(|c| c.is_ascii_digit());
            assert!(!broken, "{place}: {line}");
        }
    }
}

#[test]
fn no_legal_figure_stands_in_a_clause() {
    let clauses: Vec<(String, String)> = lines().into_iter().filter(|(place, _)| place.contains(".md")).collect();
    for (place, line) in &clauses {
        let plain = line.replace([NARROW, FIXED], " ");
        for (key, text, _, _) in world::PARAMETERS {
            let text = text.replace([NARROW, FIXED], " ");
            let stands = plain.match_indices(&text).any(|(at, _)| {
                let before = plain.get(..at).and_then(|head| head.chars().next_back());
                text.starts_with(|c: char| c.is_ascii_digit())
                    && !before.is_some_and(|c| c.is_ascii_digit() || c == ',')
            });
            assert!(!stands, "{place}: {key} = {text} stands in {line}");
        }
        assert!(!figure(&plain), "{place}: a figure with its unit in {line}");
    }
}

/// A number, in digits or in letters, followed by a unit of time or money.
fn figure(line: &str) -> bool {
    const UNITS: &[&str] = &["€", "%", "euros", "jour", "jours", "mois", "an", "ans", "heure", "heures", "semaines"];
    const LETTERS: &[&str] = &[
        "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "dix", "douze", "quinze", "vingt", "trente",
        "soixante", "nonante", "cent",
    ];
    let words: Vec<&str> = line.split([' ', ',', '.', ';', ')', '(']).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| {
        let [number, unit] = pair else { return false };
        let counts = number.chars().all(|c| c.is_ascii_digit()) || LETTERS.contains(number);
        counts && UNITS.contains(unit)
    })
}
