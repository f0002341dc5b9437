//! The surety of one order, where the contract asks it order by order, on both databases.

use chrono::{Days, NaiveDate};
use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    kernel::{Money, ids::VoucherId, time::brussels},
    refusal::Refusal,
    voucher::{Found, Refusal as No},
};
use service::{
    Error, on_both_databases,
    testing::{Concluded, World, quantities},
    voucher::{self, DeliveryDraft},
};

/// 50 000 euro, the amount from which a surety may be asked.
const LARGE: [(&str, &str); 2] = [("P-01", "1"), ("P-02", "75")];
/// 49 940 euro.
const SMALL: [(&str, &str); 3] = [("P-01", "1"), ("P-02", "74"), ("P-03", "6")];

fn today(world: &World) -> NaiveDate {
    brussels(world.services.now()).date()
}

async fn deposit(world: &World, actor: &Actor, id: VoucherId, version: i32, on: NaiveDate) -> Result<(), Error> {
    voucher::deposit_surety(&world.services, actor, id, version, on, "CDC-2026-7").await
}

async fn delivered(world: &World, concluded: &Concluded, id: VoucherId, version: i32) {
    let brought = DeliveryDraft { on: today(world), note: String::new(), quantities: quantities(&LARGE) };
    voucher::deliver(&world.services, &concluded.firm, id, version, &brought).await.expect("delivered");
}

on_both_databases! {
    async fn an_order_from_fifty_thousand_on_asks_its_surety_and_gives_it_back_when_all_is_accepted(world: World) {
        let concluded = world.concluded_per_order("200000.00").await;
        let pilot = concluded.pilot();
        world.post().await;

        let small = world.confirmed_voucher(&concluded, pilot, &SMALL).await;
        assert_eq!(world.voucher(&pilot.officer, small).await.surety, None);
        assert!(world.post().await.iter().all(|letter| !letter.text.contains("cautionnement")));
        let id = world.confirmed_voucher(&concluded, pilot, &LARGE).await;
        let asked = world.voucher(&concluded.firm, id).await.surety.expect("it is asked");
        assert_eq!((asked.amount, asked.deposited_on), (Money::from_cents(250_000), None));
        assert!(asked.due_on >= today(&world) + Days::new(30));
        let told = world.post().await;
        assert!(told.iter().any(|letter| letter.text.contains("cautionnement de 2\u{202f}500,00")), "{told:?}");

        deposit(&world, &pilot.manager, id, 5, today(&world)).await.expect("deposited");
        let held = world.voucher(&pilot.officer, id).await;
        let surety = held.surety.expect("it is held");
        assert_eq!((surety.deposited_on, surety.reference.as_deref()), (Some(today(&world)), Some("CDC-2026-7")));
        assert_eq!((surety.released_on, held.version), (None, 6));
        let row = world.last_audit(Stream::Tender(held.contract.tender)).await;
        assert_eq!((row.action.as_str(), row.facts["reference"].as_str()), ("voucher.surety", Some("CDC-2026-7")));

        delivered(&world, &concluded, id, 6).await;
        voucher::accept(&world.services, &pilot.manager, id, 7, &Found::Whole).await.expect("accepted");
        let back = world.voucher(&concluded.firm, id).await.surety.expect("it was held");
        assert_eq!(back.released_on, Some(today(&world)));
    }

    async fn a_surety_is_recorded_once_by_who_orders_and_not_for_a_day_to_come(world: World) {
        let concluded = world.concluded_per_order("200000.00").await;
        let (pilot, stranger) = (concluded.pilot(), world.officer("Tournai").await);
        let id = world.confirmed_voucher(&concluded, pilot, &LARGE).await;
        let tomorrow = today(&world) + Days::new(1);

        for actor in [&concluded.firm, &pilot.executive] {
            let denied = deposit(&world, actor, id, 5, today(&world)).await;
            assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
        }
        let lost = deposit(&world, &stranger, id, 5, today(&world)).await;
        assert!(matches!(lost, Err(Error::NotFound)), "{lost:?}");
        let early = deposit(&world, &pilot.officer, id, 5, tomorrow).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::Voucher(No::DayToCome { on }))) if on == tomorrow));
        let stale = deposit(&world, &pilot.officer, id, 4, today(&world)).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        deposit(&world, &pilot.officer, id, 5, today(&world)).await.expect("deposited");
        let again = deposit(&world, &pilot.officer, id, 6, today(&world)).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::Voucher(No::NoSuretyAwaited)))), "{again:?}");
        let tender = world.voucher(&pilot.officer, id).await.contract.tender;
        assert_eq!(world.last_audit(Stream::Tender(tender)).await.outcome, Outcome::Refused);
    }

    async fn what_is_deposited_for_an_order_that_is_cancelled_goes_back(world: World) {
        let concluded = world.concluded_per_order("200000.00").await;
        let pilot = concluded.pilot();
        let id = world.confirmed_voucher(&concluded, pilot, &LARGE).await;
        deposit(&world, &pilot.officer, id, 5, today(&world)).await.expect("deposited");

        voucher::cancel(&world.services, &pilot.officer, id, 6, "Besoin disparu").await.expect("cancelled");

        let surety = world.voucher(&pilot.officer, id).await.surety.expect("it was held");
        assert_eq!(surety.released_on, Some(today(&world)));
    }
}
