//! The letters of an award: what each tenderer learns, and nothing of what belongs to another.
//!
//! Loi du 17 juin 2013, art. 7 to 9/1 above the amount of art. 29, art. 29/1 below. A letter holds the points of its own
//! firm and of the winner, never a price or a point of a third one (loi du 17 juin 2016, art. 13).

use chrono::NaiveDate;

use super::{
    AwardFile, Decision, Party, Standing, Standstill, Tenderer,
    act::{of_organ, signatories},
    decision::by,
    file::{item, text},
};
use crate::{
    document::{Block, Column, Document, Fact, Layout, Table},
    kernel::{
        Money,
        deadline::Deadline,
        text::{stopped, typeset},
        time::{date_french, weekday_date_french_inline},
    },
    parameter::{MissingParameter, ParameterSet},
    score::Points,
};

/// Which letter a firm gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterKind {
    Winner,
    NotChosen,
    Irregular,
    NotSelected,
    /// The tender is given up.
    GivenUp,
    /// The award is annulled.
    Annulled,
    /// The contract is concluded: to the winner.
    Conclusion,
    /// The minutes of a failure, to the contractor as they are.
    FailureReport,
    /// The decision to terminate, to the contractor as it is.
    Termination,
}

impl LetterKind {
    pub const ALL: [Self; 9] = [
        Self::Winner,
        Self::NotChosen,
        Self::Irregular,
        Self::NotSelected,
        Self::GivenUp,
        Self::Annulled,
        Self::Conclusion,
        Self::FailureReport,
        Self::Termination,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Winner => "winner",
            Self::NotChosen => "not_chosen",
            Self::Irregular => "irregular",
            Self::NotSelected => "not_selected",
            Self::GivenUp => "given_up",
            Self::Annulled => "annulled",
            Self::Conclusion => "conclusion",
            Self::FailureReport => "failure_report",
            Self::Termination => "termination",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Which one informs this tenderer of the award.
    pub fn informing(tenderer: &Tenderer, winner: &Tenderer) -> Self {
        match &tenderer.standing {
            Standing::NotSelected { .. } => Self::NotSelected,
            Standing::Irregular { .. } => Self::Irregular,
            Standing::Ranked { .. } if tenderer.offer == winner.offer => Self::Winner,
            Standing::Ranked { .. } | Standing::NotCompared => Self::NotChosen,
        }
    }
}

/// How much the law asks to tell at once (loi du 17 juin 2013, art. 29 and 29/1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regime {
    Full,
    /// Below `below`: the full reasons are given to who asks for them.
    Light {
        below: Money,
        ask_within_days: u32,
        answer_within_days: u32,
    },
}

impl Regime {
    /// The expense to approve decides, at the figures of the call.
    ///
    /// # Errors
    /// No row on that day.
    pub fn of(set: &ParameterSet, award: Money, called_on: NaiveDate) -> Result<Self, MissingParameter> {
        let below = set.money_on("recours.light.max", called_on)?;
        if award >= below {
            return Ok(Self::Full);
        }
        Ok(Self::Light {
            below,
            ask_within_days: set.days_on("recours.light.request_days", called_on)?,
            answer_within_days: set.days_on("recours.light.answer_days", called_on)?,
        })
    }
}

/// The delays of the remedies (loi du 17 juin 2013, art. 23).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remedies {
    pub suspension_days: u32,
    pub annulment_days: u32,
}

impl Remedies {
    /// At the figures of the call.
    ///
    /// # Errors
    /// No row on that day.
    pub fn of(set: &ParameterSet, called_on: NaiveDate) -> Result<Self, MissingParameter> {
        Ok(Self {
            suspension_days: set.days_on("recours.suspension_days", called_on)?,
            annulment_days: set.days_on("recours.annulment_days", called_on)?,
        })
    }
}

/// The letter that tells one tenderer what was decided; nothing of a file without a winner.
pub fn information_letter(
    file: &AwardFile,
    decision: &Decision,
    tenderer: &Tenderer,
    standstill: &Standstill,
    regime: Regime,
    remedies: Remedies,
    sent_on: NaiveDate,
) -> Option<Document> {
    let winner = file.award.as_ref()?.winner(&file.tenderers)?;
    let kind = LetterKind::informing(tenderer, winner);
    let organ = decision.organ.name(file.pilot_kind);
    let session = format!(
        "{}, en sa séance du {} (délibération n° {})",
        organ.replacen('L', "l", 1),
        date_french(decision.decided_on),
        decision.number
    );
    let mut blocks = vec![text("Madame, Monsieur,")];
    blocks.extend(match kind {
        LetterKind::Winner => winners(file, &session, standstill),
        LetterKind::NotChosen => losers(file, &session, tenderer, winner, regime),
        LetterKind::Irregular | LetterKind::NotSelected => left_out(&session, tenderer),
        LetterKind::GivenUp
        | LetterKind::Annulled
        | LetterKind::Conclusion
        | LetterKind::FailureReport
        | LetterKind::Termination => return None,
    });
    if kind != LetterKind::Winner {
        blocks.extend(standstill.delay.as_ref().map(waits));
        blocks.extend(on_request(regime));
        blocks.extend(self::remedies(remedies));
    }
    blocks.extend(closing(file, organ));
    let title = match kind {
        LetterKind::Winner => "Information : votre offre est retenue",
        LetterKind::NotChosen => "Information : votre offre n’est pas retenue",
        LetterKind::Irregular => "Information : votre offre est écartée",
        LetterKind::NotSelected
        | LetterKind::GivenUp
        | LetterKind::Annulled
        | LetterKind::Conclusion
        | LetterKind::FailureReport
        | LetterKind::Termination => "Information : vous n’êtes pas sélectionné",
    };
    Some(Document { blocks, ..addressed(file, tenderer, title, sent_on) })
}

/// The notification of the approval of the offer, which concludes the contract (ARP, art. 88). A surety comes with
/// its delay: days from the conclusion, and where they end.
pub fn conclusion_letter(
    file: &AwardFile,
    decision: &Decision,
    surety: Option<(Money, u32, &Deadline)>,
    concluded_on: NaiveDate,
) -> Option<Document> {
    let award = file.award.as_ref()?;
    let winner = award.winner(&file.tenderers)?;
    let organ = decision.organ.name(file.pilot_kind);
    let mut blocks = vec![
        text("Madame, Monsieur,"),
        text(format!(
            "Nous vous notifions l’approbation de votre offre n° {} par décision {} du {} (délibération n° {}). Le contrat est conclu à la date de la présente, sans réserve, pour le montant de {} HTVA, soit {} TVAC.",
            winner.position,
            of_organ(organ),
            date_french(decision.decided_on),
            decision.number,
            award.excluding,
            award.including
        )),
        text(format!(
            "Il est exécuté conformément au cahier spécial des charges {} et à votre offre. Chaque commande fait l’objet d’un bon de commande numéroté.",
            file.reference
        )),
    ];
    blocks.push(match surety {
        Some((amount, days, delay)) => text(format!(
            "Un cautionnement de {amount} est à constituer dans les {days} jours de la conclusion, soit le {} au plus tard (arrêté royal du 14 janvier 2013, articles 25 à 27). La preuve de sa constitution nous est transmise dans ce délai.",
            weekday_date_french_inline(delay.end)
        )),
        None => text("Aucun cautionnement n’est demandé."),
    });
    blocks.extend(closing(file, organ));
    Some(Document { blocks, ..addressed(file, winner, "Notification : conclusion du marché", concluded_on) })
}

fn winners(file: &AwardFile, session: &str, standstill: &Standstill) -> Vec<Block> {
    let Some(award) = &file.award else { return Vec::new() };
    let mut blocks = vec![text(format!(
        "Nous vous informons que {session}, a décidé d’attribuer à votre entreprise le marché repris sous objet, pour le montant contrôlé de {} HTVA, soit {} TVAC. Les motifs de ce choix sont les suivants :",
        award.excluding, award.including
    ))];
    blocks.push(Block::List { numbered: false, items: award.reasons.lines().map(item).collect() });
    blocks.push(match &standstill.delay {
        Some(delay) => text(format!(
            "Cette information ne crée aucun engagement contractuel. Le contrat ne peut pas être conclu avant la fin du délai d’attente, qui court du lendemain du présent envoi au {} inclus (loi du 17 juin 2013, article 11). Il est conclu par une notification distincte. N’entamez aucune prestation avant de l’avoir reçue.",
            weekday_date_french_inline(delay.end)
        )),
        None => text("Cette information ne crée aucun engagement contractuel. Le contrat est conclu par une notification distincte. N’entamez aucune prestation avant de l’avoir reçue."),
    });
    blocks
}

fn losers(file: &AwardFile, session: &str, own: &Tenderer, winner: &Tenderer, regime: Regime) -> Vec<Block> {
    let mut blocks = vec![
        text(format!(
            "Nous vous informons que {session}, a décidé d’attribuer le marché repris sous objet à {}. Votre offre n° {} est régulière et a été comparée aux autres ; elle n’est pas retenue.",
            winner.name, own.position
        )),
        text("Vos points, et l’avantage relatif de l’offre retenue pour chaque critère, sont les suivants :"),
        compared(file, own, winner),
        rank(own, file),
    ];
    let Some(award) = &file.award else { return blocks };
    // An extract of the reasoned decision (art. 8 and 9): in the light regime it is given on request.
    if regime == Regime::Full {
        blocks.push(text("Extrait de la décision motivée, motifs du choix de l’offre retenue :"));
        blocks.push(Block::List { numbered: false, items: award.reasons.lines().map(item).collect() });
    }
    // Whoever is ranked before the chosen offer learns in both regimes why it is set aside.
    let is_set_aside = own.rank() < winner.rank();
    blocks.extend(
        award.deviation.as_ref().filter(|_| is_set_aside || regime == Regime::Full).map(|deviation| {
            text(format!("Il est dérogé à l’ordre du classement pour le motif suivant : {deviation}"))
        }),
    );
    blocks
}

fn rank(own: &Tenderer, file: &AwardFile) -> Block {
    let rank = own.rank().map(|rank| rank.to_string()).unwrap_or_default();
    text(format!("Votre offre est au rang {rank} sur {} offres régulières.", file.ranked().len()))
}

fn compared(file: &AwardFile, own: &Tenderer, winner: &Tenderer) -> Block {
    let at = |points: &[Points], place: usize| points.get(place).copied().unwrap_or_default();
    let rows = file.criteria.iter().zip(0_usize..).map(|(criterion, place)| {
        let (mine, theirs) = (at(own.points(), place), at(winner.points(), place));
        vec![
            criterion.name.clone(),
            Points::from_hundredths(criterion.weight_hundredths).to_string(),
            mine.to_string(),
            theirs.to_string(),
            ahead(mine, theirs),
        ]
    });
    let total = |tenderer: &Tenderer| match &tenderer.standing {
        Standing::Ranked { total, .. } => *total,
        Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::NotCompared => Points::ZERO,
    };
    let (mine, theirs) = (total(own), total(winner));
    Block::Table(Table {
        caption: "Points par critère".to_owned(),
        columns: [
            ("Critère", false, 40),
            ("Sur", true, 12),
            ("Votre offre", true, 16),
            ("Offre retenue", true, 16),
            ("Écart", true, 16),
        ]
        .map(|(head, numeric, width_percent)| Column { head: head.to_owned(), numeric, width_percent })
        .to_vec(),
        rows: rows.collect(),
        total: Some(vec![
            "Total".to_owned(),
            "100,00".to_owned(),
            mine.to_string(),
            theirs.to_string(),
            ahead(mine, theirs),
        ]),
    })
}

/// How far the winner is ahead: `+4,00`, `−2,50`, `0,00`.
fn ahead(own: Points, winner: Points) -> String {
    let difference = Points::from_hundredths(winner.hundredths().saturating_sub(own.hundredths()));
    if difference > Points::ZERO { format!("+{difference}") } else { difference.to_string() }
}

fn left_out(session: &str, tenderer: &Tenderer) -> Vec<Block> {
    let (what, reason) = match &tenderer.standing {
        Standing::NotSelected { reason } => (
            format!(
                "Nous vous informons que {session}, a décidé de ne pas vous sélectionner pour le marché repris sous objet."
            ),
            reason.as_str(),
        ),
        Standing::Irregular { reason } => (
            format!(
                "Nous vous informons que {session}, a décidé d’écarter votre offre n° {} pour irrégularité.",
                tenderer.position
            ),
            reason.as_str(),
        ),
        Standing::Ranked { .. } | Standing::NotCompared => (String::new(), ""),
    };
    vec![text(what), text(format!("Le motif est le suivant : {}", stopped(reason)))]
}

fn waits(delay: &Deadline) -> Block {
    text(format!(
        "Le contrat n’est pas conclu avant la fin du délai d’attente, qui court du lendemain du présent envoi au {} inclus (loi du 17 juin 2013, article 11).",
        weekday_date_french_inline(delay.end)
    ))
}

fn on_request(regime: Regime) -> Option<Block> {
    match regime {
        Regime::Full => None,
        Regime::Light { below, ask_within_days, answer_within_days } => Some(text(format!(
            "Le montant du marché étant inférieur à {below} HTVA, la décision motivée vous est communiquée si vous la demandez par écrit dans les {ask_within_days} jours du présent envoi ; nous y répondons dans les {answer_within_days} jours (loi du 17 juin 2013, article 29/1)."
        ))),
    }
}

/// Where a decision can be challenged, and within which delay (loi du 17 juin 2013, art. 14, 15, 23 and 24).
pub(super) fn remedies(remedies: Remedies) -> Vec<Block> {
    vec![
        text(
            "Vous pouvez introduire auprès du Conseil d’État, section du contentieux administratif (rue de la Science 33 à 1040 Bruxelles, ou par voie électronique), à dater du présent envoi :",
        ),
        Block::List {
            numbered: false,
            items: vec![
                item(format!(
                    "une demande de suspension, selon la procédure d’extrême urgence, dans les {} jours ;",
                    remedies.suspension_days
                )),
                item(format!("un recours en annulation dans les {} jours.", remedies.annulment_days)),
            ],
        },
    ]
}

fn closing(file: &AwardFile, organ: &str) -> Vec<Block> {
    let roles = signatories(file.pilot_kind);
    let [first, second] = roles.map(str::to_owned);
    vec![
        text("Nous vous prions d’agréer, Madame, Monsieur, l’expression de notre considération distinguée."),
        Block::Signatures(vec![Fact::new(format!("{}\n{first}", by(organ)), ""), Fact::new(format!("\n{second}"), "")]),
    ]
}

/// The sheet with its address, before its text.
pub(super) fn addressed(file: &AwardFile, tenderer: &Tenderer, title: &str, on: NaiveDate) -> Document {
    let mut to = vec![tenderer.name.clone()];
    to.extend(file.firm(tenderer.firm).map(address_lines).unwrap_or_default());
    let mut from = vec![file.pilot.name.clone()];
    from.extend(address_lines(&file.pilot));
    let place = file.pilot.name.trim_start_matches("Ville de ").trim_start_matches("Commune de ");
    let layout = Layout::Letter { to, place_and_date: format!("{place}, le {}", date_french(on)) };
    Document { authority: from.join("\n"), ..file.document(&typeset(title), &file.plan.object, on, layout) }
}

fn address_lines(party: &Party) -> Vec<String> {
    let address = party.address.as_deref().unwrap_or_default();
    address.split([',', '\n']).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
