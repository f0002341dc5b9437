//! What the tender already knows: nobody is asked twice.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Value;

/// The facts of one tender. Amounts and dates that are only read come as words, already formatted; an empty word is a
/// fact that lacks and is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// `MP-2026-0001`.
    pub reference: String,
    /// « version 3 », as the foot of each page shows it.
    pub version: String,
    /// Date of this version; it also picks the versions of the clauses.
    pub date: NaiveDate,
    /// Still open to change: the head carries « PROJET ».
    pub draft: bool,
    /// Object of the contract, in one line.
    pub object: String,
    /// What is bought and why, in a few sentences.
    pub description: String,
    /// Eight digits.
    pub cpv_code: String,
    /// French label of the code.
    pub cpv_label: String,
    /// Nature of the contract.
    pub nature: Nature,
    /// Isolated, joint or central.
    pub vehicle: Vehicle,
    /// Procedure of award.
    pub procedure: Procedure,
    /// Level of prior publication.
    pub publication: Publication,
    /// Where offers are filed.
    pub channel: Channel,
    /// Set when the contract is a framework agreement.
    pub framework: Option<Framework>,
    /// How prices are asked.
    pub price_form: PriceForm,
    /// Empty or one: no division into lots.
    pub lots: Vec<Lot>,
    /// The authority that acts, alone or for all.
    pub pilot: Authority,
    /// Every participant or beneficiary, the pilot included when it takes part.
    pub participants: Vec<Participant>,
    /// Estimate without VAT, in words: « 480 000,00 € ».
    pub estimate: String,
    /// Deadline of the offers (or of the requests to take part), in words.
    pub deposit_deadline: String,
    /// Until when questions are taken, in words.
    pub questions_deadline: String,
    /// How the participants share the common expenses, in words.
    pub share_key: String,
    /// Address where the documents are read and offers are filed.
    pub platform: String,
    /// Amounts, rates and delays set by the law at the reference date of the tender, by key.
    pub parameters: BTreeMap<String, Parameter>,
}

/// One legal figure, resolved at the reference date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// In words, with its unit: « 216 000 € », « 5 jours ouvrables ».
    pub text: String,
    /// The bare number, when it can be compared: `216000`, `7.5`.
    pub number: String,
    /// Where it stands in the law.
    pub legal_ref: String,
}

/// An authority, as the specification presents it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// Official name.
    pub name: String,
    /// Enterprise number, formatted.
    pub bce: String,
    /// Postal address in one line.
    pub address: String,
    /// Service, mail, telephone: in one line.
    pub contact: String,
}

/// A participant of a joint tender, or a beneficiary of a central purchasing body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Official name.
    pub name: String,
    /// Enterprise number, formatted.
    pub bce: String,
    /// Share, in words: « 48,39 % » or an amount.
    pub share: String,
    /// Deliberation: organ, date, number.
    pub deliberation: String,
}

/// A framework agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Maximum without VAT, in words; the law asks for one (CJEU C-23/20).
    pub maximum: String,
}

/// One lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Number or letter.
    pub number: String,
    /// Title.
    pub title: String,
    /// What it holds.
    pub description: String,
}

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident => $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$inner])* $variant,)+ }

        impl $name {
            /// Every case, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code that the conditions of the common model read.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }
    };
}

codes! {
    /// Nature of a contract.
    Nature {
        /// Services.
        Services => "services",
        /// Supplies.
        Supplies => "fournitures",
        /// Works.
        Works => "travaux",
    }
}
codes! {
    /// Who buys for whom.
    Vehicle {
        /// One authority for itself.
        Isolated => "isole",
        /// Occasional joint tender (Loi art. 48).
        Joint => "conjoint",
        /// Central purchasing body (Loi art. 47).
        Central => "centrale",
    }
}
codes! {
    /// Procedure of award.
    Procedure {
        /// Low value, accepted invoice (Loi art. 92).
        LowValue => "FM",
        /// Negotiated without prior publication (Loi art. 42).
        NegotiatedWithoutPublication => "PNSPP",
        /// Direct negotiated with prior publication (Loi art. 41).
        NegotiatedDirect => "PNDAPP",
        /// Open (Loi art. 36).
        Open => "PO",
        /// Restricted (Loi art. 37).
        Restricted => "PR",
        /// Competitive with negotiation (Loi art. 38).
        CompetitiveWithNegotiation => "PCAN",
        /// Competitive dialogue (Loi art. 39).
        Dialogue => "DC",
        /// Innovation partnership (Loi art. 40).
        Innovation => "PI",
        /// Social and other specific services (Loi art. 88 to 90).
        SocialServices => "SSS",
    }
}
codes! {
    /// Level of prior publication.
    Publication {
        /// None.
        None => "aucune",
        /// Bulletin des Adjudications.
        Belgian => "BE",
        /// Bulletin des Adjudications and Official Journal.
        European => "EU",
    }
}
codes! {
    /// Where offers are filed.
    Channel {
        /// In this application.
        Hosted => "hosted",
        /// On the federal platform.
        EProcurement => "e-procurement",
    }
}
codes! {
    /// How prices are asked (ARP art. 2).
    PriceForm {
        /// One price for the whole.
        LumpSum => "global",
        /// Unit prices.
        Schedule => "bordereau",
        /// Both.
        Mixed => "mixte",
    }
}

impl Facts {
    /// The facts by the names that the common model gives them; a fact without value stays out.
    pub(super) fn values(&self) -> BTreeMap<&'static str, Value> {
        let text = |text: &str| Value::Text(text.to_owned());
        let choice = |code: &str| Value::Choice(code.to_owned());
        let count = |n: usize| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
        let mut values = BTreeMap::from([
            ("reference", text(&self.reference)),
            ("version", text(&self.version)),
            ("date", Value::Date(self.date)),
            ("objet", text(&self.object)),
            ("description", text(&self.description)),
            ("cpv.code", text(&self.cpv_code)),
            ("cpv.libelle", text(&self.cpv_label)),
            ("nature", choice(self.nature.code())),
            ("vehicule", choice(self.vehicle.code())),
            ("procedure", choice(self.procedure.code())),
            ("publication", choice(self.publication.code())),
            ("canal", choice(self.channel.code())),
            ("accord_cadre", Value::YesNo(self.framework.is_some())),
            ("forme_prix", choice(self.price_form.code())),
            ("lots.nombre", count(self.lots.len().max(1))),
            ("pilote.nom", text(&self.pilot.name)),
            ("pilote.bce", text(&self.pilot.bce)),
            ("pilote.adresse", text(&self.pilot.address)),
            ("pilote.contact", text(&self.pilot.contact)),
            ("participants.nombre", count(self.participants.len())),
            ("estimation", text(&self.estimate)),
            ("depot.limite", text(&self.deposit_deadline)),
            ("questions.limite", text(&self.questions_deadline)),
            ("parts.cle", text(&self.share_key)),
            ("plateforme", text(&self.platform)),
        ]);
        if let Some(framework) = &self.framework {
            values.insert("accord_cadre.maximum", text(&framework.maximum));
        }
        values.retain(|_, value| *value != Value::Text(String::new()));
        values
    }
}

/// Every name under which a fact may be read.
pub(super) const NAMES: &[&str] = &[
    "reference",
    "version",
    "date",
    "objet",
    "description",
    "cpv.code",
    "cpv.libelle",
    "nature",
    "vehicule",
    "procedure",
    "publication",
    "canal",
    "accord_cadre",
    "accord_cadre.maximum",
    "forme_prix",
    "lots.nombre",
    "pilote.nom",
    "pilote.bce",
    "pilote.adresse",
    "pilote.contact",
    "participants.nombre",
    "parts.cle",
    "questions.limite",
    "estimation",
    "depot.limite",
    "plateforme",
];
