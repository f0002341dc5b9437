//! Numbers as people type and read them: hundredths inside, never a float.

const NARROW: char = '\u{202F}';
const FIXED: char = '\u{A0}';

/// Two decimals at most; spaces between groups, `%` and `€` after the number are accepted.
pub(super) fn parse_hundredths(text: &str) -> Option<i64> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '%' | '€')).collect();
    let (negative, digits) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare.as_str()),
    };
    let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, ""));
    if whole.is_empty() || decimals.len() > 2 || !whole.chars().chain(decimals.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    let hundredths: i64 = format!("{decimals:0<2}").parse().ok()?;
    let value = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
    Some(if negative { -value } else { value })
}

pub(super) fn parse_integer(text: &str) -> Option<i64> {
    parse_hundredths(text).filter(|value| value % 100 == 0).map(|value| value / 100)
}

/// `1 234`, with a narrow no-break space between groups.
pub(super) fn integer(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(NARROW);
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

/// `7,5`: no decimals that say nothing.
pub(super) fn decimal(hundredths: i64) -> String {
    let decimals = format!("{:02}", hundredths.unsigned_abs() % 100);
    let decimals = decimals.trim_end_matches('0');
    let whole = integer(hundredths / 100);
    if decimals.is_empty() { whole } else { format!("{whole},{decimals}") }
}

pub(super) fn percent(hundredths: i64) -> String {
    format!("{}{FIXED}%", decimal(hundredths))
}

pub(super) fn money(cents: i64) -> String {
    format!("{},{:02}{FIXED}€", integer(cents / 100), cents.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(parse_hundredths("1 234,5"), Some(123_450));
        assert_eq!(parse_hundredths("7.25 %"), Some(725));
        assert_eq!(parse_hundredths("1,234"), None);
        assert_eq!(parse_hundredths("dix"), None);
        assert_eq!(parse_hundredths("99999999999999999999"), None);
    }

    #[test]
    fn amounts_are_shown_with_unbroken_groups() {
        assert_eq!(money(123_456_789), "1\u{202F}234\u{202F}567,89\u{A0}€");
        assert_eq!(percent(750), "7,5\u{A0}%");
        assert_eq!(integer(-12), "-12");
    }
}
