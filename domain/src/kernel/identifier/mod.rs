//! Numbers that others give out, checked at the door and kept in one writing.
//!
//! Common writings are accepted (spaces, points, hyphens); `Display` gives the one normal form, which is also stored.

mod bce;
mod cpv;
mod iban;
mod nis;
mod ogm;
mod peppol;
mod vat_number;

use serde::{Deserialize, Serialize};

pub use bce::Bce;
pub use cpv::Cpv;
pub use iban::Iban;
pub use nis::Nis;
pub use ogm::Ogm;
pub use peppol::PeppolId;
pub use vat_number::VatNumber;

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// A character that does not belong in it.
    #[error("unexpected character")]
    Character,
    /// Too few or too many characters.
    #[error("wrong length")]
    Length,
    /// It starts with something that no such number starts with.
    #[error("wrong start")]
    Start,
    /// Only zeros: a form's placeholder, not a number.
    #[error("only zeros")]
    Zeros,
    /// The check digits do not match: a typing error.
    #[error("wrong check digits")]
    CheckDigits,
}

/// The text in capitals without the separators; an error when nothing is left.
fn compact(text: &str, separators: &[char]) -> Result<String, IdentifierError> {
    let kept: String = text
        .chars()
        .filter(|character| !character.is_whitespace() && !separators.contains(character))
        .map(|character| character.to_ascii_uppercase())
        .collect();
    if kept.is_empty() { Err(IdentifierError::Empty) } else { Ok(kept) }
}

/// The number written by exactly `length` digits.
fn digits(text: &str, length: usize) -> Result<u64, IdentifierError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(IdentifierError::Character);
    }
    if text.len() != length {
        return Err(IdentifierError::Length);
    }
    text.parse().map_err(|_| IdentifierError::Length)
}

/// Remainder by 97, where 0 becomes 97: the check digits of Belgian numbers.
fn check_97(base: u64) -> u64 {
    match base % 97 {
        0 => 97,
        rest => rest,
    }
}
