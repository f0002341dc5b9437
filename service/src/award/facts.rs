use std::sync::Arc;

use domain::{
    authz::{Action, Actor, Authorised, Scope},
    award::{Award, AwardFile, Organ, Party, Standing, Tenderer},
    evaluation::{self, Examination},
    kernel::{identifier::Bce, ids::OrganisationId, reference::TenderRef, text::unstopped, time::brussels},
    organisation::Organisation,
    parameter::{MissingParameter, ParameterSet},
    specification::Terms,
    tender::{ActKind, LegalityOpinion, Tender},
};

use super::opinion::{self, opinion_on_award};
use crate::{
    Error, Services, specification,
    store::{self, Tx, acts::Act, tenders::TenderView},
};

/// A tender with everything that its award rests on.
#[derive(Debug, Clone)]
pub struct Gathered {
    pub view: TenderView,
    pub file: AwardFile,
    pub terms: Terms,
    pub examination: Examination,
    pub acts: Vec<Act>,
    pub law: Arc<ParameterSet>,
}

/// Gathers it for whoever may see the tender, once its evaluation is closed.
///
/// # Errors
/// The refusal of the evaluation before.
pub async fn gather(services: &Services, scope: Scope, reference: TenderRef) -> Result<Gathered, Error> {
    gather_view(services, store::tenders::find(services, scope, reference).await?).await
}

/// The same for a write by this actor, before anything is painted for it. Before the evaluation is closed there is nothing
/// to gather: whoever may not, or comes too early, is refused here, and that is written down.
pub(super) async fn gather_for<A: Action<Subject = Tender>>(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
) -> Result<(Authorised<A>, Gathered), Error> {
    let view = store::tenders::find(services, actor.scope(), reference).await?;
    let permitted = services.permit::<A>(actor, view.tender.clone()).await?;
    let gathered = Box::pin(gather_view(services, view)).await;
    let gathered = Box::pin(services.made_for(&permitted, gathered)).await?;
    Ok((permitted, gathered))
}

/// The same for a tender that the caller has already found in their scope.
pub(crate) async fn gather_view(services: &Services, view: TenderView) -> Result<Gathered, Error> {
    let examination = crate::evaluation::result(services, &view).await?;
    let terms = specification::terms(services, view.clone()).await?;
    let acts = store::acts::of_tender(services, view.tender.id).await?;
    let award = store::award::find(services, view.tender.id).await?;
    let tenderers = tenderers(&examination);
    let pilot = store::organisations::find(services, view.tender.pilot).await?;
    let firms: Vec<OrganisationId> = tenderers.iter().map(|tenderer| tenderer.firm).collect();
    let firms = store::organisations::among(services, &firms).await?;
    let report = store::documents::report_sha256(services, view.tender.id).await?;
    let file = file(&view, &terms, tenderers, &acts, award, pilot, &firms, report)?;
    Ok(Gathered { file, terms, examination, acts, law: store::parameters::set(services).await?, view })
}

#[expect(clippy::too_many_arguments, reason = "each is one source of the documents")]
fn file(
    view: &TenderView,
    terms: &Terms,
    tenderers: Vec<Tenderer>,
    acts: &[Act],
    award: Option<Award>,
    pilot: Organisation,
    firms: &[Organisation],
    report_sha256: Option<String>,
) -> Result<AwardFile, Error> {
    let tender = &view.tender;
    let missing = || Error::Corrupt(format!("{}: an award without a call", tender.reference));
    let called_at = tender.published_at.ok_or_else(missing)?;
    let others = tender.counted().filter(|participant| !tender.is_pilot(participant.organisation));
    Ok(AwardFile {
        reference: tender.reference,
        plan: tender.plan.clone(),
        pilot_kind: pilot.kind,
        pilot: party(&pilot),
        others: others.map(|participant| participant.name.clone()).collect(),
        criteria: terms.criteria.clone(),
        tenderers,
        firms: firms.iter().map(party).collect(),
        called_on: tender.called_on(brussels(called_at).date()),
        deposit_until: tender.clock.deposit_until.ok_or_else(missing)?,
        notice: tender.notice.clone(),
        adoption: adoption(acts),
        opinion: opinion::told(acts),
        report_sha256,
        award,
    })
}

fn party(organisation: &Organisation) -> Party {
    let bce = organisation.bce.as_deref().and_then(|bce| bce.parse::<Bce>().ok());
    Party {
        id: organisation.id,
        name: organisation.name.clone(),
        address: organisation.address.clone(),
        bce: bce.map(|bce| bce.to_string()),
    }
}

fn adoption(acts: &[Act]) -> Option<(Organ, chrono::NaiveDate, String)> {
    let act = acts.iter().rfind(|act| act.kind == ActKind::Adoption)?;
    Some((act.organ.unwrap_or(Organ::Council), act.decided_on?, act.number.clone().unwrap_or_default()))
}

/// Who made an offer, and where letters reach them: enough for a tender that ends before its offers are compared.
pub(crate) async fn gather_offers(
    services: &Services,
    view: &TenderView,
) -> Result<(AwardFile, Arc<ParameterSet>), Error> {
    let terms = specification::terms(services, view.clone()).await?;
    let opened = store::offers::opened(services, view.tender.id).await?;
    let pilot = store::organisations::find(services, view.tender.pilot).await?;
    let firms: Vec<OrganisationId> = opened.iter().map(|offer| offer.firm).collect();
    let firms = store::organisations::among(services, &firms).await?;
    let tenderers = opened
        .into_iter()
        .map(|offer| Tenderer {
            offer: offer.id,
            position: offer.position,
            firm: offer.firm,
            name: offer.firm_name,
            excluding: offer.excluding,
            including: offer.including,
            standing: Standing::NotCompared,
        })
        .collect();
    let acts = store::acts::of_tender(services, view.tender.id).await?;
    let file = file(view, &terms, tenderers, &acts, None, pilot, &firms, None)?;
    Ok((file, store::parameters::set(services).await?))
}

/// What the examination made of each offer.
fn tenderers(examination: &Examination) -> Vec<Tenderer> {
    let standing = |examined: &evaluation::Examined| match &examined.standing {
        evaluation::Standing::NotSelected { reason } => Standing::NotSelected { reason: reason.clone() },
        evaluation::Standing::Irregular { reason, article } if article.is_empty() => {
            Standing::Irregular { reason: reason.clone() }
        }
        evaluation::Standing::Irregular { reason, article } => {
            Standing::Irregular { reason: format!("{} ({article})", unstopped(reason)) }
        }
        evaluation::Standing::Compared { points, total: Some(total), rank: Some(rank), .. } => Standing::Ranked {
            points: points.iter().map(|points| points.unwrap_or_default()).collect(),
            total: *total,
            rank: *rank,
        },
        evaluation::Standing::Compared { .. } | evaluation::Standing::Undecided => Standing::NotCompared,
    };
    examination
        .offers
        .iter()
        .map(|examined| Tenderer {
            offer: examined.offer,
            position: examined.position,
            firm: examined.firm,
            name: examined.firm_name.clone(),
            excluding: examined.excluding,
            including: examined.including,
            standing: standing(examined),
        })
        .collect()
}

impl Gathered {
    /// The award, or the refusal to go on without one.
    pub(super) fn award(&self) -> Result<&Award, domain::award::Refusal> {
        self.file.award.as_ref().ok_or(domain::award::Refusal::NotProposed)
    }

    /// Where the finance director's opinion on the proposal is.
    ///
    /// # Errors
    /// No row of its delay.
    pub fn opinion(&self) -> Result<LegalityOpinion, MissingParameter> {
        opinion_on_award(&self.acts, &self.law)
    }

    /// Papers were made of these facts: nothing of the file moved since.
    pub(super) async fn still_holds(&self, tx: &Tx, tender: &Tender) -> Result<(), Error> {
        let same = tender.version == self.view.tender.version
            && store::award::in_write(tx, tender.id).await? == self.file.award
            && store::acts::in_write(tx, tender.id).await? == self.acts;
        if same { Ok(()) } else { Err(Error::Stale) }
    }
}
