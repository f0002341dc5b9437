//! The usual next step of a tender, so that chance reaches the ends of the road too.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    model::{Council, Model, Opinion},
    step::{Attempt, Drawn, What, Who},
};

/// How a tender is meant to end, wherever it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Closed,
    GivenUp,
    Annulled,
    Terminated,
}

impl Fate {
    pub(super) fn of(number: usize) -> Self {
        [Self::Closed, Self::Terminated, Self::Closed, Self::Annulled, Self::Closed, Self::GivenUp][number % 6]
    }
}

/// What is tried: the next step of the road, or what chance says.
pub(super) fn aimed(model: &Model, fate: Fate, drawn: Drawn) -> Attempt {
    let Drawn { attempt, usual, fitting, rightful } = drawn;
    if usual && !model.is_over() {
        let (what, who) = exit(model, fate, attempt.choice).unwrap_or_else(|| next(model, attempt));
        // A conflict would leave nobody to score.
        let choice = if what == What::Declare { 0 } else { attempt.choice };
        return Attempt { what, who, choice, offer: aim(model, what, attempt.offer), ..attempt };
    }
    let what = if fitting { here(model, attempt.what) } else { attempt.what };
    let ends = matches!(what, What::GiveUp | What::Annul | What::Terminate);
    if rightful && !ends {
        let who = what.rightful();
        return Attempt { what, who: who[usize::from(attempt.choice) % who.len()], ..attempt };
    }
    Attempt { what, ..attempt }
}

/// When it will be, in place of `now`: at a limit to the second, one second later, or some hours on.
pub(super) fn later(model: &Model, choice: u8) -> DateTime<Utc> {
    let standstill = model.award.and_then(|award| award.standstill);
    let settled = model.deposit_until + TimeDelta::minutes(1);
    let limits = [Some(model.questions_until), Some(model.deposit_until), Some(settled), standstill];
    let limit = limits.into_iter().flatten().find(|limit| *limit >= model.now);
    match (choice % 3, limit) {
        (0, Some(limit)) if limit > model.now => limit,
        (1, Some(limit)) => limit + TimeDelta::seconds(1),
        _ => model.now + TimeDelta::hours(1 + 10 * i64::from(choice)),
    }
}

/// One of the steps of this stage.
fn here(model: &Model, drawn: What) -> What {
    let place = What::ALL.iter().position(|what| *what == drawn).expect("every step is in the list");
    let here: Vec<_> = What::ALL.iter().copied().filter(|what| model.is_at(*what)).collect();
    here.get(place % here.len().max(1)).copied().unwrap_or(drawn)
}

fn exit(model: &Model, fate: Fate, choice: u8) -> Option<(What, Who)> {
    let stage = model.stage();
    let reported = model.award.and_then(|award| award.failure).is_some();
    match fate {
        Fate::GivenUp if stage >= "S11" && choice.is_multiple_of(8) => Some((What::GiveUp, Who::Executive)),
        Fate::Annulled if ("S16".."S21").contains(&stage) && choice.is_multiple_of(4) => {
            Some((What::Annul, Who::Officer))
        }
        Fate::Terminated if ("S20".."S25").contains(&stage) => Some(match (reported, choice % 2) {
            (false, _) => (What::ReportFailure, Who::Manager),
            (true, 0) => (What::TimePasses, Who::Officer),
            (true, _) => (What::Terminate, Who::Executive),
        }),
        Fate::Closed | Fate::GivenUp | Fate::Annulled | Fate::Terminated => None,
    }
}

fn aim(model: &Model, what: What, drawn: usize) -> usize {
    let undecided = |of: fn(&super::model::Opened) -> bool| model.opened.iter().position(of).map(|place| place + 1);
    match what {
        What::Select => undecided(|one| one.selected.is_none()).unwrap_or(drawn),
        What::DecideRegularity => undecided(|one| one.selected == Some(true) && one.regular.is_none()).unwrap_or(drawn),
        What::Propose => model.compared().nth(drawn - 1).or(model.compared().next()).map_or(drawn, |(place, _)| place),
        _ => drawn,
    }
}

fn next(model: &Model, Attempt { choice, .. }: Attempt) -> (What, Who) {
    use What as W;
    let officer = |what| (what, Who::Officer);
    let in_three = |rest| choice % 3 == rest;
    let award = model.award.unwrap_or_default();
    match model.stage() {
        "S01" if choice % 8 == 7 => officer(W::ChangePlan),
        "S01" if !model.joint => officer(W::StartDrafting),
        "S01" if model.partner.is_none() => officer(W::InvitePartner),
        "S01" => officer(W::AskForAdhesions),
        "S02" | "S03" | "S04" if model.joint && model.pilot != Council::Adhered => (W::Answer, Who::Officer),
        "S02" | "S03" | "S04" if model.joint && model.partner.is_none() => officer(W::InvitePartner),
        "S02" if model.partner == Some(Council::Asked) && choice % 8 == 7 => officer(W::WithdrawInvitation),
        "S02" | "S03" | "S04" if model.joint && model.partner != Some(Council::Adhered) => (W::Answer, Who::Partner),
        "S02" => officer(W::StartDrafting),
        "S03" | "S04" if !model.answered => officer(W::SaveAnswers),
        "S03" if choice.is_multiple_of(2) => officer(W::AskOpinion),
        "S04" if model.opinion == Opinion::Outdated => officer(W::AskOpinion),
        "S04" if model.opinion != Opinion::Given && in_three(0) => (W::GiveOpinion, Who::Director),
        "S04" if model.opinion != Opinion::Given && in_three(1) => officer(W::TimePasses),
        "S03" | "S04" => (W::Adopt, Who::Council),
        "S05" if in_three(0) => officer(W::AskCoordinator),
        "S06" if in_three(0) => (W::GiveCoordinator, Who::Coordinator),
        "S05" | "S06" => officer(W::Publish),
        "S07" | "S08" => during_the_call(model, choice),
        "S09" => opening(model, choice),
        "S10" => officer(if in_three(0) { W::NameJuror } else { W::StartSelection }),
        "S11" if model.opened.is_empty() => (W::GiveUp, Who::Executive),
        "S11" if model.opened.iter().any(|one| one.selected.is_none()) => officer(W::Select),
        "S11" if model.opened.iter().all(|one| one.selected == Some(false)) => officer(W::Select),
        "S11" => officer(W::StartRegularity),
        "S12" if model.opened.iter().any(|one| one.selected == Some(true) && one.regular.is_none()) => {
            officer(W::DecideRegularity)
        }
        "S12" if model.compared().next().is_none() => officer(W::DecideRegularity),
        "S12" if in_three(0) => officer(W::Negotiate),
        "S12" | "S13" => officer(W::Evaluate),
        "S14" => evaluating(model),
        "S15" if award.opinion_asked.is_none() && in_three(0) => officer(W::AskAwardOpinion),
        "S15" if award.opinion_asked.is_some() && !award.opinion_given => match choice % 3 {
            0 => (W::GiveOpinion, Who::Director),
            1 => officer(W::TimePasses),
            _ => (W::DecideAward, Who::Executive),
        },
        "S15" => (W::DecideAward, Who::Executive),
        "S16" => officer(W::SendInformation),
        "S17" | "S18" | "S19" if award.suspended => officer(W::LiftSuspension),
        "S17" | "S18" if in_three(0) => officer(W::SendToSupervision),
        "S18" | "S19" if award.standstill.is_some_and(|until| model.now <= until) => officer(W::TimePasses),
        "S19" if in_three(0) => officer(W::RecordSupervision),
        "S17" | "S19" if choice % 7 == 1 => officer(W::RegisterSuspension),
        "S17" | "S19" => officer(W::Conclude),
        "S20" if award.dear => officer(W::AskSurety),
        "S20" => officer(W::StartExecution),
        "S21" => officer(W::DepositSurety),
        "S22" => (W::AcceptProvisionally, Who::Manager),
        "S23" | "S24" if award.held > 1 && in_three(0) => officer(W::ReleaseSurety),
        "S24" if award.guarantee.is_some_and(|until| model.today() <= until) => officer(W::TimePasses),
        "S23" | "S24" => (W::AcceptFinally, Who::Manager),
        "S25" if award.held > 0 => officer(W::ReleaseSurety),
        _ => officer(W::CloseFile),
    }
}

fn during_the_call(model: &Model, choice: u8) -> (What, Who) {
    let firm = if choice.is_multiple_of(2) { Who::First } else { Who::Second };
    let offer = model.offers[usize::from(choice % 2 == 1)];
    if offer.draft == 0 {
        (What::WriteOffer, firm)
    } else if offer.deposit.is_none() {
        (What::Deposit, firm)
    } else if choice % 12 == 7 {
        (What::Withdraw, firm)
    } else if choice % 12 == 6 {
        (What::AskQuestion, Who::Uninvited)
    } else {
        (What::TimePasses, Who::Officer)
    }
}

/// The second is of the other authority where two buy together.
fn opening(model: &Model, choice: u8) -> (What, Who) {
    match model.present {
        None => (What::Attend, Who::Officer),
        Some(first) if choice % 8 == 7 => (What::Leave, first),
        Some(first) if model.joint && first.is_of_pilot() => (What::Open, Who::Partner),
        Some(Who::Officer) => (What::Open, Who::Chief),
        Some(_) => (What::Open, Who::Officer),
    }
}

fn evaluating(model: &Model) -> (What, Who) {
    match model.juror {
        _ if model.closed => (What::Propose, Who::Officer),
        None => (What::NameJuror, Who::Officer),
        Some(juror) if juror.declared.is_none() => (What::Declare, Who::Evaluator),
        Some(juror) if juror.declared == Some(true) => (What::GiveUp, Who::Executive),
        Some(juror) if juror.sheet.is_none() => (What::Score, Who::Evaluator),
        Some(_) => (What::CloseEvaluation, Who::Officer),
    }
}
