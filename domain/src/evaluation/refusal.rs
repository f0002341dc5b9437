use chrono::NaiveDate;

use crate::{kernel::Money, tender::Stage};

/// Why a well-typed, permitted act of this part is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The act belongs to another step of the file.
    #[error("done at {stage:?} only")]
    NotAtThisStep {
        /// Where it is done.
        stage: Stage,
    },
    /// Some offers are neither selected nor left out.
    #[error("selection undecided: {names:?}")]
    SelectionUndecided {
        /// Their firms.
        names: Vec<String>,
    },
    /// Nobody is selected: the tender is given up (loi du 17 juin 2016, art. 85).
    #[error("nobody is selected")]
    NobodySelected,
    /// Some selected offers are neither regular nor irregular.
    #[error("regularity undecided: {names:?}")]
    RegularityUndecided {
        /// Their firms.
        names: Vec<String>,
    },
    /// No offer is regular.
    #[error("no regular offer")]
    NoRegularOffer,
    /// The offer was left out before.
    #[error("the offer is out")]
    OfferIsOut,
    /// The conditions do not provide for a negotiation, or the procedure has none.
    #[error("no negotiation in this tender")]
    NoNegotiation,
    /// An open or restricted procedure puts no irregularity right (royal decree of 18 April 2017, art. 76, § 3).
    #[error("no irregularity is put right in this procedure")]
    NoRegularisation,
    /// Debts are put right once (loi, art. 68).
    #[error("debts were asked about already")]
    DebtsAskedOnce,
    /// Debts alone leave nobody out who was not asked to put them right (loi, art. 68, § 1er).
    #[error("debts were not asked about")]
    DebtsToAsk,
    /// An abnormal price voids no offer whose justification was not asked for (royal decree, art. 36, § 2).
    #[error("the price was not asked about")]
    PriceToAsk,
    /// The firm may still answer what it was asked.
    #[error("an answer is awaited until {until}")]
    AnswerAwaited {
        /// The last day.
        until: NaiveDate,
    },
    /// The firm has answered, or its answer was judged.
    #[error("the request is settled")]
    RequestSettled,
    /// The person does not judge the offers of this tender.
    #[error("not on the jury")]
    NotOnTheJury,
    /// Interests are declared before anything is scored (loi, art. 6; royal decree of 18 April 2017, art. 51).
    #[error("interests not declared")]
    NotDeclared,
    /// A declared conflict of interest: the person does not score.
    #[error("conflict of interest")]
    InConflict,
    /// A declaration is made once.
    #[error("declared already")]
    DeclaredAlready,
    /// The person's sheet is complete, or they declared a conflict: they stay on the jury.
    #[error("has scored already")]
    HasScored,
    /// The evaluation is closed: points stay as they are.
    #[error("closed")]
    Closed,
    /// Nobody judges the quality.
    #[error("no jury")]
    NoJury,
    /// Some jurors have not declared their interests.
    #[error("declarations missing: {names:?}")]
    DeclarationsMissing {
        /// Who.
        names: Vec<String>,
    },
    /// Some score sheets have holes.
    #[error("score sheets incomplete: {names:?}")]
    SheetsIncomplete {
        /// Whose.
        names: Vec<String>,
    },
    /// A price is zero or below: the ranking would be provisional.
    #[error("prices to check: {names:?}")]
    PricesToCheck {
        /// Their firms.
        names: Vec<String>,
    },
    /// The first rank is shared, and the stated rule does not tell the offers apart.
    #[error("tied: {names:?}")]
    Tied {
        /// Their firms.
        names: Vec<String>,
    },
    /// Nothing is tied: there is nothing to draw.
    #[error("nothing is tied")]
    NotTied,
    /// A written improvement is a lower price (as compared).
    #[error("not below {price}")]
    NotImproved {
        /// What the offer asks now.
        price: Money,
    },
    /// The evaluation is not closed: there is no ranking yet.
    #[error("not closed")]
    NotClosed,
}
