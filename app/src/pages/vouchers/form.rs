//! From what was typed to what is meant.

use domain::{
    fault::Fault,
    kernel::{Money, NumberError, Quantity},
    voucher::{Quantities, VoucherDraft},
};
use service::{Error, voucher};

use crate::pages::{Form, form::Reader};

/// The field of a line's quantity.
pub(super) fn quantity_field(code: &str) -> String {
    format!("quantite-{code}")
}

/// The version that the page showed; a page without one is older than everything.
pub(super) fn version(form: &Form) -> i32 {
    form.text("version").parse().unwrap_or_default()
}

pub(super) fn draft<'a>(form: &Form, codes: impl Iterator<Item = &'a str>) -> Result<VoucherDraft, Error> {
    let mut read = form.read();
    let draft = VoucherDraft {
        object: read.text("objet", voucher::SHORT_MOST),
        quantities: quantities(&mut read, form, codes),
        delivery_address: read.text("adresse", voucher::SHORT_MOST * 2),
        wanted_on: read.optional_date("livraison"),
    };
    read.errors.or(draft)
}

/// What was typed of a draft, name by name: an address or another form carries it.
pub(super) fn kept(form: &Form) -> impl Iterator<Item = (&str, &str)> {
    let is_kept = |name: &str| {
        ["contrat", "objet", "adresse"].contains(&name)
            || name.starts_with("livraison-")
            || name.starts_with("quantite-")
    };
    form.values().iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(move |(name, _)| is_kept(name))
}

/// Every quantity that is not zero; none is below.
pub(super) fn quantities<'a>(read: &mut Reader<'_>, form: &Form, codes: impl Iterator<Item = &'a str>) -> Quantities {
    let mut quantities = Quantities::new();
    for code in codes {
        let name = quantity_field(code);
        match quantity(form.text(&name)) {
            Ok(quantity) if quantity.thousandths() > 0 => {
                quantities.insert(code.to_owned(), quantity);
            }
            Ok(_) | Err(NumberError::Empty) => {}
            Err(error) => read.errors.add(name, Fault::Quantity(error)),
        }
    }
    quantities
}

fn quantity(text: &str) -> Result<Quantity, NumberError> {
    match Quantity::parse_french(text) {
        Ok(quantity) if quantity.thousandths() < 0 => Err(NumberError::Negative),
        other => other,
    }
}

/// An amount of an invoice: zero is one.
pub(super) fn amount(read: &mut Reader<'_>, form: &Form, name: &str) -> Money {
    match Money::parse_french_not_negative(form.text(name)) {
        Ok(amount) => amount,
        Err(error) => {
            read.errors.add(name, if error == NumberError::Empty { Fault::Empty } else { Fault::Amount(error) });
            Money::ZERO
        }
    }
}

/// The same where nothing typed is zero.
pub(super) fn optional_amount(read: &mut Reader<'_>, form: &Form, name: &str) -> Money {
    if form.text(name).trim().is_empty() { Money::ZERO } else { amount(read, form, name) }
}
