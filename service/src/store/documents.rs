//! Every file that a tender names: editions, deliberations, acts, minutes, the report, letters.

use chrono::{DateTime, Utc};
use domain::kernel::ids::{FileId, TenderId};
use entity::{act, edition, file, letter, opening, organisation, participant, report};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Error, Services, store::files::StoredFile};

/// A file, and what it is in the tender that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Kind of an act, or `edition`, `deliberation`, `minutes`, `report`, `letter`.
    pub kind: String,
    /// Whose it is, where that tells files of one kind apart.
    pub about: String,
    pub file: StoredFile,
    pub created_at: DateTime<Utc>,
}

/// The files of a tender that the caller has already found in their scope, the latest first.
pub async fn of_tender(services: &Services, tender: TenderId) -> Result<Vec<Filed>, Error> {
    let reader = services.store().reader();
    let mut named = of_authorities(reader, tender.as_uuid()).await?;
    named.extend(of_acts(reader, tender.as_uuid()).await?);
    named.extend(of_letters(reader, tender.as_uuid()).await?);
    let rows =
        file::Entity::find().filter(file::Column::Id.is_in(named.iter().map(|name| name.file))).all(reader).await?;
    let mut filed: Vec<Filed> = named
        .into_iter()
        .filter_map(|Named { kind, about, file }| {
            let row = rows.iter().find(|row| row.id == file)?;
            Some(Filed { kind, about, created_at: row.created_at, file: stored(row) })
        })
        .collect();
    filed.sort_by(|one, other| other.created_at.cmp(&one.created_at).then(one.file.name.cmp(&other.file.name)));
    Ok(filed)
}

/// The hash of the report on the offers, once it is closed.
pub async fn report_sha256(services: &Services, tender: TenderId) -> Result<Option<String>, Error> {
    let reader = services.store().reader();
    let Some(row) = report::Entity::find_by_id(tender.as_uuid()).one(reader).await? else { return Ok(None) };
    Ok(file::Entity::find_by_id(row.file_id).one(reader).await?.map(|file| file.sha256))
}

struct Named {
    kind: String,
    about: String,
    file: Uuid,
}

impl Named {
    fn new(kind: &str, about: String, file: Uuid) -> Self {
        Self { kind: kind.to_owned(), about, file }
    }
}

async fn of_acts(reader: &DatabaseConnection, tender: Uuid) -> Result<Vec<Named>, Error> {
    let acts = act::Entity::find().filter(act::Column::TenderId.eq(tender)).all(reader).await?;
    let mut named: Vec<Named> = acts
        .into_iter()
        .filter_map(|row| Some(Named::new(&row.kind, row.number.unwrap_or_default(), row.file_id?)))
        .collect();
    let minutes = opening::Entity::find().filter(opening::Column::TenderId.eq(tender)).one(reader).await?;
    let report = report::Entity::find_by_id(tender).one(reader).await?;
    let there: Vec<Uuid> = named.iter().map(|name| name.file).collect();
    let minutes = minutes.and_then(|row| row.minutes_file_id).map(|file| ("minutes", file));
    let others = [minutes, report.map(|row| ("report", row.file_id))];
    named.extend(
        others
            .into_iter()
            .flatten()
            .filter(|(_, file)| !there.contains(file))
            .map(|(kind, file)| Named::new(kind, String::new(), file)),
    );
    Ok(named)
}

async fn of_authorities(reader: &DatabaseConnection, tender: Uuid) -> Result<Vec<Named>, Error> {
    let editions = edition::Entity::find().filter(edition::Column::TenderId.eq(tender)).all(reader).await?;
    let participants = participant::Entity::find().filter(participant::Column::TenderId.eq(tender)).all(reader).await?;
    let names = names(reader, participants.iter().map(|row| row.organisation_id).collect()).await?;
    let mut named: Vec<Named> =
        editions.into_iter().map(|row| Named::new("edition", row.number.to_string(), row.file_id)).collect();
    named.extend(participants.into_iter().filter_map(|row| {
        Some(Named::new("deliberation", name(&names, row.organisation_id), row.deliberation_file_id?))
    }));
    Ok(named)
}

async fn of_letters(reader: &DatabaseConnection, tender: Uuid) -> Result<Vec<Named>, Error> {
    let letters = letter::Entity::find().filter(letter::Column::TenderId.eq(tender)).all(reader).await?;
    let names = names(reader, letters.iter().map(|row| row.organisation_id).collect()).await?;
    Ok(letters.into_iter().map(|row| Named::new("letter", name(&names, row.organisation_id), row.file_id)).collect())
}

async fn names(reader: &DatabaseConnection, ids: Vec<Uuid>) -> Result<Vec<organisation::Model>, Error> {
    Ok(organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(reader).await?)
}

fn name(names: &[organisation::Model], id: Uuid) -> String {
    names.iter().find(|row| row.id == id).map(|row| row.name.clone()).unwrap_or_default()
}

fn stored(row: &file::Model) -> StoredFile {
    StoredFile {
        id: FileId::from_uuid(row.id),
        name: row.name.clone(),
        media_type: row.media_type.clone(),
        size_bytes: row.size_bytes,
        sha256: row.sha256.clone(),
        created_at: row.created_at,
    }
}
