use chrono::{DateTime, NaiveDate, Utc};

use super::Contract;
use crate::{
    audit::Stream,
    authz::Subject,
    kernel::{
        Money,
        ids::{LoanId, OrganisationId},
        time::brussels,
    },
    ledger::{LoanProposal, LoanRefused},
    voucher::Refusal,
};

/// Unused allotment of a contract that one participant lends to another, from its proposal on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lending {
    pub id: LoanId,
    pub contract: Contract,
    pub proposal: LoanProposal,
    pub withdrawn_on: Option<NaiveDate>,
    pub version: i32,
}

impl Contract {
    /// One of the two parties proposes a loan while orders are taken; the lender has it unused at this moment.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_propose_loan(
        &self,
        lender: OrganisationId,
        borrower: OrganisationId,
        amount: Money,
        now: DateTime<Utc>,
    ) -> Result<LoanProposal, Refusal> {
        self.may_order(now)?;
        let proposal = LoanProposal::new(lender, borrower, amount)?;
        let ledger = self.ledger();
        ledger.balance(borrower)?;
        ledger.may_lend(lender, amount)?;
        Ok(proposal)
    }
}

impl Lending {
    pub fn is_agreed(&self) -> bool {
        self.proposal.loan().is_ok()
    }

    /// It waits for one consent at least.
    pub fn is_open(&self) -> bool {
        self.withdrawn_on.is_none() && !self.is_agreed()
    }

    /// It waits for this party's consent.
    pub fn awaits(&self, party: OrganisationId) -> bool {
        self.is_open() && self.proposal.is_of(party) && self.proposal.agreed_on(party).is_none()
    }

    /// This party consents; with the second consent the allotment moves, and the lender still has it unused.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_agree(&self, party: OrganisationId, now: DateTime<Utc>) -> Result<LoanProposal, Refusal> {
        if !self.awaits(party) {
            return Err(LoanRefused::Settled.into());
        }
        self.contract.may_order(now)?;
        let agreed = self.proposal.agreed_by(party, brussels(now).date())?;
        match agreed.loan() {
            Ok(loan) => self.contract.ledger().lend(&loan)?,
            Err(_) => self.contract.ledger().may_lend(agreed.lender(), agreed.amount())?,
        }
        Ok(agreed)
    }

    /// Either party withdraws it until both consented; then it is given back by a loan the other way.
    ///
    /// # Errors
    /// [`LoanRefused::Settled`].
    pub fn may_withdraw(&self) -> Result<(), Refusal> {
        if self.is_open() { Ok(()) } else { Err(LoanRefused::Settled.into()) }
    }
}

impl Subject for Lending {
    fn stream(&self) -> Stream {
        Stream::Tender(self.contract.tender)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        contract::{
            Allotment,
            tests::{COMMUNE, FIRM, at, contract, money},
        },
        ledger::Balance,
    };

    const OTHER: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(4));

    /// 60 000, of which a draft reserves 15 000, and 40 000.
    fn of_two() -> Contract {
        let mut contract = contract();
        contract.allotments[0].balance.allotment = money("60000.00");
        contract.allotments[0].balance.reserved = money("15000.00");
        let balance = Balance { allotment: money("40000.00"), ..Balance::default() };
        contract.allotments.push(Allotment { organisation: OTHER, name: "Andenne".to_owned(), balance });
        contract
    }

    fn proposed(amount: &str) -> Result<Lending, Refusal> {
        let contract = of_two();
        let proposal = contract.may_propose_loan(COMMUNE, OTHER, money(amount), at("2026-12-01T10:00:00"))?;
        let id = LoanId::from_uuid(Uuid::from_u128(5));
        Ok(Lending { id, contract, proposal, withdrawn_on: None, version: 1 })
    }

    #[test]
    fn what_a_draft_reserves_is_not_unused() {
        let (asked, available) = (money("45000.01"), money("45000.00"));

        assert!(proposed("45000.00").is_ok());
        assert_eq!(proposed("45000.01"), Err(LoanRefused::MoreThanUnused { asked, available }.into()));
        let now = at("2026-12-01T10:00:00");
        let stranger = of_two().may_propose_loan(COMMUNE, FIRM, money("1.00"), now);
        assert_eq!(stranger, Err(Refusal::NotAParticipant));
        let late = at("2027-11-24T00:00:00");
        assert!(matches!(
            of_two().may_propose_loan(COMMUNE, OTHER, money("1.00"), late),
            Err(Refusal::ContractOver { .. })
        ));
    }

    #[test]
    fn each_party_consents_once_and_the_second_consent_settles_it() {
        let now = at("2026-12-01T10:00:00");
        let mut lending = proposed("10000.00").expect("unused");
        assert!(lending.awaits(COMMUNE) && lending.awaits(OTHER) && !lending.awaits(FIRM));

        lending.proposal = lending.may_agree(OTHER, now).expect("the borrower");
        assert_eq!(lending.may_agree(OTHER, now), Err(LoanRefused::Settled.into()));
        assert!(lending.is_open() && lending.may_withdraw().is_ok());
        lending.proposal = lending.may_agree(COMMUNE, now).expect("the lender");

        assert!(lending.is_agreed());
        assert_eq!(lending.may_withdraw(), Err(LoanRefused::Settled.into()));
    }

    #[test]
    fn a_consent_comes_too_late_when_the_lender_used_its_part_in_between() {
        let now = at("2026-12-01T10:00:00");
        let mut lending = proposed("10000.00").expect("unused");
        lending.contract.allotments[0].balance.committed = money("35000.01");

        let (asked, available) = (money("10000.00"), money("9999.99"));
        assert_eq!(lending.may_agree(COMMUNE, now), Err(LoanRefused::MoreThanUnused { asked, available }.into()));
    }

    #[test]
    fn a_withdrawn_loan_waits_for_nobody() {
        let mut lending = proposed("10000.00").expect("unused");
        lending.withdrawn_on = Some(at("2026-12-02T10:00:00").date_naive());

        assert!(!lending.awaits(COMMUNE) && lending.may_withdraw().is_err());
    }
}
