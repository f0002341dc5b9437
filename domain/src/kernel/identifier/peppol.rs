use std::{fmt, str::FromStr};

use super::{Bce, IdentifierError, digits};
use crate::kernel::text::serde_as_text;

/// Scheme of the Belgian enterprise numbers.
const BELGIAN: &str = "0208";
/// Scheme of the Belgian VAT numbers, which older addresses still have.
const BELGIAN_VAT: &str = "9925";

/// Address on the Peppol network, `0208:0451461655`: a scheme of four digits and the number in it.
///
/// In the Belgian scheme the number is a checked enterprise number; other schemes are taken as they are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeppolId(String);

impl PeppolId {
    /// The enterprise number that it is made of, in the scheme of enterprises or in that of VAT numbers.
    pub fn bce(&self) -> Option<Bce> {
        let number = [BELGIAN, BELGIAN_VAT].iter().find_map(|scheme| self.0.strip_prefix(scheme)?.strip_prefix(':'))?;
        number.parse().ok()
    }
}

impl From<Bce> for PeppolId {
    fn from(bce: Bce) -> Self {
        Self(format!("{BELGIAN}:{}", bce.digits()))
    }
}

impl FromStr for PeppolId {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.is_empty() {
            return Err(IdentifierError::Empty);
        }
        let (scheme, number) = text.split_once(':').ok_or(IdentifierError::Start)?;
        digits(scheme, 4)?;
        if scheme == BELGIAN {
            return number.parse().map(|bce: Bce| bce.into());
        }

        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        match number.len() {
            1..=50 if number.bytes().all(is_plain) => Ok(Self(text.to_owned())),
            1..=50 => Err(IdentifierError::Character),
            _ => Err(IdentifierError::Length),
        }
    }
}

impl fmt::Display for PeppolId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

serde_as_text!(PeppolId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_belgian_address_is_a_checked_enterprise_number() {
        for text in ["0208:0451461655", " 0208:0451.461.655 ", "0208:451461655"] {
            assert_eq!(text.parse::<PeppolId>().map(|id| id.to_string()), Ok("0208:0451461655".into()), "{text}");
        }
        assert_eq!("0208:0451461654".parse::<PeppolId>(), Err(IdentifierError::CheckDigits));
    }

    #[test]
    fn other_schemes_are_taken_as_they_are() {
        assert_eq!("9938:LU12345678".parse::<PeppolId>().map(|id| id.to_string()), Ok("9938:LU12345678".into()));
    }

    #[test]
    fn a_belgian_address_gives_its_enterprise_number_back() {
        let bce = |text: &str| text.parse::<PeppolId>().ok().and_then(|id| id.bce()).map(|bce| bce.to_string());

        assert_eq!(bce("0208:0451461655"), Some("0451.461.655".into()));
        assert_eq!(bce("9925:BE0451461655"), Some("0451.461.655".into()));
        assert_eq!(bce("9925:BE0451461654"), None);
        assert_eq!(bce("9938:LU12345678"), None);
    }

    #[test]
    fn other_writings_are_refused() {
        for (text, error) in [
            ("", IdentifierError::Empty),
            ("0451461655", IdentifierError::Start),
            ("208:0451461655", IdentifierError::Length),
            ("9938:", IdentifierError::Length),
            ("9938:a b", IdentifierError::Character),
        ] {
            assert_eq!(text.parse::<PeppolId>(), Err(error), "{text}");
        }
    }
}
