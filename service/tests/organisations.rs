//! The pages of organisations, on both databases.

use domain::{
    audit::{Outcome, Stream},
    fault::Fault,
    organisation::{OrganisationKind, Role},
};
use service::{
    Error, on_both_databases, organisation,
    store::{
        self,
        organisations::{self, Profile},
    },
};

fn profile(version: i32) -> Profile {
    Profile {
        bce: Some("0451.461.655".parse().expect("right check digits")),
        address: Some("Rue Haute 1, 5000 Namur".to_owned()),
        email: Some("marches@namur.example".parse().expect("an address")),
        iban: Some("BE68 5390 0754 7034".parse().expect("right check digits")),
        peppol_id: None,
        version,
    }
}

fn is(error: &Error, field: &str, fault: &Fault) -> bool {
    matches!(error, Error::Invalid(errors) if errors.of(field) == Some(fault))
}

on_both_databases! {
    async fn an_organisation_is_edited_and_the_trail_tells_before_and_after(world: World) {
        let officer = world.officer("Namur").await;
        let id = officer.organisation();

        organisation::edit(&world.services, &officer, id, &profile(1)).await.expect("edited");

        let found = organisations::find(&world.services, id).await.expect("found");
        assert_eq!((found.iban.as_deref(), found.version), (Some("BE68 5390 0754 7034"), 2));
        let told = world.last_audit(Stream::Organisation(id)).await;
        assert_eq!((told.action.as_str(), told.outcome), ("organisation.edit", Outcome::Done));
        assert_eq!(told.facts["bce"], serde_json::json!({ "before": null, "after": "0451.461.655" }));
        assert!(told.facts.get("peppol_id").is_none());
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn the_second_of_two_who_edit_overwrites_nothing(world: World) {
        let officer = world.officer("Namur").await;
        let id = officer.organisation();
        organisation::edit(&world.services, &officer, id, &profile(1)).await.expect("edited");

        let later = Profile { address: Some("Ailleurs".to_owned()), ..profile(1) };
        let stale = organisation::edit(&world.services, &officer, id, &later).await;

        assert!(matches!(stale, Err(Error::Stale)));
        let found = organisations::find(&world.services, id).await.expect("found");
        assert_eq!(found.address.as_deref(), Some("Rue Haute 1, 5000 Namur"));
    }

    async fn two_who_edit_at_the_same_moment_are_one_who_wins(world: World) {
        let officer = world.officer("Namur").await;
        let id = officer.organisation();
        let (mine, theirs) = (profile(1), profile(1));

        let (one, other) = tokio::join!(
            organisation::edit(&world.services, &officer, id, &mine),
            organisation::edit(&world.services, &officer, id, &theirs),
        );

        assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
        assert!(matches!(one.and(other), Err(Error::Stale)));
    }

    async fn a_number_of_another_organisation_is_refused_at_its_field(world: World) {
        let namur = world.officer("Namur").await;
        let gembloux = world.officer("Gembloux").await;
        organisation::edit(&world.services, &namur, namur.organisation(), &profile(1)).await.expect("edited");

        let taken = organisation::edit(&world.services, &gembloux, gembloux.organisation(), &profile(1)).await;

        assert!(taken.is_err_and(|error| is(&error, "bce", &Fault::BceTaken)));
        organisation::edit(&world.services, &namur, namur.organisation(), &profile(2)).await.expect("its own number");
    }

    async fn a_firm_keeps_a_number(world: World) {
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        let member = world.member(&firm, Role::SmeMember).await;

        let without = organisation::edit(&world.services, &member, firm.id, &Profile { bce: None, ..profile(1) }).await;

        assert!(without.is_err_and(|error| is(&error, "bce", &Fault::Empty)));
    }

    async fn another_organisation_and_another_role_do_not_edit_and_the_attempt_is_recorded(world: World) {
        let namur = world.commune("Namur").await;
        let stranger = world.officer("Gembloux").await;
        let director = world.member(&namur, Role::FinanceDirector).await;

        for actor in [stranger, director] {
            let denied = organisation::edit(&world.services, &actor, namur.id, &profile(1)).await;

            assert!(matches!(denied, Err(Error::Denied(_))));
            let told = world.last_audit(Stream::Organisation(namur.id)).await;
            assert_eq!((told.action.as_str(), told.outcome), ("organisation.edit", Outcome::Denied));
        }
        assert_eq!(organisations::find(&world.services, namur.id).await.expect("found").bce, None);
    }

    async fn names_are_found_without_accents_a_page_at_a_time(world: World) {
        organisation::ship_communes(&world.services).await.expect("shipped");

        let kinds = OrganisationKind::ALL;
        let (found, count) = organisations::search(&world.services, &kinds, "LIEGE", 0, 25).await.expect("searched");
        assert!(count >= 1 && found.iter().any(|organisation| organisation.name == "Liège"));
        let (first, total) = organisations::search(&world.services, &kinds, "", 0, 25).await.expect("searched");
        let (second, _) = organisations::search(&world.services, &kinds, "", 1, 25).await.expect("searched");
        assert_eq!((first.len(), total), (25, 263));
        assert!(first.iter().all(|organisation| !second.contains(organisation)));
        let percent = organisations::search(&world.services, &kinds, "%", 0, 25).await.expect("searched");
        assert_eq!(percent.1, 0);
    }

    async fn an_organisation_is_named_by_code_number_or_name(world: World) {
        organisation::ship_communes(&world.services).await.expect("shipped");
        let namur = organisations::named(&world.services, "92094").await.expect("by code");
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        organisation::edit(&world.services, &officer, namur.id, &profile(1)).await.expect("edited");

        for text in ["namur", "0451461655", "0451.461.655"] {
            assert_eq!(organisations::named(&world.services, text).await.expect("found").id, namur.id, "{text}");
        }
        assert!(matches!(organisations::named(&world.services, "nulle part").await, Err(Error::NotFound)));
    }
}
