use std::{fmt, str::FromStr};

use super::{IdentifierError, check_97, compact, digits};
use crate::kernel::text::serde_as_text;

/// Structured communication of a payment (OGM-VCS), `+++202/6000/14239+++`: ten digits, then their remainder by 97.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ogm {
    base: u64,
}

impl Ogm {
    /// The communication of a number of at most ten digits.
    pub const fn from_base(base: u64) -> Option<Self> {
        if base <= 9_999_999_999 { Some(Self { base }) } else { None }
    }

    /// The ten digits that it carries.
    pub const fn base(self) -> u64 {
        self.base
    }
}

impl FromStr for Ogm {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = digits(&compact(unframed(text.trim())?, &['/'])?, 12)?;
        let base = number / 100;

        if number % 100 == check_97(base) { Ok(Self { base }) } else { Err(IdentifierError::CheckDigits) }
    }
}

impl fmt::Display for Ogm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:010}{:02}", self.base, check_97(self.base));
        formatter.pad(&format!("+++{}/{}/{}+++", &digits[..3], &digits[3..7], &digits[7..]))
    }
}

serde_as_text!(Ogm);

/// Without its `+++` or `***`, which stand on both sides or on none.
fn unframed(text: &str) -> Result<&str, IdentifierError> {
    for frame in ["+++", "***"] {
        if let Some(rest) = text.strip_prefix(frame) {
            return rest.strip_suffix(frame).ok_or(IdentifierError::Character);
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_digits_are_those_of_the_banks() {
        let examples = [
            (0, "+++000/0000/00097+++"),
            (1, "+++000/0000/00101+++"),
            (97, "+++000/0000/09797+++"),
            (96, "+++000/0000/09696+++"),
            (1_234_567_890, "+++123/4567/89002+++"),
            (2_026_000_142, "+++202/6000/14239+++"),
            (2_026_123_456, "+++202/6123/45666+++"),
            (9_999_999_999, "+++999/9999/99948+++"),
        ];

        for (base, text) in examples {
            let communication = Ogm::from_base(base).expect("ten digits");
            assert_eq!(communication.to_string(), text);
            assert_eq!(text.parse(), Ok(communication));
        }
        assert_eq!(Ogm::from_base(10_000_000_000), None);
    }

    #[test]
    fn common_writings_lead_to_one_form() {
        for text in ["***123/4567/89002***", "123/4567/89002", "123456789002", " +++ 123 / 4567 / 89002 +++ "] {
            assert_eq!(text.parse(), Ok(Ogm { base: 1_234_567_890 }), "{text}");
        }
    }

    #[test]
    fn wrong_communications_are_refused_with_their_reason() {
        use IdentifierError::{Character, CheckDigits, Empty, Length};
        let refused = [
            ("+++123/4567/89003+++", CheckDigits),
            ("+++000/0000/00000+++", CheckDigits),
            ("12345678900", Length),
            ("1234567890022", Length),
            ("+++123/4567/89002", Character),
            ("+++123/4567/89002***", Character),
            ("123/4567/89002+++", Character),
            ("12A456789002", Character),
            ("++++++", Empty),
            ("", Empty),
        ];

        for (text, error) in refused {
            assert_eq!(text.parse::<Ogm>(), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_base_is_read_back(base in 0_u64..=9_999_999_999) {
            let communication = Ogm::from_base(base).expect("ten digits");

            prop_assert_eq!(communication.to_string().parse::<Ogm>(), Ok(communication));
        }
    }
}
