//! The demo world: made once, in a database of its own.

use std::collections::BTreeSet;

use domain::{authz::Scope, organisation::Role, tender::Stage, voucher::Status};
use service::{
    Error, Services, demo, on_both_databases, organisation,
    store::{
        calls::{self, COUNT_MOST, Filter, State},
        ledger_sums, people, tenders, vouchers,
    },
    testing::World,
};

/// Stages at which no file of the demo rests.
const PASSED_THROUGH: [(Stage, &str); 2] = [
    (Stage::Informed, "the file whose waiting time runs (S18) comes to it when the clock is put forward"),
    (Stage::FinallyAccepted, "it lasts until the surety is back; the closed file (S26) went through it"),
];

fn all(per_page: u64) -> Filter {
    Filter { state: State::Any, per_page, ..Filter::default() }
}

on_both_databases! {
    async fn a_crowd_is_copied_of_the_demo_and_numbers_go_on_after_it(world: World) {
        organisation::ship_communes(&world.services).await.expect("the communes ship");
        demo::fill(&world.services).await.expect("filled");
        let before = calls::list(&world.services, &all(1)).await.expect("read").count;

        demo::crowd(&world.services, 700).await.expect("crowded");

        let crowd = calls::list(&world.services, &all(25)).await.expect("read");
        assert_eq!(crowd.count, before + 630, "nine in ten are published");
        assert!(crowd.rows.len() == 25 && crowd.has_next);
        let open = calls::list(&world.services, &Filter { per_page: 25, ..Filter::default() }).await.expect("read");
        assert!(open.count > 50 && open.count < COUNT_MOST, "{}", open.count);
        for row in crowd.rows {
            calls::find(&world.services, row.reference).await.expect("each can be read");
        }
        demo::crowd(&world.services, 3).await.expect("references are still free");
    }

    async fn a_crowd_of_vouchers_has_its_entries_and_sums_and_numbers_go_on_after_it(world: World) {
        organisation::ship_communes(&world.services).await.expect("the communes ship");
        demo::fill(&world.services).await.expect("filled");
        let everything = scope_of_the_auditor(&world.services).await;
        let filter = vouchers::Filter { per_page: 25, ..vouchers::Filter::default() };
        let (_, before) = vouchers::list(&world.services, everything, &filter).await.expect("read");
        let told = std::sync::Mutex::new(Vec::new());

        demo::lines(&world.services, 2_800, |done| told.lock().expect("no one else").push(done)).await.expect("crowded");

        assert_eq!(told.into_inner().expect("no one else"), [2_500, 2_800]);
        let (latest, count) = vouchers::list(&world.services, everything, &filter).await.expect("read");
        assert!(count > before + 900, "{count}");
        for row in latest {
            vouchers::find(&world.services, everything, row.id).await.expect("each can be read");
        }
        assert_eq!(ledger_sums::first_differing(world.store()).await.expect("counted"), None);
        let sums = vouchers::sums(&world.services, everything, &filter).await.expect("read");
        assert!(sums.total > sums.ordered && sums.ordered.is_positive(), "drafts and cancelled ones are not ordered");
        demo::lines(&world.services, 3, |_| ()).await.expect("numbers are still free");
    }

    async fn the_demo_stays_out_of_a_database_of_real_people(world: World) {
        world.officer("Namur").await;

        let filled = demo::fill(&world.services).await;
        let crowded = demo::crowd(&world.services, 1).await;
        let ordered = demo::lines(&world.services, 1, |_| ()).await;

        assert!(matches!(filled, Err(Error::NotFound)), "{filled:?}");
        assert!(matches!(crowded, Err(Error::NotFound)), "{crowded:?}");
        assert!(matches!(ordered, Err(Error::NotFound)), "{ordered:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_has_a_file_at_each_stage_and_a_voucher_at_each_status() {
    let world = World::on_sqlite().await;
    organisation::ship_communes(&world.services).await.expect("the communes ship");
    demo::fill(&world.services).await.expect("filled");

    let everything = scope_of_the_auditor(&world.services).await;
    let filter = tenders::Filter { per_page: 1000, ..tenders::Filter::default() };
    let (files, _) = tenders::list(&world.services, everything, &filter).await.expect("read");
    let filter = vouchers::Filter { per_page: 1000, ..vouchers::Filter::default() };
    let (orders, _) = vouchers::list(&world.services, everything, &filter).await.expect("read");

    let now = world.services.now();
    let stages: BTreeSet<_> = files.iter().map(|file| file.tender.stage_at(now)).collect();
    let absent: Vec<_> = Stage::ALL.into_iter().filter(|stage| !stages.contains(stage)).collect();
    assert_eq!(absent, PASSED_THROUGH.map(|(stage, _)| stage));
    let statuses: BTreeSet<_> = orders.iter().map(|order| order.status).collect();
    assert_eq!(statuses, Status::ALL.into_iter().collect::<BTreeSet<_>>());
}

/// The Region's auditor reads every file.
async fn scope_of_the_auditor(services: &Services) -> Scope {
    for person in people::of_the_demo(services).await.expect("read") {
        for membership in people::memberships(services, person.id).await.expect("read") {
            if membership.roles.contains(&Role::Auditor) {
                return membership.actor(person.id).scope();
            }
        }
    }
    panic!("the demo has an auditor")
}
