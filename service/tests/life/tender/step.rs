use proptest::prelude::*;

/// What somebody tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) what: What,
    pub(super) who: Who,
    /// Between two ways of doing it: to adhere or not, to select or not, half or all.
    pub(super) choice: u8,
    /// Which offer, from 1.
    pub(super) offer: usize,
    /// Over an older state than the one that stands.
    pub(super) stale: bool,
}

/// One number of each kind, before the model makes an attempt of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub(super) attempt: Attempt,
    /// The next step of the road in place of one by chance: so its end is reached too.
    pub(super) usual: bool,
    /// A step of the stage, in place of any.
    pub(super) fitting: bool,
    /// Somebody who may, in place of anybody.
    pub(super) rightful: bool,
}

pub(super) fn drawn(count: usize) -> impl Strategy<Value = Vec<Drawn>> {
    let one = (
        proptest::sample::select(What::ALL),
        proptest::sample::select(Who::ALL),
        0_u8..60,
        1_usize..3,
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.6),
        proptest::bool::weighted(0.5),
        proptest::bool::weighted(0.6),
    );
    let one = one.prop_map(|(what, who, choice, offer, stale, usual, fitting, rightful)| Drawn {
        attempt: Attempt { what, who, choice, offer, stale: stale && !usual },
        usual,
        fitting,
        rightful,
    });
    proptest::collection::vec(one, count)
}

macro_rules! listed {
    ($(#[$doc:meta])* $name:ident: $($case:ident)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $name { $($case),* }

        impl $name {
            pub(super) const ALL: &'static [Self] = &[$(Self::$case),*];
        }
    };
}

listed! {
    /// The people of every tender of the test.
    Who:
    Officer Council Executive Chief Director Manager Evaluator Auditor
    Partner PartnerChief
    Stranger
    First Second Uninvited
    Coordinator RegionAuditor
}

listed! {
    What:
    ChangePlan InvitePartner WithdrawInvitation AskForAdhesions Answer StartDrafting SaveAnswers AskOpinion GiveOpinion
    Adopt AskCoordinator GiveCoordinator Publish AskQuestion WriteOffer Deposit Withdraw Attend Leave Open
    StartSelection Select StartRegularity DecideRegularity Negotiate Evaluate NameJuror Declare Score CloseEvaluation
    Propose AskAwardOpinion DecideAward SendInformation RegisterSuspension LiftSuspension SendToSupervision
    RecordSupervision Conclude AskSurety DepositSurety StartExecution AcceptProvisionally ReleaseSurety AcceptFinally
    CloseFile ReportFailure Terminate GiveUp Annul
    TimePasses
}

impl Who {
    pub(super) fn is_of_pilot(self) -> bool {
        use Who as W;
        matches!(
            self,
            W::Officer | W::Council | W::Executive | W::Chief | W::Director | W::Manager | W::Evaluator | W::Auditor
        )
    }

    pub(super) fn is_of_partner(self) -> bool {
        matches!(self, Self::Partner | Self::PartnerChief)
    }

    pub(super) fn is_of_firm(self) -> bool {
        matches!(self, Self::First | Self::Second | Self::Uninvited)
    }
}

impl What {
    /// A firm does it with its own offer.
    pub(super) fn is_of_an_offer(self) -> bool {
        matches!(self, Self::WriteOffer | Self::Deposit | Self::Withdraw)
    }

    /// Who may, as docs/roles.md says; the first is who usually does.
    pub(super) fn rightful(self) -> &'static [Who] {
        use Who as W;
        match self {
            Self::ChangePlan
            | Self::InvitePartner
            | Self::WithdrawInvitation
            | Self::AskForAdhesions
            | Self::StartDrafting
            | Self::SaveAnswers
            | Self::AskOpinion
            | Self::AskCoordinator
            | Self::StartSelection
            | Self::Select
            | Self::StartRegularity
            | Self::DecideRegularity
            | Self::Negotiate
            | Self::Evaluate
            | Self::NameJuror
            | Self::CloseEvaluation
            | Self::Propose
            | Self::AskAwardOpinion
            | Self::SendInformation
            | Self::RegisterSuspension
            | Self::LiftSuspension
            | Self::SendToSupervision
            | Self::RecordSupervision
            | Self::AskSurety
            | Self::DepositSurety
            | Self::StartExecution
            | Self::ReleaseSurety
            | Self::CloseFile
            | Self::TimePasses => &[W::Officer],
            Self::Publish | Self::Conclude | Self::Annul => &[W::Officer, W::Executive],
            Self::Answer => &[W::Officer, W::Council, W::Chief, W::Partner, W::PartnerChief],
            Self::GiveOpinion => &[W::Director],
            Self::Adopt => &[W::Council, W::Executive, W::Chief],
            Self::GiveCoordinator => &[W::Coordinator],
            Self::AskQuestion => &[W::First, W::Second, W::Uninvited],
            Self::WriteOffer | Self::Deposit | Self::Withdraw => &[W::First, W::Second],
            Self::Attend | Self::Leave | Self::Open => {
                &[W::Officer, W::Executive, W::Chief, W::Partner, W::PartnerChief]
            }
            Self::Declare | Self::Score => &[W::Evaluator],
            Self::DecideAward | Self::Terminate | Self::GiveUp => &[W::Executive],
            Self::AcceptProvisionally | Self::AcceptFinally | Self::ReportFailure => &[W::Manager],
        }
    }

    /// From which stages it is done, and to which it leads, by the codes of the common file; `=`: it stays.
    pub(super) fn road(self) -> (&'static str, &'static str) {
        match self {
            Self::ChangePlan | Self::InvitePartner | Self::WithdrawInvitation => ("S01 S02 S03 S04", "="),
            Self::AskForAdhesions => ("S01", "S02"),
            Self::Answer => ("S01 S02 S03 S04 S05 S06", "="),
            Self::StartDrafting => ("S01 S02", "S03"),
            Self::SaveAnswers => ("S03 S04", "="),
            Self::AskOpinion => ("S03 S04", "S04"),
            Self::GiveOpinion => ("S04 S15", "="),
            Self::Adopt => ("S03 S04", "S05"),
            Self::AskCoordinator => ("S05", "S06"),
            Self::GiveCoordinator => ("S06", "="),
            Self::Publish => ("S05 S06", "S07"),
            Self::AskQuestion => ("S07", "="),
            Self::WriteOffer | Self::Deposit | Self::Withdraw => ("S07 S08", "="),
            Self::Attend | Self::Leave => ("S09", "="),
            Self::Open => ("S09", "S10"),
            Self::StartSelection => ("S10", "S11"),
            Self::Select => ("S11", "="),
            Self::StartRegularity => ("S11", "S12"),
            Self::DecideRegularity => ("S12", "="),
            Self::Negotiate => ("S12", "S13"),
            Self::Evaluate => ("S12 S13", "S14"),
            Self::NameJuror => ("S10 S11 S12 S13 S14", "="),
            Self::Declare => ("S10 S11 S12 S13 S14", "="),
            Self::Score | Self::CloseEvaluation => ("S14", "="),
            Self::Propose => ("S14 S15", "S15"),
            Self::AskAwardOpinion => ("S15", "="),
            Self::DecideAward => ("S15", "S16"),
            Self::SendInformation => ("S16", "S17"),
            Self::RegisterSuspension | Self::LiftSuspension => ("S17 S18 S19", "="),
            Self::SendToSupervision => ("S17 S18", "S19"),
            Self::RecordSupervision => ("S19", "="),
            Self::Conclude => ("S17 S19", "S20"),
            Self::AskSurety => ("S20", "S21"),
            Self::DepositSurety => ("S21", "S22"),
            Self::StartExecution => ("S20 S21", "S22"),
            Self::AcceptProvisionally => ("S22", "S23"),
            Self::ReleaseSurety => ("S23 S24 S25", "="),
            Self::AcceptFinally => ("S23 S24", "S25"),
            Self::CloseFile => ("S25", "S26"),
            Self::ReportFailure => ("S20 S21 S22 S23 S24", "="),
            Self::Terminate => ("S20 S21 S22 S23 S24", "X3"),
            Self::GiveUp => ("S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19", "X1"),
            Self::Annul => ("S16 S17 S18 S19 S20", "X2"),
            Self::TimePasses => ("", "="),
        }
    }
}
