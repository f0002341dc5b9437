use chrono::{DateTime, Utc};
use domain::{
    audit::Stream,
    authz::{Actor, WriteOffer},
    fault::Fault,
    kernel::{ids::OfferId, reference::TenderRef},
    offer::{self, FILE_MOST_MEBIBYTES, FILES_MOST, FileFault, OpenedFile, clean_name},
};
use seal::{Recipient, Zeroizing};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;

use super::{
    place,
    strongbox::{self, Piece, Stored},
    vault,
};
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit, Change, audit::hex, drafts::DraftFile},
};

/// Field of the form that carries files.
pub const FILE_FIELD: &str = "fichier";

type Sealing = JoinHandle<Result<Option<Result<Stored, FileFault>>, Error>>;

/// A file on its way in. Dropped before [`Upload::finish`], it leaves nothing behind.
pub struct Upload {
    services: Services,
    actor: Actor,
    reference: TenderRef,
    recipient: Recipient,
    tender: domain::kernel::ids::TenderId,
    id: Uuid,
    size: u64,
    pieces: mpsc::Sender<Piece>,
    sealing: Sealing,
}

/// Asks, before the first byte is taken, whether the firm may add a file now.
pub async fn begin_upload(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Upload, Error> {
    let tx = services.begin().await?;
    let (place, draft) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<WriteOffer>(actor, place).await?;
    let files = match draft {
        Some(draft) => store::drafts::count_files(&tx, draft.id).await?,
        None => 0,
    };
    if let Err(refusal) = permitted.subject().may_answer(tx.now()).and(room_for_one(files)) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    drop(tx);

    let tender = permitted.subject().tender.id;
    let recipient = vault::recipient(services, tender).await?;
    let id = services.next_id();
    let (pieces, taken) = mpsc::channel(4);
    let context = vault::context(tender, actor.organisation(), &format!("file/{id}"));
    let (inside, to) = (services.clone(), recipient.clone());
    let sealing = tokio::task::spawn_blocking(move || strongbox::receive(&inside, &to, &context, taken));
    Ok(Upload {
        services: services.clone(),
        actor: actor.clone(),
        reference,
        recipient,
        tender,
        id,
        size: 0,
        pieces,
        sealing,
    })
}

fn room_for_one(files: u64) -> Result<(), domain::refusal::Refusal> {
    if usize::try_from(files).is_ok_and(|files| files < FILES_MOST) {
        Ok(())
    } else {
        Err(offer::Refusal::TooManyFiles { most: FILES_MOST }.into())
    }
}

impl Upload {
    /// Takes the next piece; a file that grows too large is not taken further.
    pub async fn push(&mut self, piece: Vec<u8>) -> Result<(), Error> {
        self.size += piece.len() as u64;
        if self.size > FILE_MOST_MEBIBYTES * 1024 * 1024 {
            return Err(wrong(FileFault::TooLarge { most_mebibytes: FILE_MOST_MEBIBYTES }));
        }
        // A thread that stopped has its own error, which the end tells.
        let _ = self.pieces.send(Piece::Bytes(piece)).await;
        Ok(())
    }

    /// All of it came, the last byte at `received_at`: what it is is looked at, and its row is kept.
    pub async fn finish(self, name: &str, received_at: DateTime<Utc>) -> Result<(), Error> {
        let name = clean_name(name).map_err(wrong)?;
        let _ = self.pieces.send(Piece::End { name: name.clone() }).await;
        let stored = self.sealing.await.map_err(|error| Error::Corrupt(error.to_string()))??;
        let stored = stored.ok_or_else(|| Error::Corrupt("a file ended without its end".to_owned()))?.map_err(wrong)?;

        let described = OpenedFile {
            id: self.id,
            name,
            media_type: stored.kind.media_type().to_owned(),
            size_bytes: stored.size,
            sha256: stored.sha256.clone(),
        };
        let clear = serde_json::to_vec(&described).map_err(|error| Error::Corrupt(error.to_string()))?;
        let context = vault::context(self.tender, self.actor.organisation(), &format!("name/{}", self.id));
        let named = vault::sealed(&self.services, &self.recipient, context, Zeroizing::new(clear)).await?;
        let file = DraftFile {
            id: self.id,
            sealed_name: named.bytes,
            sealed_sha256: hex(&stored.digests.sealed),
            commitment: hex(&stored.digests.commitment),
            size_bytes: i64::try_from(stored.digests.length).map_err(|error| Error::Corrupt(error.to_string()))?,
            created_at: received_at,
        };
        keep(&self.services, &self.actor, self.reference, &file, received_at).await
    }
}

async fn keep(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    file: &DraftFile,
    received_at: DateTime<Utc>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let (place, draft) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<WriteOffer>(actor, place).await?;

    let files = match &draft {
        Some(draft) => store::drafts::count_files(&tx, draft.id).await?,
        None => 0,
    };
    if let Err(refusal) = permitted.subject().may_answer(received_at).and(room_for_one(files)) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let (id, version, begun) = match draft {
        Some(draft) => (draft.id, draft.version, Change::all(Vec::new())),
        None => {
            let id = OfferId::from_uuid(services.next_id());
            (id, 0, store::drafts::begin(&tx, &permitted, id).await?)
        }
    };
    let added = store::drafts::insert_file(&tx, &permitted, (id, version), file).await?;
    let audit = Audit::of(&permitted).on(Stream::Offer(id)).with("file_sealed_sha256", file.sealed_sha256.clone());
    tx.commit(audit, [begun, added]).await
}

/// Takes a file out of the draft.
pub async fn remove_file(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    file: Uuid,
    received_at: DateTime<Utc>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let (place, draft) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<WriteOffer>(actor, place).await?;

    if let Err(refusal) = permitted.subject().may_answer(received_at) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let draft = draft.ok_or(Error::NotFound)?;

    let removed = store::drafts::remove_file(&tx, &permitted, (draft.id, draft.version), file).await?;
    tx.commit(Audit::of(&permitted).with("file_removed", file.to_string()), [removed]).await
}

/// A file that is not taken, said at its field.
pub fn wrong(fault: FileFault) -> Error {
    FieldErrors::one(FILE_FIELD, Fault::File(fault)).into()
}
