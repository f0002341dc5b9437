//! Stored files: bytes on disk under their own hash, a row for who brought them and under which name.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use domain::{
    authz::Actor,
    kernel::ids::{FileId, OrganisationId, PersonId},
};
use entity::file;
use sea_orm::{ActiveValue::Set, EntityTrait};
use sha2::{Digest, Sha256};

use crate::{
    Error, Services,
    store::{Change, Tx, audit::hex},
};

/// Bytes that are on the disk already, under their hash, and wait for their row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub sha256: String,
}

/// A file as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub id: FileId,
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub sha256: String,
    pub created_at: DateTime<Utc>,
}

/// Writes the bytes to the disk, before any transaction; a write that then fails leaves bytes that no row names.
pub async fn keep(services: &Services, name: &str, media_type: &str, bytes: Vec<u8>) -> Result<Kept, Error> {
    let sha256 = hex(&Sha256::digest(&bytes));
    let size_bytes = i64::try_from(bytes.len()).map_err(|error| Error::Corrupt(error.to_string()))?;
    let path = path(services, &sha256);
    let kept = Kept { name: name.to_owned(), media_type: media_type.to_owned(), size_bytes, sha256 };
    tokio::task::spawn_blocking(move || write(&path, &bytes))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))??;
    Ok(kept)
}

/// Names kept bytes, for the actor's organisation.
pub async fn insert(tx: &Tx, actor: &Actor, kept: &Kept) -> Result<(FileId, Change), Error> {
    let id = name(tx, actor.organisation(), Some(actor.person()), kept).await?;
    Ok((id, Change::written()))
}

/// Names bytes that the worker painted, for the organisation that speaks in them.
pub(super) async fn insert_painted(tx: &Tx, organisation: OrganisationId, kept: &Kept) -> Result<FileId, Error> {
    name(tx, organisation, None, kept).await
}

async fn name(tx: &Tx, of: OrganisationId, by: Option<PersonId>, kept: &Kept) -> Result<FileId, Error> {
    let id = tx.next_id();
    file::Entity::insert(file::ActiveModel {
        id: Set(id),
        organisation_id: Set(of.as_uuid()),
        name: Set(kept.name.clone()),
        media_type: Set(kept.media_type.clone()),
        size_bytes: Set(kept.size_bytes),
        sha256: Set(kept.sha256.clone()),
        created_by: Set(by.map(PersonId::as_uuid)),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(FileId::from_uuid(id))
}

/// The row of a file whose owner record the caller has already found in their scope.
pub async fn find(services: &Services, id: FileId) -> Result<StoredFile, Error> {
    let row = file::Entity::find_by_id(id.as_uuid()).one(services.store().reader()).await?.ok_or(Error::NotFound)?;
    Ok(StoredFile {
        id: FileId::from_uuid(row.id),
        name: row.name,
        media_type: row.media_type,
        size_bytes: row.size_bytes,
        sha256: row.sha256,
        created_at: row.created_at,
    })
}

/// The bytes, checked against their hash: a damaged disk is said, not served.
pub async fn bytes(services: &Services, file: &StoredFile) -> Result<Vec<u8>, Error> {
    let bytes = tokio::fs::read(path(services, &file.sha256)).await?;
    if hex(&Sha256::digest(&bytes)) == file.sha256 {
        Ok(bytes)
    } else {
        Err(Error::Corrupt(format!("file {} does not have its hash", file.id)))
    }
}

fn path(services: &Services, sha256: &str) -> PathBuf {
    services.settings().data_dir.join("files").join(&sha256[..2]).join(sha256)
}

/// To a temporary name first, flushed, then renamed: a crash leaves no half file under a whole name.
fn write(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let partial = path.with_extension(format!("partial-{}", crate::secret::random_hex()));
    let mut file = std::fs::File::create(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&partial, path)?;
    std::fs::File::open(folder)?.sync_all()
}
