//! The French words of codes, as the report writes them.

use domain::{
    evaluation::{Debts, Exclusion, Regularity, RequestKind},
    procedure::Procedure,
    score::Formula,
    specification::TieRule,
};

pub(super) fn procedure(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Fm => "Marché public de faible montant",
        Procedure::Pnspp => "Procédure négociée sans publication préalable",
        Procedure::Pndapp => "Procédure négociée directe avec publication préalable",
        Procedure::Po => "Procédure ouverte",
        Procedure::Pr => "Procédure restreinte",
        Procedure::Pcan => "Procédure concurrentielle avec négociation",
        Procedure::Dc => "Dialogue compétitif",
        Procedure::Pi => "Partenariat d’innovation",
        Procedure::Sss => "Services sociaux et autres services spécifiques",
    }
}

pub(super) fn exclusion(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::None => "aucun",
        Exclusion::Corrected => "mesures correctrices",
        Exclusion::Found => "établi",
    }
}

pub(super) fn debts(debts: Debts) -> &'static str {
    match debts {
        Debts::None => "aucune",
        Debts::BelowLimit => "sous la limite",
        Debts::PaymentPlan => "plan respecté",
        Debts::Claim => "créance certaine",
        Debts::PutRight => "régularisées",
        Debts::Above => "au-delà de la limite",
    }
}

pub(super) fn regularity(regularity: Regularity) -> &'static str {
    match regularity {
        Regularity::Regular => "Régulière",
        Regularity::NotSubstantial(_) => "Irrégularité non substantielle, offre maintenue",
        Regularity::PutRight(_) => "Irrégularité régularisée, offre maintenue",
        Regularity::Substantial(_) => "Irrégularité substantielle, offre nulle",
    }
}

pub(super) fn request(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Debts => "Dettes à régulariser",
        RequestKind::Piece => "Pièce ou précision",
        RequestKind::Price => "Justification de prix",
        RequestKind::Regularisation => "Régularisation",
        RequestKind::Negotiation => "Offre améliorée",
        RequestKind::Improvement => "Amélioration du prix",
    }
}

pub(super) fn formula(formula: Formula) -> String {
    match formula {
        Formula::F1 => "points = poids × prix le plus bas / prix de l’offre".to_owned(),
        Formula::F2 => "points = poids × (1 \u{2212} écart relatif au prix le plus bas), sans descendre sous 0".to_owned(),
        Formula::F3 => "points = poids × (prix le plus haut \u{2212} prix de l’offre) / (prix le plus haut \u{2212} prix le plus bas)".to_owned(),
        Formula::F4 { ceiling } => format!(
            "points = poids × (plafond \u{2212} prix de l’offre) / (plafond \u{2212} prix le plus bas), plafond {ceiling}, sans descendre sous 0"
        ),
    }
}

pub(super) fn tie(rule: TieRule) -> &'static str {
    match rule {
        TieRule::HeaviestCriterion => "le critère du poids le plus élevé départage, puis les suivants",
        TieRule::LowestPrice => "le prix le plus bas départage",
        TieRule::Improvement => "une amélioration écrite du prix départage",
    }
}
