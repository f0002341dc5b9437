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

use crate::{
    Error, Services,
    call::letters::Letter,
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
            Ok(addressed(to, asked(base, &view, &request)))
        }
        RequestAnswered::KIND => {
            let promise: RequestAnswered = payload(due)?;
            let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
            let request = request_of(services, &view, promise.request).await?;
            let to = store::invitations::address(services, view.tender.pilot).await?;
            Ok(addressed(to, answered(base, &view, &request)))
        }
        JurorNamed::KIND => {
            let promise: JurorNamed = payload(due)?;
            let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
            let person = store::people::find(services, promise.person).await?;
            Ok(addressed(person.email, named(base, &view)))
        }
        kind => Err(Error::Corrupt(format!("no promise of the examination: {kind}"))),
    }
}

fn addressed(to: String, (subject, text): (String, String)) -> Option<Letter> {
    (!to.is_empty()).then_some(Letter { to, subject, text })
}

fn asked(base: &str, view: &TenderView, request: &PieceRequest) -> (String, String) {
    let (reference, object, pilot) = (view.tender.reference, &view.tender.plan.object, &view.pilot);
    let text = format!(
        "Madame, Monsieur,\n\n\
         Dans le cadre de l’examen de votre offre pour le marché {reference}, «\u{a0}{object}\u{a0}», {pilot} vous \
         demande {}\u{a0}:\n\n\
         {}\n\n\
         Base légale\u{a0}: {}\n\
         Réponse attendue au plus tard le {}\n\n\
         Vous répondez ici, avec votre compte d’entreprise\u{a0}:\n\
         {base}/offres/{reference}/demandes\n\n\
         {pilot}\n",
        what(request.kind),
        request.text,
        request.legal_ref,
        weekday_date_french_inline(request.due_on),
    );
    (format!("{reference}\u{a0}: demande relative à votre offre"), text)
}

fn answered(base: &str, view: &TenderView, request: &PieceRequest) -> (String, String) {
    let (reference, object) = (view.tender.reference, &view.tender.plan.object);
    let page = match request.kind {
        RequestKind::Debts => "selection",
        RequestKind::Negotiation => "negociation",
        RequestKind::Improvement => "evaluation",
        RequestKind::Piece | RequestKind::Price | RequestKind::Regularisation => "regularite",
    };
    let text = format!(
        "Bonjour,\n\n\
         Une entreprise a répondu à une demande de votre commune sur le marché {reference}, «\u{a0}{object}\u{a0}».\n\n\
         La réponse est à lire ici\u{a0}:\n\
         {base}/marches/{reference}/{page}\n",
    );
    (format!("{reference}\u{a0}: réponse d’une entreprise"), text)
}

fn named(base: &str, view: &TenderView) -> (String, String) {
    let (reference, object, pilot) = (view.tender.reference, &view.tender.plan.object, &view.pilot);
    let text = format!(
        "Bonjour,\n\n\
         {pilot} vous désigne pour évaluer les offres du marché {reference}, «\u{a0}{object}\u{a0}».\n\n\
         Déclarez d’abord vos intérêts, puis remplissez votre fiche\u{a0}:\n\
         {base}/marches/{reference}/evaluation/fiche\n\n\
         Le contenu des offres est confidentiel.\n",
    );
    (format!("{reference}\u{a0}: évaluation des offres"), text)
}

fn what(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Debts => "de régulariser la situation suivante",
        RequestKind::Piece => "de compléter ou de préciser ce qui suit",
        RequestKind::Price => "de justifier par écrit le prix suivant",
        RequestKind::Regularisation => "de régulariser l’irrégularité suivante",
        RequestKind::Negotiation => "de remettre une offre améliorée",
        RequestKind::Improvement => "de remettre par écrit une amélioration de votre prix",
    }
}

async fn request_of(services: &Services, view: &TenderView, id: RequestId) -> Result<PieceRequest, Error> {
    let dossier = store::evaluation::dossier(services, view.tender.id).await?;
    dossier.requests.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
}

fn payload<P: DeserializeOwned>(due: &Due) -> Result<P, Error> {
    serde_json::from_value(due.payload.clone()).map_err(|error| Error::Corrupt(error.to_string()))
}
