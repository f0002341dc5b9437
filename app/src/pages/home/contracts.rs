//! What waits on a contract: reports of failure that a firm may answer, loans to which an executive may consent.

use domain::authz::{Action as _, AgreeLoan};
use service::{
    Error,
    contract::{self, AwaitedAnswer},
    store::loans,
};

use super::agenda::Line;
use crate::pages::{Cx, words::t};

/// Reports about the reader's firm, until their last day.
pub(super) async fn failures(cx: &Cx) -> Result<Vec<Line>, Error> {
    Ok(contract::answers_awaited(cx.services(), cx.actor()?).await?.into_iter().map(failure).collect())
}

fn failure(awaited: AwaitedAnswer) -> Line {
    Line {
        title: t!(home.firm_failure).to_owned(),
        address: format!("/contrats/{}/manquements", awaited.contract),
        reference: awaited.contract.to_string(),
        object: awaited.object,
        until: Some(awaited.until),
    }
}

/// Loans that wait for the reader's consent.
pub(super) async fn loans(cx: &Cx) -> Result<Vec<Line>, Error> {
    let actor = cx.actor()?;
    let now = cx.services().now();
    let found = loans::awaiting(cx.services(), actor.organisation()).await?.into_iter();
    Ok(found
        .filter(|lending| AgreeLoan::permits(actor, lending) && lending.contract.may_order(now).is_ok())
        .map(|lending| Line {
            title: t!(home.loan).to_owned(),
            address: format!("/contrats/{}/prets", lending.contract.reference),
            reference: lending.contract.reference.to_string(),
            object: lending.contract.object,
            until: None,
        })
        .collect())
}
