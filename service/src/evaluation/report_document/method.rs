//! Who judged, on which criteria, by which method.

use domain::{
    document::{Block, Table},
    evaluation::price_place,
    kernel::time::{brussels, date_french},
    score::Points,
};

use super::{Chapter, Facts, examined::column, printed, side, words};

pub(super) fn jury(facts: &Facts<'_>) -> Option<Chapter> {
    if facts.dossier.jury.is_empty() {
        return None;
    }
    let rows = facts
        .dossier
        .jury
        .iter()
        .map(|juror| {
            let on = juror.declared_at.map(|at| date_french(brussels(at).date())).unwrap_or_default();
            let declared = if juror.conflict {
                format!("{on}\u{a0}: conflit déclaré, n’a pas évalué. {}", printed(&juror.declaration))
            } else {
                format!("{on}\u{a0}: aucun conflit d’intérêts")
            };
            vec![printed(&juror.name), printed(&juror.organisation_name), declared]
        })
        .collect();
    let columns =
        vec![column("Évaluateur", 28, false), column("Pour", 28, false), column("Déclaration d’intérêts", 44, false)];
    let table = Table { caption: "Comité d’évaluation".to_owned(), columns, rows, total: None };
    let text = "Chaque évaluateur a déclaré ses intérêts avant de coter, puis a rempli sa fiche sans voir celles des \
                autres.";
    Some(Chapter {
        title: "Comité d’évaluation",
        blocks: vec![Block::text(text), Block::Table(table)],
        legal_basis: vec!["Loi du 17 juin 2016, art. 6".to_owned(), "AR du 18 avril 2017, art. 51".to_owned()],
    })
}

pub(super) fn criteria(facts: &Facts<'_>) -> Chapter {
    let criteria = &facts.examination.criteria;
    let rows = criteria
        .iter()
        .map(|criterion| {
            vec![
                printed(&criterion.name),
                Points::from_hundredths(criterion.weight_hundredths).to_string(),
                printed(&criterion.elements),
            ]
        })
        .collect();
    let columns =
        vec![column("Critère", 30, false), column("Poids", 12, true), column("Éléments appréciés", 58, false)];
    let table = Table { caption: "Critères d’attribution".to_owned(), columns, rows, total: None };
    let price = price_place(criteria).and_then(|place| criteria.get(place));
    let method = format!(
        "{}\u{a0}: {}. Le prix comparé est le total {}, corrections comprises.",
        price.map(|criterion| printed(&criterion.name)).unwrap_or_default(),
        words::formula(facts.terms.formula),
        side(facts.examination),
    );
    let mean = "Pour les autres critères, les points retenus sont la moyenne des évaluateurs. Les points de chaque critère \
                sont arrondis à deux décimales, puis additionnés.";
    let tie = format!("À égalité de points, {}.", words::tie(facts.terms.tie));
    Chapter {
        title: "Critères et méthode",
        blocks: vec![Block::Table(table), Block::text(method), Block::text(mean), Block::text(tie)],
        legal_basis: vec!["Loi du 17 juin 2016, art. 81".to_owned()],
    }
}
