use chrono::NaiveDate;
use domain::{
    authz::{Actor, RevisePrices, Scope},
    contract::Contract,
    execution::{Revision, not_compulsory},
    kernel::reference::TenderRef,
    parameter::{MissingParameter, Parameter, ParameterSet},
    specification::{Model, RevisionTerm},
};

use crate::{
    Error, Services, specification,
    store::{self, Audit},
    write::{same, today},
};

/// The formula that the adopted specification states, for an authority that reads it.
pub async fn stated_formula(
    services: &Services,
    scope: Scope,
    reference: TenderRef,
) -> Result<Option<RevisionTerm>, Error> {
    match specification::read(services, scope, reference).await {
        Ok(reading) => Ok(RevisionTerm::read(Model::shipped(), &reading.facts, &reading.draft.answers)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The rows by which the law did not ask for a revision of this contract's prices.
///
/// # Errors
/// No row of a figure on the day of its call.
pub fn revision_warnings(law: &ParameterSet, contract: &Contract) -> Result<Vec<Parameter>, MissingParameter> {
    not_compulsory(law, contract.called_on, contract.estimate, contract.delay_days())
}

/// Applies the formula with these indices from a day to come on: a version of the prices.
pub async fn revise(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    formula: &Revision,
    from: NaiveDate,
) -> Result<(), Error> {
    let stated = stated_formula(services, actor.scope(), reference).await?;
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<RevisePrices>(actor, contract).await?;

    let new = match permitted.subject().may_revise(formula, stated.as_ref(), from, today(&tx)) {
        Ok(new) => new,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let written = store::execution::version(&tx, &permitted, &new).await?;
    let terms: Vec<_> = formula
        .terms()
        .iter()
        .map(|term| format!("{} × {} ÷ {}", term.weight.to_part_iso(), term.now.to_iso(), term.base.to_iso()))
        .collect();
    let audit = Audit::of(&permitted)
        .with("from", from.to_string())
        .with("fixed", formula.fixed().to_part_iso())
        .with("terms", terms)
        .with("coefficient", formula.coefficient().unwrap_or_default());
    tx.commit(audit, [written]).await
}
