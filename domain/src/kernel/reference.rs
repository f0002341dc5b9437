//! The numbers people say on the telephone: `MP-2026-0001`, `BC-2026-000001`, `RO-2026-000001`.

use std::{fmt, str::FromStr};

use super::text::serde_as_text;

/// The text is not a reference of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a reference")]
pub struct NotAReference;

macro_rules! references {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $width:literal digits;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            year: u16,
            number: u32,
        }

        impl $name {
            /// A reference from its year (2000 to 9999) and its number (from 1).
            pub const fn new(year: u16, number: u32) -> Option<Self> {
                if year >= 2000 && year <= 9999 && number > 0 { Some(Self { year, number }) } else { None }
            }

            /// The calendar year it is counted in.
            pub const fn year(self) -> u16 {
                self.year
            }

            /// Its place in the year, from 1.
            pub const fn number(self) -> u32 {
                self.number
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&format!(concat!($prefix, "-{}-{:0", $width, "}"), self.year, self.number))
            }
        }

        impl FromStr for $name {
            type Err = NotAReference;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let (year, number) = parts(text, $prefix, $width).ok_or(NotAReference)?;
                Self::new(year, number).ok_or(NotAReference)
            }
        }

        serde_as_text!($name);
    )*};
}

references! {
    /// Reference of a tender, `MP-2026-0001`; more digits when the year needs them.
    TenderRef = "MP", 4 digits;
    /// Number of an order voucher, `BC-2026-000001`; gapless per authority and year of the commitment.
    VoucherRef = "BC", 6 digits;
    /// Number of the receipt of an offer, `RO-2026-000001`.
    ReceiptRef = "RO", 6 digits;
}

/// Year and number of the one canonical writing: no other case, no missing or useless zero.
fn parts(text: &str, prefix: &str, width: usize) -> Option<(u16, u32)> {
    let (year, number) = text.strip_prefix(prefix)?.strip_prefix('-')?.split_once('-')?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = number.len() == width || number.len() > width && !number.starts_with('0');
    if year.len() != 4 || !is_digits(year) || !is_digits(number) || !canonical {
        return None;
    }

    Some((year.parse().ok()?, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_one_writing() {
        let reference = TenderRef::new(2026, 1).expect("a reference");

        assert_eq!(reference.to_string(), "MP-2026-0001");
        assert_eq!("MP-2026-0001".parse(), Ok(reference));
        assert_eq!("MP-2026-12345".parse::<TenderRef>().map(TenderRef::number), Ok(12_345));
        assert_eq!(VoucherRef::new(2026, 123).map(|number| number.to_string()), Some("BC-2026-000123".into()));
        assert_eq!("RO-2027-000001".parse::<ReceiptRef>().map(ReceiptRef::year), Ok(2027));
    }

    #[test]
    fn other_writings_are_refused() {
        for text in [
            "",
            "MP",
            "MP-2026",
            "MP-2026-",
            "MP-2026-1",
            "MP-2026-00001",
            "mp-2026-0001",
            "BC-2026-0001",
            "MP-26-0001",
            "MP-1999-0001",
            "MP-2026-0000",
            "MP-2026-+001",
            "MP-2026-0001 ",
            "MP-2026-99999999999",
        ] {
            assert_eq!(text.parse::<TenderRef>(), Err(NotAReference), "{text}");
        }
    }

    #[test]
    fn a_reference_travels_as_its_text() {
        let reference = TenderRef::new(2026, 42).expect("a reference");
        let json = serde_json::to_string(&reference).expect("a text");

        assert_eq!(json, "\"MP-2026-0042\"");
        assert_eq!(serde_json::from_str::<TenderRef>(&json).expect("the same text"), reference);
    }
}
