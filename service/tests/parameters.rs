//! The figures of law in the database, on both databases.

use chrono::NaiveDate;
use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    fault::Fault,
    kernel::Money,
    organisation::{OrganisationKind, Role},
    parameter::{NewRow, ParameterSet, Value},
    refusal::Refusal,
};
use service::{
    Error, FieldErrors, cpv, on_both_databases, parameter,
    store::{self, parameters},
    testing::World,
};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

fn a_row(key: &str, from: &str) -> NewRow {
    NewRow {
        key: key.to_owned(),
        value: Value::Money(Money::from_cents(4_000_000)),
        valid_from: date(from),
        legal_ref: "Loi du 1er décembre 2026, art. 3".to_owned(),
        certainty: "Sv".parse().expect("a mark"),
        checked_on: date("2026-11-23"),
    }
}

async fn a_coordinator(world: &World) -> Actor {
    let union = world.organisation(OrganisationKind::Union, "UVCW").await;
    world.member(&union, Role::Coordinator).await
}

fn is_fault(refused: Result<(), Error>, field: &str, fault: Fault) -> bool {
    matches!(refused, Err(Error::Invalid(errors)) if errors == FieldErrors::one(field, fault))
}

on_both_databases! {
    async fn the_shipped_rows_are_read_as_they_were_and_ship_once(world: World) {
        parameter::ship(&world.services).await.expect("nothing to do");

        let read = parameters::set(&world.services).await.expect("read");

        assert_eq!(*read, ParameterSet::shipped());
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn a_coordinator_adds_a_row_and_the_one_before_it_ends(world: World) {
        let coordinator = a_coordinator(&world).await;
        let before = parameters::set(&world.services).await.expect("read and kept");

        parameter::add_row(&world.services, &coordinator, &a_row("fm.max", "2027-01-01")).await.expect("added");

        let set = parameters::set(&world.services).await.expect("read again");
        assert_eq!(before.money_on("fm.max", date("2027-01-01")), Ok(Money::from_cents(3_000_000)));
        assert_eq!(set.money_on("fm.max", date("2026-12-31")), Ok(Money::from_cents(3_000_000)));
        assert_eq!(set.money_on("fm.max", date("2027-01-01")), Ok(Money::from_cents(4_000_000)));
        assert_eq!(set.check(), []);
        let told = world.last_audit(Stream::Platform).await;
        assert_eq!((told.action.as_str(), told.outcome), ("parameter.edit", Outcome::Done));
        assert_eq!(told.facts["value"]["before"], "30000.00");
    }

    async fn nobody_else_adds_a_row_and_the_attempt_is_recorded(world: World) {
        let officer = world.officer("Namur").await;
        let union = world.organisation(OrganisationKind::Union, "UVCW").await;
        let administrator = world.member(&union, Role::PlatformAdministrator).await;

        for actor in [officer, administrator] {
            let denied = parameter::add_row(&world.services, &actor, &a_row("fm.max", "2027-01-01")).await;

            assert!(matches!(denied, Err(Error::Denied(_))));
            let told = world.last_audit(Stream::Platform).await;
            assert_eq!((told.action.as_str(), told.outcome), ("parameter.edit", Outcome::Denied));
        }
        assert_eq!(*parameters::set(&world.services).await.expect("read"), ParameterSet::shipped());
    }

    async fn a_row_in_use_a_gap_and_a_check_in_the_future_are_refused_at_their_field(world: World) {
        let coordinator = a_coordinator(&world).await;
        let add = async |row: &NewRow| parameter::add_row(&world.services, &coordinator, row).await;

        let today = add(&a_row("fm.max", "2026-11-23")).await;
        assert!(is_fault(today, "du", Fault::Before { earliest: date("2026-11-24") }));
        let gap = add(&a_row("eu.threshold.works", "2028-01-02")).await;
        assert!(is_fault(gap, "du", Fault::After { latest: date("2028-01-01") }));
        let overlap = add(&a_row("eu.threshold.works", "2027-12-31")).await;
        assert!(is_fault(overlap, "du", Fault::Before { earliest: date("2028-01-01") }));
        let unread = NewRow { checked_on: date("2026-11-24"), ..a_row("fm.max", "2027-01-01") };
        assert!(is_fault(add(&unread).await, "verifie", Fault::After { latest: date("2026-11-23") }));
        assert!(matches!(add(&a_row("tarot.max", "2027-01-01")).await, Err(Error::NotFound)));
        assert_eq!(*parameters::set(&world.services).await.expect("read"), ParameterSet::shipped());
    }

    async fn the_same_row_sent_twice_is_kept_once(world: World) {
        let coordinator = a_coordinator(&world).await;
        let row = a_row("fm.max", "2027-01-01");
        parameter::add_row(&world.services, &coordinator, &row).await.expect("added");

        let again = parameter::add_row(&world.services, &coordinator, &row).await;

        assert!(matches!(again, Err(Error::Refused(Refusal::AlreadyDone))));
        let told = world.last_audit(Stream::Platform).await;
        assert_eq!((told.action.as_str(), told.outcome), ("parameter.edit", Outcome::Refused));
    }

    async fn codes_are_found_searched_and_imported_over_the_shipped_ones(world: World) {
        let found = store::cpv::find(&world.services, "72267000").await.expect("read").expect("a shipped code");
        assert_eq!(found.label, "Services de maintenance et de réparation de logiciels");
        let searched = store::cpv::search(&world.services, "Maintenance", 3).await.expect("searched");
        assert_eq!(searched.len(), 3);
        let by_digits = store::cpv::search(&world.services, "7226700", 3).await.expect("searched");
        assert_eq!(by_digits, [found]);

        let file = "code;fr\n72267000;Entretien\n03000000;Produits agricoles\n03000000;Produits de l'agriculture\n";
        let count = cpv::import(&world.services, file.as_bytes()).await.expect("imported");

        assert_eq!(count, 3);
        let label = async |code| store::cpv::find(&world.services, code).await.expect("read").map(|found| found.label);
        assert_eq!(label("72267000").await.as_deref(), Some("Entretien"));
        assert_eq!(label("03000000").await.as_deref(), Some("Produits de l’agriculture"));
        let told = world.last_audit(Stream::Platform).await;
        assert_eq!(told.action, "cpv.import");
    }

    async fn a_file_with_one_bad_line_changes_nothing(world: World) {
        let before = store::cpv::all(&world.services).await.expect("read");

        let refused = cpv::import(&world.services, "code,fr\n03000000,Produits\n0300,Rien\n".as_bytes()).await;

        assert_eq!(refused.map_err(|error| error.to_string()), Err("file: line 3: not a code of eight digits".into()));
        assert_eq!(store::cpv::all(&world.services).await.expect("read"), before);
    }
}
