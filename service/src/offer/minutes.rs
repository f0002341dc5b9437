//! The minutes of the opening (« procès-verbal d'ouverture ») as a document. Facts in, document out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    document::{Block, Column, Document, Fact, Layout, Table},
    kernel::{
        ids::{OfferId, OrganisationId},
        time::{brussels, date_time_french},
    },
    offer::{Attendant, OpenedOffer, Receipt},
    tender::{ActKind, Channel},
};

use super::{submit::in_seconds, unseal::Unsealed};
use crate::{
    Error, Services, document,
    store::{self, openings::Opening, tenders::TenderView},
};

/// What the minutes say beside the offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    view: TenderView,
    opened_at: DateTime<Utc>,
    /// Name, and for whom: the two persons.
    present: [(String, String); 2],
    /// Every deposit, withdrawn and replaced ones too.
    receipts: Vec<Receipt>,
    firms: BTreeMap<OrganisationId, String>,
    late: Vec<Late>,
    /// Numbers of the federal platform's own reports.
    reports: BTreeSet<String>,
}

/// An offer that came after the hour.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Late {
    firm: String,
    arrived_at: String,
}

impl Facts {
    pub(super) async fn gather(
        services: &Services,
        view: &TenderView,
        opening: &Opening,
        second: Attendant,
        opened_at: DateTime<Utc>,
        receipts: Vec<Receipt>,
    ) -> Result<Self, Error> {
        let present = [named(services, opening.first).await?, named(services, second).await?];
        let offers = store::drafts::of_tender(services, view.tender.id).await?;
        let mut firms = BTreeMap::new();
        for (_, firm) in &offers {
            firms.insert(*firm, store::organisations::find(services, *firm).await?.name);
        }
        let late = late(services, &offers, &firms).await?;
        let acts = store::acts::of_tender(services, view.tender.id).await?;
        let reports =
            acts.into_iter().filter(|act| act.kind == ActKind::PlatformOpening).filter_map(|act| act.number).collect();
        Ok(Self { view: view.clone(), opened_at, present, receipts, firms, late, reports })
    }

    fn firm(&self, id: OrganisationId) -> String {
        self.firms.get(&id).cloned().unwrap_or_default()
    }
}

async fn named(services: &Services, attendant: Attendant) -> Result<(String, String), Error> {
    let person = store::people::find(services, attendant.person).await?;
    let organisation = store::organisations::find(services, attendant.organisation).await?;
    Ok((person.name, organisation.name))
}

/// Every attempt to deposit that the clock refused, from the trails of the offers.
async fn late(
    services: &Services,
    offers: &[(OfferId, OrganisationId)],
    firms: &BTreeMap<OrganisationId, String>,
) -> Result<Vec<Late>, Error> {
    let mut late = Vec::new();
    for (offer, firm) in offers {
        for arrived_at in store::audit::late_deposits(services, *offer).await? {
            late.push(Late { firm: firms.get(firm).cloned().unwrap_or_default(), arrived_at });
        }
    }
    Ok(late)
}

pub(super) fn document(facts: &Facts, offers: &[OpenedOffer], unsealed: &[Unsealed]) -> Document {
    let tender = &facts.view.tender;
    let mut blocks = vec![Block::Facts(session(facts))];
    blocks.extend(opened(offers));
    blocks.extend(damaged(facts, unsealed));
    blocks.extend(others(facts));
    blocks.extend(proofs(facts, unsealed));
    let witnessed = if tender.plan.channel == Channel::EProcurement {
        "Les personnes présentes constatent que les offres du tableau sont celles du rapport d’ouverture de la \
         plateforme fédérale."
    } else {
        "Les personnes présentes constatent que les offres étaient scellées jusqu’à l’ouverture et que celles du tableau \
         sont, octet pour octet, celles que désignent leurs récépissés."
    };
    blocks.push(Block::text(witnessed));
    blocks.push(Block::Signatures(
        facts.present.iter().map(|(name, organisation)| Fact::new(printable(organisation), printable(name))).collect(),
    ));
    Document {
        title: "Procès-verbal d’ouverture des offres".to_owned(),
        subtitle: printable(&tender.plan.object),
        reference: tender.reference.to_string(),
        authority: printable(&facts.view.pilot),
        version: "version 1".to_owned(),
        date: brussels(facts.opened_at).date(),
        lang: "fr-BE".to_owned(),
        draft: false,
        layout: Layout::Act,
        blocks,
    }
}

fn session(facts: &Facts) -> Vec<Fact> {
    let tender = &facts.view.tender;
    let until = tender.clock.deposit_until.map(|until| date_time_french(brussels(until))).unwrap_or_default();
    let authorities: Vec<_> = tender.counted().map(|participant| participant.name.clone()).collect();
    let present: Vec<_> = facts.present.iter().map(|(name, organisation)| format!("{name} ({organisation})")).collect();
    let reports: Vec<_> = facts.reports.iter().cloned().collect();
    let mut session = vec![
        Fact::new("Marché", format!("{} · {}", tender.reference, printable(&tender.plan.object))),
        Fact::new("Pour", printable(&authorities.join(", "))),
        Fact::new("Fin du dépôt", until),
        Fact::new("Ouverture", in_seconds(facts.opened_at)),
        Fact::new("Personnes présentes", printable(&present.join(", "))),
    ];
    if !reports.is_empty() {
        session.push(Fact::new("Rapport d’ouverture de la plateforme", printable(&reports.join(", "))));
    }
    session
}

fn opened(offers: &[OpenedOffer]) -> Vec<Block> {
    if offers.is_empty() {
        return vec![Block::text(
            "Aucune offre n’a pu être ouverte : le marché ne peut pas être attribué sur cette base. Le collège peut y \
             renoncer (loi du 17 juin 2016, article 85) ou relancer une procédure.",
        )];
    }
    let rows = offers
        .iter()
        .map(|offer| {
            let number = offer.receipt.map(|receipt| receipt.to_string()).unwrap_or_default();
            vec![
                offer.position.to_string(),
                printable(&offer.firm_name),
                format!("{number}\n{}", in_seconds(offer.received_at)),
                offer.excluding.to_string(),
                offer.including.to_string(),
                offer.files.len().to_string(),
            ]
        })
        .collect();
    vec![Block::Table(Table {
        caption: "Offres ouvertes, dans l’ordre d’arrivée".to_owned(),
        columns: columns(&[
            ("N°", false, 5),
            ("Entreprise", false, 19),
            ("Récépissé et arrivée", false, 29),
            ("Total HTVA", true, 18),
            ("Total TVAC", true, 19),
            ("Fichiers", true, 10),
        ]),
        rows,
        total: None,
    })]
}

fn damaged(facts: &Facts, unsealed: &[Unsealed]) -> Vec<Block> {
    let mut items = Vec::new();
    for one in unsealed {
        let firm = facts.firm(one.receipt.firm);
        if one.deposit.is_none() {
            items.push(format!(
                "{}, {firm} : l’offre conservée n’est pas celle du récépissé ; elle n’est pas ouverte.",
                one.receipt.number
            ));
        }
        for name in &one.damaged {
            items.push(format!(
                "{}, {firm} : le fichier « {name} » n’est pas celui qui a été déposé ; il n’est pas ouvert.",
                one.receipt.number
            ));
        }
    }
    section("Offres ou fichiers endommagés", items)
}

fn others(facts: &Facts) -> Vec<Block> {
    let withdrawn = facts.receipts.iter().filter_map(|receipt| {
        let at = in_seconds(receipt.withdrawn_at?);
        Some(format!("{}, {} : retirée le {at}.", receipt.number, facts.firm(receipt.firm)))
    });
    let replaced = facts.receipts.iter().filter_map(|receipt| {
        let at = in_seconds(receipt.replaced_at?);
        Some(format!("{}, {} : remplacée le {at}.", receipt.number, facts.firm(receipt.firm)))
    });
    let late = facts.late.iter().map(|late| format!("{} : arrivée le {}, refusée.", late.firm, late.arrived_at));
    let mut blocks = section("Offres retirées ou remplacées, non ouvertes", withdrawn.chain(replaced).collect());
    blocks.extend(section("Offres arrivées après la fin du dépôt", late.collect()));
    blocks
}

/// What anybody compares with a receipt.
fn proofs(facts: &Facts, unsealed: &[Unsealed]) -> Vec<Block> {
    if unsealed.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading { level: 2, text: "Empreintes SHA-256 des offres scellées".to_owned() }];
    for one in unsealed {
        let whose = format!("{}, {}\u{a0}:", one.receipt.number, facts.firm(one.receipt.firm));
        blocks.push(Block::text(printable(&whose)));
        blocks.push(Block::Code(one.receipt.sealed_sha256.clone()));
    }
    blocks
}

/// A heading and its list; « Néant. » where there is nothing, so that the minutes say so.
fn section(title: &str, items: Vec<String>) -> Vec<Block> {
    let heading = Block::Heading { level: 2, text: title.to_owned() };
    if items.is_empty() {
        return vec![heading, Block::text("Néant.")];
    }
    let items = items.into_iter().map(|item| vec![domain::document::Inline::Text(printable(&item))]).collect();
    vec![heading, Block::List { numbered: false, items }]
}

fn columns(columns: &[(&str, bool, u8)]) -> Vec<Column> {
    columns
        .iter()
        .map(|(head, numeric, width_percent)| Column {
            head: (*head).to_owned(),
            numeric: *numeric,
            width_percent: *width_percent,
        })
        .collect()
}

/// A name that somebody typed, without what the fonts lack: the minutes are written whatever a file is called.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| if document::missing_character(letter.encode_utf8(&mut [0; 4])).is_some() { '?' } else { letter })
        .collect()
}
