use chrono::{DateTime, Utc};

use crate::{
    kernel::ids::OfferId,
    offer::{OfferContent, OfferLine},
};

/// One price of one offer, changed, with why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub offer: OfferId,
    pub kind: CorrectionKind,
    /// Code of the line of the inventory.
    pub line: String,
    /// None: the line had no price.
    pub before: Option<OfferLine>,
    pub after: OfferLine,
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// Why a price is not the one that was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionKind {
    /// An arithmetic or purely material error (royal decree of 18 April 2017, art. 34).
    Error,
    /// A price of a round of negotiation.
    Negotiated,
    /// A written improvement that tells tied offers apart. It changes the price to pay and no points.
    Improvement,
}

impl CorrectionKind {
    pub const ALL: [Self; 3] = [Self::Error, Self::Negotiated, Self::Improvement];

    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Negotiated => "negotiated",
            Self::Improvement => "improvement",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// It changes what is compared.
    pub fn counts_in_points(self) -> bool {
        match self {
            Self::Error | Self::Negotiated => true,
            Self::Improvement => false,
        }
    }
}

/// The content with these corrections, the later after the earlier.
pub fn corrected<'a>(content: &OfferContent, corrections: impl IntoIterator<Item = &'a Correction>) -> OfferContent {
    let mut content = content.clone();
    for correction in corrections {
        match content.lines.iter_mut().find(|line| line.code == correction.line) {
            Some(line) => line.clone_from(&correction.after),
            None => content.lines.push(correction.after.clone()),
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Percent, UnitPrice};

    fn line(code: &str, price: &str) -> OfferLine {
        let unit_price = UnitPrice::parse_iso(price).expect("a price");
        OfferLine { code: code.to_owned(), unit_price, vat: Percent::parse_iso("21").expect("a rate") }
    }

    fn correction(after: OfferLine) -> Correction {
        Correction {
            offer: OfferId::from_uuid(uuid::Uuid::from_u128(1)),
            kind: CorrectionKind::Error,
            line: after.code.clone(),
            before: None,
            after,
            reason: "Virgule oubliée".to_owned(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_last_correction_of_a_line_counts_and_a_line_left_out_may_come() {
        let content = OfferContent { lines: vec![line("A", "1")], remark: String::new() };
        let corrections = [correction(line("A", "2")), correction(line("B", "5")), correction(line("A", "3"))];

        assert_eq!(corrected(&content, &corrections).lines, [line("A", "3"), line("B", "5")]);
    }
}
