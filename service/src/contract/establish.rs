use domain::{
    authz::{Action, Authorised},
    central,
    contract::{Conclusion, ConclusionError},
    fault::Fault,
    kernel::ids::ContractId,
    parameter::ParameterSet,
    refusal::Refusal,
    tender::{Tender, Vehicle},
};

use crate::{
    Error, FieldErrors,
    store::{self, Change, Tx},
};

/// Makes the contract of a tender in the write that concludes it (S20): its ceiling, its price list, its allotments,
/// its surety and its clauses. The caller moves the tender and writes the trail.
///
/// # Errors
/// [`Error::Refused`] when the law of the day is not known; the caller hands it to [`Tx::refuse`] or lets it fall.
pub async fn establish<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    law: &ParameterSet,
    conclusion: Conclusion<'_>,
) -> Result<(ContractId, Change), Error> {
    let tender = permitted.subject();
    let new = conclusion.of(tender, law).map_err(told)?;
    let new = match tender.plan.vehicle {
        Vehicle::Isolated | Vehicle::Joint => new,
        Vehicle::Central => {
            let users = store::central::parts(tx, tender.id).await?;
            new.shared_with(tender.pilot, users).map_err(told)?
        }
    };
    store::contracts::insert(tx, permitted, &new).await
}

/// As a person reads it: the law of the day is not known, the shares can't be computed.
pub(crate) fn told(error: ConclusionError) -> Error {
    match error {
        ConclusionError::Missing(missing) | ConclusionError::Surety(domain::surety::SuretyError::Missing(missing)) => {
            Error::Refused(Refusal::MissingParameter { key: missing.key, on: missing.on })
        }
        ConclusionError::Users { needs, maximum } => {
            Error::Refused(central::Refusal::UsersPassMaximum { counted: needs, maximum }.into())
        }
        ConclusionError::Share(_) => FieldErrors::one("cle", Fault::Shares).into(),
        other @ (ConclusionError::Total | ConclusionError::Surety(_)) => Error::Corrupt(other.to_string()),
    }
}
