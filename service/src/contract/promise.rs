//! What a contract promises: letters to those who have the next step on it.

use chrono::NaiveDate;
use domain::{
    contract::{Contract, Lending},
    kernel::{
        ids::{ContractId, LoanId, OrganisationId},
        time::date_french,
    },
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    Error, Services,
    call::letters::Letter,
    mail::written,
    store::{
        self,
        outbox::{Due, Promise},
    },
};

/// A participant learns that a loan waits for its consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LoanAwaits {
    pub loan: LoanId,
    pub proposer: OrganisationId,
    pub party: OrganisationId,
}

/// The pilot learns that the firm answered its report of failure of this day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FailureAnswered {
    pub contract: ContractId,
    pub reported_on: NaiveDate,
}

impl Promise for LoanAwaits {
    const KIND: &'static str = "contract.loan_awaits";
}

impl Promise for FailureAnswered {
    const KIND: &'static str = "contract.failure_answered";
}

/// The promises that [`letters_of`] keeps.
pub const KINDS: [&str; 2] = [LoanAwaits::KIND, FailureAnswered::KIND];

/// The letter that keeps a promise; none when nobody has an address, or when nothing is waited for any more.
pub async fn letters_of(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    match due.kind.as_str() {
        LoanAwaits::KIND => {
            let promise: LoanAwaits = payload(due)?;
            let lending = store::loans::promised(services, promise.loan).await?;
            if !lending.awaits(promise.party) {
                return Ok(None);
            }
            let facts = loan_facts(&lending, promise.proposer);
            let source = include_str!("../mail/templates/loan_awaits.txt");
            addressed(services, promise.party, source, &lending.contract, facts).await
        }
        FailureAnswered::KIND => {
            let promise: FailureAnswered = payload(due)?;
            let contract = store::contracts::promised(services, promise.contract).await?;
            let facts = vec![("reported_on", date_french(promise.reported_on))];
            let source = include_str!("../mail/templates/failure_answered.txt");
            addressed(services, contract.pilot, source, &contract, facts).await
        }
        other => Err(Error::Corrupt(format!("{other} is not a promise of a contract"))),
    }
}

fn loan_facts(lending: &Lending, proposer: OrganisationId) -> Vec<(&'static str, String)> {
    let name = |id| lending.contract.allotment(id).map(|share| share.name.clone()).unwrap_or_default();
    let proposal = &lending.proposal;
    vec![
        ("proposer", name(proposer)),
        ("lender", name(proposal.lender())),
        ("borrower", name(proposal.borrower())),
        ("amount", proposal.amount().to_string()),
    ]
}

async fn addressed(
    services: &Services,
    to: OrganisationId,
    source: &str,
    contract: &Contract,
    facts: Vec<(&'static str, String)>,
) -> Result<Option<Letter>, Error> {
    let common = [
        ("home", services.settings().base_url.clone()),
        ("reference", contract.reference.to_string()),
        ("object", contract.object.clone()),
        ("supplier", contract.supplier_name.clone()),
    ];
    let facts: Map<String, Value> =
        common.into_iter().chain(facts).map(|(name, fact)| (name.to_owned(), fact.into())).collect();
    let (subject, text) = written(source, &facts)?;
    let to = store::invitations::address(services, to).await?;
    Ok((!to.is_empty()).then_some(Letter { to, subject, text }))
}

fn payload<P: DeserializeOwned>(due: &Due) -> Result<P, Error> {
    serde_json::from_value(due.payload.clone()).map_err(|error| Error::Corrupt(format!("{}: {error}", due.kind)))
}
