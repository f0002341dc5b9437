//! Central purchasing bodies: what they offer, who adheres to them, who may order, what it costs.

pub(crate) mod accession;
pub(crate) mod fees;
pub(crate) mod list;
pub(crate) mod members;
pub(crate) mod need;
pub(crate) mod offer;
pub(crate) mod show;
pub(crate) mod users;
pub(crate) mod words;

use domain::{central::Fee, contract::Contract, kernel::ids::OrganisationId};
use leptos::prelude::*;
use service::{Error, store};

use super::{Cx, ui, words::t};

pub(crate) const PATH: &str = "/centrale";

/// What the body of this contract asks of whoever asks for this page; nothing of itself, nor where there is no body.
pub(crate) async fn fee_of(cx: &Cx, contract: &Contract) -> Result<Option<Fee>, Error> {
    if contract.entitled.is_none() || contract.pilot == cx.actor()?.organisation() {
        return Ok(None);
    }
    match store::central::find(cx.services(), cx.scope(), contract.reference).await {
        Ok(framework) => Ok(Some(framework.offer.fee)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What an order costs beside its price.
pub(crate) fn fee_note(fee: Option<Fee>) -> Option<AnyView> {
    fee.map(|fee| ui::note("", t!(central.fee), words::fee(fee)))
}

/// The page above an order on this contract: whoever has no part in it comes from the framework.
pub(crate) fn above(contract: &Contract, organisation: OrganisationId) -> String {
    let path = if contract.takes_part(organisation) { "/contrats" } else { PATH };
    format!("{path}/{}", contract.reference)
}
