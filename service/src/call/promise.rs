//! What a call promises: letters. Each promise is one letter to one organisation.

use domain::{
    authz::Scope,
    kernel::{
        ids::{OrganisationId, QuestionId},
        reference::TenderRef,
    },
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::letters::{self, CallFacts, Letter};
use crate::{
    Error, Services,
    store::{
        self,
        outbox::{Due, Promise},
        questions::Question,
    },
};

/// A firm learns that it is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallInvitation {
    pub tender: TenderRef,
    pub organisation: OrganisationId,
}

/// The pilot learns that somebody asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAsked {
    pub tender: TenderRef,
    pub question: QuestionId,
}

/// A firm learns an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAnswered {
    pub tender: TenderRef,
    pub question: QuestionId,
    pub organisation: OrganisationId,
}

impl Promise for CallInvitation {
    const KIND: &'static str = "call.invitation";
}

impl Promise for QuestionAsked {
    const KIND: &'static str = "call.question_asked";
}

impl Promise for QuestionAnswered {
    const KIND: &'static str = "call.question_answered";
}

/// The promises that [`letters_of`] keeps.
pub const KINDS: [&str; 3] = [CallInvitation::KIND, QuestionAsked::KIND, QuestionAnswered::KIND];

/// The letter that keeps a promise of a call, as things stand when it is written; none when nobody has an address.
pub async fn letters_of(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    match due.kind.as_str() {
        CallInvitation::KIND => {
            let promise: CallInvitation = payload(due)?;
            let (facts, _) = facts(services, promise.tender).await?;
            let (subject, text) = letters::invitation(&facts)?;
            addressed(services, promise.organisation, subject, text).await
        }
        QuestionAsked::KIND => {
            let promise: QuestionAsked = payload(due)?;
            let (facts, pilot) = facts(services, promise.tender).await?;
            let question = question(services, promise.tender, promise.question).await?;
            let (subject, text) = letters::question_asked(&facts, &question)?;
            addressed(services, pilot, subject, text).await
        }
        QuestionAnswered::KIND => {
            let promise: QuestionAnswered = payload(due)?;
            let (facts, _) = facts(services, promise.tender).await?;
            let question = question(services, promise.tender, promise.question).await?;
            let (subject, text) = letters::question_answered(&facts, &question)?;
            addressed(services, promise.organisation, subject, text).await
        }
        other => Err(Error::Corrupt(format!("{other} is not a promise of a call"))),
    }
}

fn payload<P: DeserializeOwned>(due: &Due) -> Result<P, Error> {
    serde_json::from_value(due.payload.clone()).map_err(|error| Error::Corrupt(format!("{}: {error}", due.kind)))
}

async fn facts(services: &Services, reference: TenderRef) -> Result<(CallFacts, OrganisationId), Error> {
    let found = store::tenders::find(services, Scope::VISITOR, reference).await?;
    let pilot = found.tender.pilot;
    let facts = CallFacts {
        base_url: services.settings().base_url.clone(),
        reference,
        object: found.tender.plan.object,
        pilot: found.pilot,
        channel: found.tender.plan.channel,
        questions_until: found.tender.clock.questions_until,
        deposit_until: found.tender.clock.deposit_until,
    };
    Ok((facts, pilot))
}

async fn question(services: &Services, reference: TenderRef, id: QuestionId) -> Result<Question, Error> {
    let found = store::tenders::find(services, Scope::VISITOR, reference).await?;
    let questions = store::questions::of_tender(services, found.tender.id).await?;
    questions.into_iter().find(|question| question.id == id).ok_or(Error::NotFound)
}

async fn addressed(
    services: &Services,
    to: OrganisationId,
    subject: String,
    text: String,
) -> Result<Option<Letter>, Error> {
    let to = store::invitations::address(services, to).await?;
    Ok((!to.is_empty()).then_some(Letter { to, subject, text }))
}
