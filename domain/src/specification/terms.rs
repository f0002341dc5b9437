//! What a specification fixes for those who price, score and conclude, read from its answers as the clauses read them.

use serde::{Deserialize, Serialize};

use super::{Answers, Criterion, Facts, Model, PriceLine, Value, scope::Scope};
use crate::{
    kernel::{Money, Percent},
    offer::Totals,
    score::Formula,
};

/// The figures of one specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub inventory: Vec<PriceLine>,
    /// Weights make 100; one of them is the price or the cost.
    pub criteria: Vec<Criterion>,
    pub formula: Formula,
    pub tie: TieRule,
    /// Offers are compared with VAT: it is a cost for the authorities.
    pub compared_with_vat: bool,
    /// Proposed to tenderers.
    pub vat: Percent,
    /// Shares of the weight with their meaning: « Excellente, 100, … ».
    pub quality_scale: Vec<Vec<String>>,
    pub surety: SuretyTerm,
    /// Greatest value of a framework, HTVA; none for another contract.
    pub maximum: Option<Money>,
    /// Length of the contract, in months.
    pub months: Option<u32>,
    /// A standstill even where the law asks for none.
    pub voluntary_standstill: bool,
    /// Offers may be negotiated.
    pub negotiated: bool,
    /// Role and service of the leading official (RGE, art. 11).
    pub contract_manager: String,
}

/// How equal totals are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TieRule {
    /// By the criterion of the highest weight, then the next one.
    HeaviestCriterion,
    /// By the lowest price.
    LowestPrice,
    /// By a written improvement of the price.
    Improvement,
}

/// Which surety the specification asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuretyTerm {
    None,
    /// This part of the award.
    OfAward(Percent),
    /// The framework's own rate, on its estimate.
    OfFramework,
    /// This part of each order.
    PerOrder(Percent),
}

impl SuretyTerm {
    /// The part of each order, where each asks its own.
    pub fn per_order(self) -> Option<Percent> {
        match self {
            Self::PerOrder(rate) => Some(rate),
            Self::None | Self::OfAward(_) | Self::OfFramework => None,
        }
    }
}

/// The formula of revision that a specification states: one index, on a part of the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionTerm {
    pub part: Percent,
    /// Name of the index.
    pub index: String,
}

impl RevisionTerm {
    /// None where the prices are not revised.
    pub fn read(model: &Model, facts: &Facts, answers: &Answers) -> Option<Self> {
        let scope = Scope::new(model, facts, answers);
        if scope.value("revision") != Some(&Value::YesNo(true)) {
            return None;
        }
        Some(Self { part: percent(&scope, "revision_part")?, index: text(&scope, "revision_indice") })
    }
}

/// Whether the delay is an award criterion; nothing where the specification does not say.
pub fn delay_is_a_criterion(model: &Model, facts: &Facts, answers: &Answers) -> Option<bool> {
    let scope = Scope::new(model, facts, answers);
    let Some(Value::YesNo(is_criterion)) = scope.value("delai_critere") else { return None };
    Some(*is_criterion)
}

impl Terms {
    /// The side of a total that is compared.
    pub fn compared(&self, totals: &Totals) -> Money {
        if self.compared_with_vat { totals.vat.including } else { totals.vat.excluding }
    }

    /// Reads them; nothing of a specification that is not complete.
    pub fn read(model: &Model, facts: &Facts, answers: &Answers) -> Option<Self> {
        let scope = Scope::new(model, facts, answers);
        let Some(Value::Prices(inventory)) = scope.value("bordereau_postes") else { return None };
        let Some(Value::Criteria(criteria)) = scope.value("criteres_attribution") else { return None };
        Some(Self {
            inventory: inventory.clone(),
            criteria: criteria.clone(),
            formula: formula(&scope)?,
            tie: match choice(&scope, "ex_aequo")? {
                "prix" => TieRule::LowestPrice,
                "amelioration" => TieRule::Improvement,
                _ => TieRule::HeaviestCriterion,
            },
            compared_with_vat: choice(&scope, "comparaison_tva") == Some("tvac"),
            vat: percent(&scope, "tva_taux")?,
            quality_scale: rows(&scope, "bareme_qualite"),
            surety: surety(&scope)?,
            maximum: maximum(&scope),
            months: integer(&scope, "accord_duree").or_else(|| integer(&scope, "duree")),
            voluntary_standstill: scope.value("attente_volontaire") == Some(&Value::YesNo(true)),
            negotiated: choice(&scope, "negociation") == Some("avec"),
            contract_manager: text(&scope, "fonctionnaire_dirigeant"),
        })
    }
}

fn formula(scope: &Scope<'_>) -> Option<Formula> {
    match choice(scope, "formule_prix")? {
        "lineaire" => Some(Formula::F2),
        "etendue" => Some(Formula::F3),
        "plafond" => {
            let Some(Value::Money(cents)) = scope.value("prix_plafond") else { return None };
            Some(Formula::F4 { ceiling: Money::from_cents(*cents) })
        }
        _ => Some(Formula::F1),
    }
}

fn surety(scope: &Scope<'_>) -> Option<SuretyTerm> {
    match (choice(scope, "cautionnement"), choice(scope, "cautionnement_accord")) {
        (Some("marche"), _) => percent(scope, "cautionnement_taux").map(SuretyTerm::OfAward),
        (_, Some("global")) => Some(SuretyTerm::OfFramework),
        (_, Some("commande")) => percent(scope, "cautionnement_taux").map(SuretyTerm::PerOrder),
        (_, _) => Some(SuretyTerm::None),
    }
}

fn maximum(scope: &Scope<'_>) -> Option<Money> {
    let Some(Value::Money(cents)) = scope.value("marche_maximum") else { return None };
    Some(Money::from_cents(*cents))
}

fn choice<'a>(scope: &'a Scope<'_>, name: &str) -> Option<&'a str> {
    let Some(Value::Choice(code)) = scope.value(name) else { return None };
    Some(code)
}

/// Answers hold hundredths of a per cent.
fn percent(scope: &Scope<'_>, name: &str) -> Option<Percent> {
    let Some(Value::Percent(hundredths)) = scope.value(name) else { return None };
    hundredths.checked_mul(10_000).map(Percent::from_millionths)
}

fn integer(scope: &Scope<'_>, name: &str) -> Option<u32> {
    let Some(Value::Integer(number)) = scope.value(name) else { return None };
    u32::try_from(*number).ok()
}

fn text(scope: &Scope<'_>, name: &str) -> String {
    let Some(Value::Text(text)) = scope.value(name) else { return String::new() };
    text.clone()
}

fn rows(scope: &Scope<'_>, name: &str) -> Vec<Vec<String>> {
    let Some(Value::Rows(rows)) = scope.value(name) else { return Vec::new() };
    rows.clone()
}
