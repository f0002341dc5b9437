//! Decimal numbers as people type them in French, and as files carry them, read into scaled integers.

use serde::{Deserialize, Serialize};

use super::rounding::scale;

/// Narrow no-break space, between thousands.
const THOUSANDS: char = '\u{202f}';
/// True minus sign, as shown; a hyphen is accepted too.
const MINUS: char = '\u{2212}';
/// Above this many whole units a figure is a typing error, whatever it counts.
const LARGEST_UNITS: i128 = 1_000_000_000_000;

/// Why a text is not the number asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Letters, two commas, thousands badly grouped.
    #[error("not a number")]
    NotANumber,
    /// More decimals than the type holds; nothing is rounded silently.
    #[error("too many decimals")]
    TooManyDecimals,
    /// More than 10^12 units: absurd for a commune.
    #[error("too large")]
    TooLarge,
    /// Below zero where the rule wants zero or more.
    #[error("negative")]
    Negative,
}

/// Reads what people type: `38 400,00`, `38.400,00`, `38400.5`, any kind of space, with or without `€`.
///
/// A comma is always the decimal separator. A single dot followed by exactly three digits separates thousands
/// (`1.234` is one thousand two hundred and thirty-four), unless what stands before cannot be a group of thousands
/// (`0.125`, `1234.567`, `1 234.567`): then it is a decimal point. Thousands must be in groups of three.
pub(crate) fn parse_french(text: &str, decimals: u32) -> Result<i64, NumberError> {
    let text = without_euro(text.trim());
    if text.is_empty() {
        return Err(NumberError::Empty);
    }

    let (negative, digits) = without_sign(text);
    let (whole, fraction) = split_french(digits)?;

    assemble(negative, &ungrouped(whole)?, fraction, decimals)
}

/// Reads the form of files: optional hyphen, digits, optional dot and decimals; nothing else.
pub(crate) fn parse_iso(text: &str, decimals: u32) -> Result<i64, NumberError> {
    if text.is_empty() {
        return Err(NumberError::Empty);
    }

    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(NumberError::NotANumber),
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };

    assemble(negative, whole, fraction, decimals)
}

/// `1 234,5678`: thousands apart, comma, at least `at_least` decimals and no useless zero after them.
pub(crate) fn to_french(value: i64, decimals: u32, at_least: usize) -> String {
    let (negative, whole, fraction) = parts(value, decimals, at_least);
    let mut text = String::new();
    if negative {
        text.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(THOUSANDS);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(&fraction);
    }
    text
}

/// `-1234.5678`: the form of files.
pub(crate) fn to_iso(value: i64, decimals: u32, at_least: usize) -> String {
    let (negative, whole, fraction) = parts(value, decimals, at_least);
    let sign = if negative { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };

    format!("{sign}{whole}{point}{fraction}")
}

fn without_euro(text: &str) -> &str {
    text.strip_suffix('€').or_else(|| text.strip_prefix('€')).map_or(text, str::trim)
}

fn without_sign(text: &str) -> (bool, &str) {
    text.strip_prefix(['-', MINUS]).map_or((false, text), |rest| (true, rest.trim_start()))
}

fn split_french(digits: &str) -> Result<(&str, &str), NumberError> {
    match (digits.split_once(','), digits.rsplit_once('.')) {
        (Some((_, "")), _) | (None, Some((_, ""))) => Err(NumberError::NotANumber),
        (Some((whole, fraction)), _) => Ok((whole, fraction)),
        (None, Some((before, after))) if is_decimal_point(before, after) => Ok((before, after)),
        (None, _) => Ok((digits, "")),
    }
}

fn is_decimal_point(before: &str, after: &str) -> bool {
    let thousands = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    !before.contains('.') && !thousands
}

/// The whole part without its separators, when they are all the same and stand every three digits.
fn ungrouped(whole: &str) -> Result<String, NumberError> {
    let dotted = whole.contains('.');
    let groups: Vec<&str> =
        if dotted { whole.split('.').collect() } else { whole.split(char::is_whitespace).collect() };

    let (first, others) = groups.split_first().ok_or(NumberError::NotANumber)?;
    let grouped = others.is_empty() || (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
    if grouped { Ok(groups.concat()) } else { Err(NumberError::NotANumber) }
}

fn assemble(negative: bool, whole: &str, fraction: &str, decimals: u32) -> Result<i64, NumberError> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return Err(NumberError::NotANumber);
    }
    let length = u32::try_from(fraction.len()).map_err(|_| NumberError::TooManyDecimals)?;
    let missing = decimals.checked_sub(length).ok_or(NumberError::TooManyDecimals)?;

    let units: i128 = whole.parse().map_err(|_| NumberError::TooLarge)?;
    let part: i128 = format!("0{fraction}").parse().map_err(|_| NumberError::TooManyDecimals)?;
    let limit = LARGEST_UNITS * scale(decimals);
    let value = units.checked_mul(scale(decimals)).ok_or(NumberError::TooLarge)? + part * scale(missing);
    if value > limit {
        return Err(NumberError::TooLarge);
    }

    i64::try_from(if negative { -value } else { value }).map_err(|_| NumberError::TooLarge)
}

fn parts(value: i64, decimals: u32, at_least: usize) -> (bool, String, String) {
    let magnitude = i128::from(value).abs();
    let whole = (magnitude / scale(decimals)).to_string();
    let width = usize::try_from(decimals).unwrap_or(usize::MAX);
    let mut fraction = if width == 0 { String::new() } else { format!("{:0width$}", magnitude % scale(decimals)) };
    while fraction.len() > at_least && fraction.ends_with('0') {
        fraction.pop();
    }
    (value < 0, whole, fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        let typed = [
            ("38 400,00", 3_840_000),
            ("38.400,00", 3_840_000),
            ("38400.5", 3_840_050),
            ("38 400", 3_840_000),
            ("38\u{a0}400,5\u{a0}€", 3_840_050),
            ("38\u{202f}400,05€", 3_840_005),
            ("€ 12", 1_200),
            ("  12,3  ", 1_230),
            ("1.234", 123_400),
            ("1.234.567", 123_456_700),
            ("1.234.567,89", 123_456_789),
            ("1 234.5", 123_450),
            ("0.5", 50),
            ("007", 700),
            ("-1,00", -100),
            ("\u{2212}1", -100),
            ("-0", 0),
            ("1000000000000", 100_000_000_000_000),
        ];

        for (text, cents) in typed {
            assert_eq!(parse_french(text, 2), Ok(cents), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_an_amount_is_refused_with_its_reason() {
        use NumberError::{Empty, NotANumber, TooLarge, TooManyDecimals};
        let typed = [
            ("", Empty),
            (" \u{a0}", Empty),
            ("€", Empty),
            ("douze", NotANumber),
            ("12 euros", NotANumber),
            ("1e5", NotANumber),
            ("1,2,3", NotANumber),
            ("1,234.56", NotANumber),
            ("1.23.456", NotANumber),
            ("1 2", NotANumber),
            ("38 40 000", NotANumber),
            ("1.234 567", NotANumber),
            ("12,", NotANumber),
            ("12.", NotANumber),
            (",50", NotANumber),
            ("--1", NotANumber),
            ("-", NotANumber),
            ("+1", NotANumber),
            ("١٢", NotANumber),
            ("38,400", TooManyDecimals),
            ("0.125", TooManyDecimals),
            ("1234.567", TooManyDecimals),
            ("1 234.567", TooManyDecimals),
            ("1000000000000,01", TooLarge),
            ("10000000000000", TooLarge),
            ("-10000000000000", TooLarge),
            ("99999999999999999999999999999999999999999999", TooLarge),
        ];

        for (text, error) in typed {
            assert_eq!(parse_french(text, 2), Err(error), "{text}");
        }
    }

    #[test]
    fn files_have_one_writing() {
        assert_eq!(parse_iso("100000.00", 2), Ok(10_000_000));
        assert_eq!(parse_iso("-0.5", 2), Ok(-50));
        for text in ["1 000", "1,00", "+1", "1.", ".5", "1.2.3", " 1", "1 ", "€1", "−1"] {
            assert_eq!(parse_iso(text, 2), Err(NumberError::NotANumber), "{text}");
        }
        assert_eq!(parse_iso("1.005", 2), Err(NumberError::TooManyDecimals));
        assert_eq!(parse_iso("", 2), Err(NumberError::Empty));
    }

    #[test]
    fn numbers_are_shown_with_thousands_apart_and_no_useless_zero() {
        assert_eq!(to_french(123_456_789, 2, 2), "1\u{202f}234\u{202f}567,89");
        assert_eq!(to_french(-99_999, 2, 2), "\u{2212}999,99");
        assert_eq!(to_french(12_500, 4, 2), "1,25");
        assert_eq!(to_french(12_345, 4, 2), "1,2345");
        assert_eq!(to_french(3_000, 3, 0), "3");
        assert_eq!(to_iso(i64::MIN, 2, 2), "-92233720368547758.08");
    }
}
