//! People, their links and their letters, on both databases.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
};

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    fault::Fault,
    kernel::{EmailAddress, ids::PersonId},
    organisation::{Organisation, OrganisationKind, Role},
    refusal::Refusal,
};
use service::{
    Error, MailMode, Services, Settings,
    clock::{SystemClock, TimeOrderedIds},
    job, on_both_databases, organisation,
    organisation::Registration,
    person::{self, Accepted, Address, Newcomer},
    store::{self, links::Purpose, outbox, people},
    testing::World,
};

const EMAIL: &str = "claire@namur.example";
const GOOD: &str = "beffroi de Namur 1388 !";
const OTHER: &str = "cloche fêlée de Gembloux 7";

fn email(text: &str) -> EmailAddress {
    text.parse().expect("a test writes an address")
}

fn from() -> Address {
    Address("192.0.2.1".to_owned())
}

async fn sign_in(services: &Services, email: &str, password: &str) -> Result<domain::kernel::ids::PersonId, Error> {
    person::sign_in(services, email, password.to_owned(), &from()).await
}

fn is(error: &Error, field: &str, fault: &Fault) -> bool {
    matches!(error, Error::Invalid(errors) if errors.of(field) == Some(fault))
}

fn not_recognised<T>(result: Result<T, Error>) -> bool {
    result.is_err_and(|error| is(&error, "courriel", &Fault::NotRecognised))
}

/// A commune, and somebody with a password in it.
async fn somebody(world: &World) -> Organisation {
    let namur = world.commune("Namur").await;
    let link = person::create(&world.services, &email(EMAIL), "Claire", &namur, Role::ChiefExecutive).await;
    let link = link.expect("created");
    let token = link.rsplit('/').next().expect("a link has a token");
    person::choose_password(&world.services, token, GOOD.to_owned(), &from()).await.expect("chosen");
    namur
}

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

async fn chief_executive(world: &World, namur: &Organisation) -> Actor {
    let person = people::by_email(&world.services, EMAIL).await.expect("read").expect("known");
    Actor::member(person.id, namur.id, namur.kind, [Role::ChiefExecutive].into())
}

/// A mail server that takes one letter and hands it over.
fn a_mail_server() -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("a port"));
    let letter = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("somebody calls");
        let mut answer = stream.try_clone().expect("one more handle");
        let mut say = move |words: &str| answer.write_all(format!("{words}\r\n").as_bytes()).expect("heard");
        say("220 here");
        let (mut letter, mut in_letter) = (String::new(), false);
        for line in BufReader::new(stream).lines() {
            let line = line.expect("a line");
            match line.as_str() {
                "." => {
                    say("250 taken");
                    return letter;
                }
                _ if in_letter => letter = letter + &line + "\n",
                "DATA" => {
                    in_letter = true;
                    say("354 go on");
                }
                _ => say("250 yes"),
            }
        }
        letter
    });
    (url, letter)
}

on_both_databases! {
    async fn with_a_mail_server_the_letter_goes_there_and_no_file_is_written(world: World) {
        somebody(&world).await;
        let (url, letter) = a_mail_server();
        let settings = Settings { mail: MailMode::Smtp(url), ..world.services.settings().clone() };
        let services = Services::new(world.store().clone(), SystemClock, TimeOrderedIds, settings);
        person::forgotten(&services, &email(EMAIL), &from()).await.expect("promised");

        assert_eq!(job::run_due(&services).await.expect("worked"), 1);

        let letter = letter.join().expect("the server took a letter");
        assert!(letter.contains("To: claire@namur.example") && letter.contains("/mot-de-passe/"), "{letter}");
        assert!(!world.data_dir.join("mails").exists());
    }

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

    async fn somebody_invited_chooses_a_password_and_belongs(world: World) {
        let namur = somebody(&world).await;
        let actor = chief_executive(&world, &namur).await;
        organisation::invite(&world.services, &actor, namur.id, &email("luc@namur.example"), Role::FinanceDirector)
            .await
            .expect("invited");
        assert_eq!(world.last_audit(Stream::Organisation(namur.id)).await.action, "organisation.invite");
        let letters = world.post().await;
        assert!(letters[0].text.contains("Namur vous invite"), "{:?}", letters[0]);

        let newcomer = Newcomer { name: "Luc".to_owned(), password: GOOD.to_owned() };
        let accepted = person::accept_as_newcomer(&world.services, letters[0].token(), newcomer, &from()).await;

        let Ok(Accepted::Newcomer(luc)) = accepted else { panic!("a newcomer: {accepted:?}") };
        assert_eq!(sign_in(&world.services, "luc@namur.example", GOOD).await.expect("signed in"), luc);
        let memberships = people::memberships(&world.services, luc).await.expect("read");
        assert_eq!(memberships[0].roles, [Role::FinanceDirector].into());
        let told = world.last_audit(Stream::Organisation(namur.id)).await;
        assert_eq!((told.action.as_str(), told.who.as_str()), ("organisation.join", "Luc"));
        let again = person::accept(&world.services, letters[0].token(), &from()).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::LinkSpent))));
    }

    async fn somebody_with_an_account_joins_a_second_organisation_with_the_same_password(world: World) {
        somebody(&world).await;
        let gembloux = world.commune("Gembloux").await;
        let other = world.member(&gembloux, Role::ChiefExecutive).await;
        organisation::invite(&world.services, &other, gembloux.id, &email(EMAIL), Role::Evaluator).await.expect("invited");
        let letters = world.post().await;

        let accepted = person::accept(&world.services, letters[0].token(), &from()).await;

        let Ok(Accepted::Known(claire)) = accepted else { panic!("known: {accepted:?}") };
        assert_eq!(people::memberships(&world.services, claire).await.expect("read").len(), 2);
        assert!(sign_in(&world.services, EMAIL, GOOD).await.is_ok());
        let twice = organisation::invite(&world.services, &other, gembloux.id, &email(EMAIL), Role::Evaluator).await;
        assert!(matches!(twice, Err(Error::Refused(Refusal::AlreadyDone))));
    }

    async fn only_some_invite_and_only_into_roles_of_their_organisation(world: World) {
        let namur = somebody(&world).await;
        let gembloux = world.commune("Gembloux").await;
        let actor = chief_executive(&world, &namur).await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let luc = email("luc@namur.example");

        let by_officer = organisation::invite(&world.services, &officer, namur.id, &luc, Role::Evaluator).await;
        let elsewhere = organisation::invite(&world.services, &actor, gembloux.id, &luc, Role::Evaluator).await;
        let of_a_firm = organisation::invite(&world.services, &actor, namur.id, &luc, Role::SmeMember).await;

        assert!(matches!(by_officer, Err(Error::Denied(_))));
        assert!(matches!(elsewhere, Err(Error::Denied(_))));
        assert!(of_a_firm.is_err_and(|error| is(&error, "role", &Fault::NotAChoice)));
        assert_eq!(world.last_audit(Stream::Organisation(gembloux.id)).await.outcome, Outcome::Denied);
        assert_eq!(world.post().await, []);
    }

    async fn a_role_is_taken_away_and_somebody_stays_who_may_invite(world: World) {
        let namur = somebody(&world).await;
        let chief = world.member(&namur, Role::ChiefExecutive).await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let remove = |actor: Actor, person: PersonId, role: Role| {
            let services = world.services.clone();
            async move { organisation::remove(&services, &actor, namur.id, person, role).await }
        };

        let by_officer = remove(officer.clone(), chief.person(), Role::ChiefExecutive).await;
        remove(chief.clone(), officer.person(), Role::ProcurementOfficer).await.expect("removed");
        let twice = remove(chief.clone(), officer.person(), Role::ProcurementOfficer).await;

        assert!(matches!(by_officer, Err(Error::Denied(_))));
        assert!(matches!(twice, Err(Error::NotFound)));
        assert_eq!(people::memberships(&world.services, officer.person()).await.expect("read"), []);
        let mut last = Ok(());
        for member in people::members(&world.services, &chief).await.expect("read") {
            for role in member.roles.iter().filter(|role| Role::INVITING.contains(role)) {
                last = remove(chief.clone(), member.id, *role).await;
            }
        }
        assert!(matches!(last, Err(Error::Refused(Refusal::LastManager))), "{last:?}");
    }

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

    async fn a_letter_is_written_once_even_if_two_workers_work(world: World) {
        somebody(&world).await;
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");

        let (one, other) = tokio::join!(job::run_due(&world.services), job::run_due(&world.services));

        assert_eq!(one.expect("worked") + other.expect("worked"), 1);
        let letters = world.post().await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].head.contains("To: claire@namur.example"), "{}", letters[0].head);
        assert!(letters[0].head.contains("From: Beffroi <ne-pas-repondre@localhost>"), "{}", letters[0].head);
        assert_eq!(world.post().await, []);
    }

    async fn nothing_in_the_database_opens_a_link(world: World) {
        somebody(&world).await;
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        let due = outbox::take(&world.services, chrono::TimeDelta::zero()).await.expect("read").expect("due");

        let token = world.post().await[0].token().to_owned();

        assert!(!due.payload.to_string().contains(&token));
    }

    async fn a_letter_that_can_not_be_written_is_tried_for_a_day_and_keeps_its_error(world: World) {
        somebody(&world).await;
        std::fs::write(world.data_dir.join("mails"), "in the way").expect("a file instead of the folder");
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");

        for time in ["23 10:00", "23 10:02", "23 10:08", "23 10:30", "23 12:00", "23 18:00", "24 12:00"] {
            world.now_is(&format!("2026-11-{time}"));
            assert_eq!(outbox::abandoned(&world.services).await.expect("read"), [], "{time}");
            assert_eq!(job::run_due(&world.services).await.expect("worked"), 0, "{time}");
        }

        let abandoned = outbox::abandoned(&world.services).await.expect("read");
        assert_eq!(abandoned.len(), 1);
        assert!(abandoned[0].kind == "mail" && abandoned[0].error.starts_with("file: "), "{abandoned:?}");
        std::fs::remove_file(world.data_dir.join("mails")).expect("out of the way");
        world.now_is("2026-11-26 09:00");
        assert_eq!(world.post().await, []);
    }

    async fn a_letter_that_failed_is_written_by_the_next_attempt(world: World) {
        somebody(&world).await;
        std::fs::write(world.data_dir.join("mails"), "in the way").expect("a file instead of the folder");
        person::forgotten(&world.services, &email(EMAIL), &from()).await.expect("promised");
        assert_eq!(job::run_due(&world.services).await.expect("worked"), 0);
        std::fs::remove_file(world.data_dir.join("mails")).expect("out of the way");

        assert_eq!(world.post().await, []);
        world.now_is("2026-11-23 10:02");
        let letters = world.post().await;

        person::open_link(&world.services, Purpose::Password, letters[0].token(), &from()).await.expect("works");
    }
}
