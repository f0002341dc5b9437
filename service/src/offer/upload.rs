use chrono::{DateTime, Utc};
use domain::{
    audit::Stream,
    authz::{Actor, WriteOffer},
    fault::Fault,
    kernel::{
        ids::{OfferId, TenderId},
        reference::TenderRef,
    },
    offer::{self, FILE_MOST_MEBIBYTES, FILES_MOST, FileFault, OpenedFile, Place, clean_name},
    refusal::Refusal,
};
use seal::{Recipient, Zeroizing};
use uuid::Uuid;

use super::{
    arrivals::Arrival,
    collect::{self, FilesFreed},
    place,
    strongbox::{Stored, Strongbox},
    vault,
};
use crate::{
    Error, FieldErrors, Services,
    store::{
        self, Audit, Change, Tx,
        audit::hex,
        drafts::{DraftFile, SealedDraft},
        offer_files, sealed_files,
    },
};

/// Field of the form that carries files.
pub const FILE_FIELD: &str = "fichier";
/// So many bytes are sealed at once: a millisecond of work, which is worth a thread of its own.
const STEP: usize = 256 * 1024;
const MEBIBYTE: u64 = 1024 * 1024;

/// A file on its way in. Dropped before [`Upload::finish`], it leaves nothing behind; between two pieces it keeps no thread.
pub struct Upload {
    services: Services,
    actor: Actor,
    reference: TenderRef,
    recipient: Recipient,
    tender: TenderId,
    id: Uuid,
    size: u64,
    strongbox: Strongbox,
    /// Came, and is not sealed yet.
    waiting: Vec<u8>,
    arrival: Arrival,
}

/// Asks, before the first byte is taken, whether the firm may add a file now.
pub async fn begin_upload(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Upload, Error> {
    let tx = services.begin().await?;
    let (place, draft) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<WriteOffer>(actor, place).await?;

    let room = Room::of(&tx, permitted.subject(), draft.as_ref()).await?;
    let allowed = permitted.subject().may_answer(tx.now()).and_then(|()| room.has(1, services));
    let begun = allowed.and_then(|()| services.arrivals().begin(actor.organisation()).map_err(Refusal::from));
    let arrival = match begun {
        Ok(arrival) => arrival,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    drop(tx);

    let tender = permitted.subject().tender.id;
    let recipient = vault::recipient(services, tender).await?;
    let id = services.next_id();
    let context = vault::context(tender, actor.organisation(), &format!("file/{id}"));
    let (inside, to) = (services.clone(), recipient.clone());
    let strongbox = apart(move || Strongbox::begin(&inside, tender, &to, &context)).await?;
    Ok(Upload {
        services: services.clone(),
        actor: actor.clone(),
        reference,
        recipient,
        tender,
        id,
        size: 0,
        strongbox,
        waiting: Vec::new(),
        arrival,
    })
}

/// What a draft has already.
struct Room {
    files: u64,
    bytes: u64,
}

impl Room {
    async fn of(tx: &Tx, place: &Place, draft: Option<&SealedDraft>) -> Result<Self, Error> {
        let Some(draft) = draft else { return Ok(Self { files: 0, bytes: 0 }) };
        let held = collect::held(tx, place.tender.id, place.firm).await?;
        Ok(Self {
            files: store::drafts::count_files(tx, draft.id).await?,
            bytes: offer_files::bytes(tx, draft.id, &held).await?,
        })
    }

    /// Is there room for one more file, of so many bytes?
    fn has(&self, bytes: u64, services: &Services) -> Result<(), Refusal> {
        if usize::try_from(self.files).is_ok_and(|files| files >= FILES_MOST) {
            return Err(offer::Refusal::TooManyFiles { most: FILES_MOST }.into());
        }
        let most_mebibytes = services.settings().offer_mebibytes;
        if self.bytes.saturating_add(bytes) > most_mebibytes.saturating_mul(MEBIBYTE) {
            return Err(offer::Refusal::TooManyBytes { most_mebibytes }.into());
        }
        Ok(())
    }
}

impl Upload {
    /// Takes the next piece; a file that grows too large is not taken further.
    pub async fn push(mut self, piece: &[u8]) -> Result<Self, Error> {
        self.size += piece.len() as u64;
        if self.size > FILE_MOST_MEBIBYTES * MEBIBYTE {
            return Err(wrong(FileFault::TooLarge { most_mebibytes: FILE_MOST_MEBIBYTES }));
        }
        self.waiting.extend_from_slice(piece);
        if self.waiting.len() < STEP {
            return Ok(self);
        }
        apart(move || {
            self.strongbox.push(&self.waiting)?;
            self.waiting.clear();
            Ok(self)
        })
        .await
    }

    /// All of it came, the last byte at `received_at`: what it is is looked at, and its row is kept. A sender who hangs up now
    /// does not stop it.
    pub async fn finish(self, name: &str, received_at: DateTime<Utc>) -> Result<(), Error> {
        let name = clean_name(name).map_err(wrong)?;
        tokio::spawn(self.kept(name, received_at)).await.map_err(|error| Error::Corrupt(error.to_string()))?
    }

    async fn kept(self, name: String, received_at: DateTime<Utc>) -> Result<(), Error> {
        let Self { services, actor, reference, recipient, tender, id, mut strongbox, waiting, arrival, .. } = self;
        let named = name.clone();
        let stored = apart(move || {
            strongbox.push(&waiting)?;
            strongbox.close(&named)
        })
        .await?
        .map_err(wrong)?;

        let sealed_sha256 = hex(&stored.digests.sealed);
        let recorded = async {
            let context = vault::context(tender, actor.organisation(), &format!("name/{id}"));
            let file = row(&services, &recipient, context, id, name, &stored, received_at).await?;
            record(&services, &actor, reference, &file, received_at).await
        }
        .await;
        // A database that failed may have kept the row all the same: then the sweep decides.
        if recorded.as_ref().is_err_and(|error| !matches!(error, Error::Database(_))) {
            sealed_files::discard(&services, tender, &sealed_sha256)?;
        }
        drop(arrival);
        recorded
    }
}

/// Runs what computes or writes to the disk on a thread of its own.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Corrupt(error.to_string()))?
}

/// The row of a file whose bytes are on the disk, its name sealed like its content.
async fn row(
    services: &Services,
    recipient: &Recipient,
    context: seal::Context,
    id: Uuid,
    name: String,
    stored: &Stored,
    received_at: DateTime<Utc>,
) -> Result<DraftFile, Error> {
    let described = OpenedFile {
        id,
        name,
        media_type: stored.kind.media_type().to_owned(),
        size_bytes: stored.size,
        sha256: stored.sha256.clone(),
    };
    let clear = serde_json::to_vec(&described).map_err(|error| Error::Corrupt(error.to_string()))?;
    let named = vault::sealed(services, recipient, context, Zeroizing::new(clear)).await?;
    Ok(DraftFile {
        id,
        sealed_name: named.bytes,
        sealed_sha256: hex(&stored.digests.sealed),
        commitment: hex(&stored.digests.commitment),
        size_bytes: i64::try_from(stored.digests.length).map_err(|error| Error::Corrupt(error.to_string()))?,
        created_at: received_at,
    })
}

async fn record(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    file: &DraftFile,
    received_at: DateTime<Utc>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let (place, draft) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<WriteOffer>(actor, place).await?;

    let room = Room::of(&tx, permitted.subject(), draft.as_ref()).await?;
    let size = u64::try_from(file.size_bytes).unwrap_or_default();
    if let Err(refusal) = permitted.subject().may_answer(received_at).and_then(|()| room.has(size, services)) {
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
    let Place { tender, firm, .. } = permitted.subject();
    let freed = tx.promise(&FilesFreed { tender: tender.id, offer: draft.id, firm: *firm }).await?;
    tx.commit(Audit::of(&permitted).with("file_removed", file.to_string()), [removed, freed]).await
}

/// A file that is not taken, said at its field.
pub fn wrong(fault: FileFault) -> Error {
    FieldErrors::one(FILE_FIELD, Fault::File(fault)).into()
}
