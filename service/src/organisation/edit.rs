use domain::{
    authz::{Actor, EditOrganisation},
    fault::Fault,
    kernel::ids::OrganisationId,
    organisation::{Organisation, OrganisationKind},
};

use crate::{
    Error, FieldErrors, Services,
    store::{
        Audit,
        organisations::{self, Profile},
    },
};

/// Writes what the organisation says of itself; the first time, that claims its page. Nothing is overwritten when
/// somebody else was faster.
pub async fn edit(services: &Services, actor: &Actor, id: OrganisationId, profile: &Profile) -> Result<(), Error> {
    let tx = services.begin().await?;
    let organisation = organisations::lock(&tx, id).await?;
    let (tx, permitted) = tx.permit::<EditOrganisation>(actor, organisation).await?;

    let before = permitted.subject();
    if before.version != profile.version {
        return Err(Error::Stale);
    }
    if before.kind == OrganisationKind::Sme && profile.bce.is_none() {
        return Err(FieldErrors::one("bce", Fault::Empty).into());
    }
    if let Some(bce) = profile.bce
        && organisations::lock_by_bce(&tx, bce).await?.is_some_and(|other| other.id != id)
    {
        return Err(FieldErrors::one("bce", Fault::BceTaken).into());
    }

    let updated = organisations::update(&tx, &permitted, profile).await?;
    let audit = changes(Audit::of(&permitted), before, profile);
    tx.commit(audit, [updated]).await
}

fn changes(audit: Audit, before: &Organisation, after: &Profile) -> Audit {
    let facts = [
        ("bce", &before.bce, after.bce.map(|bce| bce.to_string())),
        ("address", &before.address, after.address.clone()),
        ("email", &before.email, after.email.as_ref().map(ToString::to_string)),
        ("iban", &before.iban, after.iban.as_ref().map(ToString::to_string)),
        ("peppol_id", &before.peppol_id, after.peppol_id.as_ref().map(ToString::to_string)),
    ];
    facts
        .into_iter()
        .filter(|(_, before, after)| *before != after)
        .fold(audit, |audit, (name, before, after)| audit.changed(name, before.clone(), after))
}
