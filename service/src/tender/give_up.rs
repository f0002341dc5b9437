use domain::{
    authz::{Actor, GiveUpTender},
    award::{Ending, giving_up_decision},
    kernel::{reference::TenderRef, time::brussels},
    tender::{ActKind, Stage, Step},
};

use crate::{
    Error, Services, award, offer,
    store::{self, Audit, Change, acts::Act, files::Kept, tenders::TenderView},
};

/// Gives the tender up, with reasons (loi du 17 juin 2016, art. 85). Every firm whose offer
/// is opened or deposited is written to; after the opening the decision is an act. Before it, the files of drafts leave the
/// disk.
pub async fn give_up(services: &Services, actor: &Actor, reference: TenderRef, reasons: &str) -> Result<(), Error> {
    let view = store::tenders::find(services, actor.scope(), reference).await?;
    let permitted = services.permit::<GiveUpTender>(actor, view.tender.clone()).await?;
    let papers = papers(services, &view, reasons).await;
    let (decision, letters) = match services.made_for(&permitted, papers).await? {
        Some((decision, letters)) => (Some(decision), letters),
        None => (None, Vec::new()),
    };
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<GiveUpTender>(actor, tender).await?;
    if permitted.subject().version != view.tender.version {
        return Err(Error::Stale);
    }

    let after = match permitted.subject().after(Step::GiveUp) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let (file, named) = match &decision {
        Some(kept) => {
            let (file, named) = store::files::insert(&tx, actor, kept).await?;
            (Some(file), named)
        }
        None => (None, Change::all(Vec::new())),
    };
    let act =
        Act { text: Some(reasons.to_owned()), decided_on: Some(super::today(&tx)), file, ..Act::new(ActKind::GiveUp) };
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let told = if permitted.subject().stage < Stage::Opened {
        let told = offer::tell_depositors(&tx, permitted.subject()).await?;
        Change::all(vec![told, offer::free_unheld(&tx, &permitted).await?])
    } else {
        award::tell_the_end(&tx, &permitted, letters).await?
    };
    let audit =
        Audit::of(&permitted).with("reasons", reasons).changed("stage", permitted.subject().stage.code(), after.code());
    tx.commit(audit, [named, moved, written, told]).await
}

/// The decision and the letters, painted; nothing while nobody knows who made an offer.
async fn papers(
    services: &Services,
    view: &TenderView,
    reasons: &str,
) -> Result<Option<(Kept, Vec<award::Painted>)>, Error> {
    if view.tender.stage < Stage::Opened || !view.tender.stage.is_before_conclusion() {
        return Ok(None);
    }
    let (file, law) = award::gather_offers(services, view).await?;
    let today = brussels(services.now()).date();
    let decision = giving_up_decision(&file, reasons, today);
    let kept = award::keep_paper(services, format!("{}-renonciation.pdf", view.tender.reference), decision).await?;
    let letters = award::write_the_end(services, &file, &law, Ending::GivenUp, reasons).await?;
    Ok(Some((kept, letters)))
}
