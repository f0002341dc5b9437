//! Breaks styled text into lines of a given width: greedy, ragged right.

use super::measure::{points, set};
use super::style::Style;

/// Text in one style; `link` is the index of where it leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub text: String,
    pub style: Style,
    pub link: Option<usize>,
}

impl Span {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, link: None }
    }
}

/// What stands on one line. Every line but a text's last ends with its space, for readers that join lines.
pub(super) type Line = Vec<Span>;

/// Lines no wider than `width` points, the first shorter by `indent`.
pub(super) fn wrap(spans: &[Span], width: f32, indent: f32) -> Vec<Line> {
    fill(spans, &units(spans), width, indent, false)
}

/// As `wrap`, but a line may end after any character: hashes.
pub(super) fn wrap_anywhere(spans: &[Span], width: f32) -> Vec<Line> {
    fill(spans, &units(spans), width, 0.0, true)
}

/// Width of the longest piece that no line may cut, in points.
pub(super) fn longest_piece(text: &str, style: Style) -> f32 {
    let units = units(&[Span::new(text, style)]);
    let (mut longest, mut piece) = (0.0_f32, 0.0);
    for (at, unit) in units.iter().enumerate() {
        if matches!(unit.character, ' ' | '\n') {
            piece = 0.0;
            continue;
        }
        if may_break(&units, at) {
            piece = 0.0;
        }
        piece += unit.width;
        longest = longest.max(piece);
    }
    longest
}

pub(super) fn line_width(line: &[Span]) -> f32 {
    line.iter().map(|span| super::measure::width(span.text.trim_end_matches(' '), span.style)).sum()
}

#[derive(Debug, Clone, Copy)]
struct Unit {
    character: char,
    span: usize,
    /// Advance with kerning, in points.
    width: f32,
}

fn units(spans: &[Span]) -> Vec<Unit> {
    let of_span = |(span, content): (usize, &Span)| {
        let mut units = Vec::with_capacity(content.text.len());
        let mut parts = content.text.split_inclusive(['\n', SOFT_HYPHEN, ZERO_WIDTH_SPACE]);
        for part in &mut parts {
            let text = part.trim_end_matches(['\n', SOFT_HYPHEN, ZERO_WIDTH_SPACE]);
            units.extend(set(text, content.style).map(|set| Unit {
                character: set.character,
                span,
                width: points(i32::from(set.glyph.advance) + i32::from(set.kern), content.style),
            }));
            units.extend(part[text.len()..].chars().map(|character| Unit { character, span, width: 0.0 }));
        }
        units
    };
    spans.iter().enumerate().flat_map(of_span).collect()
}

fn fill(spans: &[Span], units: &[Unit], width: f32, indent: f32, anywhere: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut last_break, mut used) = (0, 0, indent);
    let mut at = 0;
    while at < units.len() {
        let unit = units[at];
        if unit.character == '\n' {
            lines.push(ending_with_space(line(spans, &units[start..at], true)));
            (start, last_break, used) = (at + 1, at + 1, 0.0);
            at += 1;
            continue;
        }
        let hyphen =
            if unit.character == SOFT_HYPHEN { super::measure::width("-", spans[unit.span].style) } else { 0.0 };
        if unit.character != ' ' && used + unit.width + hyphen > width + 0.01 && at > start {
            let end = if last_break > start && !anywhere { last_break } else { at };
            lines.push(line(spans, &units[start..end], false));
            (start, last_break, used, at) = (end, end, 0.0, end);
            continue;
        }
        used += unit.width;
        at += 1;
        if may_break(units, at) {
            last_break = at;
        }
    }
    lines.push(line(spans, &units[start..], true));
    lines
}

/// Whether a line may end before the unit at this place.
fn may_break(units: &[Unit], at: usize) -> bool {
    let character = |i: usize| units.get(i).map(|unit| unit.character);
    let (before, here) = (character(at.wrapping_sub(1)), character(at));
    match (before, here) {
        (_, None | Some(' ' | '\n')) => false,
        (Some(' ' | SOFT_HYPHEN | ZERO_WIDTH_SPACE), _) => true,
        // « Ottignies-Louvain » may be cut, « MP-2026 » may not.
        (Some('-'), Some(here)) => {
            here.is_alphabetic() && character(at.wrapping_sub(2)).is_some_and(char::is_alphabetic)
        }
        (Some('/' | '–' | '—'), Some(here)) => here.is_alphabetic(),
        _ => false,
    }
}

fn line(spans: &[Span], units: &[Unit], last: bool) -> Line {
    let spaces = units.iter().rev().take_while(|unit| unit.character == ' ').count();
    let (content, trailing) = units.split_at(units.len() - spaces);
    let kept = if last { 0 } else { trailing.len().min(1) };
    let mut line: Line = Vec::new();
    for (at, unit) in content.iter().chain(&trailing[..kept]).enumerate() {
        let hyphen_inside = unit.character == SOFT_HYPHEN && at + 1 < content.len();
        if hyphen_inside || unit.character == ZERO_WIDTH_SPACE || (unit.character == SOFT_HYPHEN && last) {
            continue;
        }
        let span = &spans[unit.span];
        match line.last_mut() {
            Some(open) if open.style == span.style && open.link == span.link => open.text.push(unit.character),
            _ => line.push(Span { text: unit.character.to_string(), ..*span }),
        }
    }
    line
}

fn ending_with_space(mut line: Line) -> Line {
    if let Some(span) = line.last_mut() {
        span.text.push(' ');
    }
    line
}

const SOFT_HYPHEN: char = '\u{ad}';
const ZERO_WIDTH_SPACE: char = '\u{200b}';

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::style::TEXT;

    fn texts(text: &str, width: f32) -> Vec<String> {
        let join = |line: Line| line.into_iter().map(|span| span.text).collect();
        wrap(&[Span::new(text, TEXT)], width, 0.0).into_iter().map(join).collect()
    }

    #[test]
    fn the_longest_piece_is_what_no_line_may_cut() {
        let width = |text| super::super::measure::width(text, TEXT);

        assert!((longest_piece("une Ottignies-Louvain rue", TEXT) - width("Ottignies-")).abs() < 0.1);
        assert!((longest_piece("le MP-2026-0042", TEXT) - width("MP-2026-0042")).abs() < 0.1);
        assert!(longest_piece("", TEXT) <= 0.0);
    }

    #[test]
    fn lines_fit_and_end_with_their_space() {
        let lines = texts("La commune passe un marché public de services", 100.0);

        assert!(
            lines.len() > 1 && lines.iter().all(|line| super::super::measure::width(line.trim_end(), TEXT) <= 100.0)
        );
        assert!(lines[..lines.len() - 1].iter().all(|line| line.ends_with(' ')));
        assert!(!lines[lines.len() - 1].ends_with(' '));
    }

    #[test]
    fn an_unbreakable_space_keeps_its_words_together() {
        assert_eq!(texts("aaaa bbbb\u{a0}!", 45.0), ["aaaa ", "bbbb\u{a0}!"]);
    }

    #[test]
    fn a_compound_name_is_cut_at_its_hyphen_and_a_reference_is_not() {
        assert_eq!(texts("Ottignies-Louvain", 60.0), ["Ottignies-", "Louvain"]);
        assert_eq!(texts("voir MP-2026-0042", 75.0), ["voir ", "MP-2026-0042"]);
    }

    #[test]
    fn a_soft_hyphen_shows_only_where_the_line_ends() {
        assert_eq!(texts("adjudi\u{ad}cation", 40.0), ["adjudi\u{ad}", "cation"]);
        assert_eq!(texts("adjudi\u{ad}cation", 400.0), ["adjudication"]);
    }

    #[test]
    fn a_line_feed_ends_a_line_and_reads_as_a_space() {
        assert_eq!(texts("Gembloux,\nNamur\n\nDinant", 400.0), ["Gembloux, ", "Namur ", "", "Dinant"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_rather_than_lost() {
        let lines = texts("https://exemple.be/0123456789012345678901234567890123456789", 80.0);

        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), "https://exemple.be/0123456789012345678901234567890123456789");
    }
}
