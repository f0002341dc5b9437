use chrono::NaiveDate;
use domain::{
    authz::{Actor, AnswerAdhesion},
    kernel::{Money, reference::TenderRef},
    tender::{Adhesion, Answer},
};

use crate::{
    Error, Services,
    store::{self, Audit, Change, files::Kept},
};

/// What a participant answers from its own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerDraft {
    pub adheres: bool,
    pub deliberated_on: NaiveDate,
    pub number: String,
    pub mandate_signed_on: Option<NaiveDate>,
    pub budget_article: Option<String>,
    /// Its need as its council decided it, without VAT.
    pub need: Money,
    pub remark: Option<String>,
}

/// Records what the council of the actor's own authority decided, with its deliberation.
pub async fn answer(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &AnswerDraft,
    deliberation: Option<&Kept>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AnswerAdhesion>(actor, tender).await?;

    if let Err(refusal) = permitted.subject().may_change() {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let own = permitted.subject().participant(actor.organisation()).ok_or(Error::NotFound)?;
    let adhesion = match (draft.adheres, own.adhesion) {
        (true, _) => Adhesion::Adhered,
        (false, Adhesion::Adhered) => Adhesion::Withdrawn,
        (false, Adhesion::Invited | Adhesion::Refused | Adhesion::Withdrawn) => Adhesion::Refused,
    };

    let (file, named) = match deliberation {
        Some(kept) => {
            let (id, named) = store::files::insert(&tx, actor, kept).await?;
            (Some(id), named)
        }
        None => (own.answer.as_ref().and_then(|answer| answer.file), Change::all(Vec::new())),
    };
    let answer = Answer {
        deliberated_on: draft.deliberated_on,
        number: draft.number.clone(),
        file,
        mandate_signed_on: draft.mandate_signed_on,
        budget_article: draft.budget_article.clone(),
        remark: draft.remark.clone(),
    };
    let answered = store::tenders::answer(&tx, &permitted, adhesion, draft.need, &answer).await?;
    let audit = Audit::of(&permitted)
        .with("organisation", own.name.clone())
        .with("number", draft.number.clone())
        .with("deliberated_on", draft.deliberated_on.to_string())
        .changed("adhesion", own.adhesion.code(), adhesion.code());
    tx.commit(audit, [named, answered]).await
}
