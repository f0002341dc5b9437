//! What can be wrong with one thing that somebody typed.

use chrono::NaiveDate;

use crate::{kernel::decimal::NumberError, offer::FileFault, score::Points, specification::AnswerError};

/// One fault of one field. The interface has a sentence for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed.
    Empty,
    /// More characters than are kept.
    TooLong {
        /// How many are kept.
        most: usize,
    },
    /// Not an amount in euros, or one that can't be meant.
    Amount(NumberError),
    /// Not a price per unit, or one that can't be meant.
    UnitPrice(NumberError),
    /// Not a rate of VAT from 0 to 100 per cent.
    Rate,
    /// Zero where the rule wants more.
    NotPositive,
    /// Not a quantity, a percentage or another number.
    Number(NumberError),
    /// Points below zero, or above the weight of the criterion.
    PointsOver {
        /// The weight.
        most: Points,
    },
    /// Not a rate from 0 to 100 per cent.
    NotAPercentage,
    /// Not a whole number between these bounds.
    NotBetween {
        /// Least accepted.
        least: i64,
        /// Most accepted.
        most: i64,
    },
    /// No such day.
    NotADate,
    /// No such hour, or one that the change of time skips.
    NotATime,
    /// Too early.
    Before {
        /// First day accepted.
        earliest: NaiveDate,
    },
    /// Too late.
    After {
        /// Last day accepted.
        latest: NaiveDate,
    },
    /// Not one of the choices offered.
    NotAChoice,
    /// A code that the list does not hold.
    UnknownCpv,
    /// Not an enterprise number, or its check digits are wrong.
    NotBce,
    /// Not an account number, or its check digits are wrong.
    NotIban,
    /// Not an e-mail address.
    NotEmail,
    /// An organisation with this number is registered already.
    BceTaken,
    /// The firm has stated an invoice of this number already.
    InvoiceNumberTaken,
    /// Not an article of a communal budget.
    NotAnArticle,
    /// Not a quantity of a price list.
    Quantity(NumberError),
    /// Not the reference of a file.
    NotAReference,
    /// Not an address of the Peppol network.
    NotPeppol,
    /// Too easy to guess.
    WeakPassword,
    /// An answer to a question of the specification that can't be taken.
    Answer(AnswerError),
    /// Letters carry this text, and it names a firm of which their readers learn nothing.
    NamesAThird {
        /// The firm's name.
        name: String,
    },
    /// A character that the documents can't print.
    Character { character: char },
    /// The weights do not add up to 100.
    Weights {
        /// What they add up to, written in French.
        sum: String,
    },
    /// The tranches of a subsidy do not add up to 100 per cent.
    Tranches {
        /// What they add up to, written in French.
        sum: String,
    },
    /// Not euros per inhabitant, with seven decimals at most.
    InhabitantRate,
    /// A maximum below the minimum.
    MaximumBelowMinimum,
    /// The shares can't be computed from these figures.
    Shares,
    /// The key counts inhabitants, and these participants have none on their page.
    NoPopulation {
        /// Their names.
        names: String,
    },
    /// One line of a list can't be read.
    Line {
        /// Its number, from 1.
        line: usize,
    },
    /// A file of a kind that is not taken, or empty.
    BadFile,
    /// A file larger than this.
    FileTooLarge {
        /// Limit in mebibytes.
        most_mebibytes: u64,
    },
    /// A file of an offer that is not taken.
    File(FileFault),
    /// E-mail address and password do not go together, or the account does not exist: one answer for both.
    NotRecognised,
    /// The password is right, but the registration waits for its link to be opened.
    NotConfirmed,
}
