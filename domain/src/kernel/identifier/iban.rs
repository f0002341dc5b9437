use std::{fmt, str::FromStr};

use super::{IdentifierError, check_97, compact, digits};
use crate::kernel::text::serde_as_text;

/// Bank account, `BE68 5390 0754 7034`, of any country (ISO 13616); a Belgian one also by its own check digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iban(String);

impl Iban {
    /// The characters without spaces, for files.
    pub fn compact(&self) -> &str {
        &self.0
    }
}

impl FromStr for Iban {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kept = compact(text, &[])?;
        check_shape(&kept)?;
        if remainder_97(&kept) != 1 {
            return Err(IdentifierError::CheckDigits);
        }
        if let Some(account) = kept.strip_prefix("BE") {
            check_belgian(account)?;
        }

        Ok(Self(kept))
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut grouped = String::new();
        for (index, character) in self.0.chars().enumerate() {
            if index > 0 && index.is_multiple_of(4) {
                grouped.push(' ');
            }
            grouped.push(character);
        }
        formatter.pad(&grouped)
    }
}

serde_as_text!(Iban);

/// Country, check digits 02 to 98, then letters and digits; 15 characters (Norway) to 34.
fn check_shape(kept: &str) -> Result<(), IdentifierError> {
    if !kept.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(IdentifierError::Character);
    }
    if kept.len() < 4 {
        return Err(IdentifierError::Length);
    }
    if !kept[..2].bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(IdentifierError::Start);
    }
    let check = digits(&kept[2..4], 2)?;
    if !(15..=34).contains(&kept.len()) {
        return Err(IdentifierError::Length);
    }
    if (2..=98).contains(&check) { Ok(()) } else { Err(IdentifierError::CheckDigits) }
}

/// The first four characters go to the end, letters count from A = 10.
fn remainder_97(kept: &str) -> u32 {
    kept[4..].chars().chain(kept[..4].chars()).filter_map(|character| character.to_digit(36)).fold(0, |rest, value| {
        let shift = if value < 10 { 10 } else { 100 };
        (rest * shift + value) % 97
    })
}

/// Two check digits of the IBAN, then twelve digits whose last two check the first ten.
fn check_belgian(account: &str) -> Result<(), IdentifierError> {
    let number = digits(account, 14)? % 1_000_000_000_000;
    if number % 100 == check_97(number / 100) { Ok(()) } else { Err(IdentifierError::CheckDigits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_accounts_are_shown_in_groups_of_four() {
        for text in ["BE68 5390 0754 7034", "BE48 0011 2345 6727", "BE43 0000 0000 0101"] {
            let tight = text.replace(' ', "");
            assert_eq!(text.parse::<Iban>().map(|iban| iban.to_string()), Ok(text.into()));
            assert_eq!(tight.to_lowercase().parse::<Iban>().map(|iban| iban.to_string()), Ok(text.into()));
            assert_eq!(text.parse::<Iban>().map(|iban| iban.compact().to_owned()), Ok(tight));
        }
    }

    #[test]
    fn accounts_of_other_countries_are_accepted() {
        for text in ["FR14 2004 1010 0505 0001 3M02 606", "NL91 ABNA 0417 1643 00", "NO93 8601 1117 947"] {
            assert_eq!(text.parse::<Iban>().map(|iban| iban.to_string()), Ok(text.into()));
        }
    }

    #[test]
    fn wrong_accounts_are_refused_with_their_reason() {
        use IdentifierError::{Character, CheckDigits, Empty, Length, Start};
        let refused = [
            ("", Empty),
            ("BE68 5390 0754 7035", CheckDigits),
            ("BE69 5390 0754 7034", CheckDigits),
            ("BE68-5390-0754-7034", Character),
            ("BE68 5390 0754 703", CheckDigits),
            ("BE6", Length),
            ("BE68", Length),
            ("5390 0754 7034", Start),
            ("BEXX 5390 0754 7034", Character),
            ("BE68 5390 0754 703é", Character),
        ];

        for (text, error) in refused {
            assert_eq!(text.parse::<Iban>(), Err(error), "{text}");
        }
    }

    #[test]
    fn a_belgian_account_needs_its_own_check_digits_too() {
        // The IBAN's remainder is right, the account's last two digits are not.
        let account = "5390 0754 7033".replace(' ', "");
        let check = (2..=98).find(|check| remainder_97(&format!("BE{check:02}{account}")) == 1).expect("one fits");

        assert_eq!(format!("BE{check:02}{account}").parse::<Iban>(), Err(IdentifierError::CheckDigits));
    }

    #[test]
    fn check_digits_that_no_bank_computes_are_refused() {
        // 00, 01 and 99 leave the same remainders as 97, 98 and 02.
        let account = (0..10_000)
            .map(|number| format!("{number:011}"))
            .find(|account| remainder_97(&format!("NO99{account}")) == 1)
            .expect("one account in 97");

        assert!(format!("NO02{account}").parse::<Iban>().is_ok());
        assert_eq!(format!("NO99{account}").parse::<Iban>(), Err(IdentifierError::CheckDigits));
    }
}
