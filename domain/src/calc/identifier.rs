use std::fmt::Display;

use serde_json::{Value, json};

use super::{fields::Fields, words};
use crate::kernel::identifier::{Bce, Iban, IdentifierError, Ogm, VatNumber};

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let kind = fields.text("kind")?;
    let text = fields.text("text")?;
    fields.finish()?;

    match kind.as_str() {
        "ogm" => Ok(checked(text.parse::<Ogm>())),
        "bce" => Ok(checked(text.parse::<Bce>())),
        "vat" => Ok(checked(text.parse::<VatNumber>())),
        "iban" => Ok(checked(text.parse::<Iban>())),
        other => Err(words::unknown_choice("kind", other, &["ogm", "bce", "vat", "iban"])),
    }
}

fn checked<T: Display>(parsed: Result<T, IdentifierError>) -> Value {
    match parsed {
        Ok(identifier) => json!({ "valid": true, "normal": identifier.to_string() }),
        Err(error) => json!({ "valid": false, "why": words::identifier(error) }),
    }
}
