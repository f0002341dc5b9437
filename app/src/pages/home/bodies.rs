//! What waits for the people of a central purchasing body: accessions to accept, needs to take into a framework.

use domain::{
    authz::{AcceptAccession, Action as _, Actor, ManageUsers},
    central::Accession,
};
use service::{Error, store::central};

use super::{FILES, agenda::Line};
use crate::pages::{Cx, central::PATH, words::t};

pub(super) async fn lines(cx: &Cx) -> Result<Vec<Line>, Error> {
    let actor = cx.actor()?;
    let own = |accession: &Accession| accession.body == actor.organisation();
    let accessions: Vec<_> = central::accessions(cx.services(), cx.scope()).await?.into_iter().filter(own).collect();
    if accessions.is_empty() {
        return Ok(Vec::new());
    }
    let waits = |accession: &&Accession| accession.may_accept().is_ok() && AcceptAccession::permits(actor, accession);
    let asked = accessions.iter().filter(waits).map(|accession| Line {
        title: t!(central.accept).to_owned(),
        address: format!("{PATH}/adherents"),
        reference: accession.draft.number.clone(),
        object: accession.organisation_name.clone(),
        until: None,
    });
    Ok(asked.chain(needs(cx, actor).await?).collect())
}

async fn needs(cx: &Cx, actor: &Actor) -> Result<Vec<Line>, Error> {
    let (found, _) = central::list(cx.services(), cx.scope(), 0, FILES).await?;
    let managed = found.into_iter().filter(|framework| ManageUsers::permits(actor, framework));
    let waiting =
        managed.filter(|framework| framework.users.iter().any(|user| user.need.is_some() && user.accepted.is_none()));
    Ok(waiting
        .map(|framework| Line {
            title: t!(central.needs_wait).to_owned(),
            address: format!("{PATH}/{}/utilisateurs", framework.reference),
            reference: framework.reference.to_string(),
            object: framework.object,
            until: None,
        })
        .collect())
}
