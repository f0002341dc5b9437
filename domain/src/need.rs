//! What a commune needs, before it is a tender.

use chrono::NaiveDate;

use crate::{
    audit::Stream,
    authz::Subject,
    kernel::{
        ids::{NeedId, OrganisationId, TenderId},
        money::Money,
    },
    procedure::Nature,
    refusal::Refusal,
    tender::Vehicle,
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
    pub nature: Nature,
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

    /// May this authority plan a tender of it? Only one that announced a part, and for all who did: a tender for one
    /// alone would take the need from the others.
    ///
    /// # Errors
    /// [`Refusal::NeedTaken`], [`Refusal::NeedNotJoined`] or [`Refusal::NeedIsShared`].
    pub fn may_be_taken_up(&self, by: OrganisationId, vehicle: Vehicle) -> Result<(), Refusal> {
        self.is_free()?;
        if self.organisation != by && !self.joined.contains(&by) {
            return Err(Refusal::NeedNotJoined);
        }
        match vehicle {
            Vehicle::Joint => Ok(()),
            Vehicle::Isolated | Vehicle::Central if self.joined.is_empty() => Ok(()),
            Vehicle::Isolated | Vehicle::Central => Err(Refusal::NeedIsShared),
        }
    }
}

impl NeedDraft {
    /// Words of the object that may tell the same need, without accents being looked at: the long ones.
    pub fn telling_words(&self) -> impl Iterator<Item = &str> {
        self.object
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| word.chars().count() >= SHORTEST_TELLING_WORD)
            .filter(|word| !TOO_COMMON.contains(&word.to_lowercase().as_str()))
    }
}

const SHORTEST_TELLING_WORD: usize = 5;

/// Words that half of the needs of a town hall hold.
const TOO_COMMON: [&str; 12] = [
    "application",
    "commun",
    "communal",
    "communale",
    "communes",
    "gestion",
    "libre",
    "logiciel",
    "logiciels",
    "services",
    "service",
    "système",
];

impl Subject for Need {
    fn stream(&self) -> Stream {
        Stream::Organisation(self.organisation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_telling_words_of_an_object_leave_out_what_every_object_says() {
        let draft = NeedDraft {
            object: "Logiciel libre de gestion des cimetières et du guichet-citoyen".to_owned(),
            description: String::new(),
            cpv: "72212000".to_owned(),
            nature: Nature::Services,
            estimate: Money::from_cents(1),
            quantity: "1".to_owned(),
            wanted_on: None,
        };

        assert_eq!(draft.telling_words().collect::<Vec<_>>(), ["cimetières", "guichet", "citoyen"]);
    }
}
