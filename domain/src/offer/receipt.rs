use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::{
    ids::{OfferId, OrganisationId, SubmissionId, TenderId},
    reference::ReceiptRef,
};

/// What is known of a deposited offer without opening it. It has no price to read: only the opening gives an
/// [`super::OpenedOffer`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub id: SubmissionId,
    pub offer: OfferId,
    pub tender: TenderId,
    pub firm: OrganisationId,
    pub number: ReceiptRef,
    /// Arrival of the last byte.
    pub received_at: DateTime<Utc>,
    /// SHA-256 of the sealed bytes, in hexadecimal.
    pub sealed_sha256: String,
    /// SHA-256 over context, salt and content, in hexadecimal: the opening computes it again.
    pub commitment: String,
    pub files: Vec<SealedFile>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub replaced_at: Option<DateTime<Utc>>,
    /// Version of the draft that was deposited.
    pub draft_version: i32,
}

/// A file of a deposited offer, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedFile {
    pub id: Uuid,
    pub sealed_sha256: String,
    pub commitment: String,
}

impl Receipt {
    /// It stands: neither taken back nor replaced.
    pub fn stands(&self) -> bool {
        self.withdrawn_at.is_none() && self.replaced_at.is_none()
    }
}
