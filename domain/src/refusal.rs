//! A rule said no. One case per rule, with the facts that the sentence needs.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    award, central, evaluation, execution,
    kernel::Money,
    offer,
    tender::{Stage, Step},
    voucher,
};

/// Why something that was well typed and permitted is refused all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The stage does not allow the step.
    #[error("step {step:?} from {from:?}")]
    Step {
        /// Where the tender stands.
        from: Stage,
        /// What was tried.
        step: Step,
    },
    /// The conditions are called: nothing of them changes any more.
    #[error("already called")]
    AlreadyCalled,
    /// The conditions are adopted: plan, participants, shares and specification stay as they are.
    #[error("conditions adopted")]
    ConditionsAdopted,
    /// The specification is not being written yet.
    #[error("not drafting yet")]
    NotDrafting,
    /// The call is not out yet.
    #[error("not called yet")]
    NotCalled,
    /// Offers would be awaited until an instant that is past.
    #[error("the deposit would end in the past")]
    DepositInThePast,
    /// Questions would be taken until an instant that is past.
    #[error("questions would end in the past")]
    QuestionsInThePast,
    /// Questions would still be taken when the deposit is over.
    #[error("questions would end after the deposit")]
    QuestionsAfterDeposit,
    /// On the federal platform a call has a notice, with its number and the day of its sending.
    #[error("the notice is missing")]
    NoticeMissing,
    /// The estimate is below the sum of the participants' needs.
    #[error("the needs add up to {needs}")]
    EstimateBelowNeeds {
        /// What the needs add up to.
        needs: Money,
    },
    /// This organisation takes part already.
    #[error("takes part already")]
    TakesPartAlready,
    /// Alone, an authority adheres to nothing and invites nobody.
    #[error("not a joint tender")]
    NotJoint,
    /// Other authorities take part: the tender is theirs too.
    #[error("others take part")]
    OthersTakePart,
    /// Only an authority that has not answered loses its invitation.
    #[error("this authority is not waiting")]
    NotWaiting,
    /// Only public authorities take part.
    #[error("not a contracting authority")]
    NotAnAuthority,
    /// A joint tender needs two participants at least.
    #[error("{present} participants, 2 are needed")]
    TooFewParticipants {
        /// How many there are.
        present: usize,
    },
    /// Somebody who counts has not adhered.
    #[error("not all participants adhered: {missing:?}")]
    NotAdhered {
        /// Names of those who are missing.
        missing: Vec<String>,
    },
    /// Somebody who counts signed no mandate, or cited no credit.
    #[error("mandates of {mandates:?} and credits of {credits:?} are missing")]
    MandatesAndCredits {
        /// Names of those whose mandate is missing.
        mandates: Vec<String>,
        /// Names of those whose budget article is missing.
        credits: Vec<String>,
    },
    /// The specification has holes.
    #[error("{missing} answers are missing")]
    SpecificationIncomplete {
        /// How many answers are missing.
        missing: usize,
    },
    /// A legal figure warns: somebody must say why they go on.
    #[error("warnings need a reason")]
    WarningsNeedAReason,
    /// The legality opinion is not there and its delay still runs.
    #[error("legality opinion awaited until {until}")]
    OpinionAwaited {
        /// Last day of the delay.
        until: NaiveDate,
    },
    /// The file changed since the legality opinion was asked or given.
    #[error("the legality opinion is on another state of the file")]
    OpinionOutdated,
    /// A decision that nobody took yet.
    #[error("decided in the future")]
    DecidedInTheFuture,
    /// The opinion precedes the decision.
    #[error("decided before the legality opinion of {on}")]
    DecidedBeforeOpinion {
        /// Day of the opinion.
        on: NaiveDate,
    },
    /// Each organ's decisions are recorded by its own people.
    #[error("the decision of another organ")]
    NotYourOrgan,
    /// A document would hold a character that its fonts lack.
    #[error("the character {character:?} can't be printed")]
    Unprintable {
        /// It.
        character: char,
    },
    /// The deposit is closed.
    #[error("closed at {at}")]
    DepositClosed {
        /// When it closed.
        at: DateTime<Utc>,
    },
    /// Questions are no longer taken.
    #[error("questions closed at {at}")]
    QuestionsClosed {
        /// When they closed.
        at: DateTime<Utc>,
    },
    /// The need is already part of a tender.
    #[error("need already taken")]
    NeedTaken,
    /// Nobody would be left who may invite people into the organisation.
    #[error("the last one who may invite")]
    LastManager,
    /// The tender was given up, annulled or terminated.
    #[error("stopped: {stage:?}")]
    Stopped {
        /// How it ended.
        stage: Stage,
    },
    /// Only an authority that announced a part of the need plans a tender of it.
    #[error("the need was not joined")]
    NeedNotJoined,
    /// Others announced a part of the need: it becomes a joint tender.
    #[error("others joined the need")]
    NeedIsShared,
    /// The same was done already: a double click, a page sent twice.
    #[error("already done")]
    AlreadyDone,
    /// The form has made its record, and comes back with something else in it.
    #[error("form already used")]
    FormSpent,
    /// The link was used, or its time is over.
    #[error("link no longer valid")]
    LinkSpent,
    /// Nobody was invited.
    #[error("nobody invited")]
    NobodyInvited,
    /// The list of legal figures has no row for this date.
    #[error("no parameter {key} on {on}")]
    MissingParameter {
        /// The missing key.
        key: String,
        /// The date asked for.
        on: NaiveDate,
    },
    /// Of an offer, or of its opening.
    #[error(transparent)]
    Offer(#[from] offer::Refusal),
    /// Of the selection, the regularity or the scores.
    #[error(transparent)]
    Evaluation(#[from] evaluation::Refusal),
    /// Of the award and what follows it up to the end of the contract.
    #[error(transparent)]
    Award(#[from] award::Refusal),
    /// Of the performance of a contract.
    #[error(transparent)]
    Execution(#[from] execution::Refusal),
    /// Of a central purchasing body.
    #[error(transparent)]
    Central(#[from] central::Refusal),
    /// Of an order voucher.
    #[error(transparent)]
    Voucher(#[from] voucher::Refusal),
}
