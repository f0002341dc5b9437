//! The end of the contract: acceptance reports and termination (royal decree of 14 January 2013).

use chrono::NaiveDate;

use super::{
    AwardFile, Organ,
    ending::signed,
    file::{articles, item, text},
};
use crate::{
    document::{Block, Document, Fact, Layout},
    kernel::{
        Money,
        text::typeset,
        time::{date_french, weekday_date_french_inline},
    },
    tender::ActKind,
};

/// Which acceptance a report states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcceptanceKind {
    Provisional,
    Final,
}

impl AcceptanceKind {
    /// What it is among the acts of the file.
    pub fn act(self) -> ActKind {
        match self {
            Self::Provisional => ActKind::ProvisionalAcceptance,
            Self::Final => ActKind::FinalAcceptance,
        }
    }
}

/// What was found, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    pub kind: AcceptanceKind,
    pub found_on: NaiveDate,
    pub findings: String,
    /// Reserves do not stop an acceptance; they are lifted before the final one.
    pub reserves: String,
    /// A refusal has its reasons in the findings.
    pub is_granted: bool,
    /// Last day of the guarantee that starts, where one does.
    pub guarantee_until: Option<NaiveDate>,
    /// Who finds: the leading official.
    pub manager: String,
}

/// The minutes of an acceptance, or of its refusal (RGE, art. 64 and 156).
pub fn acceptance_report(file: &AwardFile, acceptance: &Acceptance) -> Document {
    let name = match acceptance.kind {
        AcceptanceKind::Provisional => "réception provisoire",
        AcceptanceKind::Final => "réception définitive",
    };
    let title = if acceptance.is_granted {
        format!("Procès-verbal de {name}")
    } else {
        format!("Procès-verbal de refus de {name}")
    };
    let winner = file.award.as_ref().and_then(|award| award.winner(&file.tenderers));
    let contractor = winner.map(|winner| file.named(winner)).unwrap_or_default();
    let mut blocks = vec![
        Block::Facts(vec![
            Fact::new("Marché", typeset(&format!("{}, {}", file.reference, file.plan.object))),
            Fact::new("Pouvoir adjudicateur", file.pilot.name.clone()),
            Fact::new("Adjudicataire", contractor.clone()),
            Fact::new("Fonctionnaire dirigeant", acceptance.manager.clone()),
            Fact::new("Date du constat", date_french(acceptance.found_on)),
        ]),
        text("Le fonctionnaire dirigeant a vérifié les prestations et constate ce qui suit :"),
        lines(&acceptance.findings),
    ];
    if !acceptance.reserves.is_empty() {
        blocks.push(text("Réserves, à lever par l’adjudicataire :"));
        blocks.push(lines(&acceptance.reserves));
    }
    blocks.push(text(conclusion(name, acceptance)));
    blocks.push(Block::Signatures(vec![
        Fact::new("Le fonctionnaire dirigeant,", ""),
        Fact::new("Pour l’adjudicataire,", ""),
    ]));
    let subtitle = typeset(&format!("{}\n{contractor}", file.plan.object));
    Document { blocks, ..file.document(&title, &subtitle, acceptance.found_on, Layout::Act) }
}

fn conclusion(name: &str, acceptance: &Acceptance) -> String {
    if !acceptance.is_granted {
        return format!(
            "En conséquence, la {name} est refusée. L’adjudicataire remédie aux manquements constatés et demande une nouvelle vérification."
        );
    }
    match acceptance.guarantee_until {
        Some(until) => format!(
            "En conséquence, la {name} est accordée. Le délai de garantie court jusqu’au {}.",
            weekday_date_french_inline(until)
        ),
        None => format!("En conséquence, la {name} est accordée."),
    }
}

fn lines(words: &str) -> Block {
    Block::List { numbered: false, items: words.lines().filter(|line| !line.trim().is_empty()).map(item).collect() }
}

/// The minutes of a failure (RGE, art. 44): what was found, and until when the contractor may answer.
pub fn failure_report(file: &AwardFile, failures: &str, manager: &str, on: NaiveDate, defence_days: u32) -> Document {
    let winner = file.award.as_ref().and_then(|award| award.winner(&file.tenderers));
    let contractor = winner.map(|winner| file.named(winner)).unwrap_or_default();
    let blocks = vec![
        Block::Facts(vec![
            Fact::new("Marché", typeset(&format!("{}, {}", file.reference, file.plan.object))),
            Fact::new("Pouvoir adjudicateur", file.pilot.name.clone()),
            Fact::new("Adjudicataire", contractor.clone()),
            Fact::new("Date du constat", date_french(on)),
        ]),
        text(format!(
            "Le fonctionnaire dirigeant ({manager}) constate les manquements suivants aux clauses du marché (arrêté royal du 14 janvier 2013, article 44, § 1er) :"
        )),
        lines(failures),
        text(format!(
            "L’adjudicataire répare ces manquements sans délai. Il peut faire valoir ses moyens de défense dans les {defence_days} jours de l’envoi du présent procès-verbal ; son silence vaut reconnaissance des faits constatés (article 44, § 2)."
        )),
        Block::Signatures(vec![Fact::new("Le fonctionnaire dirigeant,", "")]),
    ];
    let subtitle = typeset(&format!("{}\n{contractor}", file.plan.object));
    Document { blocks, ..file.document("Procès-verbal de manquement", &subtitle, on, Layout::Act) }
}

/// The decision to terminate the contract (RGE, art. 47 and 61 to 63); what is held of the surety is kept.
pub fn termination_decision(
    file: &AwardFile,
    organ: Organ,
    number: &str,
    failures: &str,
    reasons: &str,
    held: Option<Money>,
    on: NaiveDate,
) -> Document {
    let organ = organ.name(file.pilot_kind);
    let winner = file.award.as_ref().and_then(|award| award.winner(&file.tenderers));
    let contractor = winner.map(|winner| file.named(winner)).unwrap_or_default();
    let mut blocks = vec![
        Block::Heading { level: 1, text: format!("{organ},") },
        text("Vu le Code de la démocratie locale et de la décentralisation, notamment l’article L1222-4 ;"),
        text(
            "Vu l’arrêté royal du 14 janvier 2013 établissant les règles générales d’exécution des marchés publics, notamment les articles 44 à 47 et 61 à 63 ;",
        ),
        text(format!("Considérant que le marché « {} » est conclu avec {contractor} ;", file.plan.object)),
        text("Considérant le procès-verbal qui constate :"),
        lines(failures),
        text(
            "Considérant que l’adjudicataire a pu faire valoir ses moyens de défense ; que la résiliation est décidée pour les motifs suivants :",
        ),
        lines(reasons),
        Block::Heading { level: 1, text: typeset("Décide :") },
    ];
    let mut decided =
        vec![format!("Le marché « {} » est résilié à la date de la présente décision.", file.plan.object)];
    decided.extend(held.map(|amount| {
        format!(
            "Le cautionnement, soit {amount}, est acquis de plein droit au pouvoir adjudicateur à titre de dommages et intérêts forfaitaires (arrêté royal du 14 janvier 2013, article 47, § 2)."
        )
    }));
    decided.push("L’état des prestations exécutées et des sommes dues est dressé contradictoirement.".to_owned());
    decided.push("La présente décision est notifiée à l’adjudicataire.".to_owned());
    blocks.extend(articles(decided));
    blocks.push(signed(file, organ));
    let subtitle = typeset(&format!("{}\nSéance du {}, délibération n° {number}", file.plan.object, date_french(on)));
    Document { blocks, ..file.document("Décision de résiliation", &subtitle, on, Layout::Act) }
}
