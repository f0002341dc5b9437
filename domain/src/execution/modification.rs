use std::str::FromStr;

use chrono::NaiveDate;

use super::{Unanswerable, figures::Figures};
use crate::{
    kernel::{Money, Percent},
    parameter::{MissingParameter, Parameter, ParameterSet, Value},
    procedure::{Nature, UnknownWord},
};

/// Why a running contract may be changed without a new procedure (RGE, art. 38 to 38/12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// A clear clause of the documents.
    ReviewClause,
    /// Additional works, supplies or services that only this contractor can bring.
    Additional,
    /// What a diligent authority could not foresee.
    Unforeseen,
    /// Another contractor takes over.
    Replacement,
    /// Below the two limits of [`minimis`].
    Minimis,
    /// Whatever its value, it does not change the contract's nature.
    NotSubstantial,
    PriceRevision,
    Taxes,
    /// Circumstances that upset the balance of the contract.
    Circumstances,
    /// What one of the parties did or left undone.
    FactOfAParty,
    /// Suspended by the authority.
    Suspension,
}

impl Ground {
    /// In the order of the decree.
    pub const ALL: [Self; 11] = [
        Self::ReviewClause,
        Self::Additional,
        Self::Unforeseen,
        Self::Replacement,
        Self::Minimis,
        Self::NotSubstantial,
        Self::PriceRevision,
        Self::Taxes,
        Self::Circumstances,
        Self::FactOfAParty,
        Self::Suspension,
    ];

    /// `38/4`.
    pub const fn article(self) -> &'static str {
        match self {
            Self::ReviewClause => "38",
            Self::Additional => "38/1",
            Self::Unforeseen => "38/2",
            Self::Replacement => "38/3",
            Self::Minimis => "38/4",
            Self::NotSubstantial => "38/5",
            Self::PriceRevision => "38/7",
            Self::Taxes => "38/8",
            Self::Circumstances => "38/9",
            Self::FactOfAParty => "38/11",
            Self::Suspension => "38/12",
        }
    }

    /// The word of files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReviewClause => "review_clause",
            Self::Additional => "additional",
            Self::Unforeseen => "unforeseen",
            Self::Replacement => "replacement",
            Self::Minimis => "minimis",
            Self::NotSubstantial => "not_substantial",
            Self::PriceRevision => "price_revision",
            Self::Taxes => "taxes",
            Self::Circumstances => "circumstances",
            Self::FactOfAParty => "fact_of_a_party",
            Self::Suspension => "suspension",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }

    /// The row that bounds one modification on this ground, by its part of the initial amount.
    pub const fn most_key(self) -> Option<&'static str> {
        match self {
            Self::Additional => Some("modification.additional_percent"),
            Self::Unforeseen => Some("modification.unforeseen_percent"),
            Self::ReviewClause
            | Self::Replacement
            | Self::Minimis
            | Self::NotSubstantial
            | Self::PriceRevision
            | Self::Taxes
            | Self::Circumstances
            | Self::FactOfAParty
            | Self::Suspension => None,
        }
    }

    /// The most that one modification on this ground may add to the initial amount; none where the article has no figure
    /// of its own. Each modification is counted alone; [`minimis`] counts them together.
    pub fn most(self, set: &ParameterSet, on: NaiveDate, initial: Money) -> Result<Option<Money>, Unanswerable> {
        let Some(key) = self.most_key() else { return Ok(None) };
        set.percent_on(key, on)?.of(initial).map(Some).ok_or(Unanswerable::TooLarge)
    }
}

/// How several modifications are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What is taken away counts like what is added: the practice of the Region.
    Absolute,
    /// What is taken away makes room for what is added.
    Net,
}

impl Mode {
    /// In the order of a form.
    pub const ALL: [Self; 2] = [Self::Absolute, Self::Net];

    /// The word of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Absolute => "absolute",
            Self::Net => "net",
        }
    }

    /// The reading chosen for that day.
    pub fn chosen(set: &ParameterSet, on: NaiveDate) -> Result<Self, MissingParameter> {
        const KEY: &str = "deminimis.mode";
        let missing = || MissingParameter { key: KEY.to_owned(), on };
        match &set.on(KEY, on)?.value {
            Value::Choice(name) => name.parse().map_err(|_| missing()),
            Value::Money(_) | Value::Percent(_) | Value::Count(_) => Err(missing()),
        }
    }
}

impl FromStr for Mode {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|mode| mode.word() == text).ok_or(UnknownWord)
    }
}

/// The de minimis count of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimis {
    /// All modifications together, zero or more.
    pub counted: Money,
    /// The lower of the two limits, shown to the cent; the count stays below it.
    pub limit: Money,
    pub is_allowed: bool,
    pub rows: Vec<Parameter>,
}

/// Modifications of small value (RGE, art. 38/4): all together below the European threshold and below a part of the
/// initial amount, HTVA. The part is compared exactly, before it is rounded for show.
pub fn minimis(
    set: &ParameterSet,
    on: NaiveDate,
    nature: Nature,
    initial: Money,
    changes: &[Money],
    mode: Mode,
) -> Result<Minimis, Unanswerable> {
    if !initial.is_positive() {
        return Err(Unanswerable::Amount);
    }

    let mut law = Figures::of(set, on);
    let part = law.percent(match nature {
        Nature::Services | Nature::Supplies | Nature::Sss => "modification.minimis.supplies_services",
        Nature::Works => "modification.minimis.works",
    })?;
    let threshold = law.money(nature.eu_threshold_key())?;

    let counted = counted(changes, mode).ok_or(Unanswerable::TooLarge)?;
    let limit = part.of(initial).ok_or(Unanswerable::TooLarge)?.min(threshold);
    let of_initial = i128::from(initial.cents()) * i128::from(part.millionths());
    let is_below_part = i128::from(counted.cents()) * i128::from(Percent::HUNDRED.millionths()) < of_initial;
    Ok(Minimis { counted, limit, is_allowed: is_below_part && counted < threshold, rows: law.rows })
}

fn counted(changes: &[Money], mode: Mode) -> Option<Money> {
    let magnitude = |amount: Money| amount.cents().checked_abs().map(Money::from_cents);
    match mode {
        Mode::Absolute => changes.iter().try_fold(Money::ZERO, |sum, change| sum.checked_add(magnitude(*change)?)),
        Mode::Net => Money::total(changes.iter().copied()).and_then(magnitude),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn on() -> NaiveDate {
        "2026-03-01".parse().expect("an ISO date")
    }

    fn ask(nature: Nature, initial: &str, changes: &[&str], mode: Mode) -> Result<Minimis, Unanswerable> {
        let changes: Vec<_> = changes.iter().map(|text| money(text)).collect();
        minimis(&ParameterSet::shipped(), on(), nature, money(initial), &changes, mode)
    }

    #[test]
    fn six_thousand_more_and_five_thousand_less_are_eleven_or_one() {
        let changes = ["6000.00", "-5000.00"];
        let absolute = ask(Nature::Services, "100000.00", &changes, Mode::Absolute).expect("an answer");
        let net = ask(Nature::Services, "100000.00", &changes, Mode::Net).expect("an answer");

        assert_eq!(
            (absolute.counted, absolute.limit, absolute.is_allowed),
            (money("11000.00"), money("10000.00"), false)
        );
        assert_eq!((net.counted, net.is_allowed), (money("1000.00"), true));
        assert_eq!(Mode::chosen(&ParameterSet::shipped(), on()), Ok(Mode::Absolute));
    }

    #[test]
    fn the_limit_itself_is_too_much() {
        let allowed =
            |nature, initial, change| ask(nature, initial, &[change], Mode::Absolute).map(|found| found.is_allowed);

        assert_eq!(allowed(Nature::Services, "100000.00", "9999.99"), Ok(true));
        assert_eq!(allowed(Nature::Services, "100000.00", "10000.00"), Ok(false));
        assert_eq!(allowed(Nature::Works, "100000.00", "14999.99"), Ok(true));
        assert_eq!(allowed(Nature::Works, "100000.00", "15000.00"), Ok(false));
        assert_eq!(allowed(Nature::Services, "100.04", "10.00"), Ok(true), "below 10.004");
    }

    #[test]
    fn the_european_threshold_is_a_limit_too() {
        let large = ask(Nature::Supplies, "9000000.00", &["216000.00"], Mode::Absolute).expect("an answer");

        assert_eq!((large.limit, large.is_allowed), (money("216000.00"), false));
        assert!(ask(Nature::Supplies, "9000000.00", &["215999.99"], Mode::Absolute).expect("an answer").is_allowed);
    }

    #[test]
    fn half_of_the_contract_may_be_added_where_nothing_else_could_be_done() {
        let most = |ground: Ground| ground.most(&ParameterSet::shipped(), on(), money("100000.00"));

        assert_eq!(most(Ground::Additional), Ok(Some(money("50000.00"))));
        assert_eq!(most(Ground::Unforeseen), Ok(Some(money("50000.00"))));
        assert_eq!(most(Ground::Minimis), Ok(None));
        assert!(Ground::ALL.into_iter().all(|ground| Ground::from_code(ground.code()) == Some(ground)));
        assert!(Ground::ALL.windows(2).all(|pair| pair[0].article() != pair[1].article()));
    }

    #[test]
    fn absurd_questions_are_refused() {
        assert_eq!(ask(Nature::Works, "0.00", &[], Mode::Net), Err(Unanswerable::Amount));
        let most = Money::from_cents(i64::MAX);
        let too_much = minimis(&ParameterSet::shipped(), on(), Nature::Works, most, &[most, most], Mode::Net);
        assert_eq!(too_much, Err(Unanswerable::TooLarge));
        assert_eq!(counted(&[Money::from_cents(i64::MIN)], Mode::Absolute), None);
    }

    proptest! {
        #[test]
        fn what_is_allowed_in_absolute_values_is_allowed_net(
            initial in 1_i64..1_000_000_000_000, changes in proptest::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..8),
        ) {
            let changes: Vec<_> = changes.into_iter().map(Money::from_cents).collect();
            let ask = |mode| minimis(&ParameterSet::shipped(), on(), Nature::Services, Money::from_cents(initial), &changes, mode);
            let (absolute, net) = (ask(Mode::Absolute).expect("an answer"), ask(Mode::Net).expect("an answer"));

            prop_assert!(net.counted <= absolute.counted && !net.counted.is_negative());
            prop_assert!(!absolute.is_allowed || net.is_allowed);
            prop_assert!(!absolute.is_allowed || absolute.counted <= absolute.limit);
        }
    }
}
