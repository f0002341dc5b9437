//! What must be settled before the next step.

use super::{Dossier, Draw, Examination, Refusal, dossier::judged};
use crate::{
    offer::OpenedOffer,
    procedure::Procedure,
    specification::{Terms, TieRule},
    tender::{Stage, Tender},
};

impl Dossier {
    /// Every tenderer is selected or left out, and somebody is left (S11 to S12).
    ///
    /// # Errors
    /// Who is undecided, or that nobody is selected.
    pub fn may_end_selection(&self) -> Result<(), Refusal> {
        let names = names(self.offers.iter().filter(|offer| !self.selections.contains_key(&offer.id)));
        if !names.is_empty() {
            return Err(Refusal::SelectionUndecided { names });
        }
        if self.selected().next().is_none() { Err(Refusal::NobodySelected) } else { Ok(()) }
    }

    /// Every selected offer is regular or not, and one is left (S12 to S13 or S14).
    ///
    /// # Errors
    /// Which offers are undecided, or that none is regular.
    pub fn may_end_regularity(&self) -> Result<(), Refusal> {
        let names = names(self.selected().filter(|offer| !self.regularities.contains_key(&offer.id)));
        if !names.is_empty() {
            return Err(Refusal::RegularityUndecided { names });
        }
        if self.compared().next().is_none() { Err(Refusal::NoRegularOffer) } else { Ok(()) }
    }

    /// Interests are declared, sheets complete, prices checked, the first rank alone.
    ///
    /// # Errors
    /// The first fact that is missing, with names.
    pub fn may_close(&self, terms: &Terms) -> Result<Examination, Refusal> {
        self.is_open()?;
        self.jury_is_done(terms)?;
        let unpriced =
            self.compared().filter(|offer| !self.price(terms, offer).is_some_and(crate::kernel::Money::is_positive));
        let unpriced = names(unpriced);
        let examination = self.examination(terms).ok_or_else(|| Refusal::PricesToCheck { names: unpriced.clone() })?;
        if examination.provisional {
            return Err(Refusal::PricesToCheck { names: unpriced });
        }
        match &examination.tie {
            Some(tie) if tie.first.is_none() => Err(Refusal::Tied { names: self.named(&tie.equal) }),
            Some(_) | None => Ok(examination),
        }
    }

    /// The ranking does not stand yet.
    ///
    /// # Errors
    /// [`Refusal::Closed`].
    pub fn is_open(&self) -> Result<(), Refusal> {
        if self.closed { Err(Refusal::Closed) } else { Ok(()) }
    }

    /// The firms of these offers.
    pub fn named(&self, positions: &[i32]) -> Vec<String> {
        names(self.offers.iter().filter(|offer| positions.contains(&offer.position)))
    }

    /// Every juror has declared and scored, or there is nothing to judge: a total is none before.
    pub(super) fn is_judged(&self, terms: &Terms) -> bool {
        self.jury_is_done(terms).is_ok()
    }

    /// Lots are drawn between the very offers that the stated rule leaves equal, and one of them wins.
    ///
    /// # Errors
    /// [`Refusal::NotTied`], or as [`Dossier::is_open`].
    pub fn may_draw(&self, terms: &Terms, draw: &Draw) -> Result<(), Refusal> {
        self.is_open()?;
        let tie = self.examination(terms).and_then(|examination| examination.tie).filter(|tie| tie.first.is_none());
        let allowed = tie.is_some_and(|tie| tie.equal == draw.between && tie.equal.contains(&draw.winner));
        if allowed { Ok(()) } else { Err(Refusal::NotTied) }
    }

    /// A written improvement is for offers of the same best total, where the specification tells them apart by it: each
    /// of them may still give its own.
    ///
    /// # Errors
    /// [`Refusal::NotTied`], or as [`Dossier::is_open`].
    pub fn may_improve(&self, terms: &Terms, position: i32) -> Result<(), Refusal> {
        self.is_open()?;
        let tie = self.examination(terms).and_then(|examination| examination.tie);
        let allowed = tie.is_some_and(|tie| {
            tie.rule == TieRule::Improvement && tie.drawn.is_none() && tie.positions.contains(&position)
        });
        if allowed { Ok(()) } else { Err(Refusal::NotTied) }
    }

    fn jury_is_done(&self, terms: &Terms) -> Result<(), Refusal> {
        if judged(&terms.criteria).next().is_none() {
            return Ok(());
        }
        let silent: Vec<_> =
            self.jury.iter().filter(|juror| juror.declared_at.is_none()).map(|juror| juror.name.clone()).collect();
        if !silent.is_empty() {
            return Err(Refusal::DeclarationsMissing { names: silent });
        }
        if self.scorers().next().is_none() {
            return Err(Refusal::NoJury);
        }
        let incomplete: Vec<_> = self
            .scorers()
            .filter(|juror| !self.is_sheet_complete(terms, juror.person))
            .map(|juror| juror.name.clone())
            .collect();
        if incomplete.is_empty() { Ok(()) } else { Err(Refusal::SheetsIncomplete { names: incomplete }) }
    }
}

impl Tender {
    /// The file stands at this step, and no other.
    ///
    /// # Errors
    /// [`Refusal::NotAtThisStep`].
    pub fn is_at(&self, stage: Stage) -> Result<(), Refusal> {
        if self.stage == stage { Ok(()) } else { Err(Refusal::NotAtThisStep { stage }) }
    }

    /// The conditions provide for a negotiation, and the procedure has one.
    ///
    /// # Errors
    /// [`Refusal::NoNegotiation`].
    pub fn may_negotiate(&self, terms: &Terms) -> Result<(), Refusal> {
        if terms.negotiated && self.plan.procedure.has_negotiation() { Ok(()) } else { Err(Refusal::NoNegotiation) }
    }
}

impl Procedure {
    /// Offers may be negotiated (loi du 17 juin 2016, art. 38 to 42, 89 and 92).
    pub fn has_negotiation(self) -> bool {
        match self {
            Self::Fm | Self::Pnspp | Self::Pndapp | Self::Pcan | Self::Dc | Self::Pi | Self::Sss => true,
            Self::Po | Self::Pr => false,
        }
    }
}

fn names<'a>(offers: impl Iterator<Item = &'a OpenedOffer>) -> Vec<String> {
    offers.map(|offer| offer.firm_name.clone()).collect()
}
