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
    agreed_on: NaiveDate,
}

/// Why nothing is lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoanRefused {
    /// Nobody lends to itself.
    #[error("the same participant")]
    SameParticipant,
    #[error("not above zero")]
    NotPositive,
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

    /// The loan, of the day on which the second one agreed.
    pub fn loan(self) -> Result<Loan, LoanRefused> {
        let lender_on = self.lender_agreed_on.ok_or(LoanRefused::Awaits(self.lender))?;
        let borrower_on = self.borrower_agreed_on.ok_or(LoanRefused::Awaits(self.borrower))?;
        let Self { lender, borrower, amount, .. } = self;
        Ok(Loan { lender, borrower, amount, agreed_on: lender_on.max(borrower_on) })
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

    pub fn agreed_on(&self) -> NaiveDate {
        self.agreed_on
    }
}
