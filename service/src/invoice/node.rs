//! An element with the place it stands at: what is asked of it is there once, in the form that it needs, or says where not.

use std::str::FromStr;

use chrono::NaiveDate;
use domain::{
    invoice::{InvoiceFault, MOST_CODE, MOST_TEXT, Reason},
    kernel::{Money, NumberError, Percent, Quantity, UnitPrice, identifier::IdentifierError},
};

use super::tree::{Element, Kind, quoted};

pub(super) struct Node<'t> {
    element: &'t Element<'t>,
    place: String,
}

impl<'t> Node<'t> {
    pub(super) fn root(element: &'t Element<'t>) -> Self {
        Self { element, place: element.name.clone() }
    }

    pub(super) fn name(&self) -> &str {
        &self.element.name
    }

    pub(super) fn fault(&self, reason: Reason) -> InvoiceFault {
        InvoiceFault { place: self.place.clone(), reason }
    }

    /// A fault of something in it.
    pub(super) fn fault_at(&self, name: &str, reason: Reason) -> InvoiceFault {
        InvoiceFault { place: format!("{}/{name}", self.place), reason }
    }

    pub(super) fn group(&self, name: &str) -> Result<Self, InvoiceFault> {
        self.optional_group(name)?.ok_or_else(|| self.fault_at(name, Reason::Missing))
    }

    pub(super) fn optional_group(&self, name: &str) -> Result<Option<Self>, InvoiceFault> {
        self.once(Kind::Aggregate, name)
    }

    pub(super) fn groups(&self, name: &str) -> Vec<Self> {
        self.every(Kind::Aggregate, name)
    }

    pub(super) fn field(&self, name: &str) -> Result<Self, InvoiceFault> {
        self.optional_field(name)?.ok_or_else(|| self.fault_at(name, Reason::Missing))
    }

    pub(super) fn optional_field(&self, name: &str) -> Result<Option<Self>, InvoiceFault> {
        self.once(Kind::Basic, name)
    }

    pub(super) fn fields(&self, name: &str) -> Vec<Self> {
        self.every(Kind::Basic, name)
    }

    fn once(&self, kind: Kind, name: &str) -> Result<Option<Self>, InvoiceFault> {
        let mut same = self.children(kind, name);
        let first = same.next();
        if same.next().is_some() {
            return Err(self.fault_at(name, Reason::Doubled));
        }
        Ok(first.map(|element| Self { element, place: format!("{}/{name}", self.place) }))
    }

    fn every(&self, kind: Kind, name: &str) -> Vec<Self> {
        let placed = |(element, number): (_, u32)| Self { element, place: format!("{}/{name}[{number}]", self.place) };
        self.children(kind, name).zip(1..).map(placed).collect()
    }

    fn children(&self, kind: Kind, name: &str) -> impl Iterator<Item = &'t Element<'t>> {
        self.element.children.iter().filter(move |child| child.kind == kind && child.name == name)
    }
}

/// Values of a basic element.
impl Node<'_> {
    /// A number, a code, a name of a file.
    pub(super) fn code(&self) -> Result<String, InvoiceFault> {
        self.kept(MOST_CODE)
    }

    pub(super) fn text(&self) -> Result<String, InvoiceFault> {
        self.kept(MOST_TEXT)
    }

    /// What is written, without the spaces around it.
    fn written(&self) -> Result<&str, InvoiceFault> {
        match self.element.text.trim() {
            "" => Err(self.fault(Reason::Empty)),
            text => Ok(text),
        }
    }

    fn kept(&self, most: usize) -> Result<String, InvoiceFault> {
        let text = self.written()?;
        if text.chars().count() > most { Err(self.fault(Reason::TooLong { most })) } else { Ok(text.to_owned()) }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.element.attributes.iter().find(|(known, _)| *known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn needed_attribute(&self, name: &str) -> Result<&str, InvoiceFault> {
        self.attribute(name).ok_or_else(|| self.fault_at(&format!("@{name}"), Reason::Missing))
    }

    pub(super) fn identifier<T: FromStr<Err = IdentifierError>>(&self) -> Result<T, InvoiceFault> {
        self.written()?.parse().map_err(|error| self.fault(Reason::Identifier(error)))
    }

    /// `2026-03-02`, without hour or zone.
    pub(super) fn date(&self) -> Result<NaiveDate, InvoiceFault> {
        let text = self.written()?;
        let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let read = is_plain.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
        read.ok_or_else(|| self.fault(Reason::NotADate))
    }

    pub(super) fn boolean(&self) -> Result<bool, InvoiceFault> {
        match self.written()? {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(self.fault(Reason::NotABoolean)),
        }
    }

    pub(super) fn amount(&self) -> Result<Money, InvoiceFault> {
        self.in_euro()?;
        self.number(Money::parse_iso)
    }

    /// Never below zero: it is the quantity that takes back.
    pub(super) fn price(&self) -> Result<UnitPrice, InvoiceFault> {
        self.in_euro()?;
        let price = self.number(UnitPrice::parse_iso)?;
        if price.ten_thousandths() < 0 { Err(self.fault(Reason::Number(NumberError::Negative))) } else { Ok(price) }
    }

    pub(super) fn quantity(&self) -> Result<Quantity, InvoiceFault> {
        self.number(Quantity::parse_iso)
    }

    pub(super) fn percent(&self) -> Result<Percent, InvoiceFault> {
        let percent = self.number(Percent::parse_iso)?;
        if percent < Percent::ZERO { Err(self.fault(Reason::Number(NumberError::Negative))) } else { Ok(percent) }
    }

    fn in_euro(&self) -> Result<(), InvoiceFault> {
        match self.needed_attribute("currencyID")? {
            "EUR" => Ok(()),
            other => Err(self.fault(Reason::Currency { found: quoted(other) })),
        }
    }

    fn number<T>(&self, parse: fn(&str) -> Result<T, NumberError>) -> Result<T, InvoiceFault> {
        let wrong = |error| self.fault(Reason::Number(error));
        parse(&plain(self.written()?).map_err(wrong)?).map_err(wrong)
    }
}

/// The writings of XML's decimals that our own files do not have: `+1`, `.5`, `1.`, `1.5000`.
fn plain(text: &str) -> Result<String, NumberError> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.starts_with('-') || whole.is_empty() && fraction.is_empty() {
        return Err(NumberError::NotANumber);
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Ok(match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_xml_are_read_whatever_their_writing() {
        for (text, expected) in
            [("1", "1"), ("+1", "1"), ("1.", "1"), (".5", "0.5"), ("-.50", "-0.5"), ("1.5000", "1.5"), ("007", "007")]
        {
            assert_eq!(plain(text), Ok(expected.to_owned()), "{text}");
        }
        for text in ["", ".", "+", "-", "+-1", "--1", "1e5", "1,5", "1.2.3", "NaN"] {
            assert!(plain(text).and_then(|text| Money::parse_iso(&text)).is_err(), "{text}");
        }
    }
}
