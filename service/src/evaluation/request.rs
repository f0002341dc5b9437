use chrono::NaiveDate;
use domain::{
    authz::{Actor, AssessOffers},
    evaluation::{Dossier, Refusal, RequestKind},
    fault::Fault,
    kernel::{reference::TenderRef, time::brussels},
    offer::OpenedOffer,
    parameter::ParameterSet,
    specification::Terms,
    tender::{Stage, Tender},
};

use super::{
    promise::RequestSent,
    steps::{assessing, conditions_for},
};
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit, evaluation::NewRequest},
    tender::unanswerable,
};

/// What the officer asks of a firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestDraft {
    /// Position of the offer.
    pub offer: i32,
    pub kind: RequestKind,
    pub text: String,
    /// Where the law has no figure, or to give longer than it.
    pub due_on: Option<NaiveDate>,
}

/// Asks a firm for something, by letter: the delay is the law's, or the officer's where the law has no figure.
pub async fn request(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &RequestDraft,
) -> Result<(), Error> {
    let parameters = store::parameters::set(services).await?;
    let (_, _, terms) = conditions_for::<AssessOffers>(services, actor, reference, Stage::Selection).await?;
    let (tx, permitted, dossier) = assessing(services, actor, reference).await?;

    let offer = dossier.offer(draft.offer).ok_or(Error::NotFound)?;
    if let Err(refusal) = allowed(permitted.subject(), &dossier, &terms, offer, draft.kind) {
        let refusal = refusal.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let today = brussels(tx.now()).date();
    let (tx, due_on) = tx.made(&permitted, due(&parameters, permitted.subject(), today, draft)).await?;

    let new = NewRequest { offer: offer.id, kind: draft.kind, text: draft.text.clone(), due_on };
    let (id, asked) = store::evaluation::insert_request(&tx, &permitted, &new).await?;
    let promised = tx.promise(&RequestSent { tender: reference, request: id, organisation: offer.firm }).await?;
    let audit = Audit::of(&permitted)
        .with("organisation", offer.firm_name.clone())
        .with("asked", draft.kind.code())
        .with("text", draft.text.clone())
        .with("due_on", due_on.to_string());
    tx.commit(audit, [asked, promised]).await
}

fn allowed(
    tender: &Tender,
    dossier: &Dossier,
    terms: &Terms,
    opened: &OpenedOffer,
    kind: RequestKind,
) -> Result<(), Refusal> {
    let offer = opened.id;
    match kind {
        RequestKind::Debts => {
            tender.is_at(Stage::Selection)?;
            let asked = dossier.requests.iter().any(|one| one.offer == offer && one.kind == RequestKind::Debts);
            if asked { Err(Refusal::DebtsAskedOnce) } else { Ok(()) }
        }
        RequestKind::Piece => {
            if matches!(tender.stage, Stage::Selection | Stage::Regularity) {
                Ok(())
            } else {
                tender.is_at(Stage::Regularity)
            }
        }
        RequestKind::Price => tender.is_at(Stage::Regularity),
        RequestKind::Regularisation => tender.is_at(Stage::Regularity).and_then(|()| tender.may_regularise()),
        RequestKind::Negotiation => tender.is_at(Stage::Negotiation),
        RequestKind::Improvement => {
            tender.is_at(Stage::Evaluation)?;
            dossier.may_improve(terms, opened.position)
        }
    }?;
    let out = match kind {
        RequestKind::Debts | RequestKind::Piece => false,
        RequestKind::Price | RequestKind::Regularisation => !dossier.is_selected(offer),
        RequestKind::Negotiation | RequestKind::Improvement => !dossier.compared().any(|one| one.id == offer),
    };
    if out { Err(Refusal::OfferIsOut) } else { Ok(()) }
}

/// The day until which the firm answers. A price may be given longer than the law's delay, debts may not.
fn due(parameters: &ParameterSet, tender: &Tender, today: NaiveDate, draft: &RequestDraft) -> Result<NaiveDate, Error> {
    let law = tender.called_on(today);
    let delay = draft.kind.delay(parameters, law, today).map_err(|missing| unanswerable(missing.into()))?;
    let earliest = today.succ_opt().unwrap_or(today);
    match (delay, draft.due_on) {
        (Some(delay), _) if draft.kind == RequestKind::Debts => Ok(delay.end),
        (Some(delay), None) => Ok(delay.end),
        (Some(delay), Some(due)) if due < delay.end => Err(before(delay.end)),
        (Some(_) | None, Some(due)) if due >= earliest => Ok(due),
        (Some(_) | None, Some(_)) => Err(before(earliest)),
        (None, None) => Err(FieldErrors::one("echeance", Fault::Empty).into()),
    }
}

fn before(earliest: NaiveDate) -> Error {
    FieldErrors::one("echeance", Fault::Before { earliest }).into()
}
