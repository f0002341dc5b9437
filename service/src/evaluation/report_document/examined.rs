//! From the offers received to the check of their prices.

use domain::{
    document::{Block, Column, Inline, Table},
    evaluation::{CorrectionKind, Regularity},
    kernel::{
        ids::OfferId,
        time::{brussels, date_french, date_time_french},
    },
    offer::OfferLine,
    tender::Channel,
};

use super::{Chapter, Facts, amount, printed, words};

pub(super) fn received(facts: &Facts<'_>) -> Chapter {
    let tender = facts.tender;
    let how = match tender.plan.channel {
        Channel::Hosted => "déposées sous scellés électroniques dans Beffroi",
        Channel::EProcurement => "déposées sur la plateforme fédérale e-Procurement",
    };
    let until = tender.clock.deposit_until.map(|until| date_time_french(brussels(until))).unwrap_or_default();
    let count = facts.dossier.offers.len();
    let text = format!(
        "Le présent rapport rend compte de l’examen des offres {how} jusqu’au {until} pour le marché {}. {count} {}.",
        tender.reference,
        if count > 1 { "offres ont été ouvertes" } else { "offre a été ouverte" },
    );
    let rows = facts
        .dossier
        .offers
        .iter()
        .map(|offer| {
            vec![
                format!("{}. {}", offer.position, printed(&offer.firm_name)),
                date_time_french(brussels(offer.received_at)),
                amount(offer.excluding),
                amount(offer.including),
            ]
        })
        .collect();
    let columns = vec![
        column("Soumissionnaire", 36, false),
        column("Reçue le", 28, false),
        column("HTVA", 18, true),
        column("TVAC", 18, true),
    ];
    let table = Table { caption: "Offres ouvertes, montants remis".to_owned(), columns, rows, total: None };
    Chapter { title: "Offres reçues", blocks: vec![Block::text(text), Block::Table(table)], legal_basis: Vec::new() }
}

pub(super) fn selection(facts: &Facts<'_>) -> Chapter {
    let mut rows = Vec::new();
    let mut reasons = Vec::new();
    for offer in &facts.dossier.offers {
        let Some(selection) = facts.dossier.selections.get(&offer.id) else { continue };
        let grounds = &selection.result.grounds;
        rows.push(vec![
            printed(&offer.firm_name),
            words::exclusion(grounds.obligatory).to_owned(),
            words::debts(grounds.debts).to_owned(),
            words::exclusion(grounds.optional).to_owned(),
            if grounds.criteria_met { "atteints" } else { "non atteints" }.to_owned(),
            if selection.result.selected { "sélectionné" } else { "non sélectionné" }.to_owned(),
        ]);
        reasons.extend(reason(&offer.firm_name, &selection.reason));
    }
    let columns = vec![
        column("Soumissionnaire", 25, false),
        column("Exclusion obligatoire", 15, false),
        column("Dettes", 15, false),
        column("Exclusion facultative", 15, false),
        column("Critères", 13, false),
        column("Décision", 17, false),
    ];
    let table =
        Table { caption: "Motifs d’exclusion et critères de sélection".to_owned(), columns, rows, total: None };
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(motives(reasons));
    Chapter {
        title: "Sélection qualitative",
        blocks,
        legal_basis: vec!["Loi du 17 juin 2016, art. 66 à 73".to_owned()],
    }
}

pub(super) fn requests(facts: &Facts<'_>) -> Option<Chapter> {
    if facts.dossier.requests.is_empty() {
        return None;
    }
    let rows = facts
        .dossier
        .requests
        .iter()
        .map(|request| {
            let answer = match (request.answered_on, request.accepted) {
                (Some(on), Some(true)) => format!("{}, admise", date_french(on)),
                (Some(on), Some(false)) => format!("{}, non admise", date_french(on)),
                (Some(on), None) => date_french(on),
                (None, Some(true)) => "admise".to_owned(),
                (None, Some(false) | None) => "aucune".to_owned(),
            };
            vec![
                name(facts, request.offer),
                format!("{} ({})", words::request(request.kind), request.legal_ref),
                date_french(brussels(request.asked_at).date()),
                date_french(request.due_on),
                answer,
            ]
        })
        .collect();
    let columns = vec![
        column("Soumissionnaire", 22, false),
        column("Objet", 32, false),
        column("Demandé le", 15, false),
        column("Échéance", 15, false),
        column("Réponse", 16, false),
    ];
    let table = Table { caption: "Demandes et réponses".to_owned(), columns, rows, total: None };
    let texts = facts.dossier.requests.iter().map(|request| {
        let answer =
            request.answer.as_ref().map(|answer| format!(" Réponse\u{a0}: {}", printed(answer))).unwrap_or_default();
        vec![
            Inline::Strong(format!(
                "{}, {}\u{a0}: ",
                name(facts, request.offer),
                words::request(request.kind).to_lowercase()
            )),
            Inline::Text(format!("{}{answer}", printed(&request.text))),
        ]
    });
    let list = Block::List { numbered: false, items: texts.collect() };
    Some(Chapter {
        title: "Demandes aux soumissionnaires",
        blocks: vec![Block::Table(table), list],
        legal_basis: Vec::new(),
    })
}

pub(super) fn regularity(facts: &Facts<'_>) -> Chapter {
    let mut rows = Vec::new();
    let mut reasons = Vec::new();
    for offer in facts.dossier.selected() {
        let Some(decision) = facts.dossier.regularities.get(&offer.id) else { continue };
        let article = decision.result.irregularity().map_or("", domain::evaluation::Irregularity::article);
        rows.push(vec![
            printed(&offer.firm_name),
            words::regularity(decision.result).to_owned(),
            if decision.result == Regularity::Regular { "–".to_owned() } else { article.to_owned() },
        ]);
        reasons.extend(reason(&offer.firm_name, &decision.reason));
    }
    let columns =
        vec![column("Soumissionnaire", 32, false), column("Décision", 36, false), column("Disposition", 32, false)];
    let table = Table { caption: "Régularité des offres".to_owned(), columns, rows, total: None };
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(motives(reasons));
    Chapter { title: "Régularité des offres", blocks, legal_basis: vec!["AR du 18 avril 2017, art. 76".to_owned()] }
}

pub(super) fn corrections(facts: &Facts<'_>) -> Option<Chapter> {
    if facts.dossier.corrections.is_empty() {
        return None;
    }
    let rows = facts
        .dossier
        .corrections
        .iter()
        .map(|correction| {
            vec![
                format!("{}, {}", name(facts, correction.offer), correction.line),
                correction.before.as_ref().map_or("–".to_owned(), price),
                price(&correction.after),
                format!("{}\u{a0}: {}", kind(correction.kind), printed(&correction.reason)),
            ]
        })
        .collect();
    let columns = vec![
        column("Offre et poste", 28, false),
        column("Avant", 18, true),
        column("Après", 18, true),
        column("Motif", 36, false),
    ];
    let lines = Table { caption: "Prix unitaires corrigés".to_owned(), columns, rows, total: None };
    let rows = facts
        .examination
        .offers
        .iter()
        .filter(|offer| facts.dossier.corrections_of(offer.offer).next().is_some())
        .map(|offer| vec![printed(&offer.firm_name), amount(offer.submitted), amount(offer.excluding)])
        .collect();
    let columns = vec![column("Offre", 46, false), column("Remis, HTVA", 27, true), column("Corrigé, HTVA", 27, true)];
    let totals = Table { caption: "Totaux avant et après".to_owned(), columns, rows, total: None };
    let text = "Les erreurs arithmétiques et les erreurs purement matérielles sont rectifiées après recherche de \
                l’intention réelle du soumissionnaire. Le prix unitaire prévaut sur le total.";
    Some(Chapter {
        title: "Corrections et prix négociés",
        blocks: vec![Block::text(text), Block::Table(lines), Block::Table(totals)],
        legal_basis: vec!["AR du 18 avril 2017, art. 34".to_owned()],
    })
}

pub(super) fn prices(facts: &Facts<'_>) -> Chapter {
    let check = &facts.prices;
    let questioned: Vec<_> = check.questioned.iter().map(|offer| name(facts, *offer)).collect();
    let indication = match check.mean {
        Some(mean) if questioned.is_empty() => {
            format!(
                "À titre indicatif, aucune offre sélectionnée ne se situe 15\u{a0}% ou plus sous la moyenne ({mean})."
            )
        }
        Some(mean) => format!(
            "À titre indicatif, se situent 15\u{a0}% ou plus sous la moyenne ({mean})\u{a0}: {}.",
            questioned.join(", ")
        ),
        None => "Le nombre d’offres sélectionnées ne permet pas le calcul d’une moyenne.".to_owned(),
    };
    let light = check.is_light().then(|| {
        format!(
            " Elle vaut pour un prix qui pèse au moins {} des critères d’attribution\u{a0}; ici il en pèse {}.",
            check.least_weight, check.weight
        )
    });
    let not_positive: Vec<_> = check.not_positive.iter().map(|offer| name(facts, *offer)).collect();
    let mut blocks = vec![
        Block::text("Les prix des offres sélectionnées ont été vérifiés après correction."),
        Block::text(format!(
            "{indication} La règle de la moyenne ne lie pas le pouvoir adjudicateur pour les services informatiques.{}",
            light.unwrap_or_default()
        )),
    ];
    if !not_positive.is_empty() {
        blocks.push(Block::text(format!("Prix nul ou négatif\u{a0}: {}.", not_positive.join(", "))));
    }
    Chapter {
        title: "Vérification des prix",
        blocks,
        legal_basis: vec!["AR du 18 avril 2017, art. 35 et 36".to_owned()],
    }
}

fn kind(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Error => "correction",
        CorrectionKind::Negotiated => "négociation",
        CorrectionKind::Improvement => "amélioration",
    }
}

fn price(line: &OfferLine) -> String {
    format!("{}\u{a0}€, TVA {}", line.unit_price.amount_french(), line.vat)
}

pub(super) fn name(facts: &Facts<'_>, offer: OfferId) -> String {
    let found = facts.dossier.offers.iter().find(|one| one.id == offer);
    found.map(|offer| printed(&offer.firm_name)).unwrap_or_default()
}

fn reason(firm: &str, reason: &str) -> Option<Vec<Inline>> {
    let firm = printed(firm);
    (!reason.is_empty()).then(|| vec![Inline::Strong(format!("{firm}\u{a0}: ")), Inline::Text(printed(reason))])
}

fn motives(items: Vec<Vec<Inline>>) -> Option<Block> {
    (!items.is_empty()).then_some(Block::List { numbered: false, items })
}

pub(super) fn column(head: &str, width_percent: u8, numeric: bool) -> Column {
    Column { head: head.to_owned(), numeric, width_percent }
}
