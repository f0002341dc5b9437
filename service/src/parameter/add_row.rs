use domain::{
    authz::{Actor, EditParameter, Platform},
    fault::Fault,
    kernel::time::brussels,
    parameter::{NewRow, RevisionError},
    refusal::Refusal,
};

use crate::{
    Error, FieldErrors, Services,
    store::{Audit, parameters},
};

/// A coordinator adds a dated row; the one before it ends the day before. Rows in use never change.
pub async fn add_row(services: &Services, actor: &Actor, new: &NewRow) -> Result<(), Error> {
    let tx = services.begin().await?;
    let set = parameters::lock(&tx).await?;
    let (tx, permitted) = tx.permit::<EditParameter>(actor, Platform).await?;

    let today = brussels(tx.now()).date();
    if new.checked_on > today {
        return Err(FieldErrors::one("verifie", Fault::After { latest: today }).into());
    }
    let revision = match set.revise(new, today) {
        Ok(revision) => revision,
        Err(RevisionError::UnknownKey) => return Err(Error::NotFound),
        Err(RevisionError::Same) => {
            return tx.refuse(Audit::refused(&permitted, &Refusal::AlreadyDone), Refusal::AlreadyDone).await;
        }
        Err(RevisionError::OtherKind) => return Err(FieldErrors::one("valeur", Fault::NotAChoice).into()),
        Err(RevisionError::TooEarly { earliest }) => {
            return Err(FieldErrors::one("du", Fault::Before { earliest }).into());
        }
        Err(RevisionError::TooLate { latest }) => return Err(FieldErrors::one("du", Fault::After { latest }).into()),
    };
    if let Some(fault) = set.revised(&revision).check().first() {
        return Err(Error::Corrupt(fault.to_string()));
    }

    let written = parameters::revise(&tx, &permitted, &revision).await?;
    let before = set.of(&new.key).last().map(|row| row.value.to_string());
    let audit = Audit::of(&permitted)
        .with("key", new.key.clone())
        .with("valid_from", new.valid_from.to_string())
        .with("legal_ref", new.legal_ref.clone())
        .changed("value", before, new.value.to_string());
    tx.commit(audit, [written]).await?;
    parameters::forget(services);
    Ok(())
}
