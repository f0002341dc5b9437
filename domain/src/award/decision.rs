//! The reasoned decision of award (loi du 17 juin 2013, art. 4 and 5), as an act of the pilot's organ.

use chrono::NaiveDate;

use super::{
    AwardFile, Organ, Standing, StandstillGround, Tenderer,
    act::{of_organ, signatories},
    file::{articles, counted, item, text},
};
use crate::{
    document::{Block, Column, Document, Fact, Layout, Table},
    kernel::{
        text::{typeset, unstopped},
        time::{brussels, date_french, date_time_french},
    },
    procedure::Procedure,
    score::Points,
};

/// What the decision itself adds to the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    pub number: String,
    /// The waiting time that follows.
    pub standstill: StandstillGround,
    /// The award goes to the supervising Region, as the executive sees it.
    pub to_supervision: bool,
}

/// The act; nothing of a file without a proposed award.
pub fn decision(file: &AwardFile, decided: &Decided) -> Option<Document> {
    let award = file.award.as_ref()?;
    let winner = award.winner(&file.tenderers)?;
    let subtitle = format!(
        "{}\nSéance du {}, délibération n° {}",
        file.plan.object,
        date_french(decided.decided_on),
        decided.number
    );
    let organ = decided.organ.name(file.pilot_kind);
    let mut blocks = vec![Block::Heading { level: 1, text: format!("{organ},") }];
    blocks.extend(visas(file).into_iter().map(text));
    blocks.extend(considerations(file));
    blocks.push(text(format!("Considérant que l’offre de {} est choisie pour les motifs suivants :", winner.name)));
    blocks.push(Block::List { numbered: false, items: award.reasons.lines().map(item).collect() });
    if let Some(deviation) = &award.deviation {
        blocks.push(text(format!(
            "Considérant qu’il est dérogé à l’ordre du classement pour le motif suivant : {deviation} ;"
        )));
    }
    if let Some(opinion) = &file.opinion {
        blocks.push(text(opinion));
    }
    blocks.push(Block::Heading { level: 1, text: typeset("Décide :") });
    blocks.extend(articles(ordered(file, decided, winner)));
    blocks.push(Block::Signatures(
        signatories(file.pilot_kind)
            .into_iter()
            .zip([by(organ), String::new()])
            .map(|(role, by)| Fact::new(format!("{by}\n{role}"), ""))
            .collect(),
    ));
    let document =
        file.document("Décision motivée d’attribution", &typeset(&subtitle), decided.decided_on, Layout::Act);
    Some(Document { blocks, ..document })
}

/// « Par le Collège communal : »
pub(super) fn by(organ: &str) -> String {
    typeset(&format!("Par {} :", organ.replacen('L', "l", 1)))
}

fn visas(file: &AwardFile) -> Vec<String> {
    let mut visas = vec![
        "Vu le Code de la démocratie locale et de la décentralisation, notamment les articles L1222-3, L1222-4 et L3122-2 ;"
            .to_owned(),
    ];
    if file.is_joint() {
        visas.push(
            "Vu l’article L1222-6 du même Code et l’article 48 de la loi du 17 juin 2016, relatifs au marché conjoint ;"
                .to_owned(),
        );
    }
    visas.extend([
        "Vu la loi du 29 juillet 1991 relative à la motivation formelle des actes administratifs ;".to_owned(),
        "Vu la loi du 17 juin 2013 relative à la motivation, à l’information et aux voies de recours en matière de marchés publics, de certains marchés de travaux, de fournitures et de services et de concessions, notamment les articles 4 et 5 ;".to_owned(),
        format!("Vu la loi du 17 juin 2016 relative aux marchés publics, notamment {} ;", basis(file.plan.procedure)),
        "Vu l’arrêté royal du 18 avril 2017 relatif à la passation des marchés publics dans les secteurs classiques ;".to_owned(),
        "Vu l’arrêté royal du 14 janvier 2013 établissant les règles générales d’exécution des marchés publics ;".to_owned(),
    ]);
    if let Some((organ, on, number)) = &file.adoption {
        let organ = of_organ(organ.name(file.pilot_kind));
        let on = date_french(*on);
        visas.push(format!(
            "Vu la décision {organ} du {on} (n° {number}) qui fixe les conditions et le mode de passation du marché ;"
        ));
    }
    visas
}

/// The article that gives the procedure.
fn basis(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Fm => "l’article 92 (marché de faible montant)",
        Procedure::Pnspp => "l’article 42, § 1er (procédure négociée sans publication préalable)",
        Procedure::Pndapp => "l’article 41 (procédure négociée directe avec publication préalable)",
        Procedure::Po => "l’article 36 (procédure ouverte)",
        Procedure::Pr => "l’article 37 (procédure restreinte)",
        Procedure::Pcan => "l’article 38 (procédure concurrentielle avec négociation)",
        Procedure::Dc => "l’article 39 (dialogue compétitif)",
        Procedure::Pi => "l’article 40 (partenariat d’innovation)",
        Procedure::Sss => "les articles 88 à 90 (services sociaux et autres services spécifiques)",
    }
}

fn considerations(file: &AwardFile) -> Vec<Block> {
    let mut blocks = Vec::new();
    if file.is_joint() {
        let others = file.others.join(", ");
        blocks.push(text(format!(
            "Considérant que {} agit comme pouvoir adjudicateur pilote, également au nom de : {others} ;",
            file.pilot.name
        )));
    }
    let opened = match &file.notice {
        Some(notice) => {
            format!("que l’avis de marché n° {} a été envoyé le {}", notice.number, date_french(notice.sent_on))
        }
        None => format!("que l’appel a été lancé le {}", date_french(file.called_on)),
    };
    let until = date_time_french(brussels(file.deposit_until));
    let count = file.tenderers.len();
    let came = if count > 1 { format!("{count} offres sont parvenues") } else { "une offre est parvenue".to_owned() };
    blocks.push(text(format!(
        "Considérant {opened} ; que les offres devaient parvenir au plus tard le {until} ; que {came} dans ce délai :"
    )));
    blocks.push(received(file));
    blocks.extend(left_out(file).map(text));
    blocks
        .push(text("Considérant le rapport d’examen des offres, qui fait partie intégrante de la présente décision ;"));
    if let Some(sha256) = &file.report_sha256 {
        blocks.push(Block::Code(typeset(&format!("Rapport d’examen des offres, empreinte SHA-256 : {sha256}"))));
    }
    blocks.push(text(
        "Considérant la comparaison des offres régulières selon les critères d’attribution du cahier spécial des \
         charges :",
    ));
    blocks.push(points(file));
    blocks
}

fn column(head: &str, numeric: bool, width_percent: u8) -> Column {
    Column { head: typeset(head), numeric, width_percent }
}

fn received(file: &AwardFile) -> Block {
    let row = |tenderer: &Tenderer| {
        vec![
            tenderer.position.to_string(),
            file.named(tenderer),
            tenderer.excluding.to_string(),
            tenderer.including.to_string(),
        ]
    };
    Block::Table(Table {
        caption: "Offres reçues, montants contrôlés".to_owned(),
        columns: vec![
            column("N°", true, 8),
            column("Soumissionnaire", false, 48),
            column("Montant HTVA", true, 22),
            column("Montant TVAC", true, 22),
        ],
        rows: file.tenderers.iter().map(row).collect(),
        total: None,
    })
}

/// Reasons of non-selection and of irregularity (loi du 17 juin 2013, art. 5).
fn left_out(file: &AwardFile) -> impl Iterator<Item = String> {
    file.tenderers.iter().filter_map(|tenderer| {
        let Tenderer { name, position, .. } = tenderer;
        match &tenderer.standing {
            Standing::NotSelected { reason } => Some(format!(
                "Considérant que {name} (offre n° {position}) n’est pas sélectionné pour le motif suivant : {} ;",
                unstopped(reason)
            )),
            Standing::Irregular { reason } => Some(format!(
                "Considérant que l’offre n° {position} de {name} est irrégulière et est écartée pour le motif suivant : {} ;",
                unstopped(reason)
            )),
            Standing::Ranked { .. } | Standing::NotCompared => None,
        }
    })
}

/// Criteria in rows, offers in columns, as on the page where they are compared; beyond five offers, the other way round
/// would not fit either: the totals alone are given, and the report holds the rest.
fn points(file: &AwardFile) -> Block {
    let ranked = file.ranked();
    if ranked.len() > 5 {
        return totals(&ranked);
    }
    let width = 50_u8.checked_div(u8::try_from(ranked.len()).unwrap_or(1)).unwrap_or(50);
    let first = 100_u8.saturating_sub(width.saturating_mul(u8::try_from(ranked.len()).unwrap_or(1)));
    let mut columns = vec![column("Critère", false, first)];
    columns.extend(
        ranked.iter().map(|tenderer| column(&format!("N° {}, {}", tenderer.position, tenderer.name), true, width)),
    );
    let rows = file.criteria.iter().zip(0_usize..).map(|(criterion, at)| {
        let weight = Points::from_hundredths(criterion.weight_hundredths);
        let own = ranked.iter().map(|tenderer| tenderer.points().get(at).map_or("–".to_owned(), ToString::to_string));
        std::iter::once(format!("{} (sur {weight})", criterion.name)).chain(own).collect()
    });
    let of_all = |word: &str, own: &dyn Fn(&Tenderer) -> String| -> Vec<String> {
        std::iter::once(word.to_owned()).chain(ranked.iter().map(|tenderer| own(tenderer))).collect()
    };
    let sum = |tenderer: &Tenderer| match &tenderer.standing {
        Standing::Ranked { total, .. } => total.to_string(),
        Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::NotCompared => String::new(),
    };
    let place = |tenderer: &Tenderer| tenderer.rank().map(|rank| rank.to_string()).unwrap_or_default();
    Block::Table(Table {
        caption: "Points obtenus".to_owned(),
        columns,
        rows: rows.chain([of_all("Total sur 100", &sum)]).collect(),
        total: Some(of_all("Rang", &place)),
    })
}

fn totals(ranked: &[&Tenderer]) -> Block {
    let row = |tenderer: &&Tenderer| match &tenderer.standing {
        Standing::Ranked { total, rank, .. } => Some(vec![
            rank.to_string(),
            format!("{} (offre n°\u{a0}{})", tenderer.name, tenderer.position),
            total.to_string(),
        ]),
        Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::NotCompared => None,
    };
    Block::Table(Table {
        caption: "Classement".to_owned(),
        columns: vec![
            column("Rang", true, 12),
            column("Soumissionnaire", false, 63),
            column("Points sur 100", true, 25),
        ],
        rows: ranked.iter().filter_map(row).collect(),
        total: None,
    })
}

fn ordered(file: &AwardFile, decided: &Decided, winner: &Tenderer) -> Vec<String> {
    let Some(award) = &file.award else { return Vec::new() };
    let (excluding, including) = (award.excluding, award.including);
    let names = |wanted: fn(&Standing) -> bool| {
        let found = file.tenderers.iter().filter(|tenderer| wanted(&tenderer.standing));
        found.map(|tenderer| tenderer.name.as_str()).collect::<Vec<_>>()
    };
    let selected = names(|standing| !matches!(standing, Standing::NotSelected { .. }));
    let regular = names(|standing| matches!(standing, Standing::Ranked { .. }));
    let irregular = names(|standing| matches!(standing, Standing::Irregular { .. }));
    let regular = counted("Est régulière l’offre de", "Sont régulières les offres de", &regular);
    let mut articles = vec![counted("Est sélectionné", "Sont sélectionnés", &selected)];
    articles.push(if irregular.is_empty() {
        regular
    } else {
        let one = "Est écartée pour irrégularité l’offre de";
        let many = "Sont écartées pour irrégularité les offres de";
        format!("{regular} {}", counted(one, many, &irregular))
    });
    articles.push(format!(
        "Le marché « {} » est attribué à {}, pour le montant contrôlé de {excluding} HTVA, soit {including} TVAC.",
        file.plan.object,
        file.named(winner),
    ));
    articles.push(format!(
        "L’exécution du marché se déroule conformément au cahier spécial des charges {}.",
        file.reference
    ));
    articles.push(inform(decided));
    if decided.to_supervision {
        articles.push("La présente décision et les pièces du dossier sont transmises au Gouvernement wallon, au titre de la tutelle générale d’annulation à transmission obligatoire (CDLD, article L3122-2, 4°). La décision n’est pas exécutée avant cette transmission.".to_owned());
    }
    articles
}

fn inform(decided: &Decided) -> String {
    let sent = "La présente décision est portée sans délai à la connaissance de tous les soumissionnaires.";
    if decided.standstill.waits() {
        format!(
            "{sent} Le contrat n’est pas conclu avant la fin du délai d’attente, qui prend cours le lendemain de cet envoi (loi du 17 juin 2013, article 11)."
        )
    } else {
        format!(
            "{sent} Cette information ne crée aucun engagement contractuel ; le contrat est conclu par la notification de l’approbation de l’offre."
        )
    }
}
