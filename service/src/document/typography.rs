//! French spacing: which spaces may not break, and text in one normal form.

use domain::kernel::time::MONTHS;
use unicode_normalization::UnicodeNormalization;

const NO_BREAK: char = '\u{a0}';
const NARROW_NO_BREAK: char = '\u{202f}';

/// Composed characters (NFC), and no character that is invisible by nature and unknown to fonts.
pub(super) fn normal(text: &str) -> String {
    let visible = |c: &char| !matches!(c, '\u{feff}' | '\u{2060}' | '\r');
    text.nfc().filter(visible).map(|c| if c == '\t' { ' ' } else { c }).collect()
}

/// Ordinary spaces become unbreakable where French sets them: inside « », before : ; ? ! % €, after § and n°, between a day and
/// its month, between groups of three figures.
pub(super) fn french(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let spaced = |at: usize, c: char| match c {
        ' ' if matches!(characters.get(at.wrapping_sub(1)), Some('«' | '§' | '°')) => NO_BREAK,
        ' ' => match characters.get(at + 1) {
            Some(':' | '»' | '€' | '%') => NO_BREAK,
            Some(';' | '?' | '!') => NARROW_NO_BREAK,
            Some(_) if is_before_month(&characters, at) || is_inside_number(&characters, at) => NO_BREAK,
            _ => ' ',
        },
        other => other,
    };
    characters.iter().enumerate().map(|(at, c)| spaced(at, *c)).collect()
}

fn is_before_month(characters: &[char], space: usize) -> bool {
    let before = &characters[..space];
    let is_day = before.last().is_some_and(char::is_ascii_digit) || before.ends_with(&['1', 'e', 'r']);
    let after = &characters[space + 1..];
    is_day && MONTHS.iter().any(|month| month.chars().eq(after.iter().copied().take(month.chars().count())))
}

/// « 121 900,00 »: figures before, exactly three after.
fn is_inside_number(characters: &[char], space: usize) -> bool {
    let figures = characters[space + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    figures == 3 && characters[..space].last().is_some_and(char::is_ascii_digit)
}

/// « 1er octobre 2026 », with unbreakable space between day and month.
pub(super) fn date(date: chrono::NaiveDate) -> String {
    use chrono::Datelike;
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day}{NO_BREAK}{} {}", MONTHS[date.month0() as usize], date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guillemet_and_a_mark_never_stand_alone() {
        assert_eq!(french("« Oui » : non ; quoi ?"), "«\u{a0}Oui\u{a0}»\u{a0}: non\u{202f}; quoi\u{202f}?");
    }

    #[test]
    fn a_day_keeps_its_month_and_an_amount_its_sign() {
        assert_eq!(
            french("le 29 octobre 2026, le 1er mai, 20 % de 3 €"),
            "le 29\u{a0}octobre 2026, le 1er\u{a0}mai, 20\u{a0}% de 3\u{a0}€"
        );
    }

    #[test]
    fn a_number_and_a_paragraph_sign_stay_whole() {
        assert_eq!(
            french("121 900,00 € en 2026 selon le § 1er, n° 4, 12 5030"),
            "121\u{a0}900,00\u{a0}€ en 2026 selon le §\u{a0}1er, n°\u{a0}4, 12 5030"
        );
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(normal("e\u{301}tude\r\n\u{feff}"), "étude\n");
    }

    #[test]
    fn the_first_of_a_month_is_ordinal() {
        let first = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).expect("a date of the calendar");

        assert_eq!(date(first), "1er\u{a0}octobre 2026");
    }
}
