use domain::{
    kernel::{Money, Quantity},
    voucher::{Quantities, Status},
};
use proptest::prelude::*;

/// Two authorities that order on the contract: the pilot, and another.
pub(super) const AUTHORITIES: [usize; 2] = [PILOT, 1];
pub(super) const PILOT: usize = 0;
/// Of the instalments, which are two for all together.
pub(super) const MOST_INSTALMENTS: i64 = 4;
const HALF_AN_INSTALMENT_CENTS: i64 = 250_000;
const HALF_A_DAY_CENTS: i64 = 30_000;

/// What somebody tries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    pub(super) what: What,
    pub(super) who: Who,
    /// From the first of the contract.
    pub(super) voucher: usize,
    /// What is ordered, delivered or accepted.
    pub(super) halves: Halves,
    /// Of the commitment.
    pub(super) year: u16,
    /// Over an older state than the one that stands.
    pub(super) stale: bool,
}

/// How many halves of each line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Halves {
    pub(super) instalments: i64,
    pub(super) days: i64,
}

/// One number of each kind, before the model makes an attempt of it: its voucher is counted back from the latest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub(super) attempt: Attempt,
    /// Who draws a new voucher.
    pub(super) authority: usize,
    /// The usual next step in place of one by chance: so the ends of the road are reached too.
    pub(super) usual: bool,
    /// Somebody who may, in place of anybody.
    pub(super) rightful: bool,
    /// Between two usual steps.
    pub(super) choice: u8,
}

/// Who acts on a contract, or tries to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Of(usize, Post),
    Firm,
    OtherFirm,
    Stranger,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Post {
    Officer,
    Director,
    Executive,
    Manager,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Draft,
    Edit,
    Check,
    Approve,
    Send,
    Confirm,
    Decline,
    Deliver,
    Accept,
    AcceptPart,
    Reject,
    Invoice,
    Pay,
    Close,
    Cancel,
}

const POSTS: [Post; 4] = [Post::Officer, Post::Director, Post::Executive, Post::Manager];

pub(super) fn drawn(count: usize) -> impl Strategy<Value = Vec<Drawn>> {
    let everybody = AUTHORITIES.into_iter().flat_map(|authority| POSTS.map(|post| Who::Of(authority, post)));
    let everybody: Vec<_> = everybody.chain([Who::Firm, Who::OtherFirm, Who::Stranger]).collect();
    let often: Vec<_> = What::ALL.iter().flat_map(|(what, times)| std::iter::repeat_n(*what, *times)).collect();
    // More than the pilot's part at times, and at times more than the whole.
    let days = prop_oneof![9 => 0_i64..12, 1 => 150_i64..220];
    let instalments = prop_oneof![6 => Just(0_i64), 1 => 1_i64..6];
    let tried = (
        proptest::sample::select(often),
        proptest::sample::select(everybody),
        0_usize..4,
        (instalments, days).prop_map(|(instalments, days)| Halves { instalments, days }),
        proptest::sample::select(vec![2025_u16, 2026]),
        proptest::bool::weighted(0.15),
    );
    let tried =
        tried.prop_map(|(what, who, voucher, halves, year, stale)| Attempt { what, who, voucher, halves, year, stale });
    let aim = (0_usize..2, proptest::bool::weighted(0.5), proptest::bool::weighted(0.8), 0_u8..60);
    let one = (tried, aim).prop_map(|(attempt, (authority, usual, rightful, choice))| Drawn {
        attempt,
        authority,
        usual,
        rightful,
        choice,
    });
    proptest::collection::vec(one, count)
}

impl Halves {
    pub(super) fn is_nothing(self) -> bool {
        self == Self::default()
    }

    pub(super) fn and(self, more: Self) -> Self {
        Self { instalments: self.instalments + more.instalments, days: self.days + more.days }
    }

    pub(super) fn without(self, less: Self) -> Self {
        Self { instalments: self.instalments - less.instalments, days: self.days - less.days }
    }

    pub(super) fn is_within(self, most: Self) -> bool {
        self.instalments <= most.instalments && self.days <= most.days
    }

    /// As much of it as there is; all of that where nothing is left so.
    pub(super) fn of_what_is(self, most: Self) -> Self {
        let part = Self { instalments: self.instalments.min(most.instalments), days: self.days.min(most.days) };
        if part.is_nothing() { most } else { part }
    }

    pub(super) fn amount(self) -> Money {
        Money::from_cents(self.instalments * HALF_AN_INSTALMENT_CENTS + self.days * HALF_A_DAY_CENTS)
    }

    /// Without the lines of which there is none.
    pub(super) fn quantities(self) -> Quantities {
        let lines = [("P-01", self.instalments), ("P-02", self.days)].into_iter().filter(|(_, halves)| *halves > 0);
        lines.map(|(code, halves)| (code.to_owned(), Quantity::from_thousandths(halves * 500))).collect()
    }
}

impl What {
    /// Each, and how often it is tried.
    pub(super) const ALL: [(Self, usize); 15] = [
        (Self::Draft, 3),
        (Self::Edit, 3),
        (Self::Check, 4),
        (Self::Approve, 4),
        (Self::Send, 4),
        (Self::Confirm, 4),
        (Self::Decline, 3),
        (Self::Deliver, 5),
        (Self::Accept, 3),
        (Self::AcceptPart, 4),
        (Self::Reject, 4),
        (Self::Invoice, 4),
        (Self::Pay, 4),
        (Self::Close, 2),
        (Self::Cancel, 2),
    ];

    /// Who does it on a voucher of this authority.
    pub(super) fn usually(self, authority: usize) -> Who {
        self.posts().first().map_or(Who::Firm, |post| Who::Of(authority, *post))
    }

    pub(super) fn is_for(self, who: Who, authority: usize) -> bool {
        match who {
            Who::Of(own, post) => own == authority && self.posts().contains(&post),
            Who::Firm => self.posts().is_empty(),
            Who::OtherFirm | Who::Stranger => false,
        }
    }

    /// Of the authority, as docs/roles.md says; none: the firm's.
    fn posts(self) -> &'static [Post] {
        match self {
            Self::Draft | Self::Edit | Self::Send | Self::Close => &[Post::Officer],
            Self::Check | Self::Pay => &[Post::Director],
            Self::Approve => &[Post::Executive],
            Self::Accept | Self::AcceptPart | Self::Reject => &[Post::Manager, Post::Officer],
            Self::Cancel => &[Post::Officer, Post::Executive],
            Self::Confirm | Self::Decline | Self::Deliver | Self::Invoice => &[],
        }
    }

    /// From which statuses it is done.
    pub(super) fn statuses(self) -> &'static [Status] {
        use Status as S;
        match self {
            Self::Draft => &[],
            Self::Edit => &[S::Draft, S::Checked],
            Self::Check => &[S::Draft],
            Self::Approve => &[S::Checked],
            Self::Send => &[S::Approved],
            Self::Confirm | Self::Decline => &[S::Sent],
            Self::Deliver => &[S::Confirmed, S::Rejected, S::PartlyAccepted, S::Paid],
            Self::Accept | Self::AcceptPart | Self::Reject => &[S::PartlyDelivered, S::Delivered],
            Self::Invoice => &[S::Rejected, S::PartlyAccepted, S::Accepted, S::Paid],
            Self::Pay => &[S::Invoiced],
            Self::Close => &[S::Rejected, S::PartlyAccepted, S::Accepted, S::Paid],
            Self::Cancel => &[S::Draft, S::Checked, S::Approved, S::Sent, S::Confirmed, S::Rejected],
        }
    }
}
