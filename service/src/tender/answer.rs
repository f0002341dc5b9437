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

/// Records what the council of the actor's own authority decided, with its deliberation, over the `version` of its row
/// that was read.
pub async fn answer(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    draft: &AnswerDraft,
    deliberation: Option<&Kept>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AnswerAdhesion>(actor, tender).await?;

    let own = permitted.subject().participant(actor.organisation()).ok_or(Error::NotFound)?;
    if own.version != version {
        return Err(Error::Stale);
    }
    if let Err(refusal) = permitted.subject().may_answer(own, draft.adheres, draft.need) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
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
        .changed("adhesion", own.adhesion.code(), adhesion.code())
        .changed_if("estimate", own.estimate.to_iso(), draft.need.to_iso());
    let audit = told(audit, own.answer.as_ref(), &answer);
    tx.commit(audit, [named, answered]).await
}

/// Each thing that the council or its officer changed, from what to what.
fn told(audit: Audit, before: Option<&Answer>, after: &Answer) -> Audit {
    let day = |on: Option<NaiveDate>| on.map(|on| on.to_string());
    let number = before.map(|answer| answer.number.clone());
    let deliberated_on = day(before.map(|answer| answer.deliberated_on));
    let file = |answer: &Answer| answer.file.map(|file| file.to_string());
    audit
        .changed_if("number", number, Some(after.number.clone()))
        .changed_if("deliberated_on", deliberated_on, day(Some(after.deliberated_on)))
        .changed_if(
            "mandate_signed_on",
            before.and_then(|answer| day(answer.mandate_signed_on)),
            day(after.mandate_signed_on),
        )
        .changed_if(
            "budget_article",
            before.and_then(|answer| answer.budget_article.clone()),
            after.budget_article.clone(),
        )
        .changed_if("remark", before.and_then(|answer| answer.remark.clone()), after.remark.clone())
        .changed_if("file", before.and_then(file), file(after))
}
