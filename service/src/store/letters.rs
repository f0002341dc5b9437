//! Letters to tenderers: one of each kind to each firm of a tender, as files.

use chrono::{DateTime, Utc};
use domain::{
    authz::{Action, Authorised},
    award::LetterKind,
    kernel::{
        ids::{FileId, OrganisationId, TenderId},
        reference::TenderRef,
    },
    tender::Tender,
};
use entity::{letter, organisation, tender};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// A letter that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub firm: OrganisationId,
    pub firm_name: String,
    pub kind: LetterKind,
    pub file: FileId,
    pub sent_at: DateTime<Utc>,
}

/// Keeps a letter that is sent in this write; a second one of its kind to the same firm breaks `letter_once`.
pub async fn insert<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    firm: OrganisationId,
    kind: LetterKind,
    file: FileId,
) -> Result<Change, Error> {
    letter::Entity::insert(letter::ActiveModel {
        id: Set(tx.next_id()),
        tender_id: Set(permitted.subject().id.as_uuid()),
        organisation_id: Set(firm.as_uuid()),
        kind: Set(kind.code().to_owned()),
        file_id: Set(file.as_uuid()),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
        sent_at: Set(Some(tx.now())),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Every letter of a tender that the caller has already found in their scope, oldest first.
pub async fn of_tender(services: &Services, tender: TenderId) -> Result<Vec<Letter>, Error> {
    let reader = services.store().reader();
    let rows = letter::Entity::find()
        .filter(letter::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(letter::Column::CreatedAt)
        .order_by_asc(letter::Column::Id)
        .all(reader)
        .await?;
    let firms = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .all(reader)
        .await?;
    rows.into_iter()
        .map(|row| {
            let name = firms.iter().find(|firm| firm.id == row.organisation_id).map(|firm| firm.name.clone());
            Ok(Letter {
                firm: OrganisationId::from_uuid(row.organisation_id),
                firm_name: name.unwrap_or_default(),
                kind: LetterKind::from_code(&row.kind).ok_or_else(|| Error::Corrupt(row.kind.clone()))?,
                file: FileId::from_uuid(row.file_id),
                sent_at: row.sent_at.unwrap_or(row.created_at),
            })
        })
        .collect()
}

/// The letters that one firm got about a tender, oldest first; nobody else's.
pub async fn of_firm(services: &Services, firm: OrganisationId, reference: TenderRef) -> Result<Vec<Letter>, Error> {
    let reader = services.store().reader();
    let found = tender::Entity::find()
        .filter(tender::Column::Reference.eq(reference.to_string()))
        .one(reader)
        .await?
        .ok_or(Error::NotFound)?;
    let letters = of_tender(services, TenderId::from_uuid(found.id)).await?;
    Ok(letters.into_iter().filter(|letter| letter.firm == firm).collect())
}
