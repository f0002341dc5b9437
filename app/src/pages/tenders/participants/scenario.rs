//! What is tried: an amount, a rule, a set of communes. It stands in the address and nowhere else.

use domain::{
    fault::Fault,
    kernel::{Money, Percent, ids::OrganisationId},
    organisation::Organisation,
    share::{Fixed, Key, Rule},
    tender::{Adhesion, Participant, Tender},
};
use service::Error;

use crate::pages::{Form, Params, form::Reader};

/// One way to share, tried or adopted.
pub(super) struct Scenario {
    pub(super) total: Money,
    pub(super) rule: Rule,
    pub(super) between: Vec<Participant>,
}

impl Scenario {
    /// What the tender says now.
    pub(super) fn adopted(tender: &Tender) -> Self {
        Self { total: tender.plan.estimate, rule: tender.rule, between: tender.counted().cloned().collect() }
    }

    /// What the form tries; without one, what is adopted.
    ///
    /// # Errors
    /// The faults of its fields.
    pub(super) fn read(form: &Form, tender: &Tender, authorities: &[Organisation]) -> Result<Self, Error> {
        let adopted = Self::adopted(tender);
        if !form.was_sent() {
            return Ok(adopted);
        }
        let mut read = form.read();
        let total = if form.raw("montant").is_some() { read.positive_money("montant") } else { tender.plan.estimate };
        let rule = read_rule(form, &mut read);
        // An old link names no commune: those of the tender are meant.
        let named = form.raw("avec").is_some() || form.ticked("essai");
        let between = if named { between(form, tender, authorities) } else { adopted.between };
        read.errors.or(Self { total, rule, between })
    }

    /// Communes of the scenario that the tender does not count.
    pub(super) fn entering(&self, tender: &Tender) -> Vec<&Participant> {
        let is_in = |one: &Participant| tender.counted().any(|it| it.organisation == one.organisation);
        self.between.iter().filter(|one| !is_in(one)).collect()
    }

    /// Communes that the tender counts and the scenario leaves out.
    pub(super) fn leaving<'a>(&self, tender: &'a Tender) -> Vec<&'a Participant> {
        let is_in = |one: &Participant| self.between.iter().any(|it| it.organisation == one.organisation);
        tender.counted().filter(|one| !is_in(one)).collect()
    }

    /// Is it only tried?
    pub(super) fn is_tried(&self, tender: &Tender) -> bool {
        self.rule != tender.rule
            || self.total != tender.plan.estimate
            || !self.entering(tender).is_empty()
            || !self.leaving(tender).is_empty()
    }
}

/// The form of what is tried: the one that was sent to adopt a rule, else what stands in the address. A commune chosen
/// to be tried is ticked with the others.
pub(super) fn tried(params: &Params, form: Form) -> Form {
    if form.gesture() == "cle" {
        return form;
    }
    if params.query("cle").is_empty() {
        return Form::default();
    }
    let ticked = |(name, value): &(String, String)| {
        let name = if name == "plus" && !value.is_empty() { "avec" } else { name.as_str() };
        (name.to_owned(), value.clone())
    };
    Form::sent(params.query.iter().map(ticked).collect(), Vec::new())
}

/// The rule as it was typed.
///
/// # Errors
/// The faults of its fields.
pub(super) fn rule(form: &Form) -> Result<Rule, Error> {
    let mut read = form.read();
    let rule = read_rule(form, &mut read);
    read.errors.or(rule)
}

fn read_rule(form: &Form, read: &mut Reader<'_>) -> Rule {
    let key = read.choice("cle", key, Key::Population);
    let text = form.text("part");
    let fixed = match form.text("fixe") {
        "montant" => Fixed::Amount(read.positive_money("part")),
        "aucune" => Fixed::None,
        // An old link, or a part typed without its unit, is in per cent.
        "" if text.is_empty() => Fixed::None,
        "" | "pourcent" => Fixed::Percent(percent(text, read)),
        _ => {
            read.errors.add("fixe", Fault::NotAChoice);
            Fixed::None
        }
    };
    Rule { key, fixed, min: bound("minimum", form, read), max: bound("maximum", form, read) }
}

fn percent(text: &str, read: &mut Reader<'_>) -> Percent {
    match Percent::parse_french(text) {
        Ok(percent) if (Percent::ZERO..=Percent::HUNDRED).contains(&percent) => percent,
        Ok(_) | Err(_) => {
            read.errors.add("part", Fault::NotAPercentage);
            Percent::ZERO
        }
    }
}

fn bound(name: &str, form: &Form, read: &mut Reader<'_>) -> Option<Money> {
    (!form.text(name).is_empty()).then(|| read.positive_money(name))
}

/// The ticked communes, those of the tender first.
fn between(form: &Form, tender: &Tender, authorities: &[Organisation]) -> Vec<Participant> {
    let ticked: Vec<OrganisationId> = form.all("avec").filter_map(|id| id.parse().ok()).collect();
    let is_ticked = |id: OrganisationId| ticked.contains(&id);
    let inside = tender.counted().filter(|it| is_ticked(it.organisation)).cloned();
    let is_counted = |id: OrganisationId| tender.counted().any(|it| it.organisation == id);
    let outside = authorities.iter().filter(|it| is_ticked(it.id) && !is_counted(it.id)).map(as_participant);
    inside.chain(outside).collect()
}

fn as_participant(organisation: &Organisation) -> Participant {
    Participant {
        organisation: organisation.id,
        name: organisation.name.clone(),
        nis: organisation.nis.clone(),
        population: organisation.population.as_ref().map(|population| population.inhabitants),
        adhesion: Adhesion::Invited,
        estimate: Money::from_cents(0),
        quantity: String::new(),
        answer: None,
        version: 0,
    }
}

fn key(code: &str) -> Option<Key> {
    match code {
        "egal" => Some(Key::Equal),
        "population" => Some(Key::Population),
        _ => None,
    }
}

pub(super) fn key_code(key: Key) -> &'static str {
    match key {
        Key::Equal => "egal",
        Key::Population => "population",
    }
}

/// The kind of the fixed part, and its figure, as the form writes them.
pub(super) fn fixed_code(rule: &Rule) -> (&'static str, String) {
    match rule.fixed {
        Fixed::None => ("aucune", String::new()),
        Fixed::Percent(percent) => ("pourcent", percent.to_string().replace(['\u{a0}', '%'], "")),
        Fixed::Amount(amount) => ("montant", amount.amount_french()),
    }
}

pub(super) fn bound_text(bound: Option<Money>) -> String {
    bound.map(Money::amount_french).unwrap_or_default()
}
