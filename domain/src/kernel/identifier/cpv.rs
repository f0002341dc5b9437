use std::{fmt, str::FromStr};

use super::{IdentifierError, digits};
use crate::kernel::text::serde_as_text;

/// Code of the common procurement vocabulary, eight digits, `72200000`.
///
/// A check digit typed behind a hyphen (`72200000-7`) is dropped, not verified: its algorithm is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpv(u64);

impl FromStr for Cpv {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let code = match text.split_once('-') {
            Some((code, check)) => digits(check, 1).map(|_| code)?,
            None => text,
        };

        match code {
            "" => Err(IdentifierError::Empty),
            "00000000" => Err(IdentifierError::Zeros),
            code => digits(code, 8).map(Self),
        }
    }
}

impl fmt::Display for Cpv {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{:08}", self.0))
    }
}

serde_as_text!(Cpv);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eight_digits_and_its_check_digit_is_dropped() {
        for text in ["72200000", " 72200000 ", "72200000-7"] {
            assert_eq!(text.parse::<Cpv>().map(|code| code.to_string()), Ok("72200000".into()), "{text}");
        }
        assert_eq!("03000000".parse::<Cpv>().map(|code| code.to_string()), Ok("03000000".into()));
    }

    #[test]
    fn other_writings_are_refused() {
        for (text, error) in [
            ("", IdentifierError::Empty),
            ("-7", IdentifierError::Empty),
            ("7220000", IdentifierError::Length),
            ("722000007", IdentifierError::Length),
            ("72200000-", IdentifierError::Length),
            ("72200000-77", IdentifierError::Length),
            ("7220000A", IdentifierError::Character),
            ("00000000", IdentifierError::Zeros),
        ] {
            assert_eq!(text.parse::<Cpv>(), Err(error), "{text}");
        }
    }
}
