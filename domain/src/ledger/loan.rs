use chrono::NaiveDate;

use crate::kernel::{Money, ids::OrganisationId};

/// Unused allotment that one participant would lend to another, until both agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanProposal {
    lender: OrganisationId,
    borrower: OrganisationId,
    amount: Money,
    lender_agreed_on: Option<NaiveDate>,
    borrower_agreed_on: Option<NaiveDate>,
}

/// A loan that both agreed to; there is no other way to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loan {
    lender: OrganisationId,
    borrower: OrganisationId,
    amount: Money,
}

/// Why nothing is lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoanRefused {
    /// Nobody lends to itself.
    #[error("the same participant")]
    SameParticipant,
    #[error("not above zero")]
    NotPositive,
    /// More than the lender has unused.
    #[error("{asked} asked, {available} unused")]
    MoreThanUnused { asked: Money, available: Money },
    /// Both agreed, or it was withdrawn.
    #[error("settled")]
    Settled,
    /// Neither the lender nor the borrower.
    #[error("not a party")]
    NotAParty,
    /// This participant has not agreed.
    #[error("{0} has not agreed")]
    Awaits(OrganisationId),
}

impl LoanProposal {
    pub fn new(lender: OrganisationId, borrower: OrganisationId, amount: Money) -> Result<Self, LoanRefused> {
        if lender == borrower {
            return Err(LoanRefused::SameParticipant);
        }
        if !amount.is_positive() {
            return Err(LoanRefused::NotPositive);
        }
        Ok(Self { lender, borrower, amount, lender_agreed_on: None, borrower_agreed_on: None })
    }

    /// As it is kept.
    #[must_use]
    pub fn kept(self, lender_agreed_on: Option<NaiveDate>, borrower_agreed_on: Option<NaiveDate>) -> Self {
        Self { lender_agreed_on, borrower_agreed_on, ..self }
    }

    pub fn lender(&self) -> OrganisationId {
        self.lender
    }

    pub fn borrower(&self) -> OrganisationId {
        self.borrower
    }

    pub fn amount(&self) -> Money {
        self.amount
    }

    pub fn is_of(&self, party: OrganisationId) -> bool {
        [self.lender, self.borrower].contains(&party)
    }

    /// When this party agreed.
    pub fn agreed_on(&self, party: OrganisationId) -> Option<NaiveDate> {
        if party == self.lender {
            self.lender_agreed_on
        } else {
            self.borrower_agreed_on.filter(|_| party == self.borrower)
        }
    }

    /// One of the two agrees; a second time changes nothing.
    pub fn agreed_by(self, party: OrganisationId, on: NaiveDate) -> Result<Self, LoanRefused> {
        if party == self.lender {
            Ok(Self { lender_agreed_on: self.lender_agreed_on.or(Some(on)), ..self })
        } else if party == self.borrower {
            Ok(Self { borrower_agreed_on: self.borrower_agreed_on.or(Some(on)), ..self })
        } else {
            Err(LoanRefused::NotAParty)
        }
    }

    /// The loan, once both agreed.
    pub fn loan(self) -> Result<Loan, LoanRefused> {
        let Self { lender, borrower, amount, lender_agreed_on, borrower_agreed_on } = self;
        lender_agreed_on.ok_or(LoanRefused::Awaits(lender))?;
        borrower_agreed_on.ok_or(LoanRefused::Awaits(borrower))?;
        Ok(Loan { lender, borrower, amount })
    }
}

impl Loan {
    pub fn lender(&self) -> OrganisationId {
        self.lender
    }

    pub fn borrower(&self) -> OrganisationId {
        self.borrower
    }

    pub fn amount(&self) -> Money {
        self.amount
    }
}
