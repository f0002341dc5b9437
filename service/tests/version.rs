//! The version of the database, by which a server knows that what it keeps is still right.

use domain::organisation::OrganisationKind;
use service::{
    Services,
    clock::SystemClock,
    clock::TimeOrderedIds,
    on_both_databases,
    store::{Store, organisations},
    testing::World,
};

on_both_databases! {
    async fn the_version_changes_with_each_write_of_this_server_and_of_others(world: World) {
        let mut seen = vec![world.store().version().await.expect("told")];

        world.organisation(OrganisationKind::Commune, "Namur").await;
        seen.push(world.store().version().await.expect("told"));

        let other = Store::open(&world.url).await.expect("the same database");
        let other = Services::new(other, SystemClock, TimeOrderedIds, world.services.settings().clone());
        service::cpv::import(&other, "code;fr\n72212000;Services de programmation".as_bytes()).await.expect("written");
        seen.push(world.store().version().await.expect("told"));

        assert!(seen[0] != seen[1] && seen[1] != seen[2], "{seen:?}");
    }
}

/// PostgreSQL counts the transactions of all its databases, those of other tests too.
#[tokio::test]
async fn the_version_stays_while_nothing_is_committed() {
    let world = World::on_sqlite().await;
    let before = world.store().version().await.expect("told");

    let counted = organisations::count(&world.services).await.expect("read");
    drop(world.services.begin().await.expect("a write begins"));

    assert_eq!((counted, world.store().version().await.expect("told")), (0, before));
}
