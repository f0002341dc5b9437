//! Points with their reasons, the ranking, the signatures.

use domain::{
    document::{Block, Fact, Inline, Table},
    evaluation::{Examined, Standing},
    score::Points,
};

use super::{Chapter, Facts, amount, examined::column, printed, side};

pub(super) fn points(facts: &Facts<'_>) -> Chapter {
    let mut blocks = Vec::new();
    for offer in facts.examination.ranked() {
        let Standing::Compared { points, reasons, .. } = &offer.standing else { continue };
        blocks.push(Block::Table(own_points(facts, offer, points)));
        let items: Vec<_> = facts
            .examination
            .criteria
            .iter()
            .zip(reasons)
            .filter(|(_, reasons)| !reasons.is_empty())
            .map(|(criterion, reasons)| {
                let mut reasons: Vec<_> = reasons.iter().map(|reason| printed(reason)).collect();
                // Two evaluators of one mind are read once.
                reasons.dedup();
                vec![Inline::Strong(format!("{}\u{a0}: ", printed(&criterion.name))), Inline::Text(reasons.join(" · "))]
            })
            .collect();
        if !items.is_empty() {
            blocks.push(Block::List { numbered: false, items });
        }
    }
    Chapter { title: "Points et motifs", blocks, legal_basis: Vec::new() }
}

fn own_points(facts: &Facts<'_>, offer: &Examined, points: &[Option<Points>]) -> Table {
    let rows = facts
        .examination
        .criteria
        .iter()
        .zip(points)
        .map(|(criterion, points)| {
            vec![
                printed(&criterion.name),
                Points::from_hundredths(criterion.weight_hundredths).to_string(),
                shown(*points),
            ]
        })
        .collect();
    Table {
        caption: format!(
            "{}, {} {}",
            printed(&offer.firm_name),
            amount(offer.price(facts.examination.compared_with_vat)),
            side(facts.examination)
        ),
        columns: vec![column("Critère", 60, false), column("Sur", 20, true), column("Points", 20, true)],
        rows,
        total: Some(vec!["Total".to_owned(), String::new(), shown(offer.total())]),
    }
}

pub(super) fn ranking(facts: &Facts<'_>) -> Chapter {
    let examination = facts.examination;
    let rows = examination
        .ranked()
        .into_iter()
        .map(|offer| {
            vec![
                printed(&offer.firm_name),
                offer.rank().map(|rank| rank.to_string()).unwrap_or_default(),
                shown(offer.total()),
                amount(offer.excluding),
                amount(offer.including),
            ]
        })
        .collect();
    let columns = vec![
        column("Soumissionnaire", 38, false),
        column("Rang", 8, true),
        column("Points", 14, true),
        column("HTVA", 20, true),
        column("TVAC", 20, true),
    ];
    let table = Table { caption: "Classement des offres régulières".to_owned(), columns, rows, total: None };
    let mut blocks = vec![Block::Table(table)];
    if let Some(tie) = &examination.tie {
        let tied: Vec<_> = facts.dossier.named(&tie.positions).iter().map(|name| printed(name)).collect();
        let how = match &tie.drawn {
            Some(reason) => format!(
                "La règle annoncée les laissant à égalité, il a été procédé à un tirage au sort\u{a0}: {}",
                printed(reason)
            ),
            None => format!("Règle appliquée\u{a0}: {}.", super::words::tie(tie.rule)),
        };
        blocks.push(Block::text(format!("Ont obtenu le même total\u{a0}: {}. {how}", tied.join(", "))));
    }
    if let Some(first) = examination.first() {
        blocks.push(Block::text(format!(
            "L’offre économiquement la plus avantageuse est celle de {}, pour un montant de {} HTVA, soit {} TVAC. Il est \
             proposé au collège communal de lui attribuer le marché.",
            printed(&first.firm_name),
            first.excluding,
            first.including,
        )));
    }
    Chapter { title: "Classement et proposition", blocks, legal_basis: vec!["Loi du 17 juin 2016, art. 81".to_owned()] }
}

/// Who examined: the officer of the pilot and the jurors who scored, in the order of signature.
pub(super) fn signatures(facts: &Facts<'_>) -> Block {
    let officer = Fact::new("Pour le pouvoir adjudicateur, l’agent marchés publics", "");
    let jurors = facts.dossier.scorers().map(|juror| Fact::new("Évaluateur", printed(&juror.name)));
    Block::Signatures([officer].into_iter().chain(jurors).collect())
}

fn shown(points: Option<Points>) -> String {
    points.map_or("–".to_owned(), |points| points.to_string())
}
