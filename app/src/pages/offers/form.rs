//! Prices as typed, read into the content of an offer.

use domain::{
    fault::Fault,
    kernel::{NumberError, Percent, UnitPrice},
    offer::{OfferContent, OfferLine},
    specification::PriceLine,
};
use service::{Error, FieldErrors};

use crate::pages::Form;

const REMARK_MOST: usize = 5_000;
/// A unit price of a thousand billion is a slip of the finger.
const PRICE_MOST: i64 = 1_000_000_000_000 * 10_000;

/// Version of the draft that the page showed, and what was typed over it.
pub(super) fn content(form: &Form, inventory: &[PriceLine]) -> Result<(i32, OfferContent), Error> {
    let version = form.text("version").parse().map_err(|_| Error::Stale)?;
    let mut read = form.read();
    let lines = lines(form, inventory, &mut read.errors);
    let remark = read.optional_text("remarque", REMARK_MOST);
    read.errors.or((version, OfferContent { lines, remark }))
}

/// The lines that have a price, each fault at its field.
pub(super) fn lines(form: &Form, inventory: &[PriceLine], errors: &mut FieldErrors) -> Vec<OfferLine> {
    let mut lines = Vec::new();
    for (place, line) in inventory.iter().enumerate() {
        let (price_field, vat_field) = (price_field(place), vat_field(place));
        let unit_price = match unit_price(form.text(&price_field)) {
            Ok(Some(price)) => price,
            Ok(None) => continue,
            Err(error) => {
                errors.add(price_field, Fault::UnitPrice(error));
                continue;
            }
        };
        match rate(form.text(&vat_field)) {
            Some(vat) => lines.push(OfferLine { code: line.code.clone(), unit_price, vat }),
            None => errors.add(vat_field, Fault::Rate),
        }
    }
    lines
}

pub(super) fn price_field(place: usize) -> String {
    format!("prix-{}", place + 1)
}

pub(super) fn vat_field(place: usize) -> String {
    format!("tva-{}", place + 1)
}

/// As it is typed again: `21`, `5,5`.
pub(super) fn rate_text(rate: Percent) -> String {
    rate.to_string().trim_end_matches(['%', '\u{a0}', '\u{202f}', ' ']).to_owned()
}

/// Nothing typed is a line left out.
fn unit_price(text: &str) -> Result<Option<UnitPrice>, NumberError> {
    match UnitPrice::parse_french(text) {
        Ok(price) if price.ten_thousandths() < 0 => Err(NumberError::Negative),
        Ok(price) if price.ten_thousandths() > PRICE_MOST => Err(NumberError::TooLarge),
        Ok(price) => Ok(Some(price)),
        Err(NumberError::Empty) => Ok(None),
        Err(error) => Err(error),
    }
}

fn rate(text: &str) -> Option<Percent> {
    let rate = Percent::parse_french(text.trim_end_matches(['%', '\u{a0}', '\u{202f}', ' '])).ok()?;
    (0..=100_000_000).contains(&rate.millionths()).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_with_spaces_comma_or_point_and_nothing_else() {
        let read = |text: &str| unit_price(text).map(|price| price.map(UnitPrice::ten_thousandths));

        assert_eq!(read("1 250,50"), Ok(Some(12_505_000)));
        assert_eq!(read("1250.5"), Ok(Some(12_505_000)));
        assert_eq!(read("0"), Ok(Some(0)));
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("-1"), Err(NumberError::Negative));
        assert_eq!(read("12x"), Err(NumberError::NotANumber));
        assert_eq!(read("1000000000000000"), Err(NumberError::TooLarge));
    }

    #[test]
    fn a_rate_of_vat_is_between_nothing_and_all() {
        assert_eq!(rate("21 %").map(rate_text).as_deref(), Some("21"));
        assert_eq!(rate("-1"), None);
        assert_eq!(rate("101"), None);
    }
}
