use std::{fmt, str::FromStr};

use super::{Bce, IdentifierError};
use crate::kernel::text::serde_as_text;

/// Belgian VAT number, `BE0451461655`: the enterprise number behind `BE`. Asking VIES is a network step, not done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VatNumber(Bce);

impl VatNumber {
    /// The enterprise number inside.
    pub const fn bce(self) -> Bce {
        self.0
    }
}

impl From<Bce> for VatNumber {
    fn from(bce: Bce) -> Self {
        Self(bce)
    }
}

impl FromStr for VatNumber {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Display for VatNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("BE{}", self.0.digits()))
    }
}

serde_as_text!(VatNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_writings_lead_to_one_form() {
        for text in ["BE0451461655", "BE 0451.461.655", "be 451 461 655", "0451.461.655", "BE-0451-461-655"] {
            assert_eq!(text.parse::<VatNumber>().map(|number| number.to_string()), Ok("BE0451461655".into()), "{text}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_countries_are_refused() {
        assert_eq!("BE0451461654".parse::<VatNumber>(), Err(IdentifierError::CheckDigits));
        assert_eq!("LU12345678".parse::<VatNumber>(), Err(IdentifierError::Character));
        assert_eq!("BE".parse::<VatNumber>(), Err(IdentifierError::Length));
    }
}
