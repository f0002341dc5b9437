//! What the model says of an attempt.

use chrono::Days;
use domain::kernel::{deadline, time::brussels};

use super::{
    model::{Award, Council, Model, Opened, Opinion, is_compared, nobody_invited, refuses, sheet, silent, tomorrow},
    step::{Attempt, What, Who},
};

/// What must come out of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Done,
    /// It was done before: nothing is written a second time.
    DoneBefore,
    Refused,
    Denied,
    NotFound,
    /// A published call is seen by those who have no business in its file: not found, or denied.
    Shut,
    Stale,
    /// Never: the program itself is at fault.
    Failed,
}

impl Model {
    /// What must come of it; nothing changes yet.
    pub(super) fn judge(&self, attempt: Attempt) -> Verdict {
        self.barred(attempt).unwrap_or_else(|| self.decided(attempt))
    }

    /// Who does not see it, and who may not.
    fn barred(&self, Attempt { what, who, .. }: Attempt) -> Option<Verdict> {
        let of_a_call = what.is_of_an_offer() || what == What::AskQuestion;
        let hidden = who.is_of_partner() && self.partner.is_none() || who.is_of_firm() && !self.published;
        if hidden || who == Who::Stranger {
            return Some(Verdict::NotFound);
        }
        let counts = !matches!(self.partner, Some(Council::Left));
        let present = matches!(what, What::Attend | What::Leave | What::Open);
        if what.rightful().contains(&who) && (!present || !who.is_of_partner() || counts) {
            return None;
        }
        let mixed = if who.is_of_firm() { !of_a_call } else { what.is_of_an_offer() };
        Some(if mixed { Verdict::Shut } else { Verdict::Denied })
    }

    fn decided(&self, attempt: Attempt) -> Verdict {
        let Attempt { what, stale, offer, .. } = attempt;
        let opened = self.opened.get(offer - 1);
        let over_an_older = |allowed: bool| match (allowed, stale) {
            (false, _) => Verdict::Refused,
            (true, true) => Verdict::Stale,
            (true, false) => Verdict::Done,
        };
        match what {
            What::ChangePlan | What::Answer if stale => Verdict::Stale,
            What::SaveAnswers | What::WriteOffer | What::RecordSupervision => over_an_older(self.allows(attempt)),
            What::ReleaseSurety if stale && self.holds_what_goes_back() => Verdict::Stale,
            What::Deposit => self.deposit_of(attempt),
            What::Select | What::DecideRegularity if opened.is_none() => Verdict::NotFound,
            What::Select | What::DecideRegularity => over_an_older(self.allows(attempt)),
            What::Score if self.allows(attempt) => {
                let kept = self.juror.and_then(|juror| juror.sheet);
                let same = kept == Some(sheet(attempt));
                if same { Verdict::DoneBefore } else { over_an_older(true) }
            }
            What::Propose if self.allows(attempt) => {
                let same = self.award.is_some_and(|award| award.offer == offer);
                if same { Verdict::DoneBefore } else { Verdict::Done }
            }
            _ if self.allows(attempt) => Verdict::Done,
            _ => Verdict::Refused,
        }
    }

    /// A surety is held that an acceptance gives back.
    fn holds_what_goes_back(&self) -> bool {
        self.is_at(What::ReleaseSurety) && self.award.is_some_and(|award| award.held > 0)
    }

    /// The same version again has its receipt already.
    fn deposit_of(&self, attempt: Attempt) -> Verdict {
        let offer = self.offers[usize::from(attempt.who == Who::Second)];
        let version = offer.draft - i32::from(attempt.stale);
        if !self.is_at(What::Deposit) || offer.draft == 0 {
            Verdict::Refused
        } else if offer.deposit.is_some_and(|(standing, _)| standing == version) {
            Verdict::DoneBefore
        } else if attempt.stale {
            Verdict::Stale
        } else {
            Verdict::Done
        }
    }

    /// The step belongs to the stage.
    pub(super) fn is_at(&self, what: What) -> bool {
        what.road().0.split(' ').any(|stage| stage == self.stage())
    }

    /// Stage and facts.
    fn allows(&self, attempt: Attempt) -> bool {
        let Attempt { what, who, choice, offer, .. } = attempt;
        let today = self.today();
        let everybody = !self.joint || self.pilot == Council::Adhered && self.partner == Some(Council::Adhered);
        let enough = !self.joint || self.pilot != Council::Left && self.partner.is_some_and(|one| one != Council::Left);
        let undecided = |of: fn(&Opened) -> Option<bool>| self.opened.iter().any(|opened| of(opened).is_none());
        let juror = self.juror;
        let award = self.award.unwrap_or_default();
        let compared = || self.compared().next().is_some();
        let regularity_ended = || {
            let selected = || self.opened.iter().filter(|opened| opened.selected == Some(true));
            selected().all(|opened| opened.regular.is_some()) && compared()
        };
        let facts = match what {
            What::InvitePartner => self.joint && self.partner.is_none(),
            What::WithdrawInvitation => self.partner == Some(Council::Asked),
            What::AskForAdhesions => self.joint,
            What::Answer => self.answers(attempt),
            What::StartDrafting => enough,
            What::AskOpinion => {
                let again = self.kept == "S03" || self.opinion == Opinion::Outdated;
                again && self.answered
            }
            What::GiveOpinion => self.kept == "S04" || award.opinion_asked.is_some(),
            What::Adopt => {
                let heard = match self.opinion {
                    Opinion::NotAsked | Opinion::Given => true,
                    Opinion::Awaited { until } => today > until,
                    Opinion::Outdated => false,
                };
                who == Who::Council && self.answered && everybody && heard && !tomorrow(choice)
            }
            What::GiveCoordinator => !self.coordinator,
            What::Publish => everybody && !nobody_invited(choice),
            What::Withdraw => self.offers[usize::from(who == Who::Second)].deposit.is_some(),
            What::Attend => self.present.is_none() && self.has_settled(),
            What::Leave => self.present == Some(who) && self.has_settled(),
            What::Open => self
                .present
                .is_some_and(|first| first != who && (!self.joint || first.is_of_pilot() != who.is_of_pilot())),
            What::StartRegularity => {
                !undecided(|opened| opened.selected) && self.opened.iter().any(|opened| opened.selected == Some(true))
            }
            What::DecideRegularity => self.opened.get(offer - 1).is_some_and(|one| one.selected == Some(true)),
            What::Negotiate | What::Evaluate => regularity_ended(),
            What::NameJuror => juror.is_none() && !self.closed,
            What::Declare => juror.is_some_and(|juror| juror.declared.is_none()) && !self.closed,
            What::Score => juror.is_some_and(|juror| juror.declared == Some(false)) && !self.closed,
            What::CloseEvaluation => juror.is_some_and(|juror| juror.sheet.is_some()) && !self.closed,
            What::Propose => self.closed && self.opened.get(offer - 1).copied().is_some_and(is_compared),
            What::AskAwardOpinion => award.opinion_asked.is_none(),
            What::DecideAward => {
                let due = award.opinion_asked.map(|asked| deadline::working(asked, 10).expect("in the calendar").end);
                award.opinion_given || due.map_or(!award.opinion_outdated, |due| today > due)
            }
            What::RegisterSuspension => !award.suspended,
            What::LiftSuspension => award.suspended,
            What::RecordSupervision => !award.supervised.is_some_and(|(_, answered)| answered),
            What::Conclude => {
                !award.suspended
                    && award.standstill.is_some_and(|until| self.now > until)
                    && (!silent(choice) || self.needs_no_reason(award))
            }
            What::AskSurety => award.dear,
            What::StartExecution => !award.dear,
            What::ReleaseSurety => award.held > u8::from(refuses(choice)),
            What::AcceptFinally => award.guarantee.is_none_or(|until| today > until),
            What::CloseFile => award.held == 0,
            What::Terminate => {
                award.failure.is_some_and(|on| today > deadline::calendar(on, 15).expect("in the calendar").end)
            }
            What::ChangePlan
            | What::SaveAnswers
            | What::AskCoordinator
            | What::AskQuestion
            | What::WriteOffer
            | What::Deposit
            | What::StartSelection
            | What::Select
            | What::SendInformation
            | What::SendToSupervision
            | What::DepositSurety
            | What::AcceptProvisionally
            | What::ReportFailure
            | What::GiveUp
            | What::Annul
            | What::TimePasses => true,
        };
        let bound = self.award.is_some() || !needs_an_award(what);
        facts && bound && (self.is_at(what) || what == What::TimePasses)
    }

    /// Until the conditions are adopted; then the same answer once more, with its mandate and its credit.
    fn answers(&self, Attempt { who, choice, .. }: Attempt) -> bool {
        if matches!(self.kept, "S05" | "S06") {
            return !refuses(choice) && (!who.is_of_partner() || self.partner == Some(Council::Adhered));
        }
        self.joint
    }

    /// The Region has answered or let its delay go by, and the offers still bind.
    fn needs_no_reason(&self, award: Award) -> bool {
        let today = self.today();
        let heard = award.supervised.is_some_and(|(received, answered)| {
            answered || today > deadline::calendar(received, 30).expect("in the calendar").end
        });
        let until = brussels(self.deposit_until).date() + Days::new(90);
        heard && today <= until
    }
}

fn needs_an_award(what: What) -> bool {
    matches!(what, What::AskAwardOpinion | What::DecideAward | What::SendInformation | What::Conclude)
}
