//! The program's words at the console, on a folder of each test's own.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};

struct Folder(PathBuf);

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Folder {
    fn new() -> Self {
        let name = format!("beffroi-commands-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        Self(folder)
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_beffroi"))
            .args(words)
            .env_remove("DATABASE_URL")
            .env_remove("SMTP_URL")
            .env("BEFFROI_DATA_DIR", &self.0)
            .env("BEFFROI_BASE_URL", "https://beffroi.example")
            .env("BEFFROI_SECRET", "0123456789abcdef0123456789abcdef")
            .env("RUST_LOG", "error")
            .output()
            .expect("the program starts")
    }

    fn create(&self, organisation: &str, role: &str) -> Output {
        let who = ["--email", "agent@commune.example", "--name", "Agent marchés"];
        self.run(&[&["user", "create"], &who[..], &["--organisation", organisation, "--role", role]].concat())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn migrate_makes_an_empty_database_ready_and_may_be_run_again() {
    let folder = Folder::new();

    let (first, second) = (folder.run(&["migrate"]), folder.run(&["migrate"]));

    assert!(first.status.success() && second.status.success(), "{first:?} {second:?}");
    assert!(folder.0.join("beffroi.db").is_file());
    let verified = folder.run(&["audit", "verify"]);
    assert_eq!(said(&verified.stdout), "every chain holds\n");
}

#[test]
fn user_create_gives_a_role_and_prints_a_link_to_choose_a_password() {
    let folder = Folder::new();

    let by_name = folder.create("Namur", "procurement_officer");
    let by_code = folder.create("92094", "chief-executive");

    for created in [by_name, by_code] {
        assert!(created.status.success(), "{created:?}");
        let link = said(&created.stdout);
        let token = link.trim_end().strip_prefix("https://beffroi.example/mot-de-passe/").expect("a one-time link");
        assert!(token.len() >= 32, "{link}");
    }
}

#[test]
fn user_create_says_which_roles_there_are_and_which_organisation_it_does_not_know() {
    let folder = Folder::new();

    let no_role = folder.create("Namur", "maire");
    let not_there = folder.create("Namur", "sme_member");
    let nowhere = folder.create("Bruges", "procurement_officer");

    for (wrong, sentence) in [
        (no_role, "procurement_officer"),
        (not_there, "roles in Namur: "),
        (nowhere, "no organisation, or several: Bruges"),
    ] {
        assert!(!wrong.status.success());
        assert!(said(&wrong.stderr).contains(sentence), "{wrong:?}");
        assert_eq!(said(&wrong.stdout), "");
    }
}
