//! Tenders against the model: rightful and wrong people, at right and wrong stages, over older states, while the clock
//! moves to the second of each limit. Verdict, stage and trail agree after every step.

mod cast;
mod drive;
mod model;
mod road;
mod step;
mod verdict;

use std::collections::BTreeMap;

use proptest::strategy::{Strategy as _, ValueTree as _};
use service::{Error, on_both_databases, store, testing::at};

use self::{
    cast::Cast,
    drive::{Driven, Trail},
    model::Model,
    road::{Fate, aimed, later},
    step::{Attempt, What, drawn},
    verdict::Verdict,
};
use crate::chance::Chance;

/// Steps on one tender at most: then another one begins.
const A_TENDER: usize = 250;
/// Steps on one that is over.
const AFTER_ITS_END: usize = 5;
const ENOUGH: usize = 10;

on_both_databases! {
    async fn tenders_follow_the_model(world: World) {
        let Chance { mut runner, seed, count, in_full } = Chance::of_this_run();
        eprintln!("tenders, seed {seed}");
        let cast = Cast::of(&world).await;
        let mut done: BTreeMap<String, usize> = BTreeMap::new();
        let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
        let mut reached: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut taken, mut tenders, mut wrong) = (0, 0, Vec::new());
        // One disagreement ends its tender, and a few tell enough.
        while taken < count && wrong.len() < ENOUGH {
            world.stands_at(at("2026-11-23 10:00"));
            let (joint, fate) = (tenders % 2 == 1, Fate::of(tenders / 2));
            let mut driven = Driven::plan(&world, &cast, joint).await;
            let mut model = Model::new(joint, world.services.now());
            let mut after = 0;
            for drawn in drawn(A_TENDER).new_tree(&mut runner).expect("steps").current() {
                let attempt = aimed(&model, fate, drawn);
                taken += 1;
                let verdict = match step(&mut driven, &mut model, attempt).await {
                    Ok(verdict) => verdict,
                    Err(why) => {
                        wrong.push(why);
                        break;
                    }
                };
                if verdict == Verdict::Done {
                    *done.entry(format!("{:?}", attempt.what)).or_default() += 1;
                }
                *verdicts.entry(format!("{verdict:?}")).or_default() += 1;
                *reached.entry(model.stage()).or_default() += 1;
                after += usize::from(model.is_over());
                if taken == count || after > AFTER_ITS_END {
                    break;
                }
            }
            tenders += 1;
        }
        eprintln!("tenders, seed {seed}: {taken} steps on {tenders}, {verdicts:?}, done {done:?}, at {reached:?}");
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        let never: Vec<_> = What::ALL.iter().map(|what| format!("{what:?}")).filter(|what| !done.contains_key(what)).collect();
        assert!(never.is_empty() || !in_full, "every step was done at least once: {never:?}");
        assert!(reached.len() == 29 || !in_full, "every stage was reached: {reached:?}");
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }
}

/// One step of both, or where they disagree.
async fn step(driven: &mut Driven<'_>, model: &mut Model, attempt: Attempt) -> Result<Verdict, String> {
    let (expected, result, trail) = if attempt.what == What::TimePasses {
        model.now = later(model, attempt.choice);
        driven.world.stands_at(model.now);
        (Verdict::Done, Ok(()), None)
    } else {
        let expected = model.judge(attempt);
        let (result, trail) = driven.attempt(attempt).await;
        (expected, result, Some(trail))
    };
    let verdict = verdict(&result, expected, trail.as_ref());
    let is_told = trail.as_ref().is_none_or(|trail| trail.tells(attempt, verdict));
    let before = model.clone();
    if verdict == Verdict::Done && expected == Verdict::Done {
        model.apply(attempt);
    }
    let stages = driven.stages().await;
    if verdict == expected && is_told && stages == (model.kept, model.stage()) {
        return Ok(verdict);
    }
    Err(format!(
        "{attempt:?} on {}: {result:?}, and the model says {expected:?}; {trail:?}; at {stages:?}, and the model says {} of {before:#?}",
        driven.reference,
        model.stage(),
    ))
}

/// What came of it, in the model's words.
fn verdict(result: &Result<(), Error>, expected: Verdict, trail: Option<&Trail>) -> Verdict {
    match result {
        Ok(()) if trail.is_some_and(Trail::is_empty) => Verdict::DoneBefore,
        Ok(()) => Verdict::Done,
        Err(Error::NotFound | Error::Denied(_)) if expected == Verdict::Shut => Verdict::Shut,
        Err(Error::NotFound) => Verdict::NotFound,
        Err(Error::Denied(_)) => Verdict::Denied,
        Err(Error::Refused(_)) => Verdict::Refused,
        Err(Error::Stale) => Verdict::Stale,
        Err(_) => Verdict::Failed,
    }
}
