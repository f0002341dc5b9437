use chrono::{DateTime, Utc};

/// Why a well-typed, permitted act of this part is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Offers for this call are deposited on the federal platform.
    #[error("deposited on the federal platform")]
    OnThePlatform,
    /// Offers for this call are deposited here: nobody copies them.
    #[error("deposited here")]
    DepositedHere,
    /// No line has a price.
    #[error("nothing is priced")]
    NothingPriced,
    /// The amounts add up to more than can be kept.
    #[error("the sum does not fit")]
    SumTooLarge,
    /// An offer has no more files than this.
    #[error("{most} files at most")]
    TooManyFiles {
        /// How many are kept.
        most: usize,
    },
    /// The files of an offer are no heavier than this altogether.
    #[error("{most_mebibytes} MiB of files at most")]
    TooManyBytes {
        /// What is kept for one offer.
        most_mebibytes: u64,
    },
    /// So many files of this firm are arriving already.
    #[error("{most} uploads at once at most")]
    UploadsUnderWay {
        /// How many arrive at once.
        most: usize,
    },
    /// So many files of everybody are arriving that no other is taken now.
    #[error("too many uploads at once")]
    UploadsFull,
    /// There is no deposited offer to take back.
    #[error("nothing is deposited")]
    NothingDeposited,
    /// The hour of the deposit has not passed.
    #[error("sealed until {until}")]
    StillSealed {
        /// The hour of the deposit.
        until: DateTime<Utc>,
    },
    /// What came at the last second is still being written down.
    #[error("opened from {from} on")]
    Settling {
        /// When the opening may begin.
        from: DateTime<Utc>,
    },
    /// The offers are opened already.
    #[error("already opened")]
    AlreadyOpened,
    /// Somebody is present already; the second person opens.
    #[error("somebody is present already")]
    SomebodyPresent,
    /// Nobody has said to be present.
    #[error("nobody is present")]
    NobodyPresent,
    /// Only the person who is present leaves.
    #[error("not the one who is present")]
    NotPresent,
    /// The second person must be another one; of another authority when several buy together.
    #[error("the second person must be another one")]
    SecondPerson {
        /// Several authorities buy together.
        joint: bool,
    },
    /// This firm's offer was copied already.
    #[error("copied already")]
    TypedAlready,
}
