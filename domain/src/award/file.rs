use chrono::{DateTime, NaiveDate, Utc};

use super::{Award, Organ, Tenderer};
use crate::{
    document::{Block, Document, Inline, Layout},
    kernel::{ids::OrganisationId, reference::TenderRef, text::typeset},
    organisation::OrganisationKind,
    specification::Criterion,
    tender::{Notice, Plan, Vehicle},
};

/// Everything that the documents of an award say, gathered before they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardFile {
    pub reference: TenderRef,
    pub plan: Plan,
    pub pilot: Party,
    pub pilot_kind: OrganisationKind,
    /// The other authorities, by name.
    pub others: Vec<String>,
    pub criteria: Vec<Criterion>,
    /// In the order of arrival.
    pub tenderers: Vec<Tenderer>,
    /// The tenderers' addresses and numbers.
    pub firms: Vec<Party>,
    pub called_on: NaiveDate,
    pub deposit_until: DateTime<Utc>,
    pub notice: Option<Notice>,
    /// Organ, day and number of the decision on the conditions.
    pub adoption: Option<(Organ, NaiveDate, String)>,
    /// The finance director's opinion on the award, in words.
    pub opinion: Option<String>,
    /// Of the report on the offers.
    pub report_sha256: Option<String>,
    pub award: Option<Award>,
}

/// An organisation as a letter addresses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub id: OrganisationId,
    pub name: String,
    pub address: Option<String>,
    /// As written for people.
    pub bce: Option<String>,
}

impl AwardFile {
    pub(super) fn is_joint(&self) -> bool {
        self.plan.vehicle == Vehicle::Joint
    }

    pub(super) fn firm(&self, id: OrganisationId) -> Option<&Party> {
        self.firms.iter().find(|firm| firm.id == id)
    }

    /// Name, and number where it is known: « Aubier Logiciels, BCE 0403.170.701 ».
    pub(super) fn named(&self, tenderer: &Tenderer) -> String {
        match self.firm(tenderer.firm).and_then(|firm| firm.bce.as_ref()) {
            Some(bce) => format!("{}, BCE {bce}", tenderer.name),
            None => tenderer.name.clone(),
        }
    }

    /// Regular offers, the best first; equal ranks in the order of arrival.
    pub fn ranked(&self) -> Vec<&Tenderer> {
        let mut ranked: Vec<&Tenderer> = self.tenderers.iter().filter(|tenderer| tenderer.rank().is_some()).collect();
        ranked.sort_by_key(|tenderer| (tenderer.rank(), tenderer.position));
        ranked
    }

    /// A document of the pilot in this file.
    pub(super) fn document(&self, title: &str, subtitle: &str, date: NaiveDate, layout: Layout) -> Document {
        Document {
            title: title.to_owned(),
            subtitle: subtitle.to_owned(),
            reference: self.reference.to_string(),
            authority: self.pilot.name.clone(),
            version: String::new(),
            date,
            lang: "fr-BE".to_owned(),
            draft: false,
            layout,
            blocks: Vec::new(),
        }
    }
}

/// A paragraph, with French spaces.
pub(super) fn text(words: impl AsRef<str>) -> Block {
    Block::text(typeset(words.as_ref()))
}

/// « Sont sélectionnés : PME 1, PME 2. »
pub(super) fn counted(one: &str, many: &str, names: &[&str]) -> String {
    let words = if names.len() == 1 { one } else { many };
    format!("{words} : {}.", names.join(", "))
}

/// One item of a list, with French spaces.
pub(super) fn item(words: impl AsRef<str>) -> Vec<Inline> {
    vec![Inline::Text(typeset(words.as_ref()))]
}

/// An article of a decision: « Article 1er », « Article 2 ».
pub(super) fn article(number: usize, blocks: Vec<Block>) -> Block {
    let number = if number == 1 { "Article 1er".to_owned() } else { format!("Article {number}") };
    Block::Article { number, title: String::new(), clause: None, blocks, legal_basis: Vec::new() }
}

/// Articles in their order.
pub(super) fn articles(words: Vec<String>) -> Vec<Block> {
    words.into_iter().zip(1..).map(|(words, number)| article(number, vec![text(words)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_one_is_singular() {
        assert_eq!(counted("Est sélectionné", "Sont sélectionnés", &["PME 1"]), "Est sélectionné : PME 1.");
        assert_eq!(
            counted("Est sélectionné", "Sont sélectionnés", &["PME 1", "PME 2"]),
            "Sont sélectionnés : PME 1, PME 2."
        );
    }
}
