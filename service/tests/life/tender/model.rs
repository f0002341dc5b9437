use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use domain::kernel::{
    deadline,
    time::{brussels, utc_from_brussels},
};

use super::step::{Attempt, What, Who};

/// Where the opinion on the file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Opinion {
    #[default]
    NotAsked,
    Awaited {
        until: NaiveDate,
    },
    Outdated,
    Given,
}

/// What the council of an authority that takes part decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Council {
    Asked,
    Adhered,
    Left,
}

/// A firm's offer: version of the draft, then version and place of the deposit that stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Offer {
    pub(super) draft: i32,
    pub(super) deposit: Option<(i32, usize)>,
}

/// An opened offer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opened {
    /// Of the dear firm, whose award asks for a surety.
    pub(super) dear: bool,
    pub(super) selected: Option<bool>,
    pub(super) regular: Option<bool>,
}

/// A juror, once named.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Juror {
    pub(super) declared: Option<bool>,
    /// The last sheet that was kept.
    pub(super) sheet: Option<u8>,
}

/// An award, once proposed.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts that are so, or not yet")]
pub(super) struct Award {
    /// The place of the offer that is proposed.
    pub(super) offer: usize,
    pub(super) dear: bool,
    pub(super) opinion_asked: Option<NaiveDate>,
    pub(super) opinion_given: bool,
    /// One was asked on a proposal before this one.
    pub(super) opinion_outdated: bool,
    pub(super) standstill: Option<DateTime<Utc>>,
    pub(super) suspended: bool,
    /// When the Region received it, and whether it answered.
    pub(super) supervised: Option<(NaiveDate, bool)>,
    pub(super) guarantee: Option<NaiveDate>,
    pub(super) failure: Option<NaiveDate>,
    /// Halves of the surety that are held, once it is deposited.
    pub(super) held: u8,
}

/// One tender as the facts that its road rests on.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "facts that are so, or not yet")]
pub(super) struct Model {
    pub(super) now: DateTime<Utc>,
    pub(super) joint: bool,
    /// As kept; the clock makes S08, S09 and S18.
    pub(super) kept: &'static str,
    pub(super) pilot: Council,
    /// Once it is invited.
    pub(super) partner: Option<Council>,
    pub(super) answered: bool,
    pub(super) opinion: Opinion,
    pub(super) coordinator: bool,
    pub(super) questions_until: DateTime<Utc>,
    pub(super) deposit_until: DateTime<Utc>,
    pub(super) published: bool,
    pub(super) offers: [Offer; 2],
    pub(super) deposits: usize,
    pub(super) present: Option<Who>,
    pub(super) opened: Vec<Opened>,
    pub(super) juror: Option<Juror>,
    pub(super) closed: bool,
    pub(super) award: Option<Award>,
}

/// Nothing of it changes any more.
const ENDS: [&str; 4] = ["S26", "X1", "X2", "X3"];

impl Model {
    pub(super) fn new(joint: bool, now: DateTime<Utc>) -> Self {
        Self {
            now,
            joint,
            kept: "S01",
            pilot: Council::Asked,
            partner: None,
            answered: false,
            opinion: Opinion::NotAsked,
            coordinator: false,
            questions_until: now,
            deposit_until: now,
            published: false,
            offers: [Offer::default(); 2],
            deposits: 0,
            present: None,
            opened: Vec::new(),
            juror: None,
            closed: false,
            award: None,
        }
    }

    /// As people see it at this moment.
    pub(super) fn stage(&self) -> &'static str {
        let standstill = self.award.and_then(|award| award.standstill);
        match self.kept {
            "S07" if self.now > self.deposit_until => "S09",
            "S07" if self.now > self.questions_until => "S08",
            "S17" if standstill.is_some_and(|until| self.now <= until) => "S18",
            kept => kept,
        }
    }

    /// A minute after the hour, what came in time is written down.
    pub(super) fn has_settled(&self) -> bool {
        self.now >= self.deposit_until + TimeDelta::minutes(1)
    }

    pub(super) fn is_over(&self) -> bool {
        ENDS.contains(&self.kept)
    }

    pub(super) fn today(&self) -> NaiveDate {
        brussels(self.now).date()
    }

    pub(super) fn compared(&self) -> impl Iterator<Item = (usize, &Opened)> {
        (1..).zip(&self.opened).filter(|(_, opened)| is_compared(**opened))
    }

    /// What an attempt that is done changes.
    pub(super) fn apply(&mut self, attempt: Attempt) {
        let Attempt { what, who, choice, offer, .. } = attempt;
        let today = self.today();
        let own = usize::from(who == Who::Second);
        let granted = !refuses(choice);
        let of_the_file =
            [What::ChangePlan, What::InvitePartner, What::WithdrawInvitation, What::Answer, What::SaveAnswers];
        if of_the_file.contains(&what) {
            self.file_changes();
        }
        match what {
            What::InvitePartner => self.partner = Some(Council::Asked),
            What::WithdrawInvitation => self.partner = None,
            What::Answer if who.is_of_partner() => {
                self.partner = Some(if granted { Council::Adhered } else { Council::Left });
            }
            What::Answer => self.pilot = if granted { Council::Adhered } else { Council::Left },
            What::SaveAnswers => self.answered = granted,
            What::AskOpinion => {
                let until = deadline::working(today, 10).expect("in the calendar").end;
                self.opinion = Opinion::Awaited { until };
            }
            What::GiveOpinion if self.kept == "S04" => self.opinion = Opinion::Given,
            What::GiveOpinion => self.awarded().opinion_given = true,
            What::GiveCoordinator => self.coordinator = true,
            What::Publish => {
                self.published = true;
                self.questions_until = self.now + TimeDelta::days(7);
                self.deposit_until = self.now + TimeDelta::days(14);
            }
            What::WriteOffer => self.offers[own].draft += 1,
            What::Deposit => {
                self.deposits += 1;
                self.offers[own].deposit = Some((self.offers[own].draft, self.deposits));
            }
            What::Withdraw => self.offers[own].deposit = None,
            What::Attend => self.present = Some(who),
            What::Leave => self.present = None,
            What::Open => self.open(),
            What::Select => self.opened[offer - 1].selected = Some(granted),
            What::DecideRegularity => self.opened[offer - 1].regular = Some(granted),
            What::NameJuror => self.juror = Some(Juror::default()),
            What::Declare => self.jury().declared = Some(!granted),
            What::Score => self.jury().sheet = Some(sheet(attempt)),
            What::CloseEvaluation => self.closed = true,
            What::Propose => {
                let dear = self.opened[offer - 1].dear;
                // An opinion on another proposal is none on this one.
                let opinion_outdated =
                    self.award.is_some_and(|before| before.opinion_asked.is_some() || before.opinion_outdated);
                self.award = Some(Award { offer, dear, opinion_outdated, ..Award::default() });
            }
            What::AskAwardOpinion => self.awarded().opinion_asked = Some(today),
            What::SendInformation => {
                let last = deadline::calendar(today, 15).expect("in the calendar").end;
                let midnight = utc_from_brussels(last + Days::new(1), chrono::NaiveTime::MIN).expect("an hour");
                self.awarded().standstill = Some(midnight - TimeDelta::seconds(1));
            }
            What::RegisterSuspension => self.awarded().suspended = true,
            What::LiftSuspension => self.awarded().suspended = false,
            What::RecordSupervision => self.awarded().supervised = Some((today, granted)),
            What::DepositSurety => self.awarded().held = 2,
            What::AcceptProvisionally => {
                let until = (granted && has_guarantee(choice)).then(|| today + Months::new(1));
                self.awarded().guarantee = until;
            }
            What::ReleaseSurety => {
                let award = self.awarded();
                award.held -= if granted { award.held } else { 1 };
            }
            What::ReportFailure => self.awarded().failure = Some(today),
            _ => {}
        }
        let leads = what.road().1;
        self.kept = match what {
            What::AcceptProvisionally | What::AcceptFinally if !granted => self.kept,
            What::AcceptProvisionally if has_guarantee(choice) => "S24",
            _ if leads == "=" => self.kept,
            _ => leads,
        };
    }

    /// An opinion is one on a state of the file, and of no other.
    fn file_changes(&mut self) {
        if self.opinion != Opinion::NotAsked {
            self.opinion = Opinion::Outdated;
        }
    }

    fn open(&mut self) {
        let mut arrived: Vec<_> = [(true, self.offers[0]), (false, self.offers[1])]
            .into_iter()
            .filter_map(|(dear, offer)| Some((offer.deposit?.1, dear)))
            .collect();
        arrived.sort_unstable();
        let opened = arrived.into_iter().map(|(_, dear)| Opened { dear, selected: None, regular: None });
        self.opened = opened.collect();
    }

    fn jury(&mut self) -> &mut Juror {
        self.juror.as_mut().expect("the step asks for a juror")
    }

    fn awarded(&mut self) -> &mut Award {
        self.award.as_mut().expect("the step asks for an award")
    }
}

pub(super) fn is_compared(opened: Opened) -> bool {
    opened.selected == Some(true) && opened.regular == Some(true)
}

/// The answer, the finding or the decision is no; of the surety, half.
pub(super) fn refuses(choice: u8) -> bool {
    choice % 6 == 5
}

pub(super) fn has_guarantee(choice: u8) -> bool {
    choice.is_multiple_of(2)
}

/// The decision is dated tomorrow.
pub(super) fn tomorrow(choice: u8) -> bool {
    choice % 10 == 9
}

pub(super) fn nobody_invited(choice: u8) -> bool {
    choice % 10 == 8
}

/// Nothing is said where the law warns.
pub(super) fn silent(choice: u8) -> bool {
    choice % 4 == 3
}

/// Which of two sheets.
pub(super) fn sheet(attempt: Attempt) -> u8 {
    attempt.choice % 2
}
