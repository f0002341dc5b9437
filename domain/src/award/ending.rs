//! Giving up after the opening (loi du 17 juin 2016, art. 85) and annulment by the Region: what is written to tenderers.

use chrono::NaiveDate;

use super::{
    AwardFile, Organ, Remedies, Tenderer,
    act::signatories,
    decision::by,
    file::{articles, item, text},
    letter::{addressed, remedies},
};
use crate::{
    document::{Block, Document, Fact, Layout},
    kernel::{text::typeset, time::date_french},
};

/// How a tender ends without a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    GivenUp,
    Annulled,
}

/// What a letter of such an end says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingLetter<'a> {
    pub ending: Ending,
    pub reasons: &'a str,
    pub on: NaiveDate,
    pub remedies: Remedies,
}

/// The letter to one tenderer.
pub fn ending_letter(file: &AwardFile, tenderer: &Tenderer, letter: &EndingLetter<'_>) -> Document {
    let organ = Organ::Executive.name(file.pilot_kind);
    let (title, told) = match letter.ending {
        Ending::GivenUp => (
            "Information : renonciation au marché",
            format!(
                "Nous vous informons que {} a décidé de ne pas attribuer le marché repris sous objet et d’arrêter la procédure (loi du 17 juin 2016, article 85). Les motifs sont les suivants :",
                organ.replacen('L', "l", 1)
            ),
        ),
        Ending::Annulled => (
            "Information : annulation de l’attribution",
            "Nous vous informons que la décision d’attribution du marché repris sous objet est annulée. Aucun contrat n’est conclu sur cette base. Les motifs sont les suivants :".to_owned(),
        ),
    };
    let mut blocks = vec![
        text("Madame, Monsieur,"),
        text(told),
        Block::List {
            numbered: false,
            items: letter.reasons.lines().filter(|line| !line.trim().is_empty()).map(item).collect(),
        },
    ];
    if letter.ending == Ending::GivenUp {
        blocks.extend(remedies(letter.remedies));
    }
    blocks.push(text("Nous vous remercions de votre participation et vous prions d’agréer, Madame, Monsieur, l’expression de notre considération distinguée."));
    blocks.push(signed(file, organ));
    Document { blocks, ..addressed(file, tenderer, title, letter.on) }
}

/// The reasoned decision to give up (loi du 17 juin 2013, art. 4, 8°).
pub fn giving_up_decision(file: &AwardFile, reasons: &str, on: NaiveDate) -> Document {
    let organ = Organ::Executive.name(file.pilot_kind);
    let mut blocks = vec![
        Block::Heading { level: 1, text: format!("{organ},") },
        text("Vu le Code de la démocratie locale et de la décentralisation, notamment l’article L1222-4 ;"),
        text(
            "Vu la loi du 17 juin 2013 relative à la motivation, à l’information et aux voies de recours en matière de marchés publics, de certains marchés de travaux, de fournitures et de services et de concessions, notamment l’article 4 ;",
        ),
        text(
            "Vu la loi du 17 juin 2016 relative aux marchés publics, notamment l’article 85, selon lequel l’accomplissement d’une procédure n’implique pas l’obligation d’attribuer ou de conclure le marché ;",
        ),
        text(opened(file.tenderers.len())),
        text("Considérant que le marché n’est pas attribué pour les motifs suivants :"),
        Block::List {
            numbered: false,
            items: reasons.lines().filter(|line| !line.trim().is_empty()).map(item).collect(),
        },
        Block::Heading { level: 1, text: typeset("Décide :") },
    ];
    blocks.extend(articles(vec![
        format!("Le marché « {} » n’est pas attribué et la procédure est arrêtée.", file.plan.object),
        "La présente décision est portée sans délai à la connaissance de tous les soumissionnaires.".to_owned(),
    ]));
    blocks.push(signed(file, organ));
    let subtitle = typeset(&format!("{}\nSéance du {}", file.plan.object, date_french(on)));
    Document { blocks, ..file.document("Décision de ne pas attribuer le marché", &subtitle, on, Layout::Act) }
}

fn opened(offers: usize) -> String {
    match offers {
        0 => "Considérant qu’aucune offre n’a pu être ouverte ;".to_owned(),
        1 => "Considérant qu’une offre a été ouverte ;".to_owned(),
        count => format!("Considérant que {count} offres ont été ouvertes ;"),
    }
}

pub(super) fn signed(file: &AwardFile, organ: &str) -> Block {
    let [first, second] = signatories(file.pilot_kind);
    Block::Signatures(vec![Fact::new(format!("{}\n{first}", by(organ)), ""), Fact::new(format!("\n{second}"), "")])
}
