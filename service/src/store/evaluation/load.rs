use std::collections::BTreeMap;

use domain::{
    evaluation::{
        Assessment, Correction, CorrectionKind, Dossier, Draw, Juror, PieceRequest, Regularity, RequestKind, Score,
        Selection,
    },
    kernel::ids::{OfferId, OrganisationId, PersonId, RequestId, TenderId},
    offer::OpenedOffer,
    score::Points,
    tender::{ActKind, ActResult},
};
use entity::{act, assessment, correction, juror, organisation, person, piece_request, report, score};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::decisions::{REGULARITY, SELECTED, SELECTION};
use crate::{
    Error, Services,
    store::{Tx, offers},
};

/// Everything after the opening, of a tender that the caller has already found in their scope.
pub async fn dossier(services: &Services, tender: TenderId) -> Result<Dossier, Error> {
    load(services.store().reader(), tender, offers::opened(services, tender).await?).await
}

/// The same inside a write; the caller holds the tender's row, so nothing moves meanwhile.
pub async fn dossier_in_write(tx: &Tx, tender: TenderId) -> Result<Dossier, Error> {
    load(tx.raw(), tender, offers::opened_in_write(tx, tender).await?).await
}

async fn load<C: ConnectionTrait>(
    connection: &C,
    tender: TenderId,
    offers: Vec<OpenedOffer>,
) -> Result<Dossier, Error> {
    let id = tender.as_uuid();
    let decisions = assessment::Entity::find().filter(assessment::Column::TenderId.eq(id)).all(connection).await?;
    let (selections, regularities) = as_decisions(decisions)?;
    Ok(Dossier {
        offers,
        selections,
        regularities,
        corrections: corrections(connection, id).await?,
        requests: requests(connection, id).await?,
        jury: jury(connection, id).await?,
        scores: scores(connection, id).await?,
        draw: draw(connection, id).await?,
        closed: report::Entity::find_by_id(id).count(connection).await? > 0,
    })
}

type Decisions = (BTreeMap<OfferId, Assessment<Selection>>, BTreeMap<OfferId, Assessment<Regularity>>);

fn as_decisions(rows: Vec<assessment::Model>) -> Result<Decisions, Error> {
    let (mut selections, mut regularities) = Decisions::default();
    for row in rows {
        let offer = OfferId::from_uuid(row.offer_id);
        let corrupt = || Error::Corrupt(format!("{} of offer {offer}", row.step));
        match row.step.as_str() {
            SELECTION => {
                let grounds = serde_json::from_value(row.facts.clone()).map_err(|_| corrupt())?;
                let result = Selection { selected: row.result == SELECTED, grounds };
                selections.insert(offer, Assessment { result, reason: row.reason, version: row.version });
            }
            REGULARITY => {
                let irregularity = row.facts.get("irregularity").and_then(|code| code.as_str()).unwrap_or_default();
                let result = Regularity::from_codes(&row.result, irregularity).ok_or_else(corrupt)?;
                regularities.insert(offer, Assessment { result, reason: row.reason, version: row.version });
            }
            _ => return Err(corrupt()),
        }
    }
    Ok((selections, regularities))
}

async fn corrections<C: ConnectionTrait>(connection: &C, tender: Uuid) -> Result<Vec<Correction>, Error> {
    let rows = correction::Entity::find()
        .filter(correction::Column::TenderId.eq(tender))
        .order_by_asc(correction::Column::CreatedAt)
        .order_by_asc(correction::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = || Error::Corrupt(format!("correction {}", row.id));
            Ok(Correction {
                offer: OfferId::from_uuid(row.offer_id),
                kind: CorrectionKind::from_code(&row.kind).ok_or_else(corrupt)?,
                before: serde_json::from_value(row.before.clone()).map_err(|_| corrupt())?,
                after: serde_json::from_value(row.after.clone()).map_err(|_| corrupt())?,
                line: row.line,
                reason: row.reason,
                at: row.created_at,
            })
        })
        .collect()
}

async fn requests<C: ConnectionTrait>(connection: &C, tender: Uuid) -> Result<Vec<PieceRequest>, Error> {
    let rows = piece_request::Entity::find()
        .filter(piece_request::Column::TenderId.eq(tender))
        .order_by_asc(piece_request::Column::AskedAt)
        .order_by_asc(piece_request::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(as_request).collect()
}

pub(super) fn as_request(row: piece_request::Model) -> Result<PieceRequest, Error> {
    Ok(PieceRequest {
        id: RequestId::from_uuid(row.id),
        offer: OfferId::from_uuid(row.offer_id),
        kind: RequestKind::from_code(&row.kind).ok_or_else(|| Error::Corrupt(format!("request {}", row.id)))?,
        text: row.text,
        legal_ref: row.legal_ref,
        asked_at: row.asked_at,
        due_on: row.due_on,
        answered_on: row.answered_on,
        answer: row.answer,
        accepted: row.accepted.map(|accepted| accepted == "yes"),
        version: row.version,
    })
}

async fn jury<C: ConnectionTrait>(connection: &C, tender: Uuid) -> Result<Vec<Juror>, Error> {
    let rows = juror::Entity::find()
        .filter(juror::Column::TenderId.eq(tender))
        .order_by_asc(juror::Column::CreatedAt)
        .order_by_asc(juror::Column::PersonId)
        .all(connection)
        .await?;
    let people = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id)))
        .all(connection)
        .await?;
    let organisations = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Juror {
            person: PersonId::from_uuid(row.person_id),
            name: people.iter().find(|one| one.id == row.person_id).map(|one| one.name.clone()).unwrap_or_default(),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            organisation_name: organisations
                .iter()
                .find(|one| one.id == row.organisation_id)
                .map(|one| one.name.clone())
                .unwrap_or_default(),
            declared_at: row.declared_at,
            conflict: row.conflict,
            declaration: row.declaration.unwrap_or_default(),
            sheet_version: row.sheet_version,
        })
        .collect())
}

async fn scores<C: ConnectionTrait>(connection: &C, tender: Uuid) -> Result<Vec<Score>, Error> {
    let rows = score::Entity::find().filter(score::Column::TenderId.eq(tender)).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Score {
                person: PersonId::from_uuid(row.person_id),
                offer: OfferId::from_uuid(row.offer_id),
                criterion: usize::try_from(row.criterion).map_err(|error| Error::Corrupt(error.to_string()))?,
                points: Points::from_hundredths(row.hundredths),
                reason: row.reason,
            })
        })
        .collect()
}

async fn draw<C: ConnectionTrait>(connection: &C, tender: Uuid) -> Result<Option<Draw>, Error> {
    let row = act::Entity::find()
        .filter(act::Column::TenderId.eq(tender))
        .filter(act::Column::Kind.eq(ActKind::Draw.code()))
        .order_by_desc(act::Column::CreatedAt)
        .order_by_desc(act::Column::Id)
        .one(connection)
        .await?;
    let drawn = |row: act::Model| match ActResult::from_code(row.result.as_deref()?)? {
        ActResult::Drawn { winner, between } => Some(Draw { winner, between, reason: row.text.unwrap_or_default() }),
        _ => None,
    };
    row.map(|row| drawn(row).ok_or_else(|| Error::Corrupt(format!("draw of tender {tender}")))).transpose()
}
