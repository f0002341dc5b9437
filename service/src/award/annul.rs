use chrono::NaiveDate;
use domain::{
    authz::{Actor, AnnulAward},
    award::{AnnulledBy, Ending, SupervisionResult, Transmission},
    kernel::reference::TenderRef,
    tender::{ActKind, Step},
};

use super::{facts::gather_for, tell_the_end, write_the_end};
use crate::{
    Error, Services,
    store::{self, Audit, Change, acts::Act},
};

/// The Region annulled the award, or the judge did (X2): everybody who was told of it is told of its end. What the Region
/// answered stays where it is the judge who annulled.
pub async fn annul(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    by: AnnulledBy,
    on: NaiveDate,
    reasons: &str,
) -> Result<(), Error> {
    let (permitted, gathered) = gather_for::<AnnulAward>(services, actor, reference).await?;
    let told = gathered.file.award.as_ref().is_some_and(|award| award.informed_at.is_some());
    let letters = if told {
        let letters = write_the_end(services, &gathered.file, &gathered.law, Ending::Annulled, reasons).await;
        services.made_for(&permitted, letters).await?
    } else {
        Vec::new()
    };
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AnnulAward>(actor, tender).await?;
    gathered.still_holds(&tx, permitted.subject()).await?;

    let after = match permitted.subject().after(Step::Annul) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let award = store::award::in_write(&tx, permitted.subject().id).await?;
    let at_the_region = award.as_ref().filter(|_| by == AnnulledBy::Region);
    let recorded = match at_the_region.and_then(|award| award.transmission.map(|sent| (award, sent))) {
        Some((award, sent)) => {
            let annulled = Transmission { result: Some(SupervisionResult::Annulled), ..sent };
            store::award::transmit(&tx, &permitted, award, &annulled).await?
        }
        None => Change::all(Vec::new()),
    };
    let before = permitted.subject().stage;
    let act = Act { decided_on: Some(on), text: Some(reasons.to_owned()), ..Act::new(ActKind::Annulment) };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let sent = tell_the_end(&tx, &permitted, letters).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted).with("by", by.code()).with("reasons", reasons).changed(
        "stage",
        before.code(),
        after.code(),
    );
    tx.commit(audit, [recorded, written, sent, moved]).await
}
