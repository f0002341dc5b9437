use serde::{Deserialize, Serialize};

use super::{
    Dossier,
    dossier::{judged, price_place},
    tie::{self, Tied},
};
use crate::{
    kernel::{
        Money,
        ids::{OfferId, OrganisationId},
    },
    offer::{OfferContent, OpenedOffer, priced},
    score::{Points, price_points, ranking},
    specification::{Criterion, Terms, TieRule},
};

/// The examination of the offers: what the report says and the award rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examination {
    pub criteria: Vec<Criterion>,
    /// Prices are compared with VAT.
    pub compared_with_vat: bool,
    /// In the order of arrival.
    pub offers: Vec<Examined>,
    /// A price has no points yet, or some points are missing: the ranking does not stand.
    pub provisional: bool,
    /// Offers of equal totals were told apart.
    pub tie: Option<TieBreak>,
}

/// One offer, examined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examined {
    pub offer: OfferId,
    pub firm: OrganisationId,
    pub firm_name: String,
    /// In the order of arrival, from 1.
    pub position: i32,
    /// Final prices: corrected, negotiated, improved.
    pub content: OfferContent,
    /// Total as submitted, without VAT.
    pub submitted: Money,
    /// Final total without VAT.
    pub excluding: Money,
    /// Final total with VAT.
    pub including: Money,
    pub standing: Standing,
}

/// Where an offer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The tenderer is not selected.
    NotSelected { reason: String },
    /// The offer is void; the article says which rule.
    Irregular { reason: String, article: String },
    /// Nothing is decided on it yet.
    Undecided,
    /// Compared with the others.
    Compared {
        /// One per criterion, in the order of the specification.
        points: Vec<Option<Points>>,
        /// One list per criterion: the jurors' reasons; empty for the price.
        reasons: Vec<Vec<String>>,
        /// The sum of the points.
        total: Option<Points>,
        /// 1 is the best; ranks follow the totals, and between equal totals the rule that the specification states.
        rank: Option<usize>,
    },
}

/// How offers of equal totals at the first rank were told apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieBreak {
    pub rule: TieRule,
    /// Positions of the tied offers.
    pub positions: Vec<i32>,
    /// Those that the rule leaves equal: lots are drawn between them. None where it tells the first one.
    pub equal: Vec<i32>,
    /// Position of the one that comes first; none while nothing tells them apart.
    pub first: Option<i32>,
    /// Lots were drawn: where, when and before whom.
    pub drawn: Option<String>,
}

impl Examination {
    /// The offers that have a rank, the best first.
    pub fn ranked(&self) -> Vec<&Examined> {
        let mut ranked: Vec<_> = self.offers.iter().filter(|offer| offer.rank().is_some()).collect();
        ranked.sort_by_key(|offer| (offer.rank(), offer.position));
        ranked
    }

    /// The offer of the first rank.
    pub fn first(&self) -> Option<&Examined> {
        self.ranked().into_iter().next()
    }

    pub fn of(&self, offer: OfferId) -> Option<&Examined> {
        self.offers.iter().find(|examined| examined.offer == offer)
    }
}

impl Examined {
    pub fn rank(&self) -> Option<usize> {
        match &self.standing {
            Standing::Compared { rank, .. } => *rank,
            Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::Undecided => None,
        }
    }

    pub fn total(&self) -> Option<Points> {
        match &self.standing {
            Standing::Compared { total, .. } => *total,
            Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::Undecided => None,
        }
    }

    /// The price that is compared.
    pub fn price(&self, with_vat: bool) -> Money {
        if with_vat { self.including } else { self.excluding }
    }
}

impl Dossier {
    /// The examination as the decisions and the points make it now; nothing when a sum does not fit.
    pub fn examination(&self, terms: &Terms) -> Option<Examination> {
        let compared: Vec<&OpenedOffer> = self.compared().collect();
        let points = self.all_points(terms, &compared)?;
        let price = price_place(&terms.criteria)?;
        let of_price: Vec<_> = points.iter().map(|own| own.get(price).copied().flatten()).collect();
        let others: Vec<Points> = points.iter().map(|own| sum_but(own, price)).collect::<Option<_>>()?;
        let ranking = ranking(&of_price, &others)?;
        let complete = self.is_judged(terms) && points.iter().all(|own| is_complete_but(own, price));

        let tied: Vec<Tied<'_>> = compared
            .iter()
            .zip(&points)
            .zip(&ranking.ranks)
            .filter(|(_, rank)| **rank == Some(1))
            .map(|((offer, points), _)| self.tied(terms, offer, points))
            .collect::<Option<_>>()?;
        let tie = (complete && tied.len() > 1).then(|| tie::broken(terms, &tied, self.draw.as_ref()));

        let mut offers = Vec::new();
        for offer in &self.offers {
            let place = compared.iter().position(|one| one.id == offer.id);
            let standing = match place {
                Some(place) => Standing::Compared {
                    points: points.get(place)?.clone(),
                    reasons: self.all_reasons(terms, offer),
                    total: complete_total(points.get(place)?).and(*ranking.totals.get(place)?),
                    rank: tie::rank(*ranking.ranks.get(place)?, offer.position, tie.as_ref()).filter(|_| complete),
                },
                None => self.out(offer),
            };
            offers.push(self.examined(terms, offer, standing)?);
        }
        Some(Examination {
            criteria: terms.criteria.clone(),
            compared_with_vat: terms.compared_with_vat,
            offers,
            provisional: ranking.provisional || !complete,
            tie,
        })
    }

    /// One row per compared offer, one column per criterion.
    fn all_points(&self, terms: &Terms, compared: &[&OpenedOffer]) -> Option<Vec<Vec<Option<Points>>>> {
        let prices = compared.iter().map(|offer| self.price(terms, offer)).collect::<Option<Vec<_>>>()?;
        let price = price_place(&terms.criteria)?;
        let weight = Points::from_hundredths(terms.criteria.get(price)?.weight_hundredths);
        let by_formula = price_points(terms.formula, weight, &prices);
        let points = compared.iter().zip(by_formula).map(|(offer, of_price)| {
            let own = |place| if place == price { of_price } else { self.retained(offer.id, place) };
            (0..terms.criteria.len()).map(own).collect()
        });
        Some(points.collect())
    }

    fn all_reasons(&self, terms: &Terms, offer: &OpenedOffer) -> Vec<Vec<String>> {
        let is_judged = |place| judged(&terms.criteria).any(|(one, _)| one == place);
        (0..terms.criteria.len())
            .map(|place| if is_judged(place) { self.reasons(offer.id, place) } else { Vec::new() })
            .collect()
    }

    fn tied<'a>(&self, terms: &Terms, offer: &OpenedOffer, points: &'a [Option<Points>]) -> Option<Tied<'a>> {
        Some(Tied {
            position: offer.position,
            points,
            price: self.price(terms, offer)?,
            improved: terms.compared(&priced(&terms.inventory, &self.final_content(offer))?),
        })
    }

    fn out(&self, offer: &OpenedOffer) -> Standing {
        match (self.selections.get(&offer.id), self.regularities.get(&offer.id)) {
            (Some(selection), _) if !selection.result.selected => {
                Standing::NotSelected { reason: selection.reason.clone() }
            }
            (Some(_), Some(regularity)) if !regularity.result.stays() => Standing::Irregular {
                reason: regularity.reason.clone(),
                article: regularity.result.irregularity().map(|kind| kind.article().to_owned()).unwrap_or_default(),
            },
            (_, _) => Standing::Undecided,
        }
    }

    fn examined(&self, terms: &Terms, offer: &OpenedOffer, standing: Standing) -> Option<Examined> {
        let content = self.final_content(offer);
        let totals = priced(&terms.inventory, &content)?;
        Some(Examined {
            offer: offer.id,
            firm: offer.firm,
            firm_name: offer.firm_name.clone(),
            position: offer.position,
            content,
            submitted: offer.excluding,
            excluding: totals.vat.excluding,
            including: totals.vat.including,
            standing,
        })
    }
}

/// Missing points count for nothing here: the ranking is provisional then.
fn sum_but(points: &[Option<Points>], left_out: usize) -> Option<Points> {
    points
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != left_out)
        .try_fold(Points::ZERO, |sum, (_, points)| sum.checked_add(points.unwrap_or_default()))
}

/// The jury has given all its points; a price that is checked first has none.
fn is_complete_but(points: &[Option<Points>], left_out: usize) -> bool {
    points.iter().enumerate().all(|(place, points)| place == left_out || points.is_some())
}

fn complete_total(points: &[Option<Points>]) -> Option<()> {
    points.iter().all(Option::is_some).then_some(())
}
