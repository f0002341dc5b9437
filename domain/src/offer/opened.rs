use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::OfferContent;
use crate::kernel::{
    Money,
    ids::{OfferId, OrganisationId, TenderId},
    reference::ReceiptRef,
};

/// An offer that was opened. There is no other way to read a price: a sealed one has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedOffer {
    pub id: OfferId,
    pub tender: TenderId,
    pub firm: OrganisationId,
    pub firm_name: String,
    /// In the order of arrival, from 1: the number that minutes, letters and addresses use.
    pub position: i32,
    /// None for an offer of the federal platform.
    pub receipt: Option<ReceiptRef>,
    pub received_at: DateTime<Utc>,
    pub content: OfferContent,
    pub files: Vec<OpenedFile>,
    /// Total as submitted, without VAT.
    pub excluding: Money,
    /// Total as submitted, with VAT.
    pub including: Money,
    /// Copied by hand from the federal platform.
    pub typed: bool,
}

/// A file of an opened offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedFile {
    /// Row of the sealed file.
    pub id: uuid::Uuid,
    pub name: String,
    pub media_type: String,
    pub size_bytes: u64,
    /// Of the clear bytes, in hexadecimal.
    pub sha256: String,
}
