//! Calls as visitors and firms find them.

use chrono::TimeDelta;
use domain::tender::{Plan, Stage};
use service::{
    Error,
    call::{self, CallDraft},
    on_both_databases,
    store::{
        self,
        calls::{Filter, Sort, State},
    },
    testing::{at, quiet_plan},
};

use crate::{a_call, a_firm, a_published_call, a_question};

on_both_databases! {
    async fn a_visitor_finds_published_calls_alone(world: World) {
        let (tender, ..) = a_published_call(&world).await;
        let silent = world.adopted_by(&tender.pilot, quiet_plan("Pas encore")).await;

        let found = store::calls::list(&world.services, &Filter { per_page: 25, ..Filter::default() }).await.expect("read");

        assert_eq!(found.rows.iter().map(|row| row.reference).collect::<Vec<_>>(), [tender.reference]);
        assert!(matches!(store::calls::find(&world.services, silent.reference).await, Err(Error::NotFound)));
        assert!(matches!(call::specification(&world.services, silent.reference).await, Err(Error::NotFound)));
        let (file, bytes) = call::specification(&world.services, tender.reference).await.expect("public");
        assert_eq!((file.media_type.as_str(), bytes.as_slice()), ("application/pdf", b"%PDF-1.7 epreuve".as_slice()));
    }

    async fn a_firm_finds_the_calls_that_concern_it(world: World) {
        let (tender, firm, _) = a_published_call(&world).await;
        let (stranger, member) = a_firm(&world, "Orneau Informatique").await;

        let before = store::calls::of_firm(&world.services, stranger.id).await.expect("read");
        call::ask(&world.services, &member, tender.reference, &a_question()).await.expect("asked");
        let after = store::calls::of_firm(&world.services, stranger.id).await.expect("read");
        let invited = store::calls::of_firm(&world.services, firm.id).await.expect("read");

        assert_eq!((before.len(), after.len(), invited.len()), (0, 1, 1));
    }

    async fn a_page_holds_twenty_five_calls_and_filters_narrow_them(world: World) {
        let namur = world.commune("Namur").await;
        let ciney = world.commune("Ciney").await;
        let (firm, _) = a_firm(&world, "Aubier Logiciels").await;
        for number in 1..=27_i64 {
            let plan = Plan { cpv: if number == 1 { "80533100" } else { "72212000" }.to_owned(), ..quiet_plan(&format!("Été {number}")) };
            let tender = world.adopted_by(if number == 2 { &ciney } else { &namur }, plan).await;
            let deposit_until = at("2026-12-21 11:00") + TimeDelta::hours(number);
            let draft = CallDraft { deposit_until, ..a_call([firm.id]) };
            call::publish(&world.services, &tender.officer, tender.reference, &draft).await.expect("published");
        }
        let list = |filter: Filter| {
            let services = &world.services;
            async move { store::calls::list(services, &Filter { per_page: 25, ..filter }).await.expect("read") }
        };
        let none = Filter::default;

        let first = list(none()).await;
        assert_eq!((first.rows.len(), first.count, first.has_next), (25, 27, true));
        assert_eq!(first.rows[0].object, "Été 1");
        assert_eq!((first.rows[0].pilot.as_str(), first.rows[0].others), ("Namur", 0));
        let second = list(Filter { page: 1, ..none() }).await;
        assert_eq!((second.rows.len(), second.has_next), (2, false));
        assert_eq!(list(Filter { text: "ETE 27".to_owned(), ..none() }).await.count, 1);
        assert_eq!(list(Filter { text: "mp-2026-0003".to_owned(), ..none() }).await.rows[0].object, "Été 3");
        assert_eq!(list(Filter { cpv: "8053".to_owned(), ..none() }).await.rows[0].object, "Été 1");
        assert_eq!(list(Filter { commune: "cine".to_owned(), ..none() }).await.rows[0].object, "Été 2");
        assert_eq!(list(Filter { sort: Sort::Reference, ..none() }).await.rows[0].object, "Été 27");
        assert_eq!(list(Filter { sort: Sort::Publication, ..none() }).await.count, 27);
        assert_eq!(list(Filter { state: State::Awarded, ..none() }).await.count, 0);

        world.now_is("2026-12-21 12:01");
        assert_eq!(list(none()).await.count, 26);
        assert_eq!(list(Filter { state: State::Closed, ..none() }).await.rows[0].stage, Stage::DepositClosed);
        assert_eq!(list(Filter { state: State::Any, ..none() }).await.count, 27);
    }
}
