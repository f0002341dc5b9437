use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use domain::{
    kernel::time::{brussels, date_french, date_time_french},
    organisation::Organisation,
    parameter::ParameterSet,
    procedure::{Procedure, Publication, candidates},
    share::{Fixed, Key},
    specification::{self as model, Facts, Model, Value},
    tender::{Channel, Participant, Tender, Vehicle},
};

use super::figures::figures;
use crate::store::specifications::Answers;

/// What stands around the tender: who takes part, where it is read, what the law says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The pilot and the participants.
    pub organisations: Vec<Organisation>,
    pub cpv_label: String,
    pub base_url: String,
    pub parameters: Arc<ParameterSet>,
}

/// One edition, made or to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditionOf {
    pub number: i32,
    pub on: NaiveDate,
    pub draft: bool,
}

/// What the tender already knows, so that the specification asks nobody twice; what it does not keep (the form of the
/// price, the framework, the lots) comes from the answers that feed a fact.
pub fn facts(tender: &Tender, around: &Around, answers: &Answers, edition: EditionOf) -> Facts {
    let plan = &tender.plan;
    let publication = candidates(&around.parameters, edition.on, plan.nature, plan.estimate)
        .ok()
        .and_then(|law| law.of(plan.procedure).map(|answer| answer.publication))
        .unwrap_or(Publication::None);
    Facts {
        reference: tender.reference.to_string(),
        version: format!("version {}", edition.number),
        date: edition.on,
        draft: edition.draft,
        object: plan.object.clone(),
        description: plan.description.clone(),
        cpv_code: plan.cpv.clone(),
        cpv_label: around.cpv_label.clone(),
        nature: match plan.nature {
            domain::procedure::Nature::Supplies => model::Nature::Supplies,
            domain::procedure::Nature::Works => model::Nature::Works,
            domain::procedure::Nature::Services | domain::procedure::Nature::Sss => model::Nature::Services,
        },
        vehicle: match plan.vehicle {
            Vehicle::Isolated => model::Vehicle::Isolated,
            Vehicle::Joint => model::Vehicle::Joint,
            Vehicle::Central => model::Vehicle::Central,
        },
        procedure: procedure(plan.procedure),
        publication: match publication {
            Publication::None => model::Publication::None,
            Publication::Belgian => model::Publication::Belgian,
            Publication::European => model::Publication::European,
        },
        channel: match plan.channel {
            Channel::Hosted => model::Channel::Hosted,
            Channel::EProcurement => model::Channel::EProcurement,
        },
        framework: framework(answers),
        price_form: price_form(answers),
        lots: lots(answers),
        pilot: around.organisation(tender.pilot).map_or_else(nobody, authority),
        participants: participants(tender, around),
        estimate: plan.estimate.to_string(),
        deposit_deadline: tender
            .clock
            .deposit_until
            .map_or_else(|| TO_BE_SET.to_owned(), |until| date_time_french(brussels(until))),
        questions_deadline: tender
            .clock
            .questions_until
            .map_or_else(|| TO_BE_SET.to_owned(), |until| date_time_french(brussels(until))),
        share_key: share_key(tender, around),
        platform: match plan.channel {
            Channel::Hosted => format!("{}/appels/{}", around.base_url, tender.reference),
            Channel::EProcurement => "https://www.publicprocurement.be".to_owned(),
        },
        parameters: figures(&around.parameters, plan.nature, edition.on),
    }
}

/// The call sets both hours; the adopted text says where they stand.
const TO_BE_SET: &str = "la date et l’heure que fixe l’avis de marché ou l’invitation à remettre offre";

impl Around {
    fn organisation(&self, id: domain::kernel::ids::OrganisationId) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }
}

fn fed(fact: &str, answers: &Answers) -> Option<Value> {
    Model::shipped().typed(fact, answers)
}

fn framework(answers: &Answers) -> Option<model::Framework> {
    if fed("accord_cadre", answers) != Some(Value::YesNo(true)) {
        return None;
    }
    let maximum = Model::shipped().framework_maximum(answers);
    Some(model::Framework { maximum: maximum.as_ref().map(ToString::to_string).unwrap_or_default() })
}

fn price_form(answers: &Answers) -> model::PriceForm {
    let Some(Value::Choice(code)) = fed("forme_prix", answers) else { return model::PriceForm::Schedule };
    model::PriceForm::ALL.iter().copied().find(|form| form.code() == code).unwrap_or(model::PriceForm::Schedule)
}

fn lots(answers: &Answers) -> Vec<model::Lot> {
    let Some(Value::Rows(rows)) = fed("lots.nombre", answers) else { return Vec::new() };
    let lot = |row: Vec<String>| {
        let [number, title, description] = <[String; 3]>::try_from(row).ok()?;
        Some(model::Lot { number, title, description })
    };
    rows.into_iter().filter_map(lot).collect()
}

fn authority(organisation: &Organisation) -> model::Authority {
    model::Authority {
        name: organisation.name.clone(),
        bce: organisation.bce.clone().unwrap_or_default(),
        address: organisation.address.clone().unwrap_or_default(),
        contact: organisation.email.clone().unwrap_or_default(),
    }
}

/// Every field is then reported as missing.
fn nobody() -> model::Authority {
    model::Authority { name: String::new(), bce: String::new(), address: String::new(), contact: String::new() }
}

fn participants(tender: &Tender, around: &Around) -> Vec<model::Participant> {
    let shares = tender.shares(tender.plan.estimate, &tender.rule).unwrap_or_default();
    tender
        .counted()
        .map(|participant| model::Participant {
            name: participant.name.clone(),
            bce: around
                .organisation(participant.organisation)
                .and_then(|organisation| organisation.bce.clone())
                .unwrap_or_default(),
            share: shares
                .iter()
                .find(|((_, id), _)| *id == participant.organisation)
                .map(|(_, share)| share.to_string())
                .unwrap_or_default(),
            deliberation: deliberation(participant),
        })
        .collect()
}

/// The rule that the shares really follow, with the year of the populations; nothing while it can't be applied.
fn share_key(tender: &Tender, around: &Around) -> String {
    if tender.shares(tender.plan.estimate, &tender.rule).is_err() {
        return String::new();
    }
    let key = match tender.rule.key {
        Key::Equal => "à parts égales".to_owned(),
        Key::Population => format!("selon la population au 1er janvier{}", population_years(tender, around)),
    };
    let key = match tender.rule.fixed {
        Fixed::None => key,
        Fixed::Percent(percent) => format!("{percent} à parts égales et le solde {key}"),
        Fixed::Amount(amount) => format!("{amount} par participant et le solde {key}"),
    };
    let least = tender.rule.min.map(|least| format!(", {least} au moins par participant")).unwrap_or_default();
    let most = tender.rule.max.map(|most| format!(", {most} au plus par participant")).unwrap_or_default();
    format!("{key}{least}{most}")
}

/// ` 2026`; ` 2025 et 2026` when the figures are not all of one year.
fn population_years(tender: &Tender, around: &Around) -> String {
    let years: BTreeSet<_> = tender
        .counted()
        .filter_map(|participant| around.organisation(participant.organisation)?.population.as_ref())
        .map(|population| population.year.to_string())
        .collect();
    let years: Vec<_> = years.into_iter().collect();
    if years.is_empty() { String::new() } else { format!(" {}", years.join(" et ")) }
}

fn deliberation(participant: &Participant) -> String {
    participant
        .answer
        .as_ref()
        .map(|answer| format!("{}, {}", date_french(answer.deliberated_on), answer.number))
        .unwrap_or_default()
}

fn procedure(procedure: Procedure) -> model::Procedure {
    match procedure {
        Procedure::Fm => model::Procedure::LowValue,
        Procedure::Pnspp => model::Procedure::NegotiatedWithoutPublication,
        Procedure::Pndapp => model::Procedure::NegotiatedDirect,
        Procedure::Po => model::Procedure::Open,
        Procedure::Pr => model::Procedure::Restricted,
        Procedure::Pcan => model::Procedure::CompetitiveWithNegotiation,
        Procedure::Dc => model::Procedure::Dialogue,
        Procedure::Pi => model::Procedure::Innovation,
        Procedure::Sss => model::Procedure::SocialServices,
    }
}
