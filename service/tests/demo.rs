//! The demo world: made once, in a database of its own.

use service::{
    Error, demo, on_both_databases, organisation,
    store::calls::{self, COUNT_MOST, Filter, State},
};

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

    async fn the_demo_stays_out_of_a_database_of_real_people(world: World) {
        world.officer("Namur").await;

        let filled = demo::fill(&world.services).await;
        let crowded = demo::crowd(&world.services, 1).await;

        assert!(matches!(filled, Err(Error::NotFound)), "{filled:?}");
        assert!(matches!(crowded, Err(Error::NotFound)), "{crowded:?}");
    }
}
