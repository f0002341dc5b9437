//! Letters that are promised, and how they leave.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
};

use service::{
    MailMode, Services, Settings,
    clock::{SystemClock, TimeOrderedIds},
    job, on_both_databases, person,
    store::{links::Purpose, outbox},
};

use crate::{EMAIL, email, from, somebody};

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
