use domain::{
    authz::{Actor, DeclareInterests, NameJury},
    evaluation::{Dossier, Refusal},
    fault::Fault,
    kernel::{ids::PersonId, reference::TenderRef},
    tender::{Stage, Tender},
};

use super::{promise::JurorNamed, steps::conditions_for};
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit},
};

/// Longest declaration kept, in characters.
pub const DECLARATION_MOST: usize = 2_000;

/// Names an evaluator of a participant; they are promised a letter.
pub async fn name_juror(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    person: PersonId,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<NameJury>(actor, tender).await?;

    let dossier = store::evaluation::dossier_in_write(&tx, permitted.subject().id).await?;
    let allowed = may_change_jury(permitted.subject(), &dossier).map_err(Into::into).and_then(|()| {
        let there = dossier.juror(person).is_some();
        if there { Err(domain::refusal::Refusal::AlreadyDone) } else { Ok(()) }
    });
    if let Err(refusal) = allowed {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let named = store::evaluation::insert_juror(&tx, &permitted, person).await?;
    let promised = tx.promise(&JurorNamed { tender: reference, person }).await?;
    let name = store::people::find(services, person).await?.name;
    tx.commit(Audit::of(&permitted).with("organisation", name), [named, promised]).await
}

/// Somebody who leaves the jury.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    pub person: PersonId,
    /// Of their sheet.
    pub version: i32,
    /// Compulsory where points go with them.
    pub reason: String,
}

/// Takes somebody off the jury with the points they have given, as long as their sheet is not complete and they declared no
/// conflict, which the report tells of.
pub async fn remove_juror(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    departure: &Departure,
) -> Result<(), Error> {
    let (_, _, terms) = conditions_for::<NameJury>(services, actor, reference, Stage::Evaluation).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<NameJury>(actor, tender).await?;

    let dossier = store::evaluation::dossier_in_write(&tx, permitted.subject().id).await?;
    let juror = dossier.juror(departure.person).ok_or(Error::NotFound)?;
    let allowed = may_change_jury(permitted.subject(), &dossier).and_then(|()| dossier.may_leave(&terms, juror));
    if let Err(refusal) = allowed {
        let refusal = refusal.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    if juror.sheet_version != departure.version {
        return Err(Error::Stale);
    }
    if juror.sheet_version > 0 && departure.reason.is_empty() {
        return Err(FieldErrors::one(departure_field(juror.person), Fault::Empty).into());
    }

    let removed = store::evaluation::remove_juror(&tx, &permitted, juror.person).await?;
    let audit = Audit::of(&permitted)
        .with("organisation", juror.name.clone())
        .with("removed", true)
        .with("reason", departure.reason.clone());
    tx.commit(audit, [removed]).await
}

/// Name of the field of the reason why somebody leaves.
pub fn departure_field(person: PersonId) -> String {
    format!("motif-{person}")
}

/// The juror declares, once, that they have no conflict of interest, or which one: then they are out (loi du 17 juin
/// 2016, art. 6; royal decree of 18 April 2017, art. 51).
pub async fn declare_interests(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    conflict: bool,
    text: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<DeclareInterests>(actor, tender).await?;

    let dossier = store::evaluation::dossier_in_write(&tx, permitted.subject().id).await?;
    let allowed = may_change_jury(permitted.subject(), &dossier).and_then(|()| match dossier.juror(actor.person()) {
        None => Err(Refusal::NotOnTheJury),
        Some(juror) if juror.declared_at.is_some() => Err(Refusal::DeclaredAlready),
        Some(_) => Ok(()),
    });
    if let Err(refusal) = allowed {
        let refusal = refusal.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let declared = store::evaluation::declare(&tx, &permitted, conflict, text).await?;
    let audit = Audit::of(&permitted).with("conflict", conflict).with("declaration", text);
    tx.commit(audit, [declared]).await
}

/// The jury is made from the opening on, until the evaluation is closed.
fn may_change_jury(tender: &Tender, dossier: &Dossier) -> Result<(), Refusal> {
    let open = matches!(
        tender.stage,
        Stage::Opened | Stage::Selection | Stage::Regularity | Stage::Negotiation | Stage::Evaluation
    );
    if !open {
        return tender.is_at(Stage::Evaluation);
    }
    dossier.is_open()
}
