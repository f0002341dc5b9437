//! What the examination promises: letters to firms, to the pilot and to jurors.

use domain::{
    authz::Scope,
    evaluation::{PieceRequest, RequestKind},
    kernel::{
        ids::{OrganisationId, PersonId, RequestId},
        reference::TenderRef,
        time::weekday_date_french_inline,
    },
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    Error, Services,
    call::letters::Letter,
    mail::written,
    store::{
        self,
        outbox::{Due, Promise},
        tenders::TenderView,
    },
};

/// A firm learns what it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSent {
    pub tender: TenderRef,
    pub request: RequestId,
    pub organisation: OrganisationId,
}

/// The pilot learns that a firm answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestAnswered {
    pub tender: TenderRef,
    pub request: RequestId,
}

/// An evaluator learns that they are on a jury.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JurorNamed {
    pub tender: TenderRef,
    pub person: PersonId,
}

impl Promise for RequestSent {
    const KIND: &'static str = "evaluation.request";
}

impl Promise for RequestAnswered {
    const KIND: &'static str = "evaluation.request_answered";
}

impl Promise for JurorNamed {
    const KIND: &'static str = "evaluation.juror";
}

/// The promises that [`letters_of`] keeps.
pub const KINDS: [&str; 3] = [RequestSent::KIND, RequestAnswered::KIND, JurorNamed::KIND];

/// The letter that keeps a promise; none when nobody has an address.
pub async fn letters_of(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    let base = &services.settings().base_url;
    match due.kind.as_str() {
        RequestSent::KIND => {
            let promise: RequestSent = payload(due)?;
            let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
            let request = request_of(services, &view, promise.request).await?;
            let to = store::invitations::address(services, promise.organisation).await?;
            Ok(addressed(to, asked(base, &view, &request)?))
        }
        RequestAnswered::KIND => {
            let promise: RequestAnswered = payload(due)?;
            let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
            let request = request_of(services, &view, promise.request).await?;
            let to = store::invitations::address(services, view.tender.pilot).await?;
            Ok(addressed(to, answered(base, &view, &request)?))
        }
        JurorNamed::KIND => {
            let promise: JurorNamed = payload(due)?;
            let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
            let person = store::people::find(services, promise.person).await?;
            Ok(addressed(person.email, named(base, &view)?))
        }
        kind => Err(Error::Corrupt(format!("no promise of the examination: {kind}"))),
    }
}

fn addressed(to: String, (subject, text): (String, String)) -> Option<Letter> {
    (!to.is_empty()).then_some(Letter { to, subject, text })
}

fn asked(base: &str, view: &TenderView, request: &PieceRequest) -> Result<(String, String), Error> {
    let facts = facts(base, view).chain([
        ("what", what(request.kind).trim_end().to_owned()),
        ("text", request.text.clone()),
        ("legal_ref", request.legal_ref.clone()),
        ("due_on", weekday_date_french_inline(request.due_on)),
    ]);
    written(include_str!("../mail/templates/evaluation_request.txt"), &map(facts))
}

fn answered(base: &str, view: &TenderView, request: &PieceRequest) -> Result<(String, String), Error> {
    let page = match request.kind {
        RequestKind::Debts => "selection",
        RequestKind::Negotiation => "negociation",
        RequestKind::Improvement => "evaluation",
        RequestKind::Piece | RequestKind::Price | RequestKind::Regularisation => "regularite",
    };
    let facts = facts(base, view).chain([("page", page.to_owned())]);
    written(include_str!("../mail/templates/evaluation_answer.txt"), &map(facts))
}

fn named(base: &str, view: &TenderView) -> Result<(String, String), Error> {
    written(include_str!("../mail/templates/evaluation_juror.txt"), &map(facts(base, view)))
}

fn facts(base: &str, view: &TenderView) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let facts = [
        ("home", base.to_owned()),
        ("reference", view.tender.reference.to_string()),
        ("object", view.tender.plan.object.clone()),
        ("pilot", view.pilot.clone()),
    ];
    facts.into_iter()
}

fn map(facts: impl Iterator<Item = (&'static str, String)>) -> Map<String, Value> {
    facts.map(|(name, fact)| (name.to_owned(), fact.into())).collect()
}

/// What is asked, as the letter says it.
fn what(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Debts => include_str!("../mail/templates/evaluation_debts.txt"),
        RequestKind::Piece => include_str!("../mail/templates/evaluation_piece.txt"),
        RequestKind::Price => include_str!("../mail/templates/evaluation_price.txt"),
        RequestKind::Regularisation => include_str!("../mail/templates/evaluation_regularisation.txt"),
        RequestKind::Negotiation => include_str!("../mail/templates/evaluation_negotiation.txt"),
        RequestKind::Improvement => include_str!("../mail/templates/evaluation_improvement.txt"),
    }
}

async fn request_of(services: &Services, view: &TenderView, id: RequestId) -> Result<PieceRequest, Error> {
    let dossier = store::evaluation::dossier(services, view.tender.id).await?;
    dossier.requests.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
}

fn payload<P: DeserializeOwned>(due: &Due) -> Result<P, Error> {
    serde_json::from_value(due.payload.clone()).map_err(|error| Error::Corrupt(error.to_string()))
}
