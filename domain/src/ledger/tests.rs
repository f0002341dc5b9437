use proptest::{prelude::*, sample::select};
use uuid::Uuid;

use super::*;

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn cents(amount: i64) -> Money {
    Money::from_cents(amount)
}

fn commune(number: u128) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(number))
}

fn voucher(number: u128) -> VoucherId {
    VoucherId::from_uuid(Uuid::from_u128(number))
}

fn entry(participant: u128, of: u128, movement: Movement) -> Entry {
    Entry { participant: commune(participant), voucher: voucher(of), movement }
}

fn loan(lender: u128, borrower: u128, amount: Money) -> Loan {
    let on = "2026-11-25".parse().expect("an ISO date");
    LoanProposal::new(commune(lender), commune(borrower), amount)
        .and_then(|proposal| proposal.agreed_by(commune(lender), on))
        .and_then(|proposal| proposal.agreed_by(commune(borrower), on))
        .and_then(LoanProposal::loan)
        .expect("both agreed")
}

impl Ledger {
    fn replayed(mut self, entries: impl IntoIterator<Item = Entry>) -> Result<Self, LedgerError> {
        entries.into_iter().try_for_each(|entry| self.record(entry))?;
        Ok(self)
    }
}

/// Before the first entry.
fn started(maximum: Money, allotments: impl IntoIterator<Item = (OrganisationId, Money)>) -> Ledger {
    let balance = |allotment| Balance { allotment, ..Balance::default() };
    Ledger::summed(maximum, allotments.into_iter().map(|(participant, amount)| (participant, balance(amount))))
}

/// 100 000 for two: 60 000 and 40 000.
fn ledger() -> Ledger {
    started(money("100000.00"), [(commune(1), money("60000.00")), (commune(2), money("40000.00"))])
}

#[test]
fn a_draft_holds_room_and_its_approval_takes_no_more() {
    let mut ledger = ledger();

    assert_eq!(ledger.record(entry(1, 1, Movement::Reserve(money("60000.00")))), Ok(()));
    let full = Refusal::AllotmentPassed { asked: money("0.01"), available: Money::ZERO };
    assert_eq!(ledger.record(entry(1, 2, Movement::Reserve(money("0.01")))), Err(full.into()));
    assert_eq!(ledger.record(entry(1, 1, Movement::Commit(money("60000.00")))), Ok(()));

    let balance = ledger.balance(commune(1)).expect("a participant");
    assert_eq!((balance.reserved, balance.committed), (Money::ZERO, money("60000.00")));
    assert_eq!((balance.available(), ledger.available()), (Some(Money::ZERO), Some(money("40000.00"))));
}

#[test]
fn forty_and_thirty_five_thousand_leave_twenty_five_of_the_maximum() {
    let maximum = money("100000.00");
    let mut ledger = started(maximum, [(commune(1), maximum), (commune(2), maximum)])
        .replayed([
            entry(1, 1, Movement::Reserve(money("40000.00"))),
            entry(2, 2, Movement::Reserve(money("35000.00"))),
        ])
        .expect("there is room");

    let asked = money("30000.00");
    let passed = Refusal::CeilingPassed { asked, available: money("25000.00") };
    assert_eq!(ledger.record(entry(1, 3, Movement::Reserve(asked))), Err(passed.into()));
    assert_eq!(ledger.record(entry(1, 3, Movement::Reserve(money("25000.00")))), Ok(()));
}

#[test]
fn what_is_released_or_corrected_downwards_is_there_again() {
    let entries = [
        entry(1, 1, Movement::Reserve(money("50000.00"))),
        entry(1, 1, Movement::Correct(money("-10000.00"))),
        entry(1, 1, Movement::Commit(money("40000.00"))),
        entry(1, 1, Movement::Release(money("15000.00"))),
        entry(1, 1, Movement::Correct(money("1000.00"))),
    ];

    let ledger = ledger().replayed(entries).expect("there is room");

    assert_eq!(ledger.held(voucher(1)), Held::Committed(money("26000.00")));
    assert_eq!(ledger.balance(commune(1)).map(|balance| balance.available()), Ok(Some(money("34000.00"))));
}

#[test]
fn a_correction_upwards_needs_room_too() {
    let mut ledger = ledger();
    ledger.record(entry(2, 1, Movement::Reserve(money("40000.00")))).expect("there is room");

    let passed = Refusal::AllotmentPassed { asked: money("0.01"), available: Money::ZERO };
    assert_eq!(ledger.record(entry(2, 1, Movement::Correct(money("0.01")))), Err(passed.into()));
}

#[test]
fn entries_that_contradict_what_a_voucher_holds_are_refused_and_change_nothing() {
    let hundred = money("100.00");
    let mut ledger = ledger().replayed([entry(1, 1, Movement::Reserve(hundred))]).expect("there is room");
    let before = ledger.clone();

    let wrong = [
        (entry(1, 1, Movement::Commit(money("99.99"))), LedgerError::NotReserved { reserved: hundred }),
        (entry(1, 2, Movement::Commit(hundred)), LedgerError::NotReserved { reserved: Money::ZERO }),
        (entry(1, 1, Movement::Release(money("100.01"))), LedgerError::NotHeld { held: hundred }),
        (entry(1, 1, Movement::Correct(money("-100.01"))), LedgerError::NotHeld { held: hundred }),
        (entry(1, 2, Movement::Correct(hundred)), LedgerError::NotHeld { held: Money::ZERO }),
        (entry(1, 1, Movement::Reserve(Money::ZERO)), LedgerError::NoAmount),
        (entry(1, 1, Movement::Release(money("-1.00"))), LedgerError::NoAmount),
        (entry(1, 1, Movement::Correct(Money::ZERO)), LedgerError::NoAmount),
        (entry(2, 1, Movement::Release(hundred)), LedgerError::OtherParticipant),
        (entry(3, 3, Movement::Reserve(hundred)), Refusal::NotAParticipant.into()),
    ];
    for (entry, error) in wrong {
        assert_eq!(ledger.record(entry), Err(error), "{entry:?}");
        assert_eq!(ledger, before);
    }

    ledger.record(entry(1, 1, Movement::Commit(hundred))).expect("it is reserved");
    assert_eq!(ledger.record(entry(1, 1, Movement::Reserve(hundred))), Err(LedgerError::AlreadyCommitted));
    assert_eq!(ledger.record(entry(1, 1, Movement::Commit(hundred))), Err(LedgerError::AlreadyCommitted));
}

#[test]
fn nothing_is_lent_before_both_agreed() {
    let on = "2026-11-25".parse().expect("an ISO date");
    let proposal = LoanProposal::new(commune(1), commune(2), money("10000.00")).expect("a proposal");

    assert_eq!(proposal.loan(), Err(LoanRefused::Awaits(commune(1))));
    let half = proposal.agreed_by(commune(1), on).expect("the lender");
    assert_eq!(half.loan(), Err(LoanRefused::Awaits(commune(2))));
    assert_eq!(half.agreed_by(commune(3), on), Err(LoanRefused::NotAParty));
    assert!(half.agreed_by(commune(2), on).and_then(LoanProposal::loan).is_ok());
    assert_eq!(LoanProposal::new(commune(1), commune(1), money("1.00")), Err(LoanRefused::SameParticipant));
    assert_eq!(LoanProposal::new(commune(1), commune(2), Money::ZERO), Err(LoanRefused::NotPositive));
}

#[test]
fn what_is_lent_may_be_ordered_by_the_borrower_alone_and_only_what_is_unused_is_lent() {
    let mut ledger = ledger().replayed([entry(1, 1, Movement::Reserve(money("45000.00")))]).expect("there is room");

    let too_much = LoanRefused::MoreThanUnused { asked: money("15000.01"), available: money("15000.00") };
    assert_eq!(ledger.lend(&loan(1, 2, money("15000.01"))), Err(Refusal::from(too_much)));
    assert_eq!(ledger.lend(&loan(1, 2, money("15000.00"))), Ok(()));

    assert_eq!(ledger.record(entry(2, 2, Movement::Reserve(money("55000.00")))), Ok(()));
    assert!(ledger.record(entry(1, 3, Movement::Reserve(money("0.01")))).is_err());
    assert_eq!(ledger.available(), Some(Money::ZERO));
    assert!(ledger.lend(&loan(2, 1, money("0.01"))).is_err(), "what is used is not given back");
}

#[test]
fn movements_read_back_from_their_code() {
    let amount = money("12.00");
    for movement in [Movement::Reserve, Movement::Commit, Movement::Release, Movement::Correct].map(|of| of(amount)) {
        assert_eq!(Movement::from_code(movement.code(), amount), Some(movement));
    }
    assert_eq!(Movement::from_code("tarot", amount), None);
}

#[derive(Debug, Clone, Copy)]
enum Act {
    Record(Entry),
    Lend(u128, u128, i64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let movement = (0_usize..4, -200_i64..4_000).prop_map(|(kind, amount)| {
        [Movement::Reserve, Movement::Commit, Movement::Release, Movement::Correct][kind](cents(amount))
    });
    let record = (1_u128..4, 1_u128..12, movement).prop_map(|(by, of, movement)| Act::Record(entry(by, of, movement)));
    let lend = (1_u128..4, select(&[1_u128, 2][..]), 1_i64..4_000)
        .prop_map(|(lender, step, amount)| Act::Lend(lender, (lender + step - 1) % 3 + 1, amount));
    proptest::collection::vec(prop_oneof![5 => record, 1 => lend], 0..40)
}

/// A million schedules in the soak, a twentieth of it otherwise.
fn schedules() -> ProptestConfig {
    let in_full = std::env::var_os("BEFFROI_SOAK").is_some();
    ProptestConfig::with_cases(if in_full { 1_000_000 } else { 50_000 })
}

proptest! {
    #![proptest_config(schedules())]

    #[test]
    fn whatever_is_recorded_no_level_is_passed_and_nothing_is_lost(acts in acts(), maximum in 1_i64..20_000) {
        let allotted = [6_000, 5_000, 4_000];
        let start = started(cents(maximum), allotted.into_iter().zip(1..).map(|(amount, n)| (commune(n), cents(amount))));
        let mut ledger = start.clone();
        let mut kept = Vec::new();

        for act in acts {
            match act {
                // Half of the approvals are of what is reserved, so that there are some.
                Act::Record(Entry { participant, voucher, movement: Movement::Commit(amount) }) if amount.cents() % 2 == 0 => {
                    let movement = Movement::Commit(ledger.held(voucher).reserved());
                    let entry = Entry { participant, voucher, movement };
                    if ledger.record(entry).is_ok() { kept.push(Act::Record(entry)); }
                }
                Act::Record(entry) => if ledger.record(entry).is_ok() { kept.push(act); },
                Act::Lend(lender, borrower, amount) => {
                    if ledger.lend(&loan(lender, borrower, cents(amount))).is_ok() { kept.push(act); }
                }
            }

            let taken = ledger.taken().expect("it fits");
            prop_assert!(taken <= ledger.maximum() && !taken.is_negative());
            let wholes: Option<Money> = ledger.balances().try_fold(Money::ZERO, |sum, (_, balance)| sum.checked_add(balance.whole()?));
            prop_assert_eq!(wholes, Some(cents(15_000)), "loans move, they make nothing");
            for (_, balance) in ledger.balances() {
                let available = balance.available().expect("it fits");
                prop_assert!(!available.is_negative() && !balance.reserved.is_negative() && !balance.committed.is_negative());
            }
        }

        // What the entries say, summed by kind: an approval moves nothing in or out.
        let sum: i64 = kept.iter().map(|act| match act {
            Act::Record(Entry { movement: Movement::Reserve(amount) | Movement::Correct(amount), .. }) => amount.cents(),
            Act::Record(Entry { movement: Movement::Release(amount), .. }) => -amount.cents(),
            Act::Record(Entry { movement: Movement::Commit(_), .. }) | Act::Lend(..) => 0,
        }).sum();
        prop_assert_eq!(ledger.taken(), Some(cents(sum)));

        let mut again = start;
        for act in kept {
            match act {
                Act::Record(entry) => prop_assert_eq!(again.record(entry), Ok(())),
                Act::Lend(lender, borrower, amount) => prop_assert_eq!(again.lend(&loan(lender, borrower, cents(amount))), Ok(())),
            }
        }
        prop_assert_eq!(again, ledger);
    }
}
