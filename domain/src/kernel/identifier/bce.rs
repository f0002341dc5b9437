use std::{fmt, str::FromStr};

use super::{IdentifierError, compact, digits};
use crate::kernel::text::serde_as_text;

/// Enterprise number of the Banque-Carrefour des Entreprises, `0566.988.259`.
///
/// Ten digits starting with 0 or 1; the last two are 97 less the first eight modulo 97. The old form with nine digits
/// gets its leading 0, and a `BE` in front is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bce(u64);

impl Bce {
    /// The ten digits without points, for files and for Peppol.
    pub fn digits(self) -> String {
        format!("{:010}", self.0)
    }
}

impl FromStr for Bce {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kept = compact(text, &['.', '-'])?;
        let kept = kept.strip_prefix("BE").unwrap_or(&kept);
        let number = digits(kept, if kept.len() == 9 { 9 } else { 10 })?;

        let (base, check) = (number / 100, number % 100);
        if number > 1_999_999_999 {
            Err(IdentifierError::Start)
        } else if base == 0 {
            Err(IdentifierError::Zeros)
        } else if check != 97 - base % 97 {
            Err(IdentifierError::CheckDigits)
        } else {
            Ok(Self(number))
        }
    }
}

impl fmt::Display for Bce {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        formatter.pad(&format!("{}.{}.{}", &digits[..4], &digits[4..7], &digits[7..]))
    }
}

serde_as_text!(Bce);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn common_writings_lead_to_one_form() {
        for text in [
            "0566.988.259",
            "566988259",
            "0566988259",
            " 0566 988 259 ",
            "0566-988-259",
            "BE 0566.988.259",
            "be566988259",
        ] {
            assert_eq!(text.parse::<Bce>().map(|number| number.to_string()), Ok("0566.988.259".into()), "{text}");
        }
        for text in ["0451.461.655", "1000.000.021"] {
            assert_eq!(text.parse::<Bce>().map(|number| number.to_string()), Ok(text.into()));
        }
    }

    #[test]
    fn a_number_that_cannot_exist_is_refused_with_its_reason() {
        use IdentifierError::{Character, CheckDigits, Empty, Length, Start, Zeros};
        let refused = [
            ("", Empty),
            (" . ", Empty),
            ("0566.988.258", CheckDigits),
            ("0566.988.200", CheckDigits),
            ("2000.000.021", Start),
            ("0000.000.000", Zeros),
            ("0000.000.097", Zeros),
            ("0566.988.25", CheckDigits),
            ("056698825", CheckDigits),
            ("05669882", Length),
            ("00566988259", Length),
            ("O566988259", Character),
            ("FR0566988259", Character),
            ("٠٥٦٦٩٨٨٢٥٩", Character),
        ];

        for (text, error) in refused {
            assert_eq!(text.parse::<Bce>(), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_valid_number_is_read_back_and_its_neighbours_are_not(base in 1_u64..19_999_999, wrong in 1_u64..97) {
            let check = 97 - base % 97;
            let number: Bce = format!("{base:08}{check:02}").parse().expect("valid by construction");

            prop_assert_eq!(number.to_string().parse::<Bce>(), Ok(number));
            let other = format!("{base:08}{:02}", (check + wrong) % 97);
            prop_assert!(other.parse::<Bce>().is_err() || (check + wrong) % 97 == check);
        }
    }
}
