//! Whatever the prices and the points: within the weights, and ranks follow totals.

use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Assessment, Correction, CorrectionKind, Debts, Dossier, Draw, Exclusion, Grounds, Juror, Refusal, Regularity,
    Score, Selection, Standing, judged, price_place,
};
use crate::{
    kernel::{
        Money, Percent, UnitPrice,
        ids::{OfferId, OrganisationId, PersonId, TenderId},
    },
    offer::{OfferContent, OfferLine, OpenedOffer},
    score::{Formula, Points},
    specification::{Criterion, CriterionNature, PriceLine, PriceMode, SuretyTerm, Terms, TieRule},
};

const WEIGHTS: [(CriterionNature, i64); 3] =
    [(CriterionNature::Quality, 3_500), (CriterionNature::Price, 4_000), (CriterionNature::Quality, 2_500)];

fn terms(formula: Formula, tie: TieRule) -> Terms {
    let line = PriceLine {
        code: "P-01".to_owned(),
        item: String::new(),
        unit: "forfait".to_owned(),
        quantity: Some(1),
        mode: PriceMode::Fixed,
    };
    let criteria = WEIGHTS.map(|(nature, weight_hundredths)| Criterion {
        name: String::new(),
        weight_hundredths,
        nature,
        elements: String::new(),
    });
    Terms {
        inventory: vec![line],
        criteria: criteria.to_vec(),
        formula,
        tie,
        compared_with_vat: false,
        vat: Percent::ZERO,
        quality_scale: Vec::new(),
        surety: SuretyTerm::None,
        months: None,
        maximum: None,
        voluntary_standstill: false,
        negotiated: false,
        contract_manager: String::new(),
    }
}

fn offer(position: i32, cents: i64) -> OpenedOffer {
    let unit_price = UnitPrice::parse_iso(&Money::from_cents(cents).to_iso()).expect("a price");
    let line = OfferLine { code: "P-01".to_owned(), unit_price, vat: Percent::ZERO };
    let id = Uuid::from_u128(u128::try_from(position).expect("from 1"));
    OpenedOffer {
        id: OfferId::from_uuid(id),
        tender: TenderId::from_uuid(Uuid::nil()),
        firm: OrganisationId::from_uuid(id),
        firm_name: format!("PME {position}"),
        position,
        receipt: None,
        received_at: DateTime::UNIX_EPOCH,
        content: OfferContent { lines: vec![line], remark: String::new() },
        files: Vec::new(),
        excluding: Money::from_cents(cents),
        including: Money::from_cents(cents),
        typed: false,
    }
}

fn juror() -> Juror {
    Juror {
        person: PersonId::from_uuid(Uuid::nil()),
        name: "Un évaluateur".to_owned(),
        organisation: OrganisationId::from_uuid(Uuid::nil()),
        organisation_name: String::new(),
        declared_at: Some(DateTime::UNIX_EPOCH),
        conflict: false,
        declaration: String::new(),
        sheet_version: 1,
    }
}

/// Every offer selected and regular, scored by one juror on both criteria of quality.
fn dossier(offers: &[(i64, [i64; 2])]) -> Dossier {
    let grounds =
        Grounds { obligatory: Exclusion::None, debts: Debts::None, optional: Exclusion::None, criteria_met: true };
    let mut dossier = Dossier { jury: vec![juror()], ..Dossier::default() };
    for ((cents, quality), position) in offers.iter().zip(1..) {
        let offer = offer(position, *cents);
        let selection = Selection { selected: true, grounds: grounds.clone() };
        dossier.selections.insert(offer.id, Assessment { result: selection, reason: String::new(), version: 1 });
        dossier
            .regularities
            .insert(offer.id, Assessment { result: Regularity::Regular, reason: String::new(), version: 1 });
        for (hundredths, criterion) in quality.iter().zip([0, 2]) {
            dossier.scores.push(Score {
                person: juror().person,
                offer: offer.id,
                criterion,
                points: Points::from_hundredths(*hundredths),
                reason: "Motif".to_owned(),
            });
        }
        dossier.offers.push(offer);
    }
    dossier
}

fn any_formula() -> impl Strategy<Value = Formula> {
    let ceiling = (1..=2_000_000_i64).prop_map(|cents| Formula::F4 { ceiling: Money::from_cents(cents) });
    prop_oneof![Just(Formula::F1), Just(Formula::F2), Just(Formula::F3), ceiling]
}

fn any_tie() -> impl Strategy<Value = TieRule> {
    prop_oneof![Just(TieRule::HeaviestCriterion), Just(TieRule::LowestPrice), Just(TieRule::Improvement)]
}

/// Few values, so that totals are often equal.
fn any_offers() -> impl Strategy<Value = Vec<(i64, [i64; 2])>> {
    let price = prop_oneof![1..=1_000_000_i64, Just(100_000), Just(120_000), Just(0)];
    let quality = |weight: i64| prop_oneof![0..=weight, Just(weight / 2)];
    prop::collection::vec((price, [quality(3_500).boxed(), quality(2_500).boxed()]), 1..7)
}

proptest! {
    #[test]
    fn points_stay_within_their_weights_and_ranks_follow_totals(
        offers in any_offers(),
        formula in any_formula(),
        tie in any_tie(),
    ) {
        let terms = terms(formula, tie);
        let examination = dossier(&offers).examination(&terms).expect("small sums fit");

        for offer in &examination.offers {
            let Standing::Compared { points, total, rank, .. } = &offer.standing else { panic!("all are compared") };
            for (points, (_, weight)) in points.iter().zip(WEIGHTS) {
                prop_assert!(points.is_none_or(|points| (0..=weight).contains(&points.hundredths())));
            }
            let sum: Option<i64> = points.iter().map(|points| points.map(Points::hundredths)).sum();
            prop_assert_eq!(total.map(Points::hundredths), sum);
            prop_assert_eq!(rank.is_some(), total.is_some());
        }
        for one in &examination.offers {
            for other in &examination.offers {
                if one.total() > other.total() && other.total().is_some() {
                    prop_assert!(one.rank() < other.rank(), "{:?} {:?}", one, other);
                }
            }
        }
        let firsts = examination.offers.iter().filter(|offer| offer.rank() == Some(1)).count();
        let open = examination.tie.as_ref().is_some_and(|tie| tie.first.is_none());
        prop_assert!(firsts == 1 || firsts > 1 && open || firsts == 0 && offers.iter().all(|(price, _)| *price == 0));
        prop_assert_eq!(examination.provisional, offers.iter().any(|(price, _)| *price == 0));
    }
}

#[test]
fn the_formula_scores_the_price_wherever_it_stands() {
    let terms = terms(Formula::F1, TieRule::LowestPrice);

    assert_eq!(price_place(&terms.criteria), Some(1));
    assert_eq!(judged(&terms.criteria).map(|(place, _)| place).collect::<Vec<_>>(), [0, 2]);
}

/// Three offers of the same price and the same points.
fn alike() -> Dossier {
    dossier(&[(100_000, [2_000, 1_500]); 3])
}

fn improved(dossier: &mut Dossier, position: i32, cents: i64) {
    let improved = offer(position, cents);
    dossier.corrections.push(Correction {
        offer: improved.id,
        kind: CorrectionKind::Improvement,
        line: "P-01".to_owned(),
        before: None,
        after: improved.content.lines[0].clone(),
        reason: "Lettre".to_owned(),
        at: DateTime::UNIX_EPOCH,
    });
}

#[test]
fn a_draw_counts_for_the_very_tie_that_it_was_drawn_for() {
    let terms = terms(Formula::F1, TieRule::HeaviestCriterion);
    let first = |between: &[i32]| {
        let draw = Draw { winner: 2, between: between.to_vec(), reason: "Devant témoins".to_owned() };
        let tie = Dossier { draw: Some(draw), ..alike() }.examination(&terms).and_then(|examination| examination.tie);
        tie.expect("three are tied").first
    };

    assert_eq!(first(&[1, 2, 3]), Some(2));
    assert_eq!(first(&[1, 2]), None, "a third offer joined the tie since");
    assert_eq!(first(&[]), Some(2), "an act that keeps the winner alone");
}

#[test]
fn a_tie_waits_for_every_juror_and_needs_none_where_nothing_is_judged() {
    let mut terms = terms(Formula::F1, TieRule::HeaviestCriterion);
    let tie = |terms: &Terms, dossier: &Dossier| dossier.examination(terms).expect("small sums fit").tie;
    let second = Juror { person: PersonId::from_uuid(Uuid::from_u128(9)), ..juror() };
    let silent = Juror { declared_at: None, ..second.clone() };

    assert!(tie(&terms, &alike()).is_some());
    for waiting in [second, silent] {
        let dossier = Dossier { jury: vec![juror(), waiting], ..alike() };
        assert_eq!(tie(&terms, &dossier), None);
        assert!(dossier.examination(&terms).expect("small sums fit").provisional);
    }
    terms.criteria.retain(|criterion| criterion.nature == CriterionNature::Price);
    assert!(tie(&terms, &Dossier { jury: Vec::new(), scores: Vec::new(), ..alike() }).is_some());
}

#[test]
fn every_tied_firm_may_still_improve_its_price_after_another_did_until_lots_are_drawn() {
    let terms = terms(Formula::F1, TieRule::Improvement);
    let mut dossier = alike();
    improved(&mut dossier, 1, 99_000);
    improved(&mut dossier, 2, 99_000);

    let tie = dossier.examination(&terms).and_then(|examination| examination.tie).expect("tied");
    assert_eq!((tie.positions, tie.equal, tie.first), (vec![1, 2, 3], vec![1, 2], None));
    assert_eq!(dossier.may_improve(&terms, 3), Ok(()));
    let draw = Draw { winner: 2, between: vec![1, 2], reason: "Devant témoins".to_owned() };
    assert_eq!(dossier.may_draw(&terms, &draw), Ok(()));
    dossier.draw = Some(draw);
    assert_eq!(dossier.may_improve(&terms, 3), Err(Refusal::NotTied));
}
