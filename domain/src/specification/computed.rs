//! What a clause shows after `@bloc`: tables made from facts and answers.

use super::clause::Part;
use super::condition::Truth;
use super::expand::expand;
use super::numbers;
use super::question::{CellKind, QuestionKind};
use super::scope::Scope;
use super::{Criterion, CriterionNature, PriceLine, PriceMode, Value, Wanted};
use crate::document::{Block, Column, Inline, Table};

pub(super) fn blocks(name: &str, scope: &Scope<'_>) -> (Vec<Block>, Vec<Wanted>) {
    match name {
        "participants" => participants(scope),
        "lots" => (vec![lots(scope)], Vec::new()),
        "derogations" => derogations(scope),
        "annexes" => (vec![annexes(scope)], Vec::new()),
        "grille" => match scope.model.criteria() {
            Some(question) => of(&question.id, scope, |value| grid(value, scope)),
            None => (Vec::new(), Vec::new()),
        },
        _ => of(name, scope, |value| answer(name, value, scope)),
    }
}

fn of(name: &str, scope: &Scope<'_>, make: impl Fn(&Value) -> Vec<Block>) -> (Vec<Block>, Vec<Wanted>) {
    if let Some(value) = scope.value(name) {
        return (make(value), Vec::new());
    }
    let wanted = Wanted::Question(name.to_owned());
    (vec![Block::Paragraph(vec![Inline::Missing(scope.label(&wanted))])], vec![wanted])
}

fn answer(name: &str, value: &Value, scope: &Scope<'_>) -> Vec<Block> {
    let kind = scope.model.question(name).map(|question| &question.kind);
    match (value, kind) {
        (Value::Paragraphs(parts), _) => parts.iter().map(Block::text).collect(),
        (Value::Lines(lines), _) => {
            let items = lines.iter().map(|line| vec![Inline::Text(line.clone())]).collect();
            vec![Block::List { numbered: false, items }]
        }
        (Value::Rows(rows), Some(QuestionKind::Table { caption, columns, .. })) => {
            let rows = rows
                .iter()
                .map(|row| row.iter().zip(columns).map(|(cell, column)| Scope::cell(cell, &column.kind)).collect());
            let columns = columns.iter().map(|column| Column {
                head: column.head.clone(),
                numeric: column.kind == CellKind::Integer,
                width_percent: column.width_percent,
            });
            vec![table(caption.clone(), columns.collect(), rows.collect(), None)]
        }
        (Value::Criteria(criteria), _) => vec![weights(criteria, scope)],
        (Value::Prices(lines), _) => vec![schedule(lines, scope)],
        (
            Value::Text(_)
            | Value::Integer(_)
            | Value::Percent(_)
            | Value::Money(_)
            | Value::Date(_)
            | Value::DateTime(_)
            | Value::YesNo(_)
            | Value::Choice(_)
            | Value::Rows(_),
            _,
        ) => scope.words(name).map(Block::text).into_iter().collect(),
    }
}

fn participants(scope: &Scope<'_>) -> (Vec<Block>, Vec<Wanted>) {
    let labels = &scope.model.labels;
    let pilot = &scope.facts.pilot.name;
    let mut missing = Vec::new();
    let rows = scope.facts.participants.iter().map(|participant| {
        let role = if participant.name == *pilot { labels.get("participants.pilote") } else { String::new() };
        let name = format!("{} {role}", participant.name).trim_end().to_owned();
        let mut cell = |text: &str, fact: &str| {
            if !text.is_empty() {
                return text.to_owned();
            }
            let wanted = Wanted::Fact(fact.to_owned());
            let to_fill = scope.to_fill(&wanted);
            missing.push(wanted);
            to_fill
        };
        let bce = cell(&participant.bce, "participants.bce");
        let share = cell(&participant.share, "participants.part");
        let deliberation = if participant.deliberation.is_empty() { "–" } else { &participant.deliberation };
        vec![name, bce, deliberation.to_owned(), share]
    });
    let rows: Vec<_> = rows.collect();
    let columns = columns(
        scope,
        &["participants.nom", "participants.bce", "participants.deliberation", "participants.part"],
        [34, 18, 30, 18],
        3,
    );
    if rows.is_empty() {
        missing.push(Wanted::Fact("participants".to_owned()));
    }
    let made = table(labels.get("participants.titre"), columns, rows, None);
    (vec![made], missing)
}

fn lots(scope: &Scope<'_>) -> Block {
    let rows = scope.facts.lots.iter().map(|lot| vec![lot.number.clone(), lot.title.clone(), lot.description.clone()]);
    let columns = columns(scope, &["lots.numero", "lots.intitule", "lots.contenu"], [10, 30, 60], usize::MAX);
    table(scope.model.labels.get("lots.titre"), columns, rows.collect(), None)
}

/// Every departure that the answers make, with its reasons; a sentence where there is none.
fn derogations(scope: &Scope<'_>) -> (Vec<Block>, Vec<Wanted>) {
    let labels = &scope.model.labels;
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for clause in scope.model.clauses_on(scope.facts.date) {
        if clause.when.holds(scope) != Truth::Yes {
            continue;
        }
        for derogation in clause.derogations.iter().filter(|found| found.when.holds(scope) == Truth::Yes) {
            let subject = expand(&derogation.subject, scope);
            let reason = scope.words(&derogation.reason).unwrap_or_else(|wanted| {
                let to_fill = scope.to_fill(&wanted);
                missing.push(wanted);
                to_fill
            });
            rows.push(vec![derogation.provision.clone(), clause.number.clone(), subject.plain(), reason]);
            missing.extend(subject.gaps.missing);
        }
    }
    if rows.is_empty() {
        return (vec![Block::text(labels.get("derogations.aucune"))], missing);
    }
    let heads = ["derogations.disposition", "derogations.article", "derogations.objet", "derogations.motif"];
    let columns = columns(scope, &heads, [20, 12, 30, 38], usize::MAX);
    (vec![table(labels.get("derogations.titre"), columns, rows, None)], missing)
}

fn annexes(scope: &Scope<'_>) -> Block {
    let clauses = scope.model.clauses_on(scope.facts.date).into_iter();
    let rows = clauses
        .filter(|clause| clause.part == Part::Annexes && clause.when.holds(scope) == Truth::Yes)
        .map(|clause| vec![clause.number.clone(), clause.title.clone()]);
    let columns = columns(scope, &["annexes.lettre", "annexes.intitule"], [15, 85], usize::MAX);
    table(scope.model.labels.get("annexes.titre"), columns, rows.collect(), None)
}

fn weights(criteria: &[Criterion], scope: &Scope<'_>) -> Block {
    let labels = &scope.model.labels;
    let rows = criteria.iter().map(|criterion| {
        vec![
            criterion.name.clone(),
            numbers::decimal(criterion.weight_hundredths),
            nature(criterion.nature, scope),
            criterion.elements.clone(),
        ]
    });
    let heads = ["criteres.nom", "criteres.poids", "criteres.nature", "criteres.elements"];
    let total = vec![labels.get("criteres.total"), numbers::decimal(total(criteria)), String::new(), String::new()];
    table(labels.get("criteres.titre"), columns(scope, &heads, [26, 10, 16, 48], 1), rows.collect(), Some(total))
}

/// Annex E: the same criteria with places for the points and their reasons.
fn grid(value: &Value, scope: &Scope<'_>) -> Vec<Block> {
    let Value::Criteria(criteria) = value else { return Vec::new() };
    let labels = &scope.model.labels;
    let rows = criteria.iter().map(|criterion| {
        vec![criterion.name.clone(), numbers::decimal(criterion.weight_hundredths), String::new(), String::new()]
    });
    let heads = ["criteres.nom", "criteres.poids", "grille.points", "grille.motivation"];
    let total = vec![labels.get("criteres.total"), numbers::decimal(total(criteria)), String::new(), String::new()];
    vec![table(labels.get("grille.titre"), columns(scope, &heads, [30, 10, 15, 45], 1), rows.collect(), Some(total))]
}

/// Annex B: the lines with empty places for the prices.
fn schedule(lines: &[PriceLine], scope: &Scope<'_>) -> Block {
    let labels = &scope.model.labels;
    let rows = lines.iter().map(|line| {
        let quantity = line.quantity.map(numbers::integer).unwrap_or_default();
        let mode = labels.of("bordereau.mode", mode(line.mode));
        vec![line.code.clone(), line.item.clone(), line.unit.clone(), quantity, mode, String::new(), String::new()]
    });
    let heads = [
        "bordereau.code",
        "bordereau.poste",
        "bordereau.unite",
        "bordereau.quantite",
        "bordereau.mode",
        "bordereau.prix",
        "bordereau.montant",
    ];
    let mut columns = columns(scope, &heads, [8, 31, 11, 10, 14, 13, 13], 5);
    if let Some(quantity) = columns.get_mut(3) {
        quantity.numeric = true;
    }
    let mut total = vec![String::new(); heads.len()];
    if let Some(first) = total.first_mut() {
        *first = labels.get("bordereau.total");
    }
    table(labels.get("bordereau.titre"), columns, rows.collect(), Some(total))
}

fn nature(nature: CriterionNature, scope: &Scope<'_>) -> String {
    let code = match nature {
        CriterionNature::Price => "prix",
        CriterionNature::Cost => "cout",
        CriterionNature::Quality => "qualite",
    };
    scope.model.labels.of("criteres.nature", code)
}

fn mode(mode: PriceMode) -> &'static str {
    match mode {
        PriceMode::Fixed => "forfait",
        PriceMode::Presumed => "presumee",
        PriceMode::RateOnly => "tarif",
    }
}

fn total(criteria: &[Criterion]) -> i64 {
    criteria.iter().map(|criterion| criterion.weight_hundredths).sum()
}

/// Columns from `numeric_from` on hold numbers, save the last ones of words: callers say where numbers begin.
fn columns<const N: usize>(scope: &Scope<'_>, heads: &[&str; N], widths: [u8; N], numeric_from: usize) -> Vec<Column> {
    let words = |head: &&str| matches!(*head, "criteres.nature" | "criteres.elements" | "grille.motivation");
    heads
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(at, (head, width_percent))| Column {
            head: scope.model.labels.get(head),
            numeric: at >= numeric_from && !words(head),
            width_percent,
        })
        .collect()
}

fn table(caption: String, columns: Vec<Column>, rows: Vec<Vec<String>>, total: Option<Vec<String>>) -> Block {
    Block::Table(Table { caption, columns, rows, total })
}
