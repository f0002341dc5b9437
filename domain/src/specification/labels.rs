//! The few words that no clause holds: names of codes, heads of computed tables, months.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::{ModelError, Reason, records};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Labels(BTreeMap<String, String>);

impl Labels {
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, ModelError> {
        let mut labels = BTreeMap::new();
        for field in records::parse(file, text, 1)?.into_iter().flat_map(|record| record.fields) {
            if labels.insert(field.key.clone(), field.value).is_some() {
                return Err(ModelError::new(file, field.line, Reason::Twice(field.key)));
            }
        }
        let this = Self(labels);
        for key in NEEDED {
            if !this.0.contains_key(*key) {
                return Err(ModelError::new(file, 1, Reason::MissingLabel((*key).to_owned())));
            }
        }
        Ok(this)
    }

    /// The words under a key; the key itself where it has none.
    pub(super) fn get(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    pub(super) fn of(&self, name: &str, code: &str) -> String {
        self.get(&format!("{name}.{code}"))
    }

    pub(super) fn date(&self, date: NaiveDate) -> String {
        let day = match date.day() {
            1 => self.get("mois.premier"),
            day => day.to_string(),
        };
        format!("{day}\u{A0}{}\u{A0}{}", self.of("mois", &date.month().to_string()), date.year())
    }

    pub(super) fn date_time(&self, at: NaiveDateTime) -> String {
        format!("{} {}\u{A0}{:02}:{:02}", self.date(at.date()), self.get("mois.a"), at.hour(), at.minute())
    }
}

const NEEDED: &[&str] = &[
    "document.titre",
    "a-remplir",
    "sans-objet",
    "oui",
    "non",
    "annexe",
    "article",
    "derogations.aucune",
    "derogations.titre",
    "derogations.disposition",
    "derogations.article",
    "derogations.objet",
    "derogations.motif",
    "lots.titre",
    "lots.numero",
    "lots.intitule",
    "lots.contenu",
    "participants.titre",
    "participants.nom",
    "participants.bce",
    "participants.deliberation",
    "participants.part",
    "participants.pilote",
    "criteres.titre",
    "criteres.nom",
    "criteres.poids",
    "criteres.nature",
    "criteres.elements",
    "criteres.total",
    "grille.titre",
    "grille.points",
    "grille.motivation",
    "bordereau.titre",
    "bordereau.code",
    "bordereau.poste",
    "bordereau.unite",
    "bordereau.quantite",
    "bordereau.mode",
    "bordereau.prix",
    "bordereau.montant",
    "bordereau.total",
    "annexes.titre",
    "annexes.lettre",
    "annexes.intitule",
];
