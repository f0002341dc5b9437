//! The ledger of a contract, on both databases: what drafts reserve, what is lent between participants, and what all of it
//! may not pass.

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    contract::{Contract, Lending},
    kernel::{Money, ids::LoanId},
    ledger::{Balance, Held, LoanRefused},
    organisation::Role,
    refusal::Refusal,
    voucher::Refusal as No,
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error, FormKey,
    contract::{self, LoanDraft, Way},
    on_both_databases, store,
    store::audit::Entry,
    testing::{Concluded, Party, World, a_draft, an_approval},
    voucher,
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

/// The rule that said no.
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> No {
    match result {
        Err(Error::Refused(Refusal::Voucher(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn seen(world: &World, concluded: &Concluded) -> Contract {
    let firm = concluded.firm.scope();
    store::contracts::find(&world.services, firm, concluded.reference).await.expect("the supplier sees it")
}

async fn balance(world: &World, concluded: &Concluded, party: &Party) -> Balance {
    seen(world, concluded).await.ledger().balance(party.organisation.id).expect("a participant")
}

async fn last(world: &World, concluded: &Concluded) -> Entry {
    world.last_audit(Stream::Tender(seen(world, concluded).await.tender)).await
}

fn lends(other: &Party, amount: &str) -> LoanDraft {
    LoanDraft { other: other.organisation.id, way: Way::Lend, amount: money(amount) }
}

/// The first party proposes to lend this to the second.
async fn proposed(world: &World, concluded: &Concluded, amount: &str) -> Result<LoanId, Error> {
    let draft = lends(&concluded.parties[1], amount);
    contract::propose_loan(&world.services, &concluded.pilot().officer, concluded.reference, None, &draft).await
}

async fn loan(world: &World, concluded: &Concluded) -> Lending {
    let contract = seen(world, concluded).await;
    store::loans::list(&world.services, &contract).await.expect("read").remove(0)
}

async fn execute(world: &World, statement: &str) {
    let database = Database::connect(&world.url).await.expect("the database opens");
    database.execute_unprepared(statement).await.expect("it is done");
}

on_both_databases! {
    async fn a_draft_reserves_its_amount_until_it_is_cancelled(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let sums = async || {
            let balance = balance(&world, &concluded, pilot).await;
            (balance.reserved.to_iso(), balance.committed.to_iso())
        };
        let told = |reserved: &str, committed: &str| (reserved.to_owned(), committed.to_owned());

        let id = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "10")])).await.expect("drawn");
        assert_eq!(sums().await, told("6000.00", "0.00"));
        voucher::edit(services, &pilot.officer, id, 1, &a_draft(&[("P-02", "12.5")])).await.expect("more");
        assert_eq!(sums().await, told("7500.00", "0.00"));
        voucher::edit(services, &pilot.officer, id, 2, &a_draft(&[("P-04", "1")])).await.expect("at no price");
        assert_eq!(sums().await, told("0.00", "0.00"));
        voucher::edit(services, &pilot.officer, id, 3, &a_draft(&[("P-02", "4")])).await.expect("less");
        voucher::check(services, &pilot.director, id, 4, &world.a_commitment()).await.expect("checked");
        assert_eq!(sums().await, told("2400.00", "0.00"));
        voucher::approve(services, &pilot.executive, id, 5, &an_approval()).await.expect("approved");
        assert_eq!(sums().await, told("0.00", "2400.00"));
        assert_eq!(world.voucher(&pilot.officer, id).await.held, Held::Committed(money("2400.00")));

        let other = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");
        voucher::cancel(services, &pilot.officer, other, 1, "Double emploi").await.expect("cancelled");
        assert_eq!(sums().await, told("0.00", "2400.00"));
    }

    async fn drafts_do_not_take_the_same_room_and_an_edit_may_use_its_own(world: World) {
        let concluded = world.concluded_contract("44473.68").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "40")])).await.expect("drawn");

        let second = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "10.5")])).await;
        assert_eq!(refusal(second), No::AllotmentPassed { asked: money("6300.00"), available: money("6000.00") });
        let over = voucher::edit(services, &pilot.officer, id, 1, &a_draft(&[("P-02", "50.5")])).await;
        assert_eq!(refusal(over), No::AllotmentPassed { asked: money("30300.00"), available: money("30000.00") });
        voucher::edit(services, &pilot.officer, id, 1, &a_draft(&[("P-02", "50")])).await.expect("all of the part");
    }

    async fn fifty_drafts_at_the_same_moment_reserve_no_more_than_the_allotment(world: World) {
        let concluded = world.concluded_contract("44473.68").await;
        let pilot = concluded.pilot();

        let drafts: Vec<_> = (0..50)
            .map(|_| {
                let (services, officer, reference) = (world.services.clone(), pilot.officer.clone(), concluded.reference);
                tokio::spawn(async move { voucher::draft(&services, &officer, reference, &a_draft(&[("P-02", "2")])).await })
            })
            .collect();
        let mut drawn = 0;
        for draft in drafts {
            match draft.await.expect("no draft panics") {
                Ok(_) => drawn += 1,
                other => assert_eq!(
                    refusal(other),
                    No::AllotmentPassed { asked: money("1200.00"), available: Money::ZERO }
                ),
            }
        }

        assert_eq!(drawn, 25);
        let balance = balance(&world, &concluded, pilot).await;
        assert_eq!((balance.reserved, balance.available()), (money("30000.00"), Some(Money::ZERO)));
    }

    async fn a_loan_moves_allotment_once_both_executives_consented(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, reference) = (&world.services, concluded.reference);
        let [lender, borrower, _] = &concluded.parties[..] else { panic!("three parties") };
        let wholes = async || {
            let whole = async |party| balance(&world, &concluded, party).await.whole().map(Money::to_iso);
            (whole(lender).await.expect("it fits"), whole(borrower).await.expect("it fits"))
        };
        let before = wholes().await;

        let id = proposed(&world, &concluded, "10000.00").await.expect("proposed");
        contract::agree_to_loan(services, &borrower.executive, reference, id, 1).await.expect("the borrower");
        assert_eq!(wholes().await, before);
        let told = last(&world, &concluded).await;
        assert_eq!((told.action.as_str(), told.facts["moved"].as_bool()), ("loan.agree", Some(false)));
        let over = voucher::draft(services, &borrower.officer, reference, &a_draft(&[("P-02", "28")])).await;
        assert!(matches!(refusal(over), No::AllotmentPassed { .. }));
        contract::agree_to_loan(services, &lender.executive, reference, id, 2).await.expect("the lender");

        assert_eq!(before, ("67455.62".to_owned(), "16568.05".to_owned()));
        assert_eq!(wholes().await, ("57455.62".to_owned(), "26568.05".to_owned()));
        let told = last(&world, &concluded).await;
        assert_eq!((told.facts["lender"].as_str(), told.facts["moved"].as_bool()), (Some("Ville de Namur"), Some(true)));
        voucher::draft(services, &borrower.officer, reference, &a_draft(&[("P-02", "28")])).await.expect("16 800 euro fit now");
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn both_participants_learn_by_letter_that_a_loan_waits_for_them_unless_it_was_withdrawn(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, reference, officer) = (&world.services, concluded.reference, &concluded.pilot().officer);
        let borrower = &concluded.parties[1];
        world.post().await;
        let told = async || {
            let letters = world.post().await.into_iter();
            letters.map(|letter| letter.text).filter(|text| text.contains("part inutilisée")).collect::<Vec<_>>()
        };

        proposed(&world, &concluded, "1000.00").await.expect("proposed");
        let letters = told().await;
        assert_eq!(letters.len(), 2);
        for letter in letters {
            assert!(letter.contains("Ville de Namur prête 1\u{202f}000,00"), "{letter}");
            assert!(letter.contains(&format!("/contrats/{reference}/prets")), "{letter}");
        }

        let id = proposed(&world, &concluded, "1000.00").await.expect("proposed");
        contract::agree_to_loan(services, &borrower.executive, reference, id, 1).await.expect("the borrower");
        assert_eq!(told().await.len(), 1, "who consented meanwhile is not written to");
        let id = proposed(&world, &concluded, "1000.00").await.expect("proposed");
        contract::withdraw_loan(services, officer, reference, id, 1).await.expect("withdrawn");
        assert_eq!(told().await.len(), 0);
    }

    async fn no_more_than_what_is_unused_is_lent_at_the_proposal_and_at_each_consent(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services, reference) = (concluded.pilot(), &world.services, concluded.reference);
        voucher::draft(services, &pilot.officer, reference, &a_draft(&[("P-02", "100")])).await.expect("drawn");

        let (asked, available) = (money("7455.63"), money("7455.62"));
        let refused = proposed(&world, &concluded, "7455.63").await;
        assert_eq!(refusal(refused), No::Loan(LoanRefused::MoreThanUnused { asked, available }));
        let told = last(&world, &concluded).await;
        assert_eq!((told.action.as_str(), told.outcome), ("loan.propose", Outcome::Refused));

        let id = proposed(&world, &concluded, "7455.62").await.expect("proposed");
        contract::agree_to_loan(services, &pilot.executive, reference, id, 1).await.expect("the lender");
        voucher::draft(services, &pilot.officer, reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");
        let late = contract::agree_to_loan(services, &concluded.parties[1].executive, reference, id, 2).await;
        let (asked, available) = (money("7455.62"), money("6855.62"));
        assert_eq!(refusal(late), No::Loan(LoanRefused::MoreThanUnused { asked, available }));
        assert_eq!(last(&world, &concluded).await.outcome, Outcome::Refused);
    }

    async fn a_draft_and_a_last_consent_at_the_same_moment_share_what_is_left(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services, reference) = (concluded.pilot(), &world.services, concluded.reference);
        let id = proposed(&world, &concluded, "40000.00").await.expect("proposed");
        contract::agree_to_loan(services, &concluded.parties[1].executive, reference, id, 1).await.expect("the borrower");

        let lines = a_draft(&[("P-02", "60")]);
        let (drawn, agreed) = tokio::join!(
            voucher::draft(services, &pilot.officer, reference, &lines),
            contract::agree_to_loan(services, &pilot.executive, reference, id, 2),
        );

        assert!(drawn.is_ok() != agreed.is_ok(), "36 000 and 40 000 of 67 455,62: {drawn:?} {agreed:?}");
        let left = balance(&world, &concluded, pilot).await.available().expect("it fits");
        assert!(!left.is_negative());
    }

    async fn an_officer_proposes_and_the_executives_of_the_two_alone_consent(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, reference) = (&world.services, concluded.reference);
        let [lender, borrower, third] = &concluded.parties[..] else { panic!("three parties") };
        let stranger = world.officer("Tournai").await;
        let draft = lends(borrower, "1000.00");

        for actor in [&lender.executive, &concluded.firm] {
            let denied = contract::propose_loan(services, actor, reference, None, &draft).await;
            assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
        }
        let lost = contract::propose_loan(services, &stranger, reference, None, &draft).await;
        assert!(matches!(lost, Err(Error::NotFound)), "{lost:?}");
        let id = contract::propose_loan(services, &lender.officer, reference, None, &draft).await.expect("proposed");
        for actor in [&lender.officer, &third.executive, &concluded.firm] {
            let denied = contract::agree_to_loan(services, actor, reference, id, 1).await;
            assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
        }
        assert_eq!(last(&world, &concluded).await.outcome, Outcome::Denied);
        let denied = contract::withdraw_loan(services, &third.officer, reference, id, 1).await;
        assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
        let lost = contract::agree_to_loan(services, &stranger, reference, id, 1).await;
        assert!(matches!(lost, Err(Error::NotFound)), "{lost:?}");

        let delegate: Actor = world.member(&lender.organisation, Role::ChiefExecutive).await;
        contract::agree_to_loan(services, &delegate, reference, id, 1).await.expect("by delegation");
    }

    async fn a_loan_is_withdrawn_until_both_consented_and_an_older_page_is_stale(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, reference) = (&world.services, concluded.reference);
        let [lender, borrower, _] = &concluded.parties[..] else { panic!("three parties") };
        let before = balance(&world, &concluded, borrower).await;

        let id = proposed(&world, &concluded, "1000.00").await.expect("proposed");
        contract::agree_to_loan(services, &lender.executive, reference, id, 1).await.expect("the lender");
        let twice = contract::agree_to_loan(services, &lender.executive, reference, id, 2).await;
        assert_eq!(refusal(twice), No::Loan(LoanRefused::Settled));
        let stale = contract::agree_to_loan(services, &borrower.executive, reference, id, 1).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        contract::withdraw_loan(services, &borrower.officer, reference, id, 2).await.expect("withdrawn");
        let late = contract::agree_to_loan(services, &borrower.executive, reference, id, 3).await;
        assert_eq!(refusal(late), No::Loan(LoanRefused::Settled));
        assert_eq!(balance(&world, &concluded, borrower).await, before);

        let agreed = proposed(&world, &concluded, "1000.00").await.expect("proposed");
        contract::agree_to_loan(services, &lender.executive, reference, agreed, 1).await.expect("the lender");
        contract::agree_to_loan(services, &borrower.executive, reference, agreed, 2).await.expect("the borrower");
        let late = contract::withdraw_loan(services, &lender.officer, reference, agreed, 3).await;
        assert_eq!(refusal(late), No::Loan(LoanRefused::Settled));
        let back = LoanDraft { way: Way::Borrow, ..lends(borrower, "1000.00") };
        contract::propose_loan(services, &lender.officer, reference, None, &back).await.expect("given back by a loan");
    }

    async fn a_form_sent_twice_makes_one_proposal(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, pilot) = (&world.services, concluded.pilot());
        let key = FormKey::read("00000000-0000-0000-0000-0000000000ff", [("montant", "1".as_bytes())]);
        let draft = lends(&concluded.parties[1], "1.00");

        let first = contract::propose_loan(services, &pilot.officer, concluded.reference, key.as_ref(), &draft).await;
        let second = contract::propose_loan(services, &pilot.officer, concluded.reference, key.as_ref(), &draft).await;

        assert_eq!(first.expect("proposed"), second.expect("the same"));
        let contract = seen(&world, &concluded).await;
        assert_eq!(store::loans::list(services, &contract).await.expect("read").len(), 1);
        assert_eq!(loan(&world, &concluded).await.version, 1);
    }

    async fn a_reservation_that_was_lost_or_changed_stops_the_approval(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        for statement in [
            "UPDATE ledger_entry SET amount_cents = amount_cents - 1 WHERE kind = 'reserve'",
            "DELETE FROM ledger_entry WHERE kind = 'reserve'",
        ] {
            let id = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;
            execute(&world, statement).await;

            let stopped = voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await;

            assert!(matches!(&stopped, Err(Error::Corrupt(said)) if said.contains("ledger")), "{stopped:?}");
        }
    }
}
