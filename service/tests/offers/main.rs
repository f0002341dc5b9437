//! Offers under seal: written, deposited, replaced, withdrawn, too late; then opened before two persons.

mod disk;
mod freed;

use chrono::TimeDelta;
use domain::{
    audit::{Outcome, Stream},
    authz::{Actor, OpenOffers},
    kernel::reference::TenderRef,
    offer::{OfferContent, Receipt, Refusal as OfferRefusal},
    organisation::{OrganisationKind, Role},
    refusal::Refusal,
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error,
    call::{self, CallDraft},
    offer::{self, Typed},
    on_both_databases, specification,
    store::{self, Audit, audit},
    tender,
    testing::{Opened, World, at, text_of},
};

const UNTIL: &str = "2026-12-21 11:00";

fn refusal_of<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

/// The firm writes a price, and does not deposit.
async fn drafted(world: &World, firm: &Actor, reference: TenderRef) -> i32 {
    let own = offer::own(&world.services, firm, reference).await.expect("the firm may answer");
    let line = domain::offer::OfferLine {
        code: own.terms.inventory[0].code.clone(),
        unit_price: domain::kernel::UnitPrice::parse_iso("96420.00").expect("a price"),
        vat: own.terms.vat,
    };
    let content = OfferContent { lines: vec![line], remark: "Nous livrons en mars.".to_owned() };
    let now = world.services.now();
    offer::write(&world.services, firm, reference, own.draft.version, &content, now).await.expect("written");
    own.draft.version + 1
}

async fn receipts(world: &World, firm: &Actor, reference: TenderRef) -> Vec<Receipt> {
    offer::own(&world.services, firm, reference).await.expect("the firm's own").receipts
}

/// What the minutes of the opening say, on one line.
async fn minutes(world: &World, actor: &Actor, reference: TenderRef) -> String {
    let minutes = offer::minutes(&world.services, actor.scope(), reference).await.expect("minutes");
    text_of(&minutes.bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many files of the tender's file are on the disk.
fn files(world: &World) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        let paths = entries.flatten().map(|entry| entry.path());
        paths.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&world.data_dir.join("files"))
}

on_both_databases! {
    async fn a_deposited_offer_has_its_receipt_and_the_file_names_no_firm(world: World) {
        let Opened { reference, officer, firms, .. } = world.called_tender("Namur", 1).await;
        let firm = &firms[0].1;
        let version = drafted(&world, firm, reference).await;
        let arrived = at("2026-12-01 14:07") + TimeDelta::seconds(32);

        let number = offer::submit(&world.services, firm, reference, version, arrived).await.expect("deposited");

        let own = receipts(&world, firm, reference).await;
        assert_eq!((number.to_string().as_str(), own[0].received_at, own[0].stands()), ("RO-2026-000001", arrived, true));
        let tender = own[0].tender;
        let row = world.last_audit(Stream::Tender(tender)).await;
        assert_eq!((row.action.as_str(), row.who.as_str()), ("offer.received", ""));
        assert_eq!(row.facts["sealed_sha256"], own[0].sealed_sha256);
        let seen = offer::deposited(&world.services, officer.scope(), reference).await.expect("the pilot counts");
        assert_eq!(seen.into_iter().map(|seen| seen.sealed_sha256).collect::<Vec<_>>(), [own[0].sealed_sha256.clone()]);
    }

    async fn the_receipt_is_written_to_the_firm_and_says_nothing_of_the_offer(world: World) {
        let Opened { reference, firms, .. } = world.called_tender("Namur", 1).await;
        world.post().await;
        let version = drafted(&world, &firms[0].1, reference).await;
        let arrived = at("2026-12-01 14:07") + TimeDelta::seconds(32);

        offer::submit(&world.services, &firms[0].1, reference, version, arrived).await.expect("deposited");

        let letters = world.post().await;
        let letter = &letters[0];
        assert!(letter.text.contains("RO-2026-000001") && letter.text.contains("14:07:32"), "{}", letter.text);
        let unspaced: String = letter.text.split_whitespace().collect();
        for leaked in ["96420,00", "96420.00", "Nouslivronsenmars"] {
            assert!(!unspaced.contains(leaked), "{leaked}: {}", letter.text);
        }
    }

    async fn an_offer_is_taken_at_the_last_second_and_refused_one_later(world: World) {
        let Opened { reference, firms, .. } = world.called_tender("Namur", 2).await;
        let in_time = drafted(&world, &firms[0].1, reference).await;
        let late = drafted(&world, &firms[1].1, reference).await;

        let taken = offer::submit(&world.services, &firms[0].1, reference, in_time, at(UNTIL)).await;
        let arrived = at(UNTIL) + TimeDelta::seconds(1);
        let refused = offer::submit(&world.services, &firms[1].1, reference, late, arrived).await;

        assert!(taken.is_ok(), "{taken:?}");
        assert_eq!(refusal_of(refused), Refusal::DepositClosed { at: at(UNTIL) });
        let own = offer::own(&world.services, &firms[1].1, reference).await.expect("its own page");
        assert_eq!(own.receipts, []);
        let trail = world.last_audit(Stream::Offer(own.place.offer.expect("a draft"))).await;
        assert_eq!((trail.action.as_str(), trail.outcome), ("offer.submit", Outcome::Refused));
        assert_eq!(trail.facts["arrived_at"], "21 décembre 2026 à 11:00:01");
    }

    async fn a_double_click_has_one_receipt_and_numbers_have_no_gap(world: World) {
        let Opened { reference, firms, .. } = world.called_tender("Namur", 2).await;
        let version = drafted(&world, &firms[0].1, reference).await;
        let now = world.services.now();
        let submit = || offer::submit(&world.services, &firms[0].1, reference, version, now);

        let (one, other) = tokio::join!(submit(), submit());

        assert_eq!(one.expect("one receipt"), other.expect("the same"));
        let next = world.offer_of(&firms[1].1, reference, "100000.00").await;
        assert_eq!(next.to_string(), "RO-2026-000002");
    }

    async fn an_offer_is_replaced_and_withdrawn_and_every_receipt_stays(world: World) {
        let Opened { reference, firms, .. } = world.called_tender("Namur", 1).await;
        let firm = &firms[0].1;
        world.offer_of(firm, reference, "120000.00").await;
        world.offer_of(firm, reference, "110000.00").await;

        offer::withdraw(&world.services, firm, reference, at(UNTIL)).await.expect("withdrawn");

        let own = receipts(&world, firm, reference).await;
        assert_eq!(own.iter().map(Receipt::stands).collect::<Vec<_>>(), [false, false]);
        assert_eq!((own[0].withdrawn_at, own[1].replaced_at), (Some(at(UNTIL)), Some(own[0].received_at)));
        let again = offer::withdraw(&world.services, firm, reference, at(UNTIL)).await;
        assert_eq!(refusal_of(again), OfferRefusal::NothingDeposited.into());
    }

    async fn a_firm_that_is_not_invited_and_a_commune_have_no_offer_to_read(world: World) {
        let Opened { reference, officer, firms, .. } = world.called_tender("Namur", 1).await;
        world.offer_of(&firms[0].1, reference, "120000.00").await;
        let stranger = world.organisation(OrganisationKind::Sme, "PME X").await;
        let stranger = world.member(&stranger, Role::SmeMember).await;

        for nobody in [&stranger, &officer] {
            let own = offer::own(&world.services, nobody, reference).await;
            assert!(matches!(own, Err(Error::NotFound)), "{own:?}");
        }
        let written =
            offer::write(&world.services, &stranger, reference, 0, &OfferContent::default(), world.services.now()).await;
        assert!(matches!(written, Err(Error::Denied(_))), "{written:?}");
        let trail = world.last_audit(Stream::Organisation(stranger.organisation())).await;
        assert_eq!((trail.action.as_str(), trail.outcome), ("offer.write", Outcome::Denied));
    }

    async fn two_people_of_a_firm_who_write_at_once_do_not_overwrite_each_other(world: World) {
        let Opened { reference, firms, .. } = world.called_tender("Namur", 1).await;
        let version = drafted(&world, &firms[0].1, reference).await;

        let stale = offer::write(
            &world.services, &firms[0].1, reference, version - 1, &OfferContent::default(), world.services.now(),
        ).await;

        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    }

    async fn offers_are_opened_after_the_hour_by_two_persons_in_the_order_of_arrival(world: World) {
        let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 2).await;
        world.offer_of(&firms[1].1, reference, "100000.00").await;
        world.hours_pass(1);
        world.offer_of(&firms[0].1, reference, "120000.00").await;
        let executive = world.member(&pilot, Role::ChiefExecutive).await;
        let services = &world.services;

        let early = offer::attend(services, &officer, reference).await;
        world.now_is("2026-12-21 11:30");
        let alone = offer::open(services, &officer, reference).await;
        offer::attend(services, &officer, reference).await.expect("the first is present");
        let twice = offer::open(services, &officer, reference).await;
        offer::open(services, &executive, reference).await.expect("the second opens");
        let again = offer::open(services, &executive, reference).await;

        assert_eq!(refusal_of(early), OfferRefusal::StillSealed { until: at(UNTIL) }.into());
        assert_eq!(refusal_of(alone), OfferRefusal::NobodyPresent.into());
        assert_eq!(refusal_of(twice), OfferRefusal::SecondPerson { joint: false }.into());
        assert_eq!(refusal_of(again), OfferRefusal::AlreadyOpened.into());
        let opened = offer::opened(services, officer.scope(), reference).await.expect("opened");
        let read: Vec<_> = opened.iter().map(|offer| (offer.position, offer.firm_name.as_str(), offer.excluding.cents())).collect();
        assert_eq!(read, [(1, "PME 2", 10_000_000), (2, "PME 1", 12_000_000)]);
        assert!(offer::minutes(services, officer.scope(), reference).await.expect("minutes").bytes.starts_with(b"%PDF"));
    }

    async fn an_offer_that_came_in_time_is_opened_however_long_it_takes_to_write_it_down(world: World) {
        let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 1).await;
        let version = drafted(&world, &firms[0].1, reference).await;
        let executive = world.member(&pilot, Role::ChiefExecutive).await;
        let (services, from) = (&world.services, at(UNTIL) + TimeDelta::minutes(1));

        // Its last byte came at the last second; it is written down as late as that is possible.
        world.stands_at(from - TimeDelta::seconds(1));
        let attending = offer::attend(services, &officer, reference).await;
        let deposited = offer::submit(services, &firms[0].1, reference, version, at(UNTIL)).await;
        world.stands_at(from);
        offer::attend(services, &officer, reference).await.expect("the first is present");
        offer::open(services, &executive, reference).await.expect("opened");

        assert_eq!(refusal_of(attending), OfferRefusal::Settling { from }.into());
        assert!(deposited.is_ok(), "{deposited:?}");
        assert_eq!(offer::opened(services, officer.scope(), reference).await.expect("opened").len(), 1);
    }

    async fn the_minutes_name_no_one_who_left_before_the_opening_was_written_down(world: World) {
        let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 1).await;
        world.offer_of(&firms[0].1, reference, "120000.00").await;
        let executive = world.member(&pilot, Role::ChiefExecutive).await;
        let other = world.member(&pilot, Role::ProcurementOfficer).await;
        world.now_is("2026-12-21 11:30");
        let services = &world.services;
        offer::attend(services, &officer, reference).await.expect("the first is present");

        // While the second reads the offers and paints the minutes, the first leaves and another one comes.
        let tx = services.begin().await.expect("a write begins");
        let tender = store::tenders::lock(&tx, officer.scope(), reference).await.expect("found");
        let (tx, first) = tx.permit::<OpenOffers>(&officer, tender).await.expect("may");
        let painted = files(&world);
        let opening = tokio::spawn({
            let (services, executive) = (services.clone(), executive.clone());
            async move { offer::open(&services, &executive, reference).await }
        });
        while files(&world) == painted {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let left = store::openings::leave(&tx, &first).await.expect("left");
        let tender = store::tenders::lock(&tx, other.scope(), reference).await.expect("found");
        let (tx, next) = tx.permit::<OpenOffers>(&other, tender).await.expect("may");
        let begun = store::openings::begin(&tx, &next).await.expect("present");
        tx.commit(Audit::of(&next), [left, begun]).await.expect("kept");

        let opened = opening.await.expect("it ends");
        assert!(matches!(opened, Err(Error::Stale)), "{opened:?}");
        assert_eq!(offer::opened(services, officer.scope(), reference).await.expect("nothing yet"), []);
        offer::open(services, &executive, reference).await.expect("opened at the second attempt");
    }

    async fn of_two_who_open_at_once_one_does(world: World) {
        let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 1).await;
        world.offer_of(&firms[0].1, reference, "120000.00").await;
        let executive = world.member(&pilot, Role::ChiefExecutive).await;
        let college = world.member(&pilot, Role::Executive).await;
        world.now_is("2026-12-21 11:30");
        offer::attend(&world.services, &officer, reference).await.expect("the first is present");

        let (one, other) = tokio::join!(
            offer::open(&world.services, &executive, reference),
            offer::open(&world.services, &college, reference)
        );

        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {other:?}");
        let told = one.err().or(other.err()).expect("one was told");
        assert!(matches!(told, Error::Refused(Refusal::Offer(OfferRefusal::AlreadyOpened)) | Error::Stale), "{told:?}");
        assert_eq!(offer::opened(&world.services, officer.scope(), reference).await.expect("opened").len(), 1);
    }

    async fn an_offer_withdrawn_while_others_open_is_opened_or_withdrawn_but_never_both(world: World) {
        let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 2).await;
        for (_, firm) in &firms {
            world.offer_of(firm, reference, "120000.00").await;
        }
        let executive = world.member(&pilot, Role::ChiefExecutive).await;
        world.now_is("2026-12-21 11:30");
        offer::attend(&world.services, &officer, reference).await.expect("the first is present");

        // Its last byte came in time; it is worked on while the others open.
        let (opened, withdrawn) = tokio::join!(
            offer::open(&world.services, &executive, reference),
            offer::withdraw(&world.services, &firms[0].1, reference, at(UNTIL))
        );

        if opened.is_err() {
            offer::open(&world.services, &executive, reference).await.expect("opened at the second attempt");
        }
        let count = offer::opened(&world.services, officer.scope(), reference).await.expect("opened").len();
        assert_eq!(count, if withdrawn.is_ok() { 1 } else { 2 }, "{opened:?} {withdrawn:?}");
    }

    async fn a_call_without_offers_is_opened_too_and_its_minutes_say_so(world: World) {
        let Opened { reference, officer, pilot, .. } = world.called_tender("Namur", 1).await;
        let executive = world.member(&pilot, Role::ChiefExecutive).await;
        world.now_is("2026-12-21 11:30");

        offer::attend(&world.services, &officer, reference).await.expect("the first is present");
        offer::open(&world.services, &executive, reference).await.expect("opened");

        assert_eq!(offer::opened(&world.services, officer.scope(), reference).await.expect("opened"), []);
        let view = store::tenders::find(&world.services, officer.scope(), reference).await.expect("found");
        assert_eq!(view.tender.stage, domain::tender::Stage::Opened);
        let told = minutes(&world, &officer, reference).await;
        assert!(told.contains("Aucune offre n’a pu être ouverte"), "{told}");
    }

    async fn a_tender_of_which_no_offer_was_opened_is_given_up_in_those_words(world: World) {
        let Opened { reference, officer, pilot, .. } = world.called_tender("Namur", 1).await;
        let (services, executive) = (&world.services, world.member(&pilot, Role::Executive).await);
        let second = world.member(&pilot, Role::ChiefExecutive).await;
        world.now_is("2026-12-21 11:30");
        offer::attend(services, &officer, reference).await.expect("the first is present");
        offer::open(services, &second, reference).await.expect("opened");

        tender::give_up(services, &executive, reference, "Aucune offre").await.expect("given up");

        let filed = tender::documents(services, officer.scope(), reference).await.expect("filed");
        let decision = filed.iter().find(|one| one.file.name.ends_with("renonciation.pdf")).expect("the decision").file.id;
        let decision = tender::document(services, officer.scope(), reference, decision).await.expect("its bytes");
        let told = text_of(&decision.bytes).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("Considérant qu’aucune offre n’a pu être ouverte"), "{told}");
    }

    async fn a_firm_whose_offer_nobody_will_open_is_told_and_the_file_names_none(world: World) {
        let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 2).await;
        world.offer_of(&firms[0].1, reference, "120000.00").await;
        let executive = world.member(&pilot, Role::Executive).await;
        world.post().await;

        tender::give_up(&world.services, &executive, reference, "Le crédit est retiré").await.expect("given up");

        let letters = world.post().await;
        let [letter] = &letters[..] else { panic!("one firm deposited: {letters:?}") };
        assert!(letter.text.contains("RO-2026-000001"), "{}", letter.text);
        assert!(letter.text.contains("Le crédit est retiré"), "{}", letter.text);
        let view = store::tenders::find(&world.services, officer.scope(), reference).await.expect("found");
        let row = world.last_audit(Stream::Tender(view.tender.id)).await;
        assert_eq!((row.action.as_str(), row.facts.to_string().contains("PME")), ("tender.give_up", false));
    }

    async fn the_hour_of_a_deposit_holds_across_the_change_of_time(world: World) {
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        let member = world.member(&firm, Role::SmeMember).await;
        // Summer time begins on Sunday 28 March 2027, an hour earlier in UTC, and ends on Sunday 31 October.
        for (hour, in_time, late) in [
            ("2027-03-27 11:00", "2027-03-27T10:00:00Z", "2027-03-27T10:00:01Z"),
            ("2027-03-28 11:00", "2027-03-28T09:00:00Z", "2027-03-28T09:00:01Z"),
            ("2027-10-30 11:00", "2027-10-30T09:00:00Z", "2027-10-30T09:00:01Z"),
            ("2027-10-31 11:00", "2027-10-31T10:00:00Z", "2027-10-31T10:00:01Z"),
        ] {
            let adopted = world.adopted_tender("Namur").await;
            let draft = CallDraft {
                questions_until: at("2027-03-20 11:00"),
                deposit_until: at(hour),
                notice: None,
                invited: [firm.id].into(),
                reason: Some("Une épreuve".to_owned()),
            };
            call::publish(&world.services, &adopted.officer, adopted.reference, &draft).await.expect("published");
            let version = drafted(&world, &member, adopted.reference).await;
            let submit = |at: &str| {
                let at = at.parse().expect("an instant");
                offer::submit(&world.services, &member, adopted.reference, version, at)
            };

            let (late, in_time) = (submit(late).await, submit(in_time).await);

            assert_eq!(refusal_of(late), Refusal::DepositClosed { at: at(hour) });
            assert!(in_time.is_ok(), "{hour}: {in_time:?}");
        }
    }

    async fn a_deposit_that_was_changed_in_the_database_is_not_opened_and_the_minutes_say_so(world: World) {
        let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 2).await;
        for (_, firm) in &firms {
            world.offer_of(firm, reference, "120000.00").await;
        }
        let database = Database::connect(&world.url).await.expect("the database opens");
        let changed = "UPDATE submission SET sealed = (SELECT sealed FROM submission WHERE receipt = 'RO-2026-000001') \
                       WHERE receipt = 'RO-2026-000002'";
        database.execute_unprepared(changed).await.expect("somebody copies an offer over another");
        let executive = world.member(&pilot, Role::ChiefExecutive).await;
        world.now_is("2026-12-21 11:30");

        offer::attend(&world.services, &officer, reference).await.expect("the first is present");
        offer::open(&world.services, &executive, reference).await.expect("opened");

        let opened = offer::opened(&world.services, officer.scope(), reference).await.expect("opened");
        assert_eq!(opened.iter().map(|offer| offer.firm_name.as_str()).collect::<Vec<_>>(), ["PME 1"]);
        let row = world.last_audit(Stream::Tender(opened[0].tender)).await;
        assert_eq!((row.facts["offers"].as_i64(), row.facts["damaged"].as_i64()), (Some(1), Some(1)));
        let told = minutes(&world, &officer, reference).await;
        assert!(told.contains("RO-2026-000002, PME 2 : l’offre conservée n’est pas celle du récépissé"), "{told}");
    }

    async fn offers_of_the_platform_are_copied_and_opened_in_the_order_of_arrival(world: World) {
        let adopted = world.platform_tender("Namur").await;
        let (services, reference) = (&world.services, adopted.reference);
        let view = store::tenders::find(services, adopted.officer.scope(), reference).await.expect("found");
        let terms = specification::terms(services, view).await.expect("terms");
        let copy = |bce: &str, firm: &str, received_at: &str| Typed {
            bce: bce.parse().expect("a number"),
            firm: firm.to_owned(),
            received_at: at(received_at),
            report: "PVO-12".to_owned(),
            content: OfferContent {
                lines: vec![domain::offer::OfferLine {
                    code: terms.inventory[0].code.clone(),
                    unit_price: domain::kernel::UnitPrice::parse_iso("1000.00").expect("a price"),
                    vat: terms.vat,
                }],
                remark: String::new(),
            },
        };

        let early = offer::type_in(services, &adopted.officer, reference, &copy("1000000021", "PME B", "2027-01-10 10:00")).await;
        world.now_is("2027-01-11 12:00");
        for typed in [copy("1000000021", "PME B", "2027-01-10 10:00"), copy("1000000219", "PME A", "2027-01-09 10:00")] {
            offer::type_in(services, &adopted.officer, reference, &typed).await.expect("copied");
        }
        let twice = offer::type_in(services, &adopted.officer, reference, &copy("1000000021", "PME B", "2027-01-10 10:00")).await;
        let executive = world.member(&adopted.pilot, Role::ChiefExecutive).await;
        assert_eq!(offer::opened(services, executive.scope(), reference).await.expect("nothing yet"), []);
        offer::attend(services, &adopted.officer, reference).await.expect("the first is present");
        offer::open(services, &executive, reference).await.expect("opened");

        assert!(matches!(early, Err(Error::Refused(Refusal::Offer(OfferRefusal::StillSealed { .. })))), "{early:?}");
        assert_eq!(refusal_of(twice), OfferRefusal::TypedAlready.into());
        let opened = offer::opened(services, executive.scope(), reference).await.expect("opened");
        let read: Vec<_> = opened.iter().map(|offer| (offer.position, offer.firm_name.as_str(), offer.typed)).collect();
        assert_eq!(read, [(1, "PME A", true), (2, "PME B", true)]);
    }
}

#[tokio::test]
async fn the_trail_stays_whole() {
    let world = World::on_sqlite().await;
    world.opened_tender("Namur", &["120000.00", "100000.00"]).await;

    assert_eq!(audit::first_broken(world.store()).await.expect("the chains read"), None);
}
