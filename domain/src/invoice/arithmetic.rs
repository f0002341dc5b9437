//! The figures of an invoice against each other, to the cent (EN 16931, BR-CO-10 to BR-CO-17; Peppol R120 to R131).

use std::collections::{BTreeMap, BTreeSet};

use super::{Adjustment, ElectronicInvoice, Figures, Finding, VatCategory};
use crate::kernel::{Money, Percent};

type Rate = (VatCategory, Percent);

impl ElectronicInvoice {
    /// Every figure that does not follow from the others, in the order of the document; none when all agree.
    pub fn findings(&self) -> Vec<Finding> {
        let mut found = self.lines();
        found.extend(self.sums());
        found.extend(self.taxes());
        found.extend(self.ends());
        found
    }

    fn lines(&self) -> Vec<Finding> {
        self.lines
            .iter()
            .filter_map(|line| {
                let named = |figures| Finding::LineNet { line: line.id.clone(), figures };
                compared(line.net, line.computed(), named)
            })
            .collect()
    }

    fn sums(&self) -> Vec<Finding> {
        let totals = &self.totals;
        let of_kind = |is_charge: bool| {
            let same = self.adjustments.iter().filter(move |adjustment| adjustment.is_charge == is_charge);
            Money::total(same.map(|adjustment| adjustment.amount))
        };
        let excluding = totals.lines.checked_sub(totals.allowances).and_then(|less| less.checked_add(totals.charges));
        [
            compared(totals.lines, Money::total(self.lines.iter().map(|line| line.net)), Finding::LineSum),
            compared(totals.allowances, of_kind(false), Finding::Allowances),
            compared(totals.charges, of_kind(true), Finding::Charges),
            compared(totals.excluding, excluding, Finding::Excluding),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn taxes(&self) -> Vec<Finding> {
        let Some(bases) = self.bases() else { return vec![Finding::TooLarge] };
        let mut found = Vec::new();
        let mut met = BTreeSet::new();
        for group in &self.vat {
            let (category, rate) = (group.category, group.rate);
            if !category.allows(rate) {
                found.push(Finding::VatRate { category, rate });
            }
            // Of two groups of one rate, the second one taxes nothing that is left.
            let first = met.insert((category, rate));
            let base = bases.get(&(category, rate)).copied().filter(|_| first).unwrap_or_default();
            let of_base = |figures| Finding::VatBase { category, rate, figures };
            found.extend(compared(group.base, Some(base), of_base));
            let of_vat = |figures| Finding::VatAmount { category, rate, figures };
            found.extend(compared(group.vat, rate.of(group.base), of_vat));
        }
        let untaxed = bases.into_iter().filter(|(rate, _)| !met.contains(rate));
        found.extend(untaxed.map(|((category, rate), computed)| {
            let figures = Figures { stated: Money::ZERO, computed };
            Finding::VatBase { category, rate, figures }
        }));
        found
    }

    fn ends(&self) -> Vec<Finding> {
        let totals = &self.totals;
        let payable = totals.including.checked_sub(totals.prepaid).and_then(|rest| rest.checked_add(totals.rounding));
        [
            compared(totals.vat, Money::total(self.vat.iter().map(|group| group.vat)), Finding::VatSum),
            compared(totals.including, totals.excluding.checked_add(totals.vat), Finding::Including),
            compared(totals.payable, payable, Finding::Payable),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What lines and adjustments put under each category and rate.
    fn bases(&self) -> Option<BTreeMap<Rate, Money>> {
        let lines = self.lines.iter().map(|line| ((line.category, line.rate), line.net));
        let whole = self.adjustments.iter().filter_map(|one: &Adjustment| Some((one.vat?, one.signed())));
        let mut bases: BTreeMap<Rate, Money> = BTreeMap::new();
        for (rate, amount) in lines.chain(whole) {
            let base = bases.entry(rate).or_default();
            *base = base.checked_add(amount)?;
        }
        Some(bases)
    }
}

impl VatCategory {
    /// Only the standard category has a rate, and never zero.
    fn allows(self, rate: Percent) -> bool {
        match self {
            Self::Standard => rate > Percent::ZERO,
            Self::ZeroRated
            | Self::Exempt
            | Self::ReverseCharge
            | Self::IntraCommunity
            | Self::Export
            | Self::OutOfScope => rate == Percent::ZERO,
        }
    }
}

fn compared(stated: Money, computed: Option<Money>, finding: impl FnOnce(Figures) -> Finding) -> Option<Finding> {
    match computed {
        None => Some(Finding::TooLarge),
        Some(computed) if computed == stated => None,
        Some(computed) => Some(finding(Figures { stated, computed })),
    }
}
