//! What a commune needs, before it is a tender.

use chrono::NaiveDate;

use crate::{
    audit::Stream,
    authz::Subject,
    kernel::{
        ids::{NeedId, OrganisationId, TenderId},
        money::Money,
    },
    refusal::Refusal,
};

/// Longest object kept, in characters.
pub const OBJECT_MOST: usize = 200;
/// Longest description kept, in characters.
pub const DESCRIPTION_MOST: usize = 5_000;
/// Longest quantity kept, in characters.
pub const QUANTITY_MOST: usize = 200;

/// A need as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub id: NeedId,
    /// Who described it.
    pub organisation: OrganisationId,
    pub draft: NeedDraft,
    /// The tender that took it up.
    pub tender: Option<TenderId>,
    /// Others who said that they need it too.
    pub joined: Vec<OrganisationId>,
    pub version: i32,
}

/// What is typed about a need, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedDraft {
    pub object: String,
    pub description: String,
    /// Eight digits of the Common Procurement Vocabulary.
    pub cpv: String,
    /// Code of the nature: services, supplies, works.
    pub nature: String,
    /// Without VAT, all years, options and renewals included.
    pub estimate: Money,
    pub quantity: String,
    pub wanted_on: Option<NaiveDate>,
}

/// What another commune adds when it joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareDraft {
    /// Without VAT.
    pub estimate: Money,
    pub quantity: String,
    pub remark: String,
}

impl Need {
    /// May another organisation still join, or a pilot take it up?
    ///
    /// # Errors
    /// [`Refusal::NeedTaken`] when a tender holds it already.
    pub fn is_free(&self) -> Result<(), Refusal> {
        match self.tender {
            None => Ok(()),
            Some(_) => Err(Refusal::NeedTaken),
        }
    }
}

impl Subject for Need {
    fn stream(&self) -> Stream {
        Stream::Organisation(self.organisation)
    }
}
