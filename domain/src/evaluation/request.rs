use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    kernel::{
        deadline::{self, Deadline},
        ids::{OfferId, RequestId},
    },
    parameter::{MissingParameter, ParameterSet},
};

/// Something that a firm is asked for, with the day until which it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceRequest {
    pub id: RequestId,
    pub offer: OfferId,
    pub kind: RequestKind,
    pub text: String,
    /// The text of law it rests on.
    pub legal_ref: String,
    pub asked_at: DateTime<Utc>,
    pub due_on: NaiveDate,
    pub answered_on: Option<NaiveDate>,
    pub answer: Option<String>,
    /// None: not judged yet.
    pub accepted: Option<bool>,
    pub version: i32,
}

impl PieceRequest {
    /// Neither answered nor judged.
    pub fn is_open(&self) -> bool {
        self.answered_on.is_none() && self.accepted.is_none()
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestKind {
    /// Debts above the amount of the law, to be put right once.
    Debts,
    /// A piece that is missing, or an explanation of one.
    Piece,
    /// The justification of a price that seems abnormal.
    Price,
    /// An irregularity to put right.
    Regularisation,
    /// An improved offer, in a negotiation.
    Negotiation,
    /// A written improvement of the price, between tied offers.
    Improvement,
}

impl RequestKind {
    pub const ALL: [Self; 6] =
        [Self::Debts, Self::Piece, Self::Price, Self::Regularisation, Self::Negotiation, Self::Improvement];

    pub fn code(self) -> &'static str {
        match self {
            Self::Debts => "debts",
            Self::Piece => "piece",
            Self::Price => "price",
            Self::Regularisation => "regularisation",
            Self::Negotiation => "negotiation",
            Self::Improvement => "improvement",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The text of law that a request of this kind cites.
    pub fn legal_ref(self) -> &'static str {
        match self {
            Self::Debts => "Loi du 17 juin 2016, art. 68, § 1er",
            Self::Piece => "Loi du 17 juin 2016, art. 66, § 3",
            Self::Price => "AR du 18 avril 2017, art. 36, § 2",
            Self::Regularisation => "AR du 18 avril 2017, art. 76, §§ 4 et 5",
            Self::Negotiation => "Loi du 17 juin 2016, art. 38, 41 et 42",
            Self::Improvement => "Cahier spécial des charges, règle en cas d’égalité",
        }
    }

    /// The delay that the law gives, as the figures of `law` have it, counted from `asked`. None where the law wants a
    /// fitting delay without a figure.
    ///
    /// # Errors
    /// No row of the delay on the day of the law.
    pub fn delay(
        self,
        set: &ParameterSet,
        law: NaiveDate,
        asked: NaiveDate,
    ) -> Result<Option<Deadline>, MissingParameter> {
        match self {
            Self::Debts => Ok(deadline::working(asked, set.days_on(DEBTS, law)?).ok()),
            Self::Price => Ok(deadline::calendar(asked, set.days_on(PRICE, law)?).ok()),
            Self::Piece | Self::Regularisation | Self::Negotiation | Self::Improvement => Ok(None),
        }
    }

    /// Key of the figure of [`RequestKind::delay`].
    pub fn figure(self) -> Option<&'static str> {
        match self {
            Self::Debts => Some(DEBTS),
            Self::Price => Some(PRICE),
            Self::Piece | Self::Regularisation | Self::Negotiation | Self::Improvement => None,
        }
    }
}

const DEBTS: &str = "debts.regularise_days";
const PRICE: &str = "price.justification_days";

#[cfg(test)]
mod tests {
    use super::*;

    fn due(kind: RequestKind, asked: &str) -> Option<NaiveDate> {
        let asked = asked.parse().expect("a date");
        kind.delay(&ParameterSet::shipped(), asked, asked).expect("a row").map(|delay| delay.end)
    }

    #[test]
    fn debts_are_put_right_in_five_working_days() {
        assert_eq!(due(RequestKind::Debts, "2026-12-21"), "2026-12-29".parse().ok());
    }

    #[test]
    fn a_price_is_justified_in_twelve_days() {
        // Day 12 is Saturday 2 January 2027.
        assert_eq!(due(RequestKind::Price, "2026-12-21"), "2027-01-04".parse().ok());
    }

    #[test]
    fn the_law_has_no_figure_for_a_missing_piece() {
        assert_eq!(due(RequestKind::Piece, "2026-12-21"), None);
    }
}
