use std::{fmt, str::FromStr};

use super::{IdentifierError, digits};
use crate::kernel::text::serde_as_text;

/// Statistical code of a commune, `92094`: five digits, no check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nis(u64);

impl FromStr for Nis {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "" => Err(IdentifierError::Empty),
            "00000" => Err(IdentifierError::Zeros),
            code => digits(code, 5).map(Self),
        }
    }
}

impl fmt::Display for Nis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{:05}", self.0))
    }
}

serde_as_text!(Nis);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_five_digits() {
        assert_eq!(" 92094 ".parse::<Nis>().map(|code| code.to_string()), Ok("92094".into()));
        for (text, error) in [
            ("", IdentifierError::Empty),
            ("9209", IdentifierError::Length),
            ("920944", IdentifierError::Length),
            ("9209A", IdentifierError::Character),
            ("00000", IdentifierError::Zeros),
        ] {
            assert_eq!(text.parse::<Nis>(), Err(error), "{text}");
        }
    }
}
