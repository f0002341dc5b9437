//! The steps of the database, from nothing and from an earlier state with a file in it.

use domain::{
    authz::Scope,
    kernel::{Money, Percent},
    organisation::Role,
    share::{Fixed, Key, Rule},
    tender::{ActResult, Stage},
};
use service::{on_both_databases, store, tender, testing::World};

on_both_databases! {
    async fn an_empty_database_takes_every_step_and_taking_them_again_changes_nothing(world: World) {
        assert!(world.store().is_ready().await);

        world.store().migrate().await.expect("nothing is left to do");

        assert!(world.store().is_ready().await);
    }
}

/// The file of the older state is there, unchanged, and goes on under the rules of today.
async fn the_file_goes_on(world: World) {
    assert!(world.store().is_ready().await);
    let commune =
        store::organisations::by_name(&world.services, domain::organisation::OrganisationKind::Commune, "Namur")
            .await
            .expect("the commune is there");
    let officer = world.member(&commune, Role::ProcurementOfficer).await;
    let reference = "MP-2026-0001".parse().expect("a reference");
    let read =
        async |scope: Scope| store::tenders::find(&world.services, scope, reference).await.expect("found").tender;

    let before = read(officer.scope()).await;
    assert_eq!((before.stage, before.version), (Stage::Drafting, 3));
    assert_eq!(before.plan.estimate, Money::from_cents(12_800_000));
    let fixed = Fixed::Percent(Percent::parse_iso("20").expect("a rate"));
    assert_eq!(before.rule, Rule { key: Key::Population, fixed, min: None, max: None });

    let acts = store::acts::of_tender(&world.services, before.id).await.expect("its acts");
    let drawn = ActResult::Drawn { winner: 2, between: Vec::new() };
    assert_eq!(acts.into_iter().map(|act| act.result).collect::<Vec<_>>(), [Some(drawn)]);

    let bounded = Rule { max: Some(Money::from_cents(20_000_000)), ..before.rule };
    tender::set_rule(&world.services, &officer, reference, before.version, &bounded).await.expect("set");
    assert_eq!(read(officer.scope()).await.rule, bounded);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_an_earlier_state_is_brought_up_to_date_and_keeps_its_file_on_sqlite() {
    the_file_goes_on(World::raised_on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_an_earlier_state_is_brought_up_to_date_and_keeps_its_file_on_postgres() {
    the_file_goes_on(World::raised_on_postgres().await).await;
}
