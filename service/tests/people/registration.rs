//! Firms that register themselves.

use domain::{audit::Stream, fault::Fault, organisation::OrganisationKind, refusal::Refusal};
use service::{
    Error, on_both_databases,
    organisation::{self, Registration},
    store::{self, people},
};

use crate::{GOOD, OTHER, email, from, is, not_recognised, sign_in};

fn a_firm() -> Registration {
    Registration {
        firm: "Aubier Logiciels".to_owned(),
        bce: "0451.461.655".parse().expect("right check digits"),
        address: "Rue Haute 1, 5000 Namur".to_owned(),
        email: email("gerante@aubier.example"),
        name: "Gérante".to_owned(),
        password: GOOD.to_owned(),
    }
}

on_both_databases! {
    async fn a_registration_makes_nothing_usable_before_it_is_confirmed(world: World) {
        organisation::register(&world.services, a_firm(), &from()).await.expect("registered");

        let early = sign_in(&world.services, "gerante@aubier.example", GOOD).await;
        assert!(early.is_err_and(|error| is(&error, "courriel", &Fault::NotConfirmed)));
        assert!(not_recognised(sign_in(&world.services, "gerante@aubier.example", OTHER).await));
        let kinds = [OrganisationKind::Sme];
        assert_eq!(store::organisations::search(&world.services, &kinds, "", 0, 25).await.expect("read").1, 0);

        let letters = world.post().await;
        let (person, firm) = organisation::confirm(&world.services, letters[0].token(), GOOD.to_owned(), &from())
            .await
            .expect("confirmed");

        assert_eq!(sign_in(&world.services, "gerante@aubier.example", GOOD).await.expect("signed in"), person);
        let found = store::organisations::find(&world.services, firm).await.expect("visible");
        assert_eq!(found.bce.as_deref(), Some("0451.461.655"));
        let told = world.last_audit(Stream::Organisation(firm)).await;
        assert_eq!((told.action.as_str(), told.who.as_str()), ("organisation.confirm", "Gérante"));
        let again = organisation::confirm(&world.services, letters[0].token(), GOOD.to_owned(), &from()).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::LinkSpent))));
    }

    async fn a_registration_in_somebody_elses_name_is_not_confirmed_by_them(world: World) {
        organisation::register(&world.services, a_firm(), &from()).await.expect("registered by a stranger");
        let letters = world.post().await;

        let confirmed = organisation::confirm(&world.services, letters[0].token(), OTHER.to_owned(), &from()).await;

        assert!(confirmed.is_err_and(|error| is(&error, "motdepasse", &Fault::NotRecognised)));
        assert!(sign_in(&world.services, "gerante@aubier.example", GOOD).await.is_err());
    }

    async fn a_number_that_belongs_to_somebody_is_refused_at_its_field(world: World) {
        organisation::register(&world.services, a_firm(), &from()).await.expect("registered");
        let other = Registration { email: email("autre@aubier.example"), ..a_firm() };

        let waiting = organisation::register(&world.services, other.clone(), &from()).await;
        let letters = world.post().await;
        organisation::confirm(&world.services, letters[0].token(), GOOD.to_owned(), &from()).await.expect("confirmed");
        let confirmed = organisation::register(&world.services, other, &from()).await;
        let by_itself = organisation::register(&world.services, a_firm(), &from()).await;

        for refused in [waiting, confirmed, by_itself] {
            assert!(refused.is_err_and(|error| is(&error, "bce", &Fault::BceTaken)));
        }
    }

    async fn a_registration_sent_twice_is_one_firm_with_one_working_link(world: World) {
        organisation::register(&world.services, a_firm(), &from()).await.expect("registered");
        organisation::register(&world.services, a_firm(), &from()).await.expect("the same answer");

        let letters = world.post().await;

        // The first link was spent before its letter was written.
        assert_eq!(letters.len(), 1);
        organisation::confirm(&world.services, letters[0].token(), GOOD.to_owned(), &from()).await.expect("confirmed");
        let kinds = [OrganisationKind::Sme];
        assert_eq!(store::organisations::search(&world.services, &kinds, "", 0, 25).await.expect("read").1, 1);
    }

    async fn a_registration_that_nobody_confirms_gives_its_number_back(world: World) {
        organisation::register(&world.services, a_firm(), &from()).await.expect("registered");
        world.post().await;
        world.now_is("2026-11-26 10:00");

        let other = Registration { firm: "Aubier".to_owned(), email: email("autre@aubier.example"), ..a_firm() };
        organisation::register(&world.services, other, &from()).await.expect("registered by another");

        let letters = world.post().await;
        let (_, firm) = organisation::confirm(&world.services, letters[0].token(), GOOD.to_owned(), &from())
            .await
            .expect("confirmed");
        let found = store::organisations::find(&world.services, firm).await.expect("visible");
        assert_eq!((found.name.as_str(), found.email.as_deref()), ("Aubier", Some("autre@aubier.example")));
    }

    async fn a_weak_password_registers_nothing(world: World) {
        let weak = Registration { password: "aubier".to_owned(), ..a_firm() };

        let refused = organisation::register(&world.services, weak, &from()).await;

        assert!(refused.is_err_and(|error| is(&error, "motdepasse", &Fault::WeakPassword)));
        assert_eq!(people::by_email(&world.services, "gerante@aubier.example").await.expect("read"), None);
    }
}
