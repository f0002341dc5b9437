//! Who approves a voucher, the dates and numbers it takes, and the way out of each of its states, on both databases.

use chrono::NaiveDate;
use domain::{
    authz::Actor,
    fault::Fault,
    kernel::{Money, ids::VoucherId, time::brussels},
    organisation::Role,
    refusal::Refusal,
    tender::Organ,
    voucher::{Commitment, Found, Refusal as No, Status},
};
use service::{
    Error, on_both_databases,
    testing::{Concluded, World, a_draft, an_approval, quantities},
    voucher::{self, Approval, DeliveryDraft, InvoiceDraft},
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> No {
    match result {
        Err(Error::Refused(Refusal::Voucher(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn today(world: &World) -> NaiveDate {
    brussels(world.services.now()).date()
}

fn an_invoice(world: &World, number: &str, amounts: [&str; 3]) -> InvoiceDraft {
    let [excluding, vat, including] = amounts.map(money);
    InvoiceDraft { number: number.to_owned(), issued_on: today(world), excluding, vat, including, prepaid: Money::ZERO }
}

/// A delivery of this, and what is found of it.
async fn delivered(world: &World, concluded: &Concluded, id: VoucherId, line: (&str, &str), found: &Found) {
    let (services, pilot) = (&world.services, concluded.pilot());
    let version = world.voucher(&pilot.officer, id).await.version;
    let brought = DeliveryDraft { on: today(world), note: String::new(), quantities: quantities(&[line]) };
    voucher::deliver(services, &concluded.firm, id, version, &brought).await.expect("delivered");
    voucher::accept(services, &pilot.manager, id, version + 1, found).await.expect("found");
}

fn refused() -> Found {
    Found::Refused { reasons: "Incomplet".to_owned() }
}

fn by(organ: Organ, reason: Option<&str>) -> Approval {
    Approval { organ, reason: reason.map(str::to_owned), ..an_approval() }
}

async fn general_director(world: &World, concluded: &Concluded) -> Actor {
    world.member(&concluded.pilot().organisation, Role::ChiefExecutive).await
}

on_both_databases! {
    async fn nobody_approves_for_another_organ(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let director = general_director(&world, &concluded).await;
        let id = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;

        for (actor, organ) in [
            (&director, Organ::Executive),
            (&pilot.executive, Organ::ChiefExecutive),
            (&pilot.executive, Organ::Council),
        ] {
            let refused = voucher::approve(services, actor, id, 2, &by(organ, None)).await;
            assert!(matches!(refused, Err(Error::Refused(Refusal::NotYourOrgan))), "{organ:?}: {refused:?}");
        }
        voucher::approve(services, &director, id, 2, &by(Organ::ChiefExecutive, None)).await.expect("approved");
    }

    async fn a_delegate_goes_above_the_delegation_with_a_reason_only_and_the_executive_without(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let director = general_director(&world, &concluded).await;
        // 3 000 euro is the figure of the ordinary service, and « below » it is delegated.
        let below = world.checked_voucher(&concluded, pilot, &[("P-02", "4.999")]).await;
        let at = world.checked_voucher(&concluded, pilot, &[("P-02", "5")]).await;
        let again = world.checked_voucher(&concluded, pilot, &[("P-02", "5")]).await;

        voucher::approve(services, &director, below, 2, &by(Organ::ChiefExecutive, None)).await.expect("below");
        let silent = voucher::approve(services, &director, at, 2, &by(Organ::ChiefExecutive, None)).await;
        let reason = Some("Délégation portée à 5 000 euros le 12 janvier 2026");
        voucher::approve(services, &director, at, 2, &by(Organ::ChiefExecutive, reason)).await.expect("with its reason");
        voucher::approve(services, &pilot.executive, again, 2, &by(Organ::Executive, None)).await.expect("its own right");

        assert!(matches!(silent, Err(Error::Refused(Refusal::WarningsNeedAReason))), "{silent:?}");
    }

    async fn a_commitment_of_a_year_that_numbers_no_voucher_is_refused(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");

        for on in ["0026-11-20", "1999-12-31"] {
            let on: NaiveDate = on.parse().expect("a date");
            let refused = voucher::check(services, &pilot.director, id, 1, &Commitment { on, ..world.a_commitment() }).await;
            assert_eq!(refusal(refused), No::CommitmentYear { on });
        }
        let first = Commitment { on: "2000-01-01".parse().expect("a date"), ..world.a_commitment() };
        voucher::check(services, &pilot.director, id, 1, &first).await.expect("checked");
        voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("numbered");
    }

    async fn each_budget_year_of_an_authority_counts_its_own_numbers(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let mut given = Vec::new();
        for on in ["2025-12-31", "2026-01-01", "2025-12-30", "2026-11-20"] {
            let id = voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");
            let commitment = Commitment { on: on.parse().expect("a date"), ..world.a_commitment() };
            voucher::check(services, &pilot.director, id, 1, &commitment).await.expect("checked");
            let number = voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("numbered");
            given.push(number.to_string());
        }

        assert_eq!(given, ["BC-2025-000001", "BC-2026-000001", "BC-2025-000002", "BC-2026-000002"]);
    }

    async fn a_rejected_voucher_of_which_a_part_is_paid_is_closed(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "2")]).await;
        delivered(&world, &concluded, id, ("P-02", "1"), &Found::Whole).await;
        let unpaid = voucher::close(services, &pilot.officer, id, 7).await;
        voucher::state_invoice(services, firm, id, 7, &an_invoice(&world, "F-1", ["600.00", "126.00", "726.00"])).await.expect("invoiced");
        voucher::pay(services, &pilot.director, id, 8, today(&world)).await.expect("paid");
        delivered(&world, &concluded, id, ("P-02", "1"), &refused()).await;

        assert_eq!(refusal(unpaid), No::StillDue { due: money("726.00") });
        assert_eq!(world.voucher(firm, id).await.status, Status::Rejected);
        voucher::close(services, &pilot.officer, id, 11).await.expect("closed");
        let left = world.voucher(firm, id).await;
        assert_eq!(left.status, Status::Closed);
        assert_eq!(left.contract.committed(), money("600.00"), "the day that never came goes back");
    }

    async fn a_rejected_voucher_without_anything_accepted_is_cancelled_and_not_closed(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        delivered(&world, &concluded, id, ("P-02", "1"), &refused()).await;

        assert_eq!(refusal(voucher::close(services, &pilot.officer, id, 7).await), No::NothingAccepted);
        voucher::cancel(services, &pilot.officer, id, 7, "Jamais conforme").await.expect("cancelled");
    }

    async fn a_voucher_at_no_price_is_closed_without_an_invoice(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-04", "1")]).await;
        delivered(&world, &concluded, id, ("P-04", "1"), &Found::Whole).await;

        let nothing = an_invoice(&world, "F-1", ["0.00", "0.00", "0.00"]);
        assert_eq!(refusal(voucher::state_invoice(services, firm, id, 7, &nothing).await), No::NothingToInvoice);
        voucher::close(services, &pilot.officer, id, 7).await.expect("closed");
        assert_eq!(world.voucher(firm, id).await.status, Status::Closed);
    }

    async fn an_invoice_is_not_paid_before_it_came(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, firm, services) = (concluded.pilot(), &concluded.firm, &world.services);
        let id = world.confirmed_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        delivered(&world, &concluded, id, ("P-02", "1"), &Found::Whole).await;
        voucher::state_invoice(services, firm, id, 7, &an_invoice(&world, "F-1", ["600.00", "126.00", "726.00"])).await.expect("invoiced");
        let received_on = today(&world);
        let on = received_on.pred_opt().expect("a day");

        let refused = voucher::pay(services, &pilot.director, id, 8, on).await;

        assert_eq!(refusal(refused), No::PaidBeforeReceipt { on, received_on });
        voucher::pay(services, &pilot.director, id, 8, received_on).await.expect("paid on the day it came");
    }

    async fn one_number_on_two_invoices_at_the_same_moment_is_kept_once(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let [pilot, other, _] = &concluded.parties[..] else { panic!("three parties") };
        let services = &world.services;
        let mut stated = Vec::new();
        for party in [pilot, other] {
            let id = world.confirmed_voucher(&concluded, party, &[("P-02", "1")]).await;
            let brought = DeliveryDraft { on: today(&world), note: String::new(), quantities: quantities(&[("P-02", "1")]) };
            voucher::deliver(services, &concluded.firm, id, 5, &brought).await.expect("delivered");
            voucher::accept(services, &party.manager, id, 6, &Found::Whole).await.expect("accepted");
            let (services, firm) = (services.clone(), concluded.firm.clone());
            let invoice = an_invoice(&world, "F-1", ["600.00", "126.00", "726.00"]);
            stated.push(async move { voucher::state_invoice(&services, &firm, id, 7, &invoice).await });
        }

        let mut kept = 0;
        let stated: Vec<_> = stated.into_iter().map(tokio::spawn).collect();
        for answer in stated {
            match answer.await.expect("no panic") {
                Ok(()) => kept += 1,
                Err(Error::Invalid(errors)) => assert_eq!(errors.of("facture"), Some(&Fault::InvoiceNumberTaken)),
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(kept, 1);
    }
}
