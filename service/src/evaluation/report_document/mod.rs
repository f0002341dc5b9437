//! The report on the examination of the offers (« rapport d’examen des offres »): facts in, document out, then its file.

mod examined;
mod method;
mod ranked;
mod words;

use chrono::NaiveDate;
use domain::{
    document::{Block, Document, Fact, Layout},
    evaluation::{Dossier, Examination, PriceCheck, price_check},
    kernel::{
        Money,
        time::{brussels, date_french},
    },
    specification::Terms,
    tender::Tender,
};

use crate::{
    Error, Services, document,
    store::{self, files::Kept, tenders::TenderView},
    tender::unanswerable,
};

/// What the report says.
pub(super) struct Facts<'a> {
    pub(super) tender: &'a Tender,
    pub(super) pilot: &'a str,
    pub(super) terms: &'a Terms,
    pub(super) dossier: &'a Dossier,
    pub(super) examination: &'a Examination,
    pub(super) prices: PriceCheck,
    pub(super) on: NaiveDate,
}

/// The report, painted and on the disk, before any transaction.
pub(super) async fn kept(
    services: &Services,
    view: &TenderView,
    terms: &Terms,
    dossier: &Dossier,
    examination: &Examination,
) -> Result<Kept, Error> {
    let on = brussels(services.now()).date();
    let parameters = store::parameters::set(services).await?;
    let prices: Option<Vec<_>> = dossier.selected().map(|offer| Some((offer, dossier.price(terms, offer)?))).collect();
    let prices = price_check(&parameters, view.tender.called_on(on), &terms.criteria, &prices.unwrap_or_default())
        .map_err(|missing| unanswerable(missing.into()))?;
    let document =
        document(&Facts { tender: &view.tender, pilot: &view.pilot, terms, dossier, examination, prices, on });
    let pdf = tokio::task::spawn_blocking(move || document::paint(&document))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    let name = format!("{}-rapport-examen-offres.pdf", view.tender.reference);
    store::files::keep(services, &name, "application/pdf", pdf.bytes).await
}

pub(super) fn document(facts: &Facts<'_>) -> Document {
    let tender = facts.tender;
    let mut blocks = vec![examined::received(facts), examined::selection(facts)];
    blocks.extend(examined::requests(facts));
    blocks.push(examined::regularity(facts));
    blocks.extend(examined::corrections(facts));
    blocks.push(examined::prices(facts));
    blocks.extend(method::jury(facts));
    blocks.push(method::criteria(facts));
    blocks.push(ranked::points(facts));
    blocks.push(ranked::ranking(facts));
    let blocks = blocks.into_iter().zip(1..).map(|(chapter, number): (Chapter, u32)| chapter.numbered(number));
    Document {
        title: "Rapport d’examen des offres".to_owned(),
        subtitle: printed(&tender.plan.object),
        reference: tender.reference.to_string(),
        authority: printed(facts.pilot),
        version: "version définitive".to_owned(),
        date: facts.on,
        lang: "fr-BE".to_owned(),
        draft: false,
        layout: Layout::Book { facts: cover(facts) },
        blocks: blocks.chain([ranked::signatures(facts)]).collect(),
    }
}

/// One numbered article of the report.
pub(super) struct Chapter {
    pub(super) title: &'static str,
    pub(super) blocks: Vec<Block>,
    pub(super) legal_basis: Vec<String>,
}

impl Chapter {
    fn numbered(self, number: u32) -> Block {
        Block::Article {
            number: number.to_string(),
            title: self.title.to_owned(),
            clause: None,
            blocks: self.blocks,
            legal_basis: self.legal_basis,
        }
    }
}

fn cover(facts: &Facts<'_>) -> Vec<Fact> {
    let names: Vec<_> = facts.tender.counted().map(|participant| printed(&participant.name)).collect();
    let first = facts.examination.first().map(|offer| printed(&offer.firm_name)).unwrap_or_default();
    vec![
        Fact::new("Pouvoir adjudicateur", printed(facts.pilot)),
        Fact::new("Participants", names.join(", ")),
        Fact::new("Procédure", words::procedure(facts.tender.plan.procedure)),
        Fact::new("Offres reçues", facts.dossier.offers.len().to_string()),
        Fact::new("Offres comparées", facts.examination.ranked().len().to_string()),
        Fact::new("Première classée", first),
        Fact::new("Établi le", date_french(facts.on)),
    ]
}

/// Names and objects that were typed elsewhere, with a mark in place of what the fonts lack.
pub(super) fn printed(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(missing) = document::missing_character(&text) {
        text = text.replace(missing, "?");
    }
    text
}

/// The price that is compared, with its side of the VAT.
pub(super) fn side(examination: &Examination) -> &'static str {
    if examination.compared_with_vat { "TVAC" } else { "HTVA" }
}

pub(super) fn amount(money: Money) -> String {
    money.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_the_fonts_lack_is_marked() {
        assert_eq!(printed("Aubier \u{1f4a7} Logiciels"), "Aubier ? Logiciels");
    }
}
