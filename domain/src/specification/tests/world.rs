//! Facts and answers for the tests: « Guichet citoyen en logiciel libre », by three communes.

use std::collections::BTreeMap;

use super::super::scope::Scope;
use super::*;

pub(super) const EXAMPLE: &str = include_str!("../../../../templates-cdc/exemple.txt");

pub(super) fn model() -> &'static Model {
    Model::shipped()
}

pub(super) fn example() -> Answers {
    parse_answers("exemple.txt", EXAMPLE).expect("the example reads")
}

/// Legal figures as a parameter table would resolve them in November 2026.
pub(super) fn parameters() -> BTreeMap<String, Parameter> {
    PARAMETERS
        .iter()
        .map(|(key, text, number, legal_ref)| {
            let row = Parameter {
                text: (*text).to_owned(),
                number: (*number).to_owned(),
                legal_ref: (*legal_ref).to_owned(),
            };
            ((*key).to_owned(), row)
        })
        .collect()
}

pub(super) fn facts() -> Facts {
    let participant = |name: &str, bce: &str, share: &str, deliberation: &str| Participant {
        name: name.to_owned(),
        bce: bce.to_owned(),
        share: share.to_owned(),
        deliberation: deliberation.to_owned(),
    };
    Facts {
        reference: "MP-2026-0001".to_owned(),
        version: "version 3".to_owned(),
        date: "2026-11-16".parse().expect("a date"),
        draft: true,
        object: "Guichet citoyen en logiciel libre".to_owned(),
        description: "Les trois communes acquièrent en commun un guichet citoyen en ligne, développé et publié sous \
                      licence libre."
            .to_owned(),
        cpv_code: "72212000".to_owned(),
        cpv_label: "Services de programmation de logiciels d’application".to_owned(),
        nature: Nature::Services,
        vehicle: Vehicle::Joint,
        procedure: Procedure::Open,
        publication: Publication::European,
        channel: Channel::EProcurement,
        framework: None,
        price_form: PriceForm::Mixed,
        lots: Vec::new(),
        pilot: Authority {
            name: "Ville de Namur".to_owned(),
            bce: "1000.000.021".to_owned(),
            address: "Esplanade de l’Hôtel de Ville 1, 5000 Namur".to_owned(),
            contact: "Service des marchés publics, marches@commune.example".to_owned(),
        },
        participants: vec![
            participant("Ville de Namur", "1000.000.021", "64,02\u{A0}%", "Conseil, 1er septembre 2026, n°\u{A0}14"),
            participant("Commune d’Andenne", "1000.000.120", "19,71\u{A0}%", "Conseil, 7 septembre 2026, n°\u{A0}9"),
            participant("Commune de Gembloux", "1000.000.219", "16,27\u{A0}%", "Conseil, 2 septembre 2026, n°\u{A0}21"),
        ],
        estimate: "480\u{202F}000,00\u{A0}€".to_owned(),
        deposit_deadline: "lundi 18 janvier 2027 à 11:00".to_owned(),
        questions_deadline: "lundi 11 janvier 2027 à 11:00".to_owned(),
        share_key: "20\u{A0}% à parts égales et le solde selon la population au 1er janvier 2026".to_owned(),
        platform: "https://www.publicprocurement.be".to_owned(),
        parameters: parameters(),
    }
}

pub(super) fn isolated() -> Facts {
    let mut facts = facts();
    facts.vehicle = Vehicle::Isolated;
    facts.participants.truncate(1);
    facts
}

pub(super) fn with_framework(mut facts: Facts) -> Facts {
    facts.framework = Some(Framework { maximum: "600\u{202F}000,00\u{A0}€".to_owned() });
    facts
}

pub(super) fn with_procedure(mut facts: Facts, procedure: Procedure) -> Facts {
    facts.procedure = procedure;
    facts.publication = match procedure {
        Procedure::LowValue | Procedure::NegotiatedWithoutPublication => Publication::None,
        Procedure::NegotiatedDirect | Procedure::SocialServices => Publication::Belgian,
        Procedure::Open
        | Procedure::Restricted
        | Procedure::CompetitiveWithNegotiation
        | Procedure::Dialogue
        | Procedure::Innovation => Publication::European,
    };
    facts
}

pub(super) fn with_lots(mut facts: Facts) -> Facts {
    facts.lots = ["Guichet", "Hébergement"]
        .iter()
        .zip(1..)
        .map(|(title, number)| Lot {
            number: number.to_string(),
            title: (*title).to_owned(),
            description: format!("Prestations du lot {number}"),
        })
        .collect();
    facts
}

/// The scenarios of the committed tables.
pub(super) fn scenarios() -> Vec<(&'static str, Facts)> {
    let central = |mut facts: Facts| {
        facts.vehicle = Vehicle::Central;
        facts
    };
    let mut lump_sum = isolated();
    lump_sum.price_form = PriceForm::LumpSum;
    let mut scenarios = vec![
        ("isolé", isolated()),
        ("forfait", lump_sum),
        ("conjoint", facts()),
        ("lots", with_lots(facts())),
        ("centrale", with_framework(central(facts()))),
        ("cadre", with_framework(facts())),
    ];
    scenarios.extend(Procedure::ALL.iter().map(|procedure| (procedure.code(), with_procedure(facts(), *procedure))));
    scenarios
}

/// The example, and a plain answer to everything else that is asked.
pub(super) fn complete(facts: &Facts, from: Answers) -> Answers {
    let mut answers = from;
    loop {
        let scope = Scope::new(model(), facts, &answers);
        let next = scope.asked.iter().find(|(_, state, _)| *state == State::ToAnswer);
        let Some((question, _, _)) = next else { return answers };
        answers.insert(question.id.clone(), sample(question));
    }
}

pub(super) fn sample(question: &Question) -> String {
    match &question.kind {
        QuestionKind::Text { .. } | QuestionKind::LongText { .. } | QuestionKind::Lines { .. } => {
            "un\nautre".to_owned()
        }
        QuestionKind::Integer { min, max, .. } => (*min).max(30).min(*max).to_string(),
        QuestionKind::Percent { .. } => "10".to_owned(),
        QuestionKind::Money { .. } => "25 000".to_owned(),
        QuestionKind::Date => "2026-10-12".to_owned(),
        QuestionKind::DateTime => "2026-10-12T16:00".to_owned(),
        QuestionKind::YesNo => "oui".to_owned(),
        QuestionKind::Choice(options) => options.first().expect("an option").code.clone(),
        QuestionKind::Table { columns, .. } => columns.iter().map(cell).collect::<Vec<_>>().join(" | "),
        QuestionKind::Criteria => "Prix | 60 | prix | Total\nMéthode | 40 | qualite | Note".to_owned(),
        QuestionKind::Prices => "P-01 | Prestations | forfait | 1 | forfait".to_owned(),
    }
}

fn cell(column: &Column) -> String {
    match &column.kind {
        CellKind::Text => "texte".to_owned(),
        CellKind::Integer => "1".to_owned(),
        CellKind::Choice(codes) => codes.first().expect("a code").code.clone(),
    }
}

pub(super) const PARAMETERS: &[(&str, &str, &str, &str)] = &[
    ("advance.max", "225 000 €", "225000", "Loi, art. 12/3"),
    ("advance.medium", "5 %", "5", "Loi, art. 12/5"),
    ("advance.micro", "20 %", "20", "Loi, art. 12/5"),
    ("advance.pnspp", "15 %", "15", "Loi, art. 12/4"),
    ("advance.setoff.first", "30 %", "30", "RGE, art. 67"),
    ("advance.setoff.second", "60 %", "60", "RGE, art. 67"),
    ("advance.small", "10 %", "10", "Loi, art. 12/5"),
    ("call.information", "6 jours", "6", "Loi, art. 64"),
    ("call.information.urgent", "4 jours", "4", "Loi, art. 64"),
    ("debts.max", "3 000 €", "3000", "Loi, art. 68"),
    ("debts.regularise", "5 jours ouvrables", "5", "Loi, art. 68"),
    ("default.defence", "15 jours", "15", "RGE, art. 44"),
    ("delay.cap", "7,5 %", "7.5", "RGE, art. 154"),
    ("delay.cap.criterion", "10 %", "10", "RGE, art. 154"),
    ("delay.daily", "0,1 %", "0.1", "RGE, art. 154"),
    ("delay.dropped", "75 €", "75", "RGE, art. 154"),
    ("einvoice.min", "3 000 €", "3000", "AR du 9 mars 2022"),
    ("eu.threshold.services", "216 000 €", "216000", "ARP, art. 11"),
    ("exclusion.mandatory", "5 ans", "5", "Loi, art. 67"),
    ("exclusion.optional", "3 ans", "3", "Loi, art. 69"),
    ("fm.max", "30 000 €", "30000", "Loi, art. 92"),
    ("framework.max", "4 ans", "48", "Loi, art. 43"),
    ("interest.flat", "40 €", "40", "Loi du 2 août 2002"),
    ("lots.reasons.min", "140 000 €", "140000", "Loi, art. 58"),
    ("modification.complementary", "50 %", "50", "RGE, art. 38/1"),
    ("modification.deminimis.services", "10 %", "10", "RGE, art. 38/4"),
    ("payment.days", "30 jours", "30", "RGE, art. 160"),
    ("penalty.daily", "0,02 %", "0.02", "RGE, art. 45"),
    ("penalty.daily.max", "200 €", "200", "RGE, art. 45"),
    ("penalty.daily.min", "20 €", "20", "RGE, art. 45"),
    ("penalty.single", "0,07 %", "0.07", "RGE, art. 45"),
    ("penalty.single.max", "400 €", "400", "RGE, art. 45"),
    ("penalty.single.min", "40 €", "40", "RGE, art. 45"),
    ("pndapp.works.max", "750 000 €", "750000", "Loi, art. 41"),
    ("pnspp.max", "140 000 €", "140000", "ARP, art. 90"),
    ("price.justify", "12 jours", "12", "ARP, art. 36"),
    ("recours.annulment", "60 jours", "60", "Loi Recours, art. 23"),
    ("recours.light", "140 000 €", "140000", "Loi Recours, art. 29"),
    ("recours.light.answer", "15 jours", "15", "Loi Recours, art. 29/1"),
    ("recours.light.request", "30 jours", "30", "Loi Recours, art. 29/1"),
    ("recours.suspension", "15 jours", "15", "Loi Recours, art. 23"),
    ("rge.field", "30 000 €", "30000", "RGE, art. 5"),
    ("remission", "90 jours", "90", "RGE, art. 50"),
    ("selection.turnover", "le double de la valeur estimée du marché", "2", "Loi, art. 71"),
    ("standstill", "15 jours", "15", "Loi Recours, art. 11"),
    ("surety.default", "5 %", "5", "RGE, art. 25"),
    ("surety.deposit", "30 jours", "30", "RGE, art. 27"),
    ("surety.framework", "3 %", "3", "RGE, art. 25"),
    ("surety.late.cap", "2 %", "2", "RGE, art. 29"),
    ("surety.late.daily", "0,02 %", "0.02", "RGE, art. 29"),
    ("surety.min_award", "50 000 €", "50000", "RGE, art. 25"),
    ("surety.release", "15 jours", "15", "RGE, art. 33"),
    ("surety.rounding", "10 €", "10", "RGE, art. 25"),
    ("tender.validity", "90 jours", "90", "ARP, art. 58"),
    ("vat.standard", "21 %", "21", "AR n° 20 du 20 juillet 1970"),
];
