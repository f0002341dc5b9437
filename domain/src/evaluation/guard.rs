//! What must be settled before the next step.

use chrono::NaiveDate;

use super::{
    Debts, Dossier, Draw, Examination, Exclusion, Irregularity, Juror, PieceRequest, Refusal, Regularity, RequestKind,
    Selection, dossier::judged,
};
use crate::{
    kernel::{Money, ids::OfferId},
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

    /// Every selected offer is regular or not, one is left, and every price of those that are left counts: an error of
    /// price is corrected at this step only (S12 to S13 or S14).
    ///
    /// # Errors
    /// As [`Dossier::is_regularity_decided`], or whose prices are to check.
    pub fn may_end_regularity(&self, terms: &Terms) -> Result<(), Refusal> {
        self.is_regularity_decided()?;
        let names = self.unpriced(terms);
        if names.is_empty() { Ok(()) } else { Err(Refusal::PricesToCheck { names }) }
    }

    /// Every selected offer is regular or not, and one is left.
    ///
    /// # Errors
    /// Which offers are undecided, or that none is regular.
    pub fn is_regularity_decided(&self) -> Result<(), Refusal> {
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
        let to_check = || Refusal::PricesToCheck { names: self.unpriced(terms) };
        let examination = self.examination(terms).ok_or_else(to_check)?;
        if examination.provisional {
            return Err(to_check());
        }
        match &examination.tie {
            Some(tie) if tie.first.is_none() => Err(Refusal::Tied { names: self.named(&tie.equal) }),
            Some(_) | None => Ok(examination),
        }
    }

    /// Debts alone leave a tenderer out once it was asked to put them right, and has answered or let its delay pass (loi
    /// du 17 juin 2016, art. 68, § 1er).
    ///
    /// # Errors
    /// [`Refusal::DebtsToAsk`] or [`Refusal::AnswerAwaited`].
    pub fn may_select(&self, offer: OfferId, selection: &Selection, today: NaiveDate) -> Result<(), Refusal> {
        let grounds = &selection.grounds;
        let other = grounds.obligatory == Exclusion::Found || grounds.optional == Exclusion::Found;
        let for_debts = !selection.selected && grounds.debts == Debts::Above && !other && grounds.criteria_met;
        if for_debts { self.was_heard(offer, RequestKind::Debts, Refusal::DebtsToAsk, today) } else { Ok(()) }
    }

    /// An abnormal price voids an offer once its justification was asked for, and came or let its delay pass (royal decree
    /// of 18 April 2017, art. 36, §§ 2 and 3).
    ///
    /// # Errors
    /// [`Refusal::PriceToAsk`] or [`Refusal::AnswerAwaited`].
    pub fn may_be(&self, offer: OfferId, regularity: Regularity, today: NaiveDate) -> Result<(), Refusal> {
        match regularity {
            Regularity::Substantial(Irregularity::Price) => {
                self.was_heard(offer, RequestKind::Price, Refusal::PriceToAsk, today)
            }
            Regularity::Regular
            | Regularity::NotSubstantial(_)
            | Regularity::PutRight(_)
            | Regularity::Substantial(_) => Ok(()),
        }
    }

    fn was_heard(&self, offer: OfferId, kind: RequestKind, unasked: Refusal, today: NaiveDate) -> Result<(), Refusal> {
        let mut asked = self.requests.iter().filter(|one| one.offer == offer && one.kind == kind).peekable();
        if asked.peek().is_none() {
            return Err(unasked);
        }
        asked.try_for_each(|request| request.is_over(today))
    }

    /// A juror leaves as long as they declared no conflict, which the report tells of, and their sheet is not complete.
    ///
    /// # Errors
    /// [`Refusal::HasScored`].
    pub fn may_leave(&self, terms: &Terms, juror: &Juror) -> Result<(), Refusal> {
        let has_scored = juror.sheet_version > 0 && self.is_sheet_complete(terms, juror.person);
        if juror.conflict || has_scored { Err(Refusal::HasScored) } else { Ok(()) }
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

    /// The firms whose compared price is zero or below, or does not fit.
    fn unpriced(&self, terms: &Terms) -> Vec<String> {
        names(self.compared().filter(|offer| !self.price(terms, offer).is_some_and(Money::is_positive)))
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

impl PieceRequest {
    /// It is answered or judged, or its last day is past.
    ///
    /// # Errors
    /// [`Refusal::AnswerAwaited`].
    pub fn is_over(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.is_open() && today <= self.due_on {
            return Err(Refusal::AnswerAwaited { until: self.due_on });
        }
        Ok(())
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

    /// A substantial irregularity is put right where the procedure has a negotiation; elsewhere the offer is void (royal
    /// decree of 18 April 2017, art. 76, §§ 3 to 5).
    ///
    /// # Errors
    /// [`Refusal::NoRegularisation`].
    pub fn may_regularise(&self) -> Result<(), Refusal> {
        if self.plan.procedure.has_negotiation() { Ok(()) } else { Err(Refusal::NoRegularisation) }
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
