use std::collections::BTreeMap;

use super::{
    Assessment, Correction, Juror, PieceRequest, Regularity, Score, Selection, correction::corrected, jury::mean,
};
use crate::{
    kernel::{
        Money,
        ids::{OfferId, PersonId},
    },
    offer::{OfferContent, OpenedOffer, Totals, priced},
    score::Points,
    specification::{Criterion, CriterionNature, Terms},
};

/// Everything that is known of the offers of one tender after their opening.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dossier {
    /// In the order of arrival.
    pub offers: Vec<OpenedOffer>,
    pub selections: BTreeMap<OfferId, Assessment<Selection>>,
    pub regularities: BTreeMap<OfferId, Assessment<Regularity>>,
    /// The earliest first.
    pub corrections: Vec<Correction>,
    /// The earliest first.
    pub requests: Vec<PieceRequest>,
    pub jury: Vec<Juror>,
    pub scores: Vec<Score>,
    pub draw: Option<Draw>,
    /// The ranking stands.
    pub closed: bool,
}

/// Lots were drawn between tied offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Position of the offer that the lot gave the better rank.
    pub winner: i32,
    /// Positions of the offers between which lots were drawn, in the order of arrival; none where the act keeps the winner
    /// alone.
    pub between: Vec<i32>,
    /// Where, when and before whom.
    pub reason: String,
}

impl Dossier {
    pub fn offer(&self, position: i32) -> Option<&OpenedOffer> {
        self.offers.iter().find(|offer| offer.position == position)
    }

    pub fn is_selected(&self, offer: OfferId) -> bool {
        self.selections.get(&offer).is_some_and(|selection| selection.result.selected)
    }

    /// Offers whose tenderer is selected.
    pub fn selected(&self) -> impl Iterator<Item = &OpenedOffer> {
        self.offers.iter().filter(|offer| self.is_selected(offer.id))
    }

    /// Offers that are compared: selected, and not void.
    pub fn compared(&self) -> impl Iterator<Item = &OpenedOffer> {
        self.selected()
            .filter(|offer| self.regularities.get(&offer.id).is_some_and(|regularity| regularity.result.stays()))
    }

    /// Corrections of one offer, the earliest first.
    pub fn corrections_of(&self, offer: OfferId) -> impl Iterator<Item = &Correction> {
        self.corrections.iter().filter(move |correction| correction.offer == offer)
    }

    /// Prices that are compared.
    pub fn compared_content(&self, offer: &OpenedOffer) -> OfferContent {
        corrected(&offer.content, self.corrections_of(offer.id).filter(|one| one.kind.counts_in_points()))
    }

    /// Prices that would be paid.
    pub fn final_content(&self, offer: &OpenedOffer) -> OfferContent {
        corrected(&offer.content, self.corrections_of(offer.id))
    }

    /// The compared prices on the inventory; nothing when a sum does not fit.
    pub fn totals(&self, terms: &Terms, offer: &OpenedOffer) -> Option<Totals> {
        priced(&terms.inventory, &self.compared_content(offer))
    }

    /// The price that is compared: with VAT where the specification says so.
    pub fn price(&self, terms: &Terms, offer: &OpenedOffer) -> Option<Money> {
        Some(terms.compared(&self.totals(terms, offer)?))
    }

    pub fn juror(&self, person: PersonId) -> Option<&Juror> {
        self.jury.iter().find(|juror| juror.person == person)
    }

    /// The jurors who score.
    pub fn scorers(&self) -> impl Iterator<Item = &Juror> {
        self.jury.iter().filter(|juror| juror.scores())
    }

    pub fn score(&self, person: PersonId, offer: OfferId, criterion: usize) -> Option<&Score> {
        self.scores.iter().find(|score| score.person == person && score.offer == offer && score.criterion == criterion)
    }

    /// Has this juror scored every compared offer on every criterion of quality?
    pub fn is_sheet_complete(&self, terms: &Terms, person: PersonId) -> bool {
        self.compared().all(|offer| {
            judged(&terms.criteria).all(|(criterion, _)| self.score(person, offer.id, criterion).is_some())
        })
    }

    /// Points are shown to everybody together, once every sheet is complete: nobody is led by another's.
    pub fn is_revealed(&self, terms: &Terms) -> bool {
        self.scorers().next().is_some()
            && self.scorers().all(|juror| self.is_sheet_complete(terms, juror.person))
            && self.jury.iter().all(|juror| juror.declared_at.is_some())
    }

    /// What this juror may see of the others' points: all of them once their own sheet is complete, none before.
    pub fn shown_to(&self, terms: &Terms, person: PersonId) -> Vec<&Score> {
        let may = self.juror(person).is_some_and(Juror::scores) && self.is_sheet_complete(terms, person);
        self.scores.iter().filter(|score| may && score.person != person).collect()
    }

    /// Every reason given to an offer for a criterion, in the order of the jury.
    pub fn reasons(&self, offer: OfferId, criterion: usize) -> Vec<String> {
        self.scorers()
            .filter_map(|juror| self.score(juror.person, offer, criterion))
            .map(|score| score.reason.clone())
            .collect()
    }

    /// Points of each juror, in the order of the jury.
    pub fn points(&self, offer: OfferId, criterion: usize) -> Vec<Points> {
        self.scorers()
            .filter_map(|juror| self.score(juror.person, offer, criterion))
            .map(|score| score.points)
            .collect()
    }

    /// The mean of the jurors.
    pub fn retained(&self, offer: OfferId, criterion: usize) -> Option<Points> {
        mean(&self.points(offer, criterion))
    }
}

/// The criterion that the formula scores: the price, or else the cost.
pub fn price_place(criteria: &[Criterion]) -> Option<usize> {
    let place = |nature| criteria.iter().position(|criterion| criterion.nature == nature);
    place(CriterionNature::Price).or_else(|| place(CriterionNature::Cost))
}

/// The criteria that the jury scores, with their places.
pub fn judged(criteria: &[Criterion]) -> impl Iterator<Item = (usize, &Criterion)> {
    let price = price_place(criteria);
    criteria.iter().enumerate().filter(move |(place, _)| Some(*place) != price)
}
