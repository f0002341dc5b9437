use domain::{
    authz::{Action, Authorised},
    contract::{Conclusion, ConclusionError},
    fault::Fault,
    kernel::ids::ContractId,
    parameter::ParameterSet,
    refusal::Refusal,
    tender::Tender,
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
    let new = conclusion.of(permitted.subject(), law).map_err(told)?;
    store::contracts::insert(tx, permitted, &new).await
}

/// As a person reads it: the law of the day is not known, the shares can't be computed.
pub(crate) fn told(error: ConclusionError) -> Error {
    match error {
        ConclusionError::Missing(missing) | ConclusionError::Surety(domain::surety::SuretyError::Missing(missing)) => {
            Error::Refused(Refusal::MissingParameter { key: missing.key, on: missing.on })
        }
        ConclusionError::Share(_) => FieldErrors::one("cle", Fault::Shares).into(),
        other @ (ConclusionError::Total | ConclusionError::Surety(_)) => Error::Corrupt(other.to_string()),
    }
}
