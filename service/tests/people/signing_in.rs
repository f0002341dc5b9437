//! Passwords, and the links by which they are chosen again.

use domain::{audit::Stream, fault::Fault, refusal::Refusal};
use service::{
    Error, on_both_databases, person,
    store::{self, links::Purpose, outbox, people},
};

use crate::{EMAIL, GOOD, OTHER, email, from, is, not_recognised, sign_in, somebody};

on_both_databases! {
    async fn a_wrong_password_and_an_unknown_address_get_the_same_answer(world: World) {
        somebody(&world).await;

        assert!(sign_in(&world.services, " CLAIRE@namur.example ", GOOD).await.is_ok());
        assert!(not_recognised(sign_in(&world.services, EMAIL, OTHER).await));
        assert!(not_recognised(sign_in(&world.services, "nobody@namur.example", GOOD).await));
    }

    async fn after_eight_wrong_passwords_even_the_right_one_waits(world: World) {
        somebody(&world).await;
        for _ in 0..8 {
            assert!(not_recognised(sign_in(&world.services, EMAIL, OTHER).await));
        }

        let ninth = sign_in(&world.services, EMAIL, GOOD).await;

        assert!(matches!(ninth, Err(Error::TooMany { .. })));
        world.now_is("2026-11-23 10:16");
        assert!(sign_in(&world.services, EMAIL, GOOD).await.is_ok());
    }

    async fn a_forgotten_password_is_chosen_again_once_by_the_link_of_the_letter(world: World) {
        somebody(&world).await;
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        let letters = world.post().await;
        let token = letters[0].token();

        person::choose_password(&world.services, token, OTHER.to_owned(), &from()).await.expect("chosen");

        assert!(sign_in(&world.services, EMAIL, OTHER).await.is_ok());
        assert!(not_recognised(sign_in(&world.services, EMAIL, GOOD).await));
        let again = person::choose_password(&world.services, token, GOOD.to_owned(), &from()).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::LinkSpent))));
        let told = world.last_audit(Stream::Platform).await;
        assert_eq!((told.action.as_str(), told.who.as_str()), ("person.password", "Claire"));
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn an_unknown_address_gets_the_same_answer_and_no_letter(world: World) {
        world.commune("Namur").await;

        person::forgotten(&world.services, &email("nobody@namur.example"), &from()).await.expect("the same answer");

        assert_eq!(world.post().await, []);
        assert_eq!(world.last_audit(Stream::Platform).await.action, "person.forgotten");
    }

    async fn asking_for_links_again_and_again_is_slowed_down(world: World) {
        somebody(&world).await;
        for _ in 0..8 {
            person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        }

        let ninth = person::forgotten(&world.services, &email(EMAIL), &from()).await;

        assert!(matches!(ninth, Err(Error::TooMany { .. })));
    }

    async fn inventing_links_is_slowed_down(world: World) {
        world.commune("Namur").await;
        for number in 0..60 {
            let opened = person::open_link(&world.services, Purpose::Password, &number.to_string(), &from()).await;
            assert!(matches!(opened, Err(Error::Refused(Refusal::LinkSpent))));
        }

        let next = person::open_link(&world.services, Purpose::Password, "60", &from()).await;

        assert!(matches!(next, Err(Error::TooMany { .. })));
    }

    async fn a_link_works_until_its_third_day_is_over(world: World) {
        somebody(&world).await;
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        let letters = world.post().await;

        world.now_is("2026-11-26 09:59");
        person::open_link(&world.services, Purpose::Password, letters[0].token(), &from()).await.expect("still works");
        world.now_is("2026-11-26 10:00");
        let late = person::choose_password(&world.services, letters[0].token(), OTHER.to_owned(), &from()).await;

        assert!(matches!(late, Err(Error::Refused(Refusal::LinkSpent))));
        assert!(sign_in(&world.services, EMAIL, GOOD).await.is_ok());
    }

    async fn a_link_for_one_thing_opens_nothing_else(world: World) {
        somebody(&world).await;
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        let letters = world.post().await;

        let accepted = person::accept(&world.services, letters[0].token(), &from()).await;

        assert!(matches!(accepted, Err(Error::Refused(Refusal::LinkSpent))));
    }

    async fn a_weak_password_does_not_spend_the_link(world: World) {
        somebody(&world).await;
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        let letters = world.post().await;

        let easy = "motdepasse123".to_owned();
        let weak = person::choose_password(&world.services, letters[0].token(), easy, &from()).await;

        assert!(weak.is_err_and(|error| is(&error, "motdepasse", &Fault::WeakPassword)));
        person::open_link(&world.services, Purpose::Password, letters[0].token(), &from()).await.expect("still works");
    }

    async fn a_new_password_ends_every_session_of_its_person(world: World) {
        somebody(&world).await;
        let claire = people::by_email(&world.services, EMAIL).await.expect("read").expect("known").id;
        let later = world.services.now() + chrono::TimeDelta::hours(8);
        let data = format!("{{\"person\":\"{claire}\"}}");
        store::sessions::save(&world.services, "a", &data, later).await.expect("saved");
        store::sessions::save(&world.services, "b", "{\"person\":\"other\"}", later).await.expect("saved");
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        let letters = world.post().await;

        person::choose_password(&world.services, letters[0].token(), OTHER.to_owned(), &from()).await.expect("chosen");

        assert_eq!(store::sessions::load(&world.services, "a").await.expect("read"), None);
        assert!(store::sessions::load(&world.services, "b").await.expect("read").is_some());
    }

    async fn nothing_in_the_database_opens_a_link(world: World) {
        somebody(&world).await;
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        let due = outbox::take(&world.services, chrono::TimeDelta::zero()).await.expect("read").expect("due");

        let token = world.post().await[0].token().to_owned();

        assert!(!due.payload.to_string().contains(&token));
    }
}
