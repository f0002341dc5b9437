//! Sealed files on the disk: what nobody needs any more goes, what is deposited stays, and no firm fills the disk.

use std::{
    fs::{self, File},
    path::Path,
    time::Duration,
};

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    offer::Refusal as OfferRefusal,
    organisation::Role,
    refusal::Refusal,
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error, offer, on_both_databases, tender,
    testing::{Opened, World, at},
};

use crate::{UNTIL, minutes, refusal_of};

const DAY: Duration = Duration::from_hours(24);

/// The firm sends a file; gives what became of it.
pub(crate) async fn send(world: &World, firm: &Actor, called: &Opened, name: &str) -> Result<(), Error> {
    send_at(world, firm, called, name, world.services.now()).await
}

async fn send_at(
    world: &World,
    firm: &Actor,
    called: &Opened,
    name: &str,
    received_at: chrono::DateTime<chrono::Utc>,
) -> Result<(), Error> {
    let upload = offer::begin_upload(&world.services, firm, called.reference).await?;
    let upload = upload.push(b"Une note sur la").await?.push(" méthode".as_bytes()).await?;
    upload.finish(name, received_at).await
}

/// The firm takes this file out of its draft.
pub(crate) async fn remove(world: &World, firm: &Actor, called: &Opened, name: &str) {
    let own = offer::own(&world.services, firm, called.reference).await.expect("its own");
    let file = own.draft.files.iter().find(|file| file.name == name).expect("it is there").id;
    offer::remove_file(&world.services, firm, called.reference, file, world.services.now()).await.expect("removed");
}

/// An offer with its file, at the hour of its opening: the first person is there, the second one is given.
async fn deposited_with_a_file(world: &World) -> (Opened, Actor) {
    let called = world.called_tender("Namur", 1).await;
    let firm = &called.firms[0].1;
    send(world, firm, &called, "methode.txt").await.expect("kept");
    world.offer_of(firm, called.reference, "120000.00").await;
    let executive = world.member(&called.pilot, Role::ChiefExecutive).await;
    world.now_is("2026-12-21 11:30");
    offer::attend(&world.services, &called.officer, called.reference).await.expect("the first is present");
    (called, executive)
}

/// How many sealed files are on the disk once the worker has worked.
async fn kept(world: &World) -> usize {
    world.post().await;
    world.sealed_files().len()
}

on_both_databases! {
    async fn a_file_taken_out_of_a_draft_leaves_the_disk(world: World) {
        let called = world.called_tender("Namur", 1).await;
        let firm = &called.firms[0].1;
        send(&world, firm, &called, "premier.txt").await.expect("kept");
        send(&world, firm, &called, "second.txt").await.expect("kept");

        remove(&world, firm, &called, "premier.txt").await;

        assert_eq!(kept(&world).await, 1);
        assert_eq!(kept(&world).await, 1, "a second look takes nothing more");
        let own = offer::own(&world.services, firm, called.reference).await.expect("its own");
        assert_eq!(own.draft.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["second.txt"]);
        let trail = world.last_audit(Stream::Offer(own.place.offer.expect("a draft"))).await;
        assert_eq!((trail.action.as_str(), trail.facts["files"].as_i64()), ("offer.files_discarded", Some(1)));
    }

    async fn a_deposited_file_stays_until_its_deposit_is_replaced_or_withdrawn(world: World) {
        let called = world.called_tender("Namur", 1).await;
        let firm = &called.firms[0].1;
        send(&world, firm, &called, "premier.txt").await.expect("kept");
        world.offer_of(firm, called.reference, "120000.00").await;

        remove(&world, firm, &called, "premier.txt").await;
        let deposited = kept(&world).await;
        send(&world, firm, &called, "second.txt").await.expect("kept");
        let both = kept(&world).await;
        world.offer_of(firm, called.reference, "110000.00").await;
        let replaced = kept(&world).await;
        remove(&world, firm, &called, "second.txt").await;
        offer::withdraw(&world.services, firm, called.reference, world.services.now()).await.expect("withdrawn");
        let withdrawn = kept(&world).await;

        assert_eq!((deposited, both, replaced, withdrawn), (1, 2, 1, 0));
    }

    async fn the_files_of_a_draft_that_was_never_deposited_leave_the_disk_after_the_opening(world: World) {
        let called = world.called_tender("Namur", 2).await;
        let (depositing, hesitating) = (&called.firms[0].1, &called.firms[1].1);
        send(&world, depositing, &called, "methode.txt").await.expect("kept");
        world.offer_of(depositing, called.reference, "120000.00").await;
        send(&world, hesitating, &called, "brouillon.txt").await.expect("kept");
        let executive = world.member(&called.pilot, Role::ChiefExecutive).await;
        world.now_is("2026-12-21 11:30");
        offer::attend(&world.services, &called.officer, called.reference).await.expect("the first is present");
        let before = kept(&world).await;

        offer::open(&world.services, &executive, called.reference).await.expect("opened");

        assert_eq!((before, kept(&world).await), (2, 1));
        let opened = offer::opened(&world.services, executive.scope(), called.reference).await.expect("opened");
        assert_eq!(opened.iter().map(|offer| offer.files.len()).collect::<Vec<_>>(), [1]);
        let own = offer::own(&world.services, hesitating, called.reference).await.expect("its own");
        assert_eq!(own.draft.files, []);
    }

    async fn what_no_standing_deposit_holds_leaves_the_disk_at_the_opening_and_its_receipt_stays(world: World) {
        let called = world.called_tender("Namur", 2).await;
        let (adding, withdrawing) = (&called.firms[0].1, &called.firms[1].1);
        send(&world, adding, &called, "methode.txt").await.expect("kept");
        world.offer_of(adding, called.reference, "120000.00").await;
        send(&world, adding, &called, "ajout.txt").await.expect("kept");
        send(&world, withdrawing, &called, "retire.txt").await.expect("kept");
        world.offer_of(withdrawing, called.reference, "110000.00").await;
        offer::withdraw(&world.services, withdrawing, called.reference, world.services.now()).await.expect("withdrawn");
        let executive = world.member(&called.pilot, Role::ChiefExecutive).await;
        world.now_is("2026-12-21 11:30");
        offer::attend(&world.services, &called.officer, called.reference).await.expect("the first is present");
        let before = kept(&world).await;

        offer::open(&world.services, &executive, called.reference).await.expect("opened");

        assert_eq!((before, kept(&world).await), (3, 1));
        let added = offer::own(&world.services, adding, called.reference).await.expect("its own");
        assert_eq!(added.draft.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["methode.txt"]);
        let withdrawn = offer::own(&world.services, withdrawing, called.reference).await.expect("its own");
        assert_eq!(withdrawn.draft.files, []);
        assert_eq!(withdrawn.receipts.iter().map(|receipt| receipt.files.len()).collect::<Vec<_>>(), [1]);
    }

    async fn the_files_of_drafts_leave_the_disk_when_the_tender_is_given_up_before_its_opening(world: World) {
        let called = world.called_tender("Namur", 2).await;
        let (depositing, hesitating) = (&called.firms[0].1, &called.firms[1].1);
        send(&world, depositing, &called, "methode.txt").await.expect("kept");
        world.offer_of(depositing, called.reference, "120000.00").await;
        send(&world, hesitating, &called, "brouillon.txt").await.expect("kept");
        let executive = world.member(&called.pilot, Role::Executive).await;
        let before = kept(&world).await;

        tender::give_up(&world.services, &executive, called.reference, "Le crédit est retiré").await.expect("given up");

        assert_eq!((before, kept(&world).await), (2, 1));
        let own = offer::own(&world.services, depositing, called.reference).await.expect("its own");
        assert_eq!(own.draft.files.len(), 1);
    }

    async fn a_file_that_comes_too_late_leaves_nothing_on_the_disk(world: World) {
        let called = world.called_tender("Namur", 1).await;
        let late = at(UNTIL) + chrono::TimeDelta::seconds(1);

        let refused = send_at(&world, &called.firms[0].1, &called, "tard.txt", late).await;

        assert_eq!(refusal_of(refused), Refusal::DepositClosed { at: at(UNTIL) });
        assert_eq!(world.sealed_files().len(), 0);
    }

    async fn the_files_of_an_offer_have_a_room_on_the_disk_that_removing_one_gives_back(world: World) {
        let called = world.called_tender("Namur", 2).await;
        let firm = &called.firms[0].1;
        send(&world, firm, &called, "lourd.txt").await.expect("kept");
        let weighs = async |bytes: u64| {
            let database = Database::connect(&world.url).await.expect("the database opens");
            let statement = format!("UPDATE offer_file SET size_bytes = {bytes}");
            database.execute_unprepared(&statement).await.expect("a file as heavy as that");
        };
        let full = Refusal::from(OfferRefusal::TooManyBytes { most_mebibytes: 1024 });

        weighs(1024 * 1024 * 1024).await;
        let before_a_byte = offer::begin_upload(&world.services, firm, called.reference).await.map(drop);
        weighs(1024 * 1024 * 1024 - 100).await;
        let once_it_came = send(&world, firm, &called, "de trop.txt").await;
        let on_the_disk = world.sealed_files().len();
        remove(&world, firm, &called, "lourd.txt").await;
        world.post().await;
        let after = send(&world, firm, &called, "leger.txt").await;

        assert_eq!(refusal_of(before_a_byte), full);
        assert_eq!(refusal_of(once_it_came), full);
        assert_eq!(on_the_disk, 1, "what has no room does not stay");
        assert!(after.is_ok(), "{after:?}");
        assert!(send(&world, &called.firms[1].1, &called, "autre.txt").await.is_ok(), "another firm has its own room");
    }

    async fn a_deposited_offer_is_replaced_by_one_as_heavy(world: World) {
        let called = world.called_tender("Namur", 1).await;
        let firm = &called.firms[0].1;
        send(&world, firm, &called, "lourd.txt").await.expect("kept");
        world.offer_of(firm, called.reference, "120000.00").await;
        let database = Database::connect(&world.url).await.expect("the database opens");
        let full = "UPDATE offer_file SET size_bytes = 1073741824";
        database.execute_unprepared(full).await.expect("a file as heavy as that");

        remove(&world, firm, &called, "lourd.txt").await;
        let replaced = send(&world, firm, &called, "autre.txt").await;

        assert!(replaced.is_ok(), "{replaced:?}");
    }

    async fn a_file_damaged_on_the_disk_is_not_opened_and_the_minutes_say_so(world: World) {
        let (called, executive) = deposited_with_a_file(&world).await;
        let sealed = world.sealed_files().remove(0);
        let mut bytes = fs::read(&sealed).expect("sealed bytes");
        *bytes.last_mut().expect("not empty") ^= 1;
        fs::write(&sealed, bytes).expect("a byte flips");

        offer::open(&world.services, &executive, called.reference).await.expect("opened");

        let opened = offer::opened(&world.services, executive.scope(), called.reference).await.expect("opened");
        assert_eq!(opened.iter().map(|offer| offer.files.len()).collect::<Vec<_>>(), [0]);
        let told = minutes(&world, &executive, called.reference).await;
        assert!(told.contains("« methode.txt » n’est pas celui qui a été déposé"), "{told}");
    }

    async fn a_disk_that_does_not_answer_stops_the_opening_and_strikes_no_file_out(world: World) {
        let (called, executive) = deposited_with_a_file(&world).await;
        let sealed = world.sealed_files().remove(0);
        let aside = world.data_dir.join("aside");
        fs::rename(&sealed, &aside).expect("put aside");
        fs::create_dir(&sealed).expect("what can't be read as a file");

        let stopped = offer::open(&world.services, &executive, called.reference).await;
        let nothing = offer::opened(&world.services, executive.scope(), called.reference).await.expect("nothing yet");
        fs::remove_dir(&sealed).expect("removed");
        fs::rename(&aside, &sealed).expect("the disk answers again");
        offer::open(&world.services, &executive, called.reference).await.expect("opened");

        assert!(matches!(stopped, Err(Error::Corrupt(_))), "{stopped:?}");
        assert_eq!(nothing, []);
        let opened = offer::opened(&world.services, executive.scope(), called.reference).await.expect("opened");
        assert_eq!(opened.iter().map(|offer| offer.files.len()).collect::<Vec<_>>(), [1]);
    }

    async fn what_a_crash_left_is_swept_and_nothing_else(world: World) {
        let called = world.called_tender("Namur", 1).await;
        let firm = &called.firms[0].1;
        send(&world, firm, &called, "methode.txt").await.expect("kept");
        let deposited = world.sealed_files().remove(0);
        let folder = deposited.parent().expect("a folder").to_owned();
        let stranger = world.data_dir.join("sealed/ffffffff-ffff-ffff-ffff-ffffffffffff");
        fs::create_dir_all(&stranger).expect("a folder of another database");
        aged(&deposited, 30 * DAY);
        for (folder, name, age) in [
            (&folder, "partial-dead", 2 * DAY),
            (&folder, "partial-under-way", DAY / 2),
            (&folder, "0a0a", 8 * DAY),
            (&folder, "0b0b", 6 * DAY),
            (&stranger, "0c0c", 30 * DAY),
            (&stranger, "partial-other", 30 * DAY),
        ] {
            fs::write(folder.join(name), b"bytes").expect("written");
            aged(&folder.join(name), age);
        }

        let swept = offer::sweep(&world.services).await.expect("swept");

        let left: Vec<_> = ["partial-dead", "0a0a"].iter().filter(|name| folder.join(name).exists()).collect();
        assert_eq!((swept, left), (2, Vec::new()));
        assert!(deposited.exists(), "a named file stays, however old");
        assert_eq!(world.sealed_files().len(), 5, "what is young or another database's stays");
        assert_eq!(offer::sweep(&world.services).await.expect("swept"), 0);
    }
}

#[tokio::test]
async fn an_upload_that_is_left_leaves_nothing_and_keeps_no_place() {
    let world = World::on_sqlite().await;
    let called = world.called_tender("Namur", 1).await;
    let firm = &called.firms[0].1;

    for _ in 0..10 {
        let upload = offer::begin_upload(&world.services, firm, called.reference).await.expect("a place");
        drop(upload.push(b"Une note").await.expect("taken"));
    }

    assert_eq!(world.sealed_files().len(), 0);
    let own = offer::own(&world.services, firm, called.reference).await.expect("its own");
    assert_eq!(own.place.offer, None);
}

#[tokio::test]
async fn a_refused_upload_is_in_the_trail() {
    let world = World::on_sqlite().await;
    let called = world.called_tender("Namur", 1).await;
    let firm = &called.firms[0].1;
    let mut under_way = Vec::new();
    for _ in 0..4 {
        under_way.push(offer::begin_upload(&world.services, firm, called.reference).await.expect("a place"));
    }

    let fifth = offer::begin_upload(&world.services, firm, called.reference).await.map(drop);

    assert_eq!(refusal_of(fifth), OfferRefusal::UploadsUnderWay { most: 4 }.into());
    let trail = world.last_audit(Stream::Organisation(firm.organisation())).await;
    assert_eq!((trail.action.as_str(), trail.outcome), ("offer.write", Outcome::Refused));
}

/// As if it had been written so long ago.
fn aged(path: &Path, age: Duration) {
    let file = File::options().write(true).open(path).expect("the file opens");
    let now = file.metadata().and_then(|known| known.modified()).expect("its time is known");
    file.set_modified(now - age).expect("its time is set");
}
