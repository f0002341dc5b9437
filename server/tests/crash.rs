//! The real program on a file: what it acknowledged is there after it was killed, and a change behind its back shows.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::process::ExitStatusExt as _,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

const ROUNDS: u64 = 3;

#[test]
fn what_was_acknowledged_survives_a_kill_in_the_middle_of_a_write() {
    let folder = Folder::new();
    let mut beffroi = Beffroi::start(&folder);
    let session = beffroi.sign_in("Agent marchés publics de Namur");
    let mut acknowledged: Vec<(String, String)> = Vec::new();

    for round in 0..ROUNDS {
        let (address, cookie) = (beffroi.address, session.clone());
        let writer = thread::spawn(move || {
            let objects = (0..).map(|number| format!("Besoin {round}-{number:04}"));
            let kept = |object: String| Some((describe(address, &cookie, &object)?, object));
            objects.map_while(kept).collect::<Vec<_>>()
        });
        let moment = Duration::from_millis(150 + chance(400));
        thread::sleep(moment);
        beffroi.kill();
        let kept = writer.join().expect("the writer ends with the program");
        eprintln!("round {round}: killed after {moment:?}, {} needs were acknowledged", kept.len());
        assert!(!kept.is_empty(), "nothing was acknowledged before the kill: the round proves nothing");
        acknowledged.extend(kept);

        beffroi = Beffroi::start(&folder);
        for (page, object) in &acknowledged {
            let answer = get(beffroi.address, page, &session).expect("the program answers");
            assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(object.as_str()), "{object} is lost");
        }
    }

    beffroi.stop();
    let verified = folder.verify();
    assert!(verified.status.success(), "{verified:?}");
    assert_eq!(String::from_utf8_lossy(&verified.stdout), "every chain holds\n");
}

#[test]
fn an_approval_killed_between_any_two_of_its_writes_is_whole_or_not_there() {
    let folder = Folder::new();
    let mut beffroi = Beffroi::start(&folder);
    let officer = beffroi.sign_in("Agent marchés publics de Namur");
    let director = beffroi.sign_in("Directeur financier de Namur");
    let college = beffroi.sign_in("Collège communal de Namur");
    let contracts = get(beffroi.address, "/contrats", &officer).expect("the program answers");
    let contract = between(&contracts, "href=\"/contrats/", "\"").to_owned();
    let [before, killed, after] =
        [0, 1, 2].map(|number| order(beffroi.address, &officer, &director, &contract, number));
    approve(beffroi.address, &college, &before).expect("the program lives");
    beffroi.stop();

    let mut kills = 0;
    loop {
        beffroi = Beffroi::start_to_be_killed(&folder, &format!("voucher.approve:{}", kills + 1));
        if number(beffroi.address, &officer, &killed).is_some() {
            break;
        }
        assert!(approve(beffroi.address, &college, &killed).is_none(), "it answered after {kills} kills");
        let ended = beffroi.process.wait().expect("the program is ours");
        assert_eq!(ended.signal(), Some(9), "{ended:?}");
        kills += 1;
        folder.holds();
    }
    eprintln!("killed at {kills} places of one approval");
    assert!(kills > LEAST_STATEMENTS, "{kills} are too few for all that an approval writes");
    beffroi.stop();
    beffroi = Beffroi::start(&folder);
    approve(beffroi.address, &college, &after).expect("the program lives");

    let numbers = [before, killed, after].map(|page| number(beffroi.address, &officer, &page).expect("it is approved"));
    let first = numbers[0];
    assert_eq!(numbers, [first, first + 1, first + 2], "none is skipped, none is doubled");
    beffroi.stop();
    folder.holds();
}

/// The counter, the voucher, its step, the sum, the entry, the promise, the row of the trail and its head, the commit.
const LEAST_STATEMENTS: u32 = 9;

/// Draws an order of half a day and has its credit checked; its page.
fn order(address: SocketAddr, officer: &str, director: &str, contract: &str, number: usize) -> String {
    let form = format!("contrat={contract}&objet=Ordre+{number}&adresse=Namur&quantite-P-06=0%2C5");
    let read = post(address, "/bons/nouveau", officer, &form).expect("the program answers");
    let read = get(address, location(&read), officer).expect("the program answers");
    let form = format!("{form}&cle-formulaire={}&total={}", value(&read, "cle-formulaire"), value(&read, "total"));
    let drawn = post(address, "/bons/nouveau/verifier", officer, &form).expect("the program answers");
    let page = location(&drawn).split('?').next().expect("an address").to_owned();
    let control = format!("{page}/controle");
    let today = get(address, &control, director).expect("the program answers");
    let form = format!(
        "version=1&article=104%2F123-13&credit=64000&engagement={number}&engage-le-jour={}&engage-le-mois={}&engage-le-annee={}",
        value(&today, "engage-le-jour"),
        value(&today, "engage-le-mois"),
        value(&today, "engage-le-annee"),
    );
    location(&post(address, &control, director, &form).expect("the program answers"));
    page
}

/// What stands in the field of this name.
fn value<'a>(page: &'a str, name: &str) -> &'a str {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no field {name} in {page}"));
    between(&page[at..], "value=\"", "\"")
}

/// Nothing when the program died before it answered.
fn approve(address: SocketAddr, college: &str, page: &str) -> Option<()> {
    let form = "version=2&organe=executive&decision=318";
    let answer = post(address, &format!("{page}/approbation"), college, form).ok()?;
    let (head, _) = answer.split_once("\r\n\r\n")?;
    assert!(head.starts_with("HTTP/1.1 303"), "{answer}");
    Some(())
}

/// The number on the page of an order, once it has one.
fn number(address: SocketAddr, officer: &str, page: &str) -> Option<u32> {
    let page = get(address, page, officer).expect("the program answers");
    let (_, after) = page.split_once("<span class=\"ref\">BC-")?;
    between(after, "-", "<").parse().ok()
}

/// Where an accepted form leads.
fn location(answer: &str) -> &str {
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    between(answer, "location: ", "\r\n")
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(after).next().unwrap_or_default()
}

#[test]
fn a_row_changed_behind_its_back_is_named() {
    let folder = Folder::new();
    let mut beffroi = Beffroi::start(&folder);
    let session = beffroi.sign_in("Agent marchés publics de Namur");
    for number in 1..=3 {
        describe(beffroi.address, &session, &format!("Besoin {number}")).expect("described");
    }
    beffroi.stop();
    assert!(folder.verify().status.success());

    folder.replace_in_database("\"object\":\"Besoin 3\"", "\"object\":\"Besoin 9\"");
    let third = folder.broken_row();
    folder.replace_in_database("\"object\":\"Besoin 2\"", "\"object\":\"Besoin 8\"");

    assert_eq!(folder.broken_row(), third - 1, "the first of the two rows is named");
}

#[test]
fn a_database_that_is_not_there_is_not_called_whole() {
    let folder = Folder::new();

    let verified = folder.verify();

    assert_eq!(verified.status.code(), Some(1), "{verified:?}");
    assert!(!folder.0.join("beffroi.db").exists(), "looking makes nothing");
}

/// A folder of one test's own, taken away at its end.
struct Folder(PathBuf);

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Folder {
    fn new() -> Self {
        let name = format!("beffroi-crash-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        Self(folder)
    }

    fn command(&self, address: SocketAddr) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_beffroi"));
        command
            .env_remove("DATABASE_URL")
            .env_remove("SMTP_URL")
            .env("BEFFROI_DATA_DIR", &self.0)
            .env("BEFFROI_ADDR", address.to_string())
            .env("BEFFROI_BASE_URL", format!("http://{address}"))
            .env("RUST_LOG", "error");
        command
    }

    fn verify(&self) -> Output {
        self.command(free_address()).args(["audit", "verify"]).output().expect("the program starts")
    }

    fn recount(&self) -> Output {
        self.command(free_address()).arg("recount").output().expect("the program starts")
    }

    /// Every chain of the trail, and every sum of the ledgers.
    fn holds(&self) {
        let verified = self.verify();
        assert_eq!(String::from_utf8_lossy(&verified.stdout), "every chain holds\n", "{verified:?}");
        let recounted = self.recount();
        assert_eq!(String::from_utf8_lossy(&recounted.stdout), "every sum holds\n", "{recounted:?}");
    }

    /// Number of the row that `audit verify` names.
    fn broken_row(&self) -> u32 {
        let verified = self.verify();
        let said = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert_eq!(verified.status.code(), Some(1), "{said}");
        let row = said.strip_prefix("broken: organisation/").and_then(|rest| rest.trim_end().rsplit_once(" row "));
        row.and_then(|(_, number)| number.parse().ok()).expect("a chain and a row")
    }

    /// Changes bytes of the file itself, as somebody with the disk in their hands would.
    fn replace_in_database(&self, before: &str, after: &str) {
        let file = self.0.join("beffroi.db");
        let mut bytes = fs::read(&file).expect("the database is a file");
        let at = bytes.windows(before.len()).position(|window| window == before.as_bytes()).expect("the row is there");
        bytes[at..at + after.len()].copy_from_slice(after.as_bytes());
        fs::write(&file, bytes).expect("the file is writable");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The running program; it never outlives its test.
struct Beffroi {
    address: SocketAddr,
    process: Child,
}

impl Beffroi {
    fn start(folder: &Folder) -> Self {
        let address = free_address();
        Self::run(address, &mut folder.command(address))
    }

    /// `place`: an action and which of its statements, in the words of `service/src/store/kill_point.rs`.
    fn start_to_be_killed(folder: &Folder, place: &str) -> Self {
        let address = free_address();
        Self::run(address, folder.command(address).env("BEFFROI_KILL_AT", place))
    }

    fn run(address: SocketAddr, command: &mut Command) -> Self {
        let process = command.args(["serve", "--demo"]).stdout(Stdio::null()).spawn().expect("the program starts");
        let mut beffroi = Self { address, process };
        let until = Instant::now() + Duration::from_mins(1);
        while !get(address, "/readyz", "").is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            let ended = beffroi.process.try_wait().expect("the program is ours");
            assert!(ended.is_none() && Instant::now() < until, "the program is not ready; it said why above");
            thread::sleep(Duration::from_millis(20));
        }
        beffroi
    }

    /// One click; the session's cookie.
    fn sign_in(&self, name: &str) -> String {
        let page = get(self.address, "/connexion", "").expect("the program answers");
        let (before, _) = page.split_once(&format!(">{name}</button>")).expect("a person of the demo");
        let (_, person) = before.rsplit_once("value=\"").expect("a button for each person");
        let person = &person[..person.find('"').expect("an attribute ends")];

        let answer = post(self.address, "/connexion", "", &format!("personne={person}")).expect("the program answers");
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a session");
        cookie.split(';').next().unwrap_or_default().to_owned()
    }

    /// SIGKILL: it can't say goodbye.
    fn kill(&mut self) {
        self.process.kill().expect("the program is ours");
        self.process.wait().expect("the program ended");
    }

    /// SIGTERM: it ends what it does and closes the file.
    fn stop(&mut self) {
        let told = Command::new("kill").arg(self.process.id().to_string()).status().expect("signals can be sent");
        assert!(told.success());
        let ended = self.process.wait().expect("the program ended");
        assert!(ended.success(), "{ended:?}");
    }
}

impl Drop for Beffroi {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sends a need; its page when it was acknowledged, nothing when the program died before that.
fn describe(address: SocketAddr, cookie: &str, object: &str) -> Option<String> {
    let object = object.replace(' ', "+");
    let form = format!("objet={object}&description=&cpv=72212000&nature=services&estimation=1000&quantite=1");
    let answer = post(address, "/besoins/nouveau", cookie, &form).ok()?;
    let (head, _) = answer.split_once("\r\n\r\n")?;
    assert!(head.starts_with("HTTP/1.1 303"), "{answer}");
    head.lines().find_map(|line| line.strip_prefix("location: ")).map(str::to_owned)
}

fn get(address: SocketAddr, path: &str, cookie: &str) -> std::io::Result<String> {
    send(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"))
}

fn post(address: SocketAddr, path: &str, cookie: &str, form: &str) -> std::io::Result<String> {
    let length = form.len();
    send(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
        ),
    )
}

fn send(address: SocketAddr, request: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    if answer.is_empty() {
        return Err(std::io::ErrorKind::ConnectionReset.into());
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}

/// A number below `most` that is another one at each run.
fn chance(most: u64) -> u64 {
    use std::hash::{BuildHasher as _, RandomState};
    RandomState::new().hash_one("moment") % most
}
