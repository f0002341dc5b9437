//! Vouchers against the model: two authorities on one contract, rightful and wrong people, over older states, up to the
//! fixed quantity, the own part and the ceiling. Verdict, trail and figures agree after every step.

mod cast;
mod drive;
mod model;
mod road;
mod step;
mod verdict;

use std::collections::BTreeMap;

use proptest::strategy::{Strategy as _, ValueTree as _};
use service::{on_both_databases, store};

use self::{
    cast::Cast,
    drive::Driven,
    model::{Model, Numbers},
    road::aimed,
    step::{Attempt, What, drawn},
    verdict::Verdict,
};
use crate::chance::Chance;

/// Steps on one contract: then another one of the same authorities begins.
const A_CONTRACT: usize = 250;

on_both_databases! {
    async fn vouchers_follow_the_model(world: World) {
        let Chance { mut runner, seed, count, in_full } = Chance::of_this_run();
        eprintln!("vouchers, seed {seed}");
        let mut cast = Cast::of(&world).await;
        let mut numbers = Numbers::new();
        let mut done: BTreeMap<String, usize> = BTreeMap::new();
        let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
        let mut taken = 0;
        while taken < count {
            let mut driven = Driven::on(&world, &cast).await;
            let mut model = driven.modelled(numbers).await;
            for drawn in drawn(A_CONTRACT.min(count - taken)).new_tree(&mut runner).expect("steps").current() {
                let attempt = aimed(&model, drawn);
                let verdict = step(&mut driven, &mut model, attempt).await;
                if verdict == Verdict::Done {
                    *done.entry(format!("{:?}", attempt.what)).or_default() += 1;
                }
                *verdicts.entry(format!("{verdict:?}")).or_default() += 1;
                taken += 1;
            }
            driven.agrees_in_all(&model).await;
            numbers = model.numbers;
            cast = cast.again(&world).await;
        }
        eprintln!("vouchers, seed {seed}: {taken} steps, {verdicts:?}, done {done:?}");
        let undone: Vec<_> = What::ALL.iter().map(|(what, _)| format!("{what:?}")).filter(|what| !done.contains_key(what)).collect();
        // A twentieth of the steps refuses an order or a whole delivery about four times: chance may leave one of them out.
        let may_lack = |what: &String| !in_full && ["Decline", "Reject"].contains(&what.as_str());
        assert!(undone.iter().all(may_lack), "every step was done at least once: {undone:?}");
        let unmet: Vec<_> = Verdict::all().map(|one| format!("{one:?}")).filter(|one| !verdicts.contains_key(one)).collect();
        assert!(unmet.is_empty() || !in_full, "every outcome was met at least once: {unmet:?}");
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }
}

/// One step of both, where they agree.
async fn step(driven: &mut Driven<'_>, model: &mut Model, attempt: Attempt) -> Verdict {
    let expected = model.judge(attempt);
    let (result, trail) = driven.attempt(model, attempt).await;
    assert_eq!(Verdict::of(&result), expected, "{attempt:?}: {result:?} on {model:#?}");
    assert_eq!(trail, Vec::from_iter(expected.told()), "{attempt:?} on {model:#?}");
    if expected == Verdict::Done {
        model.apply(attempt);
        driven.agrees(model).await;
    }
    if attempt.what != What::Draft {
        driven.agrees_on(model, attempt.voucher).await;
    } else if expected == Verdict::Done {
        driven.agrees_on(model, model.vouchers.len() - 1).await;
    }
    expected
}
