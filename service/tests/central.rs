//! Central purchasing bodies, on both databases: who adheres, who joins a framework, who orders on it, what it costs.

use chrono::TimeDelta;
use domain::{
    audit::{Outcome, Stream},
    authz::{Actor, Scope},
    central::{AccessionDraft, Audience, NotEntitled, Offer, Refusal as No},
    kernel::{Money, reference::TenderRef, time::brussels},
    organisation::{OrganisationKind, Role},
    refusal::Refusal,
    tender::{Plan, Vehicle},
    voucher::Refusal as Order,
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error, call,
    central::{self, NeedDraft},
    on_both_databases, specification, store,
    tender::{self, PlanDraft},
    testing::{Offered, World, a_call, a_draft, an_adoption, an_approval, an_offer, example_answers, quiet_plan},
    voucher,
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

/// The rule that said no.
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> No {
    match result {
        Err(Error::Refused(Refusal::Central(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn not_entitled<T: std::fmt::Debug>(result: Result<T, Error>) -> NotEntitled {
    match result {
        Err(Error::Refused(Refusal::Voucher(Order::NotEntitled(reason)))) => reason,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// Name and outcome of the latest row on the framework's trail.
async fn last(world: &World, reference: TenderRef) -> (String, Outcome) {
    let framework = store::central::find(&world.services, Scope::VISITOR, reference).await.expect("seen");
    let entry = world.last_audit(Stream::Tender(framework.tender)).await;
    (entry.action, entry.outcome)
}

async fn part(world: &World, actor: &Actor, reference: TenderRef) -> Money {
    let contract = store::contracts::find(&world.services, actor.scope(), reference).await.expect("seen");
    contract.allotment(actor.organisation()).expect("a part").balance.allotment
}

/// A framework that is offered while its specification is written.
async fn in_drafting(world: &World) -> Offered {
    let body = world.organisation(OrganisationKind::Intercommunale, "Centrale de la Sambre").await;
    let officer = world.member(&body, Role::ProcurementOfficer).await;
    let plan = Plan { vehicle: Vehicle::Central, ..quiet_plan("Postes de travail") };
    let draft = PlanDraft {
        own_need: plan.estimate,
        plan,
        quantity: "1".to_owned(),
        need: None,
        reason: Some("Le marché est préparé pour une épreuve".to_owned()),
    };
    let reference = tender::plan(&world.services, &officer, &draft).await.expect("planned");
    tender::start_drafting(&world.services, &officer, reference).await.expect("drafting");
    central::offer(&world.services, &officer, reference, 0, &an_offer()).await.expect("offered");
    Offered { body, officer, reference }
}

/// Its specification, over the answers of `version`, states this maximum.
async fn states(world: &World, offered: &Offered, version: i32, maximum: &str) {
    let mut answers = example_answers();
    answers.insert("marche_cadre".to_owned(), "oui".to_owned());
    answers.insert("marche_maximum".to_owned(), maximum.to_owned());
    specification::save_answers(&world.services, &offered.officer, offered.reference, version, &answers)
        .await
        .expect("answered");
}

/// The accession of this officer's authority ends on this day.
async fn leaves(world: &World, offered: &Offered, officer: &Actor) {
    let accession = store::central::accession_of(&world.services, offered.body.id, officer.organisation())
        .await
        .expect("read")
        .expect("adhered");
    let today = brussels(world.services.now()).date();
    central::withdraw(&world.services, officer, accession.id, accession.version, today).await.expect("left");
}

on_both_databases! {
    async fn an_entitled_user_orders_within_its_part_and_the_parts_add_up_to_the_maximum(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.entitled(&offered, "Namur", "30000.00").await;
        let concluded = world.concluded_framework(&offered, "100000.00", vec![namur]).await;
        let (body, namur) = (concluded.pilot(), &concluded.parties[1]);

        let id = world.confirmed_voucher(&concluded, namur, &[("P-02", "2")]).await;

        assert_eq!(world.voucher(&namur.officer, id).await.excluding, money("1200.00"));
        assert_eq!(part(&world, &namur.officer, offered.reference).await, money("30000.00"));
        assert_eq!(part(&world, &body.officer, offered.reference).await, money("70000.00"));
        let above = voucher::draft(&world.services, &namur.officer, offered.reference, &a_draft(&[("P-02", "50")])).await;
        let (asked, available) = (money("30000.00"), money("28800.00"));
        assert!(
            matches!(&above, Err(Error::Refused(Refusal::Voucher(no))) if *no == Order::AllotmentPassed { asked, available }),
            "{above:?}"
        );
    }

    async fn who_is_no_user_is_refused_an_order_with_the_reason_and_a_row(world: World) {
        let offered = world.offered_framework().await;
        let stranger = world.officer("Dinant").await;
        let adherent = world.officer("Ciney").await;
        world.adhered(&offered, &adherent).await;
        world.concluded_framework(&offered, "100000.00", Vec::new()).await;
        let draft = a_draft(&[("P-02", "1")]);

        let by_stranger = voucher::draft(&world.services, &stranger, offered.reference, &draft).await;

        assert_eq!(not_entitled(by_stranger), NotEntitled::NeverAdhered);
        assert_eq!(last(&world, offered.reference).await, ("voucher.draft".to_owned(), Outcome::Refused));
        let by_adherent = voucher::draft(&world.services, &adherent, offered.reference, &draft).await;
        assert_eq!(not_entitled(by_adherent), NotEntitled::NotJoined);
        assert_eq!(last(&world, offered.reference).await, ("voucher.draft".to_owned(), Outcome::Refused));
    }

    async fn a_withdrawal_ends_the_orders_to_come_and_none_that_was_sent(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.entitled(&offered, "Namur", "30000.00").await;
        let concluded = world.concluded_framework(&offered, "100000.00", vec![namur]).await;
        let (services, namur) = (&world.services, &concluded.parties[1]);
        let sent = world.confirmed_voucher(&concluded, namur, &[("P-02", "1")]).await;
        let approved = world.checked_voucher(&concluded, namur, &[("P-02", "1")]).await;
        voucher::approve(services, &namur.executive, approved, 2, &an_approval()).await.expect("approved");
        let checked = world.checked_voucher(&concluded, namur, &[("P-02", "1")]).await;
        let drawn = voucher::draft(services, &namur.officer, offered.reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");

        leaves(&world, &offered, &namur.officer).await;

        let on = brussels(services.now()).date();
        let ended = NotEntitled::AccessionEnded { on };
        let again = voucher::draft(services, &namur.officer, offered.reference, &a_draft(&[("P-02", "1")])).await;
        assert_eq!(not_entitled(again), ended);
        assert_eq!(not_entitled(voucher::edit(services, &namur.officer, drawn, 1, &a_draft(&[("P-02", "2")])).await), ended);
        assert_eq!(not_entitled(voucher::check(services, &namur.director, drawn, 1, &world.a_commitment()).await), ended);
        assert_eq!(not_entitled(voucher::approve(services, &namur.executive, checked, 2, &an_approval()).await), ended);
        assert_eq!(not_entitled(voucher::send(services, &namur.officer, approved, 3).await), ended);
        assert_eq!(last(&world, offered.reference).await, ("voucher.send".to_owned(), Outcome::Refused));
        let going = world.voucher(&namur.officer, sent).await;
        let today = brussels(services.now()).date();
        let brought = voucher::DeliveryDraft { on: today, note: String::new(), quantities: service::testing::quantities(&[("P-02", "1")]) };
        voucher::deliver(services, &concluded.firm, sent, going.version, &brought).await.expect("what was sent goes on");
    }

    async fn a_withdrawal_acts_on_the_future_alone(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.officer("Namur").await;
        world.adhered(&offered, &namur).await;
        let accession = store::central::accession_of(&world.services, offered.body.id, namur.organisation())
            .await
            .expect("read")
            .expect("adhered");
        let yesterday = brussels(world.services.now()).date() - TimeDelta::days(1);

        let past = central::withdraw(&world.services, &namur, accession.id, accession.version, yesterday).await;

        assert_eq!(refusal(past), No::EndInThePast { on: yesterday });
        let told = world.last_audit(Stream::Organisation(offered.body.id)).await;
        assert_eq!((told.action.as_str(), told.outcome), ("central.withdraw", Outcome::Refused));
    }

    async fn after_the_call_only_a_potential_user_joins_and_its_part_comes_from_the_body(world: World) {
        let offered = world.offered_framework().await;
        let (named, other) = (world.officer("Wavre").await, world.officer("Perwez").await);
        world.adhered(&offered, &named).await;
        world.adhered(&offered, &other).await;
        let services = &world.services;
        central::name_user(services, &offered.officer, offered.reference, 1, named.organisation(), money("20000.00"))
            .await
            .expect("named");
        let concluded = world.concluded_framework(&offered, "100000.00", Vec::new()).await;
        assert_eq!(part(&world, &concluded.pilot().officer, offered.reference).await, money("100000.00"));

        let draft = NeedDraft { estimate: money("15000.00"), quantity: "20 postes".to_owned() };
        let late = central::express_need(services, &other, offered.reference, 0, &draft).await;
        assert_eq!(refusal(late), No::NotNamed);
        world.needs(&offered, &named, "15000.00").await;
        let version = world.user_version(&offered, &named).await;
        let user = named.organisation();
        let above = central::accept_user(services, &offered.officer, offered.reference, user, version, money("20000.01")).await;
        assert_eq!(refusal(above), No::ReservePassed { asked: money("20000.01"), reserved: money("20000.00") });
        central::accept_user(services, &offered.officer, offered.reference, user, version, money("15000.00"))
            .await
            .expect("accepted");

        assert_eq!(part(&world, &named, offered.reference).await, money("15000.00"));
        assert_eq!(part(&world, &concluded.pilot().officer, offered.reference).await, money("85000.00"));
        voucher::draft(services, &named, offered.reference, &a_draft(&[("P-02", "1")])).await.expect("a user orders");
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn an_accession_that_was_not_sent_to_the_region_is_recorded_with_a_reason_alone(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.officer("Namur").await;
        let services = &world.services;
        let decided = brussels(services.now()).date() - TimeDelta::days(20);
        let unsent = AccessionDraft {
            deliberated_on: decided,
            number: "CC-14".to_owned(),
            convention_on: decided,
            transmitted_on: None,
        };

        let silent = central::adhere(services, &namur, offered.body.id, None, &unsent, None).await;

        assert!(matches!(silent, Err(Error::Refused(Refusal::WarningsNeedAReason))), "{silent:?}");
        let reason = Some("La délibération part demain");
        let id = central::adhere(services, &namur, offered.body.id, None, &unsent, reason).await.expect("recorded");
        for stream in [Stream::Organisation(offered.body.id), Stream::Organisation(namur.organisation())] {
            let told = world.last_audit(stream).await;
            assert_eq!((told.action.as_str(), told.outcome), ("central.adhere", Outcome::Done));
            assert!(told.facts["warnings"].to_string().contains("L3122-2"), "{}", told.facts["warnings"]);
        }
        let today = brussels(services.now()).date();
        central::send_to_supervision(services, &namur, id, 1, today).await.expect("sent");
        let again = central::adhere(services, &namur, offered.body.id, None, &world.an_accession(), None).await;
        assert_eq!(refusal(again), No::AccessionStands);
    }

    async fn an_accession_whose_days_to_be_sent_run_needs_no_reason(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.officer("Namur").await;
        let unsent = AccessionDraft { transmitted_on: None, ..world.an_accession() };

        central::adhere(&world.services, &namur, offered.body.id, None, &unsent, None).await.expect("recorded");
    }

    async fn two_bodies_that_adhere_to_each_other_at_once_both_do(world: World) {
        let one = world.offered_framework().await;
        let other = world.organisation(OrganisationKind::Intercommunale, "Centrale de la Sambre").await;
        let other = world.offered_by(&other).await;
        let (services, draft) = (&world.services, world.an_accession());
        let adhere = async |officer: &Actor, body: &Offered| {
            central::adhere(services, officer, body.body.id, None, &draft, None).await.expect("adhered")
        };
        let today = brussels(services.now()).date();

        for _ in 0..10 {
            let (first, second) = tokio::join!(adhere(&one.officer, &other), adhere(&other.officer, &one));
            let (left, gone) = tokio::join!(
                central::withdraw(services, &one.officer, first, 1, today),
                central::withdraw(services, &other.officer, second, 1, today),
            );
            left.and(gone).expect("left");
        }
    }

    async fn the_adoption_waits_until_the_parts_hold_in_the_maximum(world: World) {
        let offered = in_drafting(&world).await;
        let (services, reference) = (&world.services, offered.reference);
        let namur = world.officer("Namur").await;
        world.adhered(&offered, &namur).await;
        states(&world, &offered, 0, "50 000").await;
        let name = async |version, part| {
            central::name_user(services, &offered.officer, reference, version, namur.organisation(), money(part)).await
        };
        let (asked, available) = (money("50000.01"), money("50000.00"));
        assert_eq!(refusal(name(1, "50000.01").await), No::MaximumPassed { asked, available });
        name(1, "50000.00").await.expect("named");
        states(&world, &offered, 1, "40 000").await;
        let council = world.member(&offered.body, Role::Council).await;

        let adopted = tender::adopt(services, &council, reference, &an_adoption()).await;

        let (counted, maximum) = (money("50000.00"), money("40000.00"));
        assert_eq!(refusal(adopted), No::UsersPassMaximum { counted, maximum });
        assert_eq!(last(&world, reference).await, ("tender.adopt".to_owned(), Outcome::Refused));
        name(2, "40000.00").await.expect("lowered");
        let adopted = tender::adopt(services, &council, reference, &an_adoption()).await;
        assert!(!matches!(adopted, Err(Error::Refused(Refusal::Central(_)))), "{adopted:?}");
    }

    async fn a_call_that_is_foreseen_while_the_parts_pass_the_maximum_is_refused_with_a_row(world: World) {
        let offered = world.offered_framework().await;
        world.entitled(&offered, "Namur", "100.00").await;
        let database = Database::connect(&world.url).await.expect("the database opens");
        let more = "UPDATE framework_user SET reserved_cents = 99999999999";
        database.execute_unprepared(more).await.expect("a larger part");

        let foreseen = call::foresee(&world.services, &offered.officer, offered.reference, &a_call([])).await;

        assert!(matches!(refusal(foreseen), No::UsersPassMaximum { .. }));
        assert_eq!(last(&world, offered.reference).await, ("call.publish".to_owned(), Outcome::Refused));
    }

    async fn a_maximum_is_read_from_the_call_on(world: World) {
        let offered = in_drafting(&world).await;
        states(&world, &offered, 0, "50 000").await;

        let before = store::central::find(&world.services, Scope::VISITOR, offered.reference).await.expect("seen");
        world.concluded_framework(&offered, "45000.00", Vec::new()).await;
        let after = store::central::find(&world.services, Scope::VISITOR, offered.reference).await.expect("seen");

        assert_eq!((before.specified, before.maximum()), (Some(money("50000.00")), None));
        assert_eq!(after.maximum(), Some(money("45000.00")));
    }

    async fn the_second_of_two_who_act_on_one_accession_finds_it_stale(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.officer("Namur").await;
        let services = &world.services;
        let id = central::adhere(services, &namur, offered.body.id, None, &world.an_accession(), None).await.expect("adhered");
        central::accept(services, &offered.officer, id, 1).await.expect("accepted");

        let today = brussels(services.now()).date();
        let stale = central::withdraw(services, &namur, id, 1, today).await;

        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    }

    async fn what_a_body_receives_is_found_by_nobody_else(world: World) {
        let offered = world.offered_framework().await;
        let (namur, stranger) = (world.officer("Namur").await, world.officer("Dinant").await);
        let services = &world.services;
        let id = central::adhere(services, &namur, offered.body.id, None, &world.an_accession(), None).await.expect("adhered");

        let accepted = central::accept(services, &stranger, id, 1).await;
        let offer = central::offer(services, &stranger, offered.reference, 1, &an_offer()).await;
        let no_body = central::adhere(services, &namur, stranger.organisation(), None, &world.an_accession(), None).await;

        for found in [accepted, offer, no_body.map(drop)] {
            assert!(matches!(found, Err(Error::NotFound)), "{found:?}");
        }
        assert!(matches!(central::accept(services, &namur, id, 1).await, Err(Error::Denied(_))));
        let managed = central::name_user(services, &stranger, offered.reference, 1, namur.organisation(), money("1.00")).await;
        assert!(matches!(managed, Err(Error::Denied(_))), "{managed:?}");
    }

    async fn a_framework_for_authorities_is_not_there_for_visitors_and_firms(world: World) {
        let offered = world.offered_framework().await;
        let firm = world.organisation(OrganisationKind::Sme, "PME").await;
        let (firm, namur) = (world.member(&firm, Role::SmeMember).await, world.officer("Namur").await);
        let services = &world.services;
        let find = async |scope| store::central::find(services, scope, offered.reference).await;
        assert!(find(firm.scope()).await.is_ok(), "everybody sees it");

        let offer = Offer { audience: Audience::Authorities, ..an_offer() };
        central::offer(services, &offered.officer, offered.reference, 1, &offer).await.expect("offered");

        assert!(matches!(find(firm.scope()).await, Err(Error::NotFound)));
        assert!(matches!(find(Scope::VISITOR).await, Err(Error::NotFound)));
        assert!(find(namur.scope()).await.is_ok());
        let stale = central::offer(services, &offered.officer, offered.reference, 1, &offer).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    }

    async fn only_a_tender_of_a_central_body_is_offered(world: World) {
        let adopted = world.adopted_tender("Namur").await;

        let offer = central::offer(&world.services, &adopted.officer, adopted.reference, 0, &an_offer()).await;

        assert_eq!(refusal(offer), No::NotCentral);
    }

    async fn fees_are_of_what_each_user_ordered_in_a_year(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.entitled(&offered, "Namur", "30000.00").await;
        let concluded = world.concluded_framework(&offered, "100000.00", vec![namur]).await;
        let (services, namur) = (&world.services, &concluded.parties[1]);
        world.confirmed_voucher(&concluded, namur, &[("P-02", "2.5")]).await;
        let given_back = world.checked_voucher(&concluded, namur, &[("P-02", "1")]).await;
        voucher::approve(services, &namur.executive, given_back, 2, &an_approval()).await.expect("approved");
        voucher::cancel(services, &namur.officer, given_back, 3, "Double emploi").await.expect("cancelled");
        voucher::draft(services, &namur.officer, offered.reference, &a_draft(&[("P-02", "1")])).await.expect("a draft owes nothing");
        world.confirmed_voucher(&concluded, concluded.pilot(), &[("P-02", "1")]).await;

        let framework = store::central::find(services, namur.officer.scope(), offered.reference).await.expect("seen");
        let dues = store::central::dues(services, &framework).await.expect("counted");

        assert_eq!(framework.offer.fee, an_offer().fee);
        let of: Vec<_> = dues.iter().map(|due| (due.organisation, due.year, due.ordered, due.amount)).collect();
        assert_eq!(of, [(namur.organisation.id, 2026, money("1500.00"), money("15.00"))]);
    }
}
