//! A use case that forgets the check, the audit or a write, or brings the proof of another action, does not compile.
//! Each case has a twin without its mistake, which is compiled into this test and runs: the mistake alone is refused.
//!
//! The messages are committed beside the cases. A newer compiler may word them otherwise: read the difference, then
//! `TRYBUILD=overwrite cargo test --profile ci --workspace --exclude xtask --test proofs`.

#[path = "proofs/twin_joins.rs"]
mod twin_joins;
#[path = "proofs/twin_writes.rs"]
mod twin_writes;

use domain::{
    audit::{Outcome, Stream},
    kernel::money::Money,
    need::{NeedDraft, ShareDraft},
    procedure::Nature,
};
use service::testing::World;

#[test]
fn what_is_forgotten_does_not_compile() {
    let cases = trybuild::TestCases::new();

    cases.compile_fail("tests/proofs/without_check.rs");
    cases.compile_fail("tests/proofs/proof_made_by_hand.rs");
    cases.compile_fail("tests/proofs/without_audit.rs");
    cases.compile_fail("tests/proofs/write_left_out.rs");
    cases.compile_fail("tests/proofs/wrong_proof.rs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_twins_compile_and_keep_what_they_write() {
    let world = World::on_sqlite().await;
    let namur = world.officer("Namur").await;
    let gembloux = world.officer("Gembloux").await;
    let draft = NeedDraft {
        object: "Guichet citoyen".to_owned(),
        description: String::new(),
        cpv: "72212000".to_owned(),
        nature: Nature::Services,
        estimate: Money::from_cents(100),
        quantity: "1".to_owned(),
        wanted_on: None,
    };
    let share = ShareDraft { estimate: Money::from_cents(100), quantity: "1".to_owned(), remark: String::new() };

    let need = twin_writes::describe(&world.services, &namur, &draft).await.expect("described");
    twin_joins::join(&world.services, &gembloux, need, &share).await.expect("joined");

    let told = world.last_audit(Stream::Organisation(namur.organisation())).await;
    assert_eq!((told.action.as_str(), told.outcome), ("need.join", Outcome::Done));
}
