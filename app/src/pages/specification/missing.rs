//! What the adoption still waits for, each with the place where it is given.

use std::collections::BTreeSet;

use domain::{
    kernel::reference::TenderRef,
    specification::{Composition, Missing, Model, Unsettled, Wanted, Why},
    tender::Tender,
};
use leptos::prelude::*;

use super::{address_of, article};
use crate::pages::words::t;

/// One thing that lacks.
pub(super) struct Lack {
    label: String,
    /// Where it is given, if there is a page for it.
    pub(super) address: Option<String>,
    /// Where it stands in the document, or in which page it is given.
    small: String,
}

/// Each thing once, however many articles wait for it.
pub(super) fn lacks(tender: &Tender, composition: &Composition) -> Vec<Lack> {
    let mut seen = BTreeSet::new();
    let missing: Vec<_> = composition.missing.iter().filter(|missing| seen.insert(name(&missing.wanted))).collect();
    let told = |unsettled: &&Unsettled| {
        unsettled.waits_for.is_empty() || unsettled.waits_for.iter().any(|name| !seen.contains(name))
    };
    let unsettled: Vec<_> = composition.unsettled.iter().filter(told).collect();
    missing
        .into_iter()
        .map(|missing| lack(tender, missing))
        .chain(unsettled.into_iter().map(|unsettled| open(tender.reference, unsettled)))
        .collect()
}

fn lack(tender: &Tender, missing: &Missing) -> Lack {
    let reference = tender.reference;
    let place = t!(specification.missing_in, article = article(&missing.article));
    match &missing.wanted {
        Wanted::Question(id) => {
            Lack { label: missing.label.clone(), address: where_asked(reference, id), small: place }
        }
        Wanted::Fact(fact) => match Model::shipped().feeding(fact) {
            Some(question) => {
                Lack { label: question.label.clone(), address: where_asked(reference, &question.id), small: place }
            }
            None if fact.starts_with("pilote.") => Lack {
                label: missing.label.clone(),
                address: Some(format!("/organisations/{}/modifier", tender.pilot)),
                small: t!(specification.fact_of_organisation).to_owned(),
            },
            None if fact.starts_with("participants.") || fact == "parts.cle" => Lack {
                label: missing.label.clone(),
                address: Some(format!("/marches/{reference}/participants")),
                small: t!(specification.fact_of_participants).to_owned(),
            },
            None => Lack {
                label: missing.label.clone(),
                address: Some(format!("/marches/{reference}")),
                small: t!(specification.fact_of_tender).to_owned(),
            },
        },
        Wanted::Parameter(key) => Lack {
            label: t!(specification.parameter, key = key),
            address: Some("/parametres".to_owned()),
            small: place,
        },
    }
}

fn open(reference: TenderRef, unsettled: &Unsettled) -> Lack {
    let why = match unsettled.why {
        Why::Undecided => {
            let labels: Vec<_> = unsettled.waits_for.iter().map(|name| label(name)).collect();
            t!(specification.unsettled, what = labels.join(", "))
        }
        Why::NoAlternative => t!(specification.unsettled_none).to_owned(),
        Why::SeveralAlternatives => t!(specification.unsettled_several).to_owned(),
    };
    let address = unsettled.waits_for.iter().find_map(|name| where_asked(reference, name));
    Lack { label: why, address, small: t!(specification.missing_in, article = article(&unsettled.article)) }
}

fn label(name: &str) -> String {
    Model::shipped().question(name).map_or_else(|| name.to_owned(), |question| question.label.clone())
}

fn where_asked(reference: TenderRef, question: &str) -> Option<String> {
    Model::shipped().section_of(question).map(|section| address_of(reference, &section.id, question))
}

/// A fact that an answer settles and that answer are one thing.
fn name(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Question(id) => id.clone(),
        Wanted::Fact(fact) => {
            Model::shipped().feeding(fact).map_or_else(|| fact.clone(), |question| question.id.clone())
        }
        Wanted::Parameter(key) => format!("parametre:{key}"),
    }
}

/// The card that lists them.
pub(super) fn card(lacks: Vec<Lack>) -> AnyView {
    let count = lacks.len();
    let items: Vec<_> = lacks
        .into_iter()
        .map(|lack| {
            let label = match lack.address {
                Some(address) => view! { <a href=address>{lack.label}</a> }.into_any(),
                None => view! { <span>{lack.label}</span> }.into_any(),
            };
            view! { <li>{label}" "<span class="small quiet">{lack.small}</span></li> }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="manque">
            <h2 id="manque">{t!(specification.missing)}</h2>
            <p class="small quiet">{t!(specification.missing_lede, n = count)}</p>
            <ul class="plain stack-s gap-s">{items}</ul>
        </section>
    }
    .into_any()
}
