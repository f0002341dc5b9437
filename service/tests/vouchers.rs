//! Order vouchers, on both databases: their road, what they may not pass, and their numbers when all come at once.

use std::collections::BTreeSet;

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    fault::Fault,
    kernel::{Money, ids::VoucherId, reference::VoucherRef},
    organisation::Role,
    refusal::Refusal,
    voucher::{Found, Refusal as No, Status},
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error, on_both_databases, store,
    store::audit::Entry,
    testing::{Concluded, Party, World, a_draft, an_approval, quantities},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn number(place: u32) -> VoucherRef {
    VoucherRef::new(2026, place).expect("a number")
}

/// The rule that said no.
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> No {
    match result {
        Err(Error::Refused(Refusal::Voucher(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn last(world: &World, actor: &Actor, concluded: &Concluded) -> Entry {
    let contract = store::contracts::find(&world.services, actor.scope(), concluded.reference).await.expect("seen");
    world.last_audit(Stream::Tender(contract.tender)).await
}

/// The letters of now, with plain spaces.
async fn told(world: &World) -> Vec<String> {
    let letters = world.post().await;
    letters.into_iter().map(|letter| letter.text.replace(['\u{a0}', '\u{202f}'], " ")).collect()
}

async fn available(world: &World, concluded: &Concluded) -> Money {
    let actor = &concluded.pilot().officer;
    let contract = store::contracts::find(&world.services, actor.scope(), concluded.reference).await.expect("seen");
    contract.allotment(actor.organisation()).expect("an allotment").available()
}

fn a_delivery(world: &World, lines: &[(&str, &str)]) -> DeliveryDraft {
    let on = domain::kernel::time::brussels(world.services.now()).date();
    DeliveryDraft { on, note: "BL-1".to_owned(), quantities: quantities(lines) }
}

fn in_part(lines: &[(&str, &str)]) -> Found {
    Found::Part { quantities: quantities(lines), reasons: "Deux journées n’ont pas de rapport".to_owned() }
}

fn refused() -> Found {
    Found::Refused { reasons: "Aucun rapport".to_owned() }
}

/// The law of the call has no figure, and the trail tells that somebody tried.
async fn assert_no_figure(world: &World, concluded: &Concluded, action: &str, tried: Result<(), Error>) {
    let day: chrono::NaiveDate = "2017-06-01".parse().expect("a date");
    assert!(
        matches!(&tried, Err(Error::Refused(Refusal::MissingParameter { on, .. })) if *on == day),
        "{action}: {tried:?}"
    );
    let told = last(world, &concluded.pilot().officer, concluded).await;
    assert_eq!((told.action.as_str(), told.outcome), (action, Outcome::Refused));
}

fn an_invoice(world: &World, number: &str, amounts: [&str; 3]) -> InvoiceDraft {
    let issued_on = domain::kernel::time::brussels(world.services.now()).date();
    let [excluding, vat, including] = amounts.map(money);
    InvoiceDraft { number: number.to_owned(), issued_on, excluding, vat, including, prepaid: Money::ZERO }
}

on_both_databases! {
    async fn a_voucher_goes_from_its_drawing_to_its_payment(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm) = (concluded.pilot(), &concluded.firm);
        let services = &world.services;

        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "2.5"), ("P-03", "4")]).await;
        voucher::deliver(services, firm, id, 5, &a_delivery(&world, &[("P-02", "2.5"), ("P-03", "4")])).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");
        let stated = an_invoice(&world, "F-1", ["1860.00", "336.60", "2196.60"]);
        voucher::state_invoice(services, firm, id, 7, &stated).await.expect("invoiced");
        let invoiced = world.voucher(&pilot.director, id).await;
        voucher::pay(services, &pilot.director, id, 8, stated.issued_on).await.expect("paid");
        voucher::close(services, &pilot.officer, id, 9).await.expect("closed");

        assert_eq!(invoiced.unpaid().and_then(|invoice| invoice.due_on), "2026-12-23".parse().ok());
        let voucher = world.voucher(&pilot.officer, id).await;
        assert_eq!((voucher.status, voucher.number), (Status::Closed, Some(number(1))));
        assert_eq!(voucher.unpaid(), None);
        let taken: Vec<_> = store::vouchers::steps(services, id).await.expect("read").iter().map(|taken| taken.step.code()).collect();
        assert_eq!(taken, ["edit", "check", "approve", "send", "confirm", "deliver_all", "accept_all", "invoice", "pay", "close"]);
        let told = last(&world, &pilot.officer, &concluded).await;
        assert_eq!((told.action.as_str(), told.facts["number"].as_str()), ("voucher.close", Some("BC-2026-000001")));
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn forty_and_thirty_five_thousand_leave_no_room_for_thirty(world: World) {
        let concluded = world.concluded_contract("148245.61").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        assert_eq!(available(&world, &concluded).await, money("100000.00"));
        for days in ["66.6667", "58.3333"] {
            let days = days.split_once('.').map_or(days.to_owned(), |(whole, part)| format!("{whole}.{}", &part[..3]));
            let id = world.checked_voucher(&concluded, pilot, &[("P-02", &days)]).await;
            voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
        }
        assert_eq!(available(&world, &concluded).await, money("25000.60"));

        let asked = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "50")])).await;

        assert_eq!(refusal(asked), No::AllotmentPassed { asked: money("30000.00"), available: money("25000.60") });
        let told = last(&world, &pilot.officer, &concluded).await;
        assert_eq!((told.action.as_str(), told.outcome), ("voucher.draft", Outcome::Refused));
    }

    async fn fifty_approvals_at_the_same_moment_stop_at_the_allotment(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let mut drawn = Vec::new();
        for _ in 0..50 {
            drawn.push(world.checked_voucher(&concluded, pilot, &[("P-02", "2")]).await);
        }
        // Less than what drafts hold: only the guard of the approval is left.
        let database = Database::connect(&world.url).await.expect("the database opens");
        database.execute_unprepared("UPDATE allotment SET amount_cents = 3000000").await.expect("30 000 euro");

        let attempts: Vec<_> = drawn
            .iter()
            .map(|id| {
                let (services, actor, id) = (services.clone(), pilot.executive.clone(), *id);
                tokio::spawn(async move { voucher::approve(&services, &actor, id, 2, &an_approval()).await })
            })
            .collect();
        let mut numbers = BTreeSet::new();
        let mut refused = 0;
        for attempt in attempts {
            match attempt.await.expect("no approval panics") {
                Ok(number) => assert!(numbers.insert(number), "{number} twice"),
                Err(Error::Refused(Refusal::Voucher(No::AllotmentPassed { available, .. }))) => {
                    assert_eq!(available, Money::ZERO);
                    refused += 1;
                }
                Err(other) => panic!("{other:?}"),
            }
        }

        assert_eq!(numbers, (1..=25).map(number).collect());
        assert_eq!(refused, 25);
        assert_eq!(available(&world, &concluded).await, Money::ZERO);
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn fifty_clicks_on_one_approval_give_one_number(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;

        let clicks: Vec<_> = (0..50)
            .map(|_| {
                let (services, actor) = (services.clone(), pilot.executive.clone());
                tokio::spawn(async move { voucher::approve(&services, &actor, id, 2, &an_approval()).await })
            })
            .collect();
        let mut approved = 0;
        for click in clicks {
            match click.await.expect("no click panics") {
                Ok(given) => {
                    approved += 1;
                    assert_eq!(given, number(1));
                }
                other => assert!(matches!(refusal(other), No::Step { from: Status::Approved, .. })),
            }
        }

        assert_eq!(approved, 1);
        let next = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        assert_eq!(voucher::approve(services, &pilot.executive, next, 2, &an_approval()).await.expect("approved"), number(2));
    }

    async fn above_the_figure_of_the_law_an_approval_has_its_reason(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let silent = voucher::Approval { reason: None, ..an_approval() };
        let limit = world.checked_voucher(&concluded, pilot, &[("P-01", "2"), ("P-02", "20")]).await;
        let above = world.checked_voucher(&concluded, pilot, &[("P-02", "36.667")]).await;

        voucher::approve(services, &pilot.executive, limit, 2, &silent).await.expect("22 000 euro are not above 22 000");
        let refused = voucher::approve(services, &pilot.executive, above, 2, &silent).await;

        assert!(matches!(refused, Err(Error::Refused(Refusal::WarningsNeedAReason))), "{refused:?}");
        voucher::approve(services, &pilot.executive, above, 2, &an_approval()).await.expect("approved");
        let told = last(&world, &pilot.officer, &concluded).await;
        assert_eq!(told.facts["reason"], "Avis favorable du 20 novembre 2026");
    }

    async fn each_authority_counts_its_own_numbers(world: World) {
        let concluded = world.concluded_contract("100000.00").await;

        for party in &concluded.parties {
            let id = world.checked_voucher(&concluded, party, &[("P-02", "1")]).await;
            let given = voucher::approve(&world.services, &party.executive, id, 2, &an_approval()).await.expect("approved");
            assert_eq!(given, number(1));
        }
    }

    async fn what_is_refused_or_cancelled_gives_its_amount_back_and_keeps_its_number(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let before = available(&world, &concluded).await;
        let declined = world.checked_voucher(&concluded, pilot, &[("P-02", "2")]).await;
        voucher::approve(services, &pilot.executive, declined, 2, &an_approval()).await.expect("approved");
        voucher::send(services, &pilot.officer, declined, 3).await.expect("sent");
        let cancelled = world.checked_voucher(&concluded, pilot, &[("P-02", "3")]).await;
        voucher::approve(services, &pilot.executive, cancelled, 2, &an_approval()).await.expect("approved");

        voucher::decline(services, &concluded.firm, declined, 4, "Pas de personnel").await.expect("refused");
        voucher::cancel(services, &pilot.officer, cancelled, 3, "Double emploi").await.expect("cancelled");

        assert_eq!(available(&world, &concluded).await, before);
        let cancelled = world.voucher(&pilot.officer, cancelled).await;
        assert_eq!((cancelled.status, cancelled.number), (Status::Cancelled, Some(number(2))));
        let next = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        assert_eq!(voucher::approve(services, &pilot.executive, next, 2, &an_approval()).await.expect("approved"), number(3));
    }

    async fn a_fixed_quantity_ends_across_vouchers_and_participants(world: World) {
        let concluded = world.concluded_contract("500000.00").await;
        let services = &world.services;
        let [pilot, other, _] = &concluded.parties[..] else { panic!("three parties") };
        let first = world.checked_voucher(&concluded, pilot, &[("P-01", "1.5")]).await;
        let second = world.checked_voucher(&concluded, other, &[("P-01", "1")]).await;
        voucher::approve(services, &pilot.executive, first, 2, &an_approval()).await.expect("approved");

        let refused = voucher::approve(services, &other.executive, second, 2, &an_approval()).await;

        assert!(matches!(refusal(refused), No::QuantityPassed { left, .. } if left == quantities(&[("x", "0.5")])["x"]));
    }

    async fn who_drafts_does_not_approve_and_who_receives_does_not_pay(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let several = [Role::ProcurementOfficer, Role::Executive, Role::ContractManager, Role::FinanceDirector];
        let alone = Actor::member(pilot.officer.person(), pilot.organisation.id, pilot.organisation.kind, several.into());
        let id = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;

        assert_eq!(refusal(voucher::approve(services, &alone, id, 2, &an_approval()).await), No::AuthorApproves);
        let told = last(&world, &pilot.officer, &concluded).await;
        assert_eq!((told.action.as_str(), told.outcome), ("voucher.approve", Outcome::Refused));

        voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
        voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
        voucher::confirm(services, &concluded.firm, id, 4).await.expect("accepted");
        voucher::deliver(services, &concluded.firm, id, 5, &a_delivery(&world, &[("P-02", "1")])).await.expect("delivered");
        voucher::accept(services, &alone, id, 6, &Found::Whole).await.expect("accepted");
        let stated = an_invoice(&world, "F-1", ["600.00", "126.00", "726.00"]);
        voucher::state_invoice(services, &concluded.firm, id, 7, &stated).await.expect("invoiced");
        assert_eq!(refusal(voucher::pay(services, &alone, id, 8, stated.issued_on).await), No::ReceiverPays);
        let told = last(&world, &pilot.officer, &concluded).await;
        assert_eq!((told.action.as_str(), told.outcome), ("voucher.pay", Outcome::Refused));
        voucher::pay(services, &pilot.director, id, 8, stated.issued_on).await.expect("paid");
    }

    async fn neither_who_drafted_nor_who_changed_a_word_approves(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let colleague = world.member(&pilot.organisation, Role::ProcurementOfficer).await;
        let [drafter, colleague] = [&pilot.officer, &colleague].map(|officer| {
            let roles = [Role::ProcurementOfficer, Role::Executive];
            Actor::member(officer.person(), pilot.organisation.id, pilot.organisation.kind, roles.into())
        });
        let draft = a_draft(&[("P-02", "1")]);
        let id = voucher::draft(services, &drafter, concluded.reference, &draft).await.expect("drawn");
        voucher::edit(services, &colleague, id, 1, &draft).await.expect("changed");
        voucher::check(services, &pilot.director, id, 2, &world.a_commitment()).await.expect("checked");

        for author in [&drafter, &colleague] {
            assert_eq!(refusal(voucher::approve(services, author, id, 3, &an_approval()).await), No::AuthorApproves);
        }
        voucher::approve(services, &pilot.executive, id, 3, &an_approval()).await.expect("approved");
    }

    async fn the_credit_covers_the_voucher_and_the_commitment_precedes_it(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");
        let good = world.a_commitment();

        let short = domain::voucher::Commitment { credit: money("725.99"), ..good.clone() };
        assert_eq!(
            refusal(voucher::check(services, &pilot.director, id, 1, &short).await),
            No::CreditTooLow { credit: money("725.99"), needed: money("726.00") }
        );
        let later = domain::voucher::Commitment { on: good.on.succ_opt().expect("a day"), ..good.clone() };
        assert_eq!(refusal(voucher::check(services, &pilot.director, id, 1, &later).await), No::CommittedLater { on: later.on });
        let enough = domain::voucher::Commitment { credit: money("726.00"), ..good };
        voucher::check(services, &pilot.director, id, 1, &enough).await.expect("checked");
    }

    async fn a_delivery_is_accepted_in_part_with_minutes_and_the_rest_comes_later(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let before = available(&world, &concluded).await;
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "10")]).await;

        let too_much = voucher::deliver(services, firm, id, 5, &a_delivery(&world, &[("P-02", "10.001")])).await;
        assert!(matches!(refusal(too_much), No::DeliveredTooMuch { .. }));
        voucher::deliver(services, firm, id, 5, &a_delivery(&world, &[("P-02", "6")])).await.expect("delivered");
        let too_much = voucher::accept(services, &pilot.manager, id, 6, &in_part(&[("P-02", "6.001")])).await;
        assert!(matches!(refusal(too_much), No::AcceptedTooMuch { .. }));
        voucher::accept(services, &pilot.manager, id, 6, &in_part(&[("P-02", "4")])).await.expect("accepted");

        let part = world.voucher(firm, id).await;
        assert_eq!(part.status, Status::PartlyAccepted);
        let minutes = voucher::minutes(services, firm.scope(), id, part.deliveries[0].id).await.expect("minutes");
        assert!(minutes.bytes.starts_with(b"%PDF") && minutes.name == "BC-2026-000001-proces-verbal.pdf");
        let wrong = an_invoice(&world, "F-1", ["6000.00", "1260.00", "7260.00"]);
        assert_eq!(
            refusal(voucher::state_invoice(services, firm, id, 7, &wrong).await),
            No::InvoiceDiffers { expected: money("2904.00"), stated: money("7260.00"), difference: money("4356.00") }
        );
        voucher::state_invoice(services, firm, id, 7, &an_invoice(&world, "F-1", ["2400.00", "504.00", "2904.00"])).await.expect("invoiced");
        voucher::pay(services, &pilot.director, id, 8, part.created_at.date_naive()).await.expect("paid");
        voucher::deliver(services, firm, id, 9, &a_delivery(&world, &[("P-02", "3")])).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 10, &Found::Whole).await.expect("accepted");
        let again = an_invoice(&world, "F-1", ["1800.00", "378.00", "2178.00"]);
        let used = voucher::state_invoice(services, firm, id, 11, &again).await;
        assert!(matches!(&used, Err(Error::Invalid(errors)) if errors.of("facture") == Some(&Fault::InvoiceNumberTaken)), "{used:?}");
        voucher::state_invoice(services, firm, id, 11, &InvoiceDraft { number: "F-2".to_owned(), ..again }).await.expect("invoiced");
        voucher::pay(services, &pilot.director, id, 12, part.created_at.date_naive()).await.expect("paid");
        voucher::close(services, &pilot.officer, id, 13).await.expect("closed");

        let used = before.checked_sub(available(&world, &concluded).await);
        assert_eq!(used, Some(money("4200.00")), "seven of ten days: the other three go back");
        let sums = store::vouchers::sums(services, pilot.officer.scope(), &store::vouchers::Filter::default()).await.expect("read");
        assert_eq!((sums.total, sums.ordered), (money("6000.00"), money("4200.00")));
    }

    async fn an_approval_that_reaches_a_mark_is_told_once_to_those_who_watch_over_the_contract(world: World) {
        let commune = world.commune("Namur").await;
        let concluded = world.concluded_by(&commune, "1500.00").await;
        let party = concluded.pilot();
        world.post().await;
        let approved = async |lines: &[(&str, &str)]| {
            let id = world.checked_voucher(&concluded, party, lines).await;
            voucher::approve(&world.services, &party.executive, id, 2, &an_approval()).await.expect("approved");
            told(&world).await
        };

        let first = approved(&[("P-02", "2")]).await;
        let between = approved(&[("P-03", "1")]).await;
        let second = approved(&[("P-03", "2")]).await;

        let of = |percent: &str, sum: &str| format!("{percent} de la part de votre organisation : {sum} sur 1 500,00 €");
        assert_eq!(first.len(), 2, "the manager and the director: {first:?}");
        assert!(first.iter().all(|text| text.contains(&of("80 %", "1 200,00 €"))), "{first:?}");
        assert_eq!(between, Vec::<String>::new(), "1 290 euro pass no other mark");
        assert_eq!(second.len(), 2);
        assert!(second.iter().all(|text| text.contains(&of("95 %", "1 470,00 €"))), "{second:?}");
    }

    async fn an_approval_that_reaches_a_mark_of_the_ceiling_is_told_beside_that_of_the_part(world: World) {
        let offered = world.offered_framework().await;
        let namur = world.entitled(&offered, "Namur", "600.00").await;
        let concluded = world.concluded_framework(&offered, "1500.00", vec![namur]).await;
        let approve = async |party: &Party| {
            let id = world.checked_voucher(&concluded, party, &[("P-02", "1")]).await;
            voucher::approve(&world.services, &party.executive, id, 2, &an_approval()).await.expect("approved");
        };
        approve(concluded.pilot()).await;
        world.post().await;

        approve(&concluded.parties[1]).await;

        let letters = told(&world).await;
        let count = |words: &str| letters.iter().filter(|text| text.contains(words)).count();
        assert_eq!(letters.len(), 4, "{letters:?}");
        assert_eq!(count("95 % de la part de votre organisation : 600,00 € sur 600,00 €"), 2, "{letters:?}");
        assert_eq!(count("80 % du maximum du contrat : 1 200,00 € sur 1 500,00 €"), 2, "{letters:?}");
    }

    async fn a_partial_refusal_is_told_with_what_is_refused_and_the_delay_for_the_defence(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "10")]).await;
        voucher::deliver(services, firm, id, 5, &a_delivery(&world, &[("P-02", "6")])).await.expect("delivered");
        world.post().await;

        voucher::accept(services, &pilot.manager, id, 6, &in_part(&[("P-02", "4")])).await.expect("accepted");

        let letters = world.post().await;
        assert_eq!(letters.len(), 1);
        let told = letters[0].text.replace(['\u{a0}', '\u{202f}'], " ");
        for words in [
            "réceptionne votre livraison en partie",
            "procès-verbal",
            "Refusé : « Journée de développement », 2 jours.",
            "dans les 15 jours de l’envoi du procès-verbal",
            "art. 44",
        ] {
            assert!(told.contains(words), "{words}\n{told}");
        }
    }

    async fn a_whole_refusal_is_told_with_the_delay_for_the_defence_of_the_law_of_its_call(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "2")]).await;
        voucher::deliver(services, firm, id, 5, &a_delivery(&world, &[("P-02", "2")])).await.expect("delivered");
        world.post().await;

        voucher::accept(services, &pilot.manager, id, 6, &refused()).await.expect("refused");

        let letters = world.post().await;
        assert_eq!(letters.len(), 1);
        let told = letters[0].text.replace(['\u{a0}', '\u{202f}'], " ");
        for words in ["refuse votre livraison", "dans les 15 jours de l’envoi du procès-verbal", "art. 44"] {
            assert!(told.contains(words), "{words}\n{told}");
        }
    }

    async fn what_is_refused_without_reasons_stays_to_be_accepted(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "2")]).await;
        voucher::deliver(services, firm, id, 5, &a_delivery(&world, &[("P-02", "2")])).await.expect("delivered");

        let part = Found::Part { quantities: quantities(&[("P-02", "1")]), reasons: String::new() };
        for silent in [part, Found::Refused { reasons: " \n".to_owned() }] {
            assert_eq!(refusal(voucher::accept(services, &pilot.manager, id, 6, &silent).await), No::NoReasons);
            let told = last(&world, &pilot.officer, &concluded).await;
            assert_eq!((told.action.as_str(), told.outcome), ("voucher.accept", Outcome::Refused));
        }
        assert_eq!(world.voucher(firm, id).await.status, Status::Delivered);
        voucher::accept(services, &pilot.manager, id, 6, &refused()).await.expect("refused");
        let found = world.voucher(firm, id).await.deliveries.remove(0).acceptance.expect("found");
        assert!(found.minutes.is_some());
    }

    async fn a_step_without_its_figure_of_law_is_refused_and_recorded(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let line: &[(&str, &str)] = &[("P-02", "1")];
        let checked = world.checked_voucher(&concluded, pilot, line).await;
        let delivered = world.confirmed_voucher(&concluded, pilot, line).await;
        voucher::deliver(services, firm, delivered, 5, &a_delivery(&world, line)).await.expect("delivered");
        let accepted = world.confirmed_voucher(&concluded, pilot, line).await;
        voucher::deliver(services, firm, accepted, 5, &a_delivery(&world, line)).await.expect("delivered");
        voucher::accept(services, &pilot.manager, accepted, 6, &Found::Whole).await.expect("accepted");
        let database = Database::connect(&world.url).await.expect("the database opens");
        let older = "UPDATE tender SET notice_sent_on = '2017-06-01'";
        database.execute_unprepared(older).await.expect("a call from before the figures");

        let approval = voucher::approve(services, &pilot.executive, checked, 2, &an_approval()).await;
        assert_no_figure(&world, &concluded, "voucher.approve", approval.map(drop)).await;
        let refusal = voucher::accept(services, &pilot.manager, delivered, 6, &refused()).await;
        assert_no_figure(&world, &concluded, "voucher.accept", refusal).await;
        let stated = an_invoice(&world, "F-1", ["600.00", "126.00", "726.00"]);
        let invoice = voucher::state_invoice(services, firm, accepted, 7, &stated).await;
        assert_no_figure(&world, &concluded, "voucher.invoice", invoice).await;
    }

    async fn a_refused_delivery_comes_again_and_a_voucher_with_accepted_lines_is_not_cancelled(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "2")]).await;

        voucher::deliver(services, firm, id, 5, &a_delivery(&world, &[("P-02", "2")])).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 6, &refused()).await.expect("refused");
        assert_eq!(world.voucher(firm, id).await.status, Status::Rejected);
        let nothing = an_invoice(&world, "F-1", ["0.00", "0.00", "0.00"]);
        assert_eq!(refusal(voucher::state_invoice(services, firm, id, 7, &nothing).await), No::NothingToInvoice);
        voucher::deliver(services, firm, id, 7, &a_delivery(&world, &[("P-02", "1")])).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 8, &Found::Whole).await.expect("accepted");
        voucher::deliver(services, firm, id, 9, &a_delivery(&world, &[("P-02", "1")])).await.expect("delivered");
        voucher::accept(services, &pilot.manager, id, 10, &refused()).await.expect("refused");

        assert_eq!(refusal(voucher::cancel(services, &pilot.officer, id, 11, "Trop tard").await), No::AcceptedAlready);
    }

    async fn a_voucher_is_seen_by_its_authority_the_pilot_and_once_sent_by_its_supplier(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let services = &world.services;
        let [pilot, own, other] = &concluded.parties[..] else { panic!("three parties") };
        let id = world.checked_voucher(&concluded, own, &[("P-02", "1")]).await;
        let seen = async |actor: &Actor| store::vouchers::find(services, actor.scope(), id).await.is_ok();

        assert!(seen(&own.manager).await && seen(&pilot.officer).await);
        assert!(!seen(&other.officer).await && !seen(&concluded.firm).await);
        let denied = voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await;
        assert!(matches!(denied, Err(Error::Denied(_))), "the pilot reads, and does not order for others: {denied:?}");
        let lost = voucher::approve(services, &other.executive, id, 2, &an_approval()).await;
        assert!(matches!(lost, Err(Error::NotFound)));
        voucher::approve(services, &own.executive, id, 2, &an_approval()).await.expect("approved");
        assert!(!seen(&concluded.firm).await);
        voucher::send(services, &own.officer, id, 3).await.expect("sent");
        assert!(seen(&concluded.firm).await);
    }

    async fn an_older_page_is_stale(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");

        voucher::edit(services, &pilot.officer, id, 1, &a_draft(&[("P-02", "2")])).await.expect("changed");

        assert!(matches!(voucher::edit(services, &pilot.officer, id, 1, &a_draft(&[("P-02", "3")])).await, Err(Error::Stale)));
        assert!(matches!(voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await, Err(Error::Stale)));
        voucher::check(services, &pilot.director, id, 2, &world.a_commitment()).await.expect("checked");
        voucher::edit(services, &pilot.officer, id, 3, &a_draft(&[("P-02", "4")])).await.expect("changed");
        let voucher = world.voucher(&pilot.officer, id).await;
        assert_eq!((voucher.status, voucher.commitment), (Status::Draft, None), "a control of other lines is void");
    }

    async fn a_voucher_is_painted_the_same_before_and_after_it_is_kept(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = world.checked_voucher(&concluded, pilot, &[("P-02", "2.5"), ("P-03", "4")]).await;
        voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");

        let painted = voucher::pdf(services, pilot.officer.scope(), id).await.expect("painted");
        voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
        let letters = world.post().await;
        let kept = world.voucher(&pilot.officer, id).await.file;
        let sent = voucher::pdf(services, concluded.firm.scope(), id).await.expect("kept");

        assert!(kept.is_some());
        assert_eq!((painted.name.as_str(), &painted.sha256), ("BC-2026-000001.pdf", &sent.sha256));
        assert_eq!(painted.bytes, sent.bytes);
        assert_eq!(letters.len(), 1);
        assert!(letters[0].text.contains("BC-2026-000001") && letters[0].text.contains(&format!("/bons/{id}")));
        assert!(matches!(voucher::pdf(services, concluded.parties[1].officer.scope(), id).await, Err(Error::NotFound)));
    }

    async fn an_unapproved_voucher_has_no_pdf(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let id: VoucherId = world.checked_voucher(&concluded, concluded.pilot(), &[("P-02", "1")]).await;

        let asked = voucher::pdf(&world.services, concluded.pilot().officer.scope(), id).await;

        assert!(matches!(asked, Err(Error::NotFound)));
    }

    async fn the_open_vouchers_of_a_contract_are_read_by_what_they_wait_for_by_those_who_see_them(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, other, services) = (concluded.pilot(), &concluded.parties[1], &world.services);
        let line: &[(&str, &str)] = &[("P-02", "1")];
        let accepted = world.confirmed_voucher(&concluded, pilot, line).await;
        voucher::deliver(services, &concluded.firm, accepted, 5, &a_delivery(&world, line)).await.expect("delivered");
        voucher::accept(services, &pilot.manager, accepted, 6, &Found::Whole).await.expect("accepted");
        let ordered = world.confirmed_voucher(&concluded, other, line).await;
        world.checked_voucher(&concluded, pilot, line).await;
        let open = async |actor: &Actor| {
            let open = store::vouchers::open(services, actor.scope(), concluded.reference).await.expect("read");
            [open.undelivered, open.unpaid].map(|half| half.into_iter().map(|found| found.id).collect::<Vec<_>>())
        };
        let stranger = world.officer("Wavre").await;

        assert_eq!(open(&pilot.officer).await, [vec![ordered], vec![accepted]]);
        assert_eq!(open(&other.officer).await, [vec![ordered], vec![]]);
        assert_eq!(open(&stranger).await, [vec![], Vec::<VoucherId>::new()]);
    }
}
