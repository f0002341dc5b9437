use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    kernel::time::{brussels, date_french, date_time_french},
    organisation::Organisation,
    parameter::{ParameterSet, Unit, Value},
    procedure::{Procedure, Publication, candidates},
    specification::{self as model, Facts},
    tender::{Channel, Participant, Tender, Vehicle},
};

use crate::store::specifications::Answers;

/// What the tender already knows, so that the specification asks nobody twice.
pub fn facts(
    tender: &Tender,
    pilot: &Organisation,
    cpv_label: &str,
    base_url: &str,
    parameters: &ParameterSet,
    answers: &Answers,
    edition: (i32, NaiveDate, bool),
) -> Facts {
    let (number, on, draft) = edition;
    let plan = &tender.plan;
    let publication = candidates(parameters, on, plan.nature, plan.estimate)
        .ok()
        .and_then(|law| law.of(plan.procedure).map(|answer| answer.publication))
        .unwrap_or(Publication::None);
    Facts {
        reference: tender.reference.to_string(),
        version: format!("version {number}"),
        date: on,
        draft,
        object: plan.object.clone(),
        description: plan.description.clone(),
        cpv_code: plan.cpv.clone(),
        cpv_label: cpv_label.to_owned(),
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
        framework: answers
            .get("accord_cadre.maximum")
            .filter(|maximum| !maximum.is_empty())
            .map(|maximum| model::Framework { maximum: maximum.clone() }),
        price_form: match answers.get("forme_prix").map(String::as_str) {
            Some("global") => model::PriceForm::LumpSum,
            Some("mixte") => model::PriceForm::Mixed,
            Some(_) | None => model::PriceForm::Schedule,
        },
        lots: Vec::new(),
        pilot: authority(pilot),
        participants: participants(tender),
        estimate: plan.estimate.to_string(),
        deposit_deadline: tender
            .clock
            .deposit_until
            .map_or_else(|| TO_BE_SET.to_owned(), |until| date_time_french(brussels(until))),
        platform: match plan.channel {
            Channel::Hosted => format!("{base_url}/appels/{}", tender.reference),
            Channel::EProcurement => "https://www.publicprocurement.be".to_owned(),
        },
        parameters: figures(parameters, on),
    }
}

/// The call sets the hour; the adopted text says where it stands.
const TO_BE_SET: &str = "la date et l’heure fixées dans l’avis de marché ou l’invitation à remettre offre";

fn authority(organisation: &Organisation) -> model::Authority {
    model::Authority {
        name: organisation.name.clone(),
        bce: organisation.bce.clone().unwrap_or_default(),
        address: organisation.address.clone().unwrap_or_default(),
        contact: organisation.email.clone().unwrap_or_default(),
    }
}

fn participants(tender: &Tender) -> Vec<model::Participant> {
    let shares = tender.shares(tender.plan.estimate, &tender.rule).unwrap_or_default();
    tender
        .counted()
        .map(|participant| model::Participant {
            name: participant.name.clone(),
            bce: String::new(),
            share: shares
                .iter()
                .find(|((_, id), _)| *id == participant.organisation)
                .map(|(_, share)| share.to_string())
                .unwrap_or_default(),
            deliberation: deliberation(participant),
        })
        .collect()
}

fn deliberation(participant: &Participant) -> String {
    participant
        .answer
        .as_ref()
        .map(|answer| format!("{}, {}", date_french(answer.deliberated_on), answer.number))
        .unwrap_or_default()
}

/// Every figure in force that day, in words.
fn figures(parameters: &ParameterSet, on: NaiveDate) -> BTreeMap<String, model::Parameter> {
    parameters
        .rows()
        .filter(|row| row.covers(on))
        .map(|row| {
            let number = row.value.to_string();
            let text = match &row.value {
                Value::Money(amount) => amount.to_string(),
                Value::Percent(rate) => rate.to_string(),
                Value::Choice(choice) => choice.clone(),
                Value::Count(count) => format!("{count}{}", unit(row.unit)),
            };
            (row.key.clone(), model::Parameter { text, number, legal_ref: row.legal_ref.clone() })
        })
        .collect()
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "\u{a0}jours",
        Unit::WorkingDays => "\u{a0}jours ouvrables",
        Unit::Months => "\u{a0}mois",
        Unit::Years => "\u{a0}ans",
        Unit::Inhabitants => "\u{a0}habitants",
        Unit::Euro | Unit::Percent | Unit::Count | Unit::Choice => "",
    }
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
