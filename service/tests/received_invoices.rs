//! Invoices as they come, on both databases: taken, waiting or refused, each is kept with the reason; and late payments.

use std::{fs, path::PathBuf, time::Duration};

use chrono::NaiveDate;
use domain::{
    audit::Outcome,
    authz::{Action as _, Actor, ReceiveInvoice},
    fault::Fault,
    invoice::{Objection, ReceivedInvoice, ReceivedStatus},
    kernel::{
        Money, Quantity,
        ids::{ReceivedInvoiceId, VoucherId},
        time::brussels,
    },
    matching::Finding,
    organisation::{OrganisationKind, Role},
    parameter::{Parameter, ParameterSet, Value},
    refusal::Refusal,
    voucher::{LatePayment, Refusal as No, Status},
};
use sea_orm::{ConnectionTrait as _, Database, TransactionTrait as _};
use service::{
    Error, FormKey, on_both_databases, store,
    testing::{Concluded, Ubl, World, quantities},
    voucher::{self, INVOICE_FIELD, InvoiceDraft, InvoiceFile, Payment},
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse_iso(text).expect("a quantity")
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> No {
    match result {
        Err(Error::Refused(Refusal::Voucher(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn sent(world: &World, by: &Actor, id: VoucherId, file: InvoiceFile) -> ReceivedInvoice {
    let received = voucher::receive_invoice(&world.services, by, id, None, file).await.expect("kept");
    found(world, id, received).await
}

async fn found(world: &World, id: VoucherId, received: ReceivedInvoiceId) -> ReceivedInvoice {
    store::received_invoices::find(&world.services, id, received).await.expect("kept")
}

/// A voucher of two days, both accepted.
async fn accepted(world: &World) -> (Concluded, VoucherId) {
    let (concluded, id) = world.invoicing().await;
    world.accepted_days(&concluded, id, "2").await;
    (concluded, id)
}

fn typed(world: &World, number: &str, amounts: [&str; 3]) -> InvoiceDraft {
    let [excluding, vat, including] = amounts.map(money);
    let issued_on = brussels(world.services.now()).date();
    InvoiceDraft { number: number.to_owned(), issued_on, excluding, vat, including, prepaid: Money::ZERO }
}

fn with_interest(on: NaiveDate) -> Payment {
    Payment { on, withheld: Money::ZERO, with_interest: true }
}

fn examples(kind: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/invoices").join(kind);
    fs::read_dir(folder)
        .expect("a folder of examples")
        .map(|entry| {
            let path = entry.expect("an example").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("an example"))
        })
        .collect()
}

on_both_databases! {
    async fn a_good_file_is_accepted_and_the_days_to_pay_begin(world: World) {
        let (concluded, id) = accepted(&world).await;

        let received = sent(&world, &concluded.firm, id, Ubl::default().file()).await;

        assert_eq!((received.status, &received.objections[..]), (ReceivedStatus::Accepted, &[][..]));
        let found = received.comparison.expect("compared");
        assert_eq!((found.payable, found.difference), (money("1452.00"), Money::ZERO));
        let voucher = world.voucher(&concluded.pilot().director, id).await;
        assert_eq!(voucher.status, Status::Invoiced);
        assert_eq!(voucher.unpaid().and_then(|invoice| invoice.due_on), "2026-12-23".parse().ok());
        assert_eq!(voucher.due(), Some((Money::ZERO, Money::ZERO, Money::ZERO)));
    }

    async fn what_is_not_an_invoice_of_this_order_is_refused_with_its_reason_and_kept(world: World) {
        let (concluded, id) = accepted(&world).await;
        let stranger = world.organisation(OrganisationKind::Sme, "Autre SRL").await;
        world.numbered(stranger.id, "0566988259").await;
        let good = Ubl::default();
        let firm = &concluded.firm;

        let foreign = sent(&world, firm, id, Ubl { order: "BC-2026-000099", ..good.clone() }.file()).await;
        let other = sent(&world, firm, id, Ubl { supplier: "0566988259", ..good.clone() }.file()).await;
        let unknown = sent(&world, firm, id, Ubl { supplier: "0451461655", ..good.clone() }.file()).await;
        let elsewhere = sent(&world, firm, id, Ubl { buyer: "0566988259", ..good.clone() }.file()).await;
        let tomorrow = sent(&world, firm, id, Ubl { issued_on: "2026-11-24", ..good.clone() }.file()).await;
        let totals = good.xml().replace(">1452.00<", ">1453.00<").into_bytes();
        let wrong = sent(&world, firm, id, InvoiceFile { name: "total.xml".to_owned(), bytes: totals }).await;

        let expected = world.voucher(firm, id).await.number.expect("a number");
        let supplier = concluded.supplier.id;
        assert_eq!(
            foreign.objections,
            [Objection::Order(Finding::ForeignVoucherNumber { expected, stated: "BC-2026-000099".to_owned() })]
        );
        assert_eq!(
            other.objections,
            [Objection::Order(Finding::OtherSupplier { expected: supplier, stated: Some(stranger.id) })]
        );
        assert_eq!(unknown.objections, [Objection::Order(Finding::OtherSupplier { expected: supplier, stated: None })]);
        assert!(matches!(elsewhere.objections[..], [Objection::OtherBuyer { .. }]), "{:?}", elsewhere.objections);
        assert_eq!(tomorrow.objections, [Objection::DayToCome { on: "2026-11-24".parse().expect("a day") }]);
        assert!(matches!(wrong.objections[0], Objection::Figure(_)), "{:?}", wrong.objections);
        for refused in [&foreign, &other, &unknown, &elsewhere, &tomorrow, &wrong] {
            assert_eq!(refused.status, ReceivedStatus::Refused, "{refused:?}");
        }
        assert_eq!(store::received_invoices::of(&world.services, id).await.expect("read").len(), 6);
        assert_eq!(world.voucher(firm, id).await.status, Status::Accepted);
        let file = voucher::invoice_file(&world.services, firm.scope(), id, foreign.id).await.expect("kept");
        assert_eq!(file.bytes, Ubl { order: "BC-2026-000099", ..good }.xml().into_bytes());
    }

    async fn every_broken_example_is_refused_with_its_reason_and_kept(world: World) {
        let (concluded, id) = accepted(&world).await;

        for kind in ["broken", "refused"] {
            for (name, bytes) in examples(kind) {
                let file = InvoiceFile { name: name.clone(), bytes: bytes.clone() };
                let received = sent(&world, &concluded.firm, id, file).await;

                assert_eq!(received.status, ReceivedStatus::Refused, "{name}");
                let is_of_the_file = matches!(received.objections[0], Objection::Unreadable(_) | Objection::Figure(_));
                assert!(kind != "broken" || is_of_the_file, "{name}: {:?}", received.objections);
                let kept = voucher::invoice_file(&world.services, concluded.firm.scope(), id, received.id).await;
                assert_eq!(kept.expect("kept").bytes, bytes, "{name}");
            }
        }
        assert_eq!(world.voucher(&concluded.firm, id).await.status, Status::Accepted);
    }

    async fn a_number_that_was_taken_is_refused_by_file_and_by_form(world: World) {
        let (concluded, id) = world.invoicing().await;
        let (firm, services) = (&concluded.firm, &world.services);
        world.accepted_days(&concluded, id, "1").await;
        let one_day = [("P-02", "1", "600.00")];
        let good = Ubl { lines: &one_day, ..Ubl::default() };
        sent(&world, firm, id, good.file()).await;
        voucher::pay(services, &concluded.pilot().director, id, 8, brussels(services.now()).date()).await.expect("paid");
        world.accepted_days(&concluded, id, "1").await;

        let again = sent(&world, firm, id, good.file()).await;
        let draft = typed(&world, "F-1", ["600.00", "126.00", "726.00"]);
        let by_form = voucher::state_invoice(services, firm, id, 11, &draft).await;

        assert_eq!(again.objections, [Objection::Order(Finding::Duplicate { number: "F-1".to_owned() })]);
        assert!(
            matches!(&by_form, Err(Error::Invalid(errors)) if errors.of("facture") == Some(&Fault::InvoiceNumberTaken)),
            "{by_form:?}"
        );
        let kept = store::received_invoices::of(services, id).await.expect("read");
        let statuses: Vec<_> = kept.iter().map(|one| one.status).collect();
        assert_eq!(statuses, [ReceivedStatus::Accepted, ReceivedStatus::Refused, ReceivedStatus::Refused]);
        let second = sent(&world, firm, id, Ubl { number: "F-2", ..good }.file()).await;
        assert_eq!(second.status, ReceivedStatus::Accepted, "{:?}", second.objections);
    }

    async fn an_invoice_before_the_acceptance_waits_and_is_taken_once_it_is_compared_again(world: World) {
        let (concluded, id) = world.invoicing().await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        world.accepted_days(&concluded, id, "1").await;

        let early = sent(&world, director, id, Ubl::default().file()).await;
        let still = voucher::compare_invoice(services, director, id, early.id, 1).await.expect("compared");
        world.now_is("2026-11-24 10:00");
        world.accepted_days(&concluded, id, "1").await;
        world.now_is("2026-11-30 10:00");
        let taken = voucher::compare_invoice(services, director, id, early.id, 2).await.expect("compared");
        let once = voucher::compare_invoice(services, director, id, early.id, 3).await;

        let above = Finding::AboveReceipt { line: 1, left: quantity("1"), stated: quantity("2"), more: money("600.00") };
        assert_eq!(early.objections, [Objection::Order(above)]);
        assert_eq!(early.comparison.map(|found| (found.payable, found.difference)), Some((money("726.00"), money("726.00"))));
        assert_eq!((early.status, still, taken), (ReceivedStatus::Received, ReceivedStatus::Received, ReceivedStatus::Accepted));
        assert_eq!(refusal(once), No::InvoiceNotWaiting);
        let voucher = world.voucher(director, id).await;
        let days = voucher.unpaid().map(|invoice| (invoice.received_on.to_string(), invoice.due_on));
        assert_eq!(voucher.status, Status::Invoiced);
        assert_eq!(days, Some(("2026-11-23".to_owned(), "2026-12-24".parse().ok())), "thirty days from the acceptance");
    }

    async fn a_part_of_what_is_accepted_is_invoiced_by_file_and_the_rest_once_it_is_paid(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (firm, director, services) = (&concluded.firm, &concluded.pilot().director, &world.services);
        let days = |number, lines| Ubl { number, lines, ..Ubl::default() }.file();
        let today = brussels(services.now()).date();

        let part = sent(&world, firm, id, days("F-1", &[("P-02", "0.5", "600.00")])).await;
        let after = world.voucher(firm, id).await;
        let unpaid = sent(&world, firm, id, days("F-2", &[("P-02", "1.5", "600.00")])).await;
        voucher::pay(services, director, id, 8, today).await.expect("paid");
        let above = sent(&world, firm, id, days("F-3", &[("P-02", "1.501", "600.00")])).await;
        let rest = voucher::compare_invoice(services, director, id, unpaid.id, 1).await.expect("compared");

        assert_eq!(part.status, ReceivedStatus::Accepted, "{:?}", part.objections);
        assert_eq!(after.invoices[0].quantities, quantities(&[("P-02", "0.5")]));
        assert_eq!((after.status, after.due()), (Status::Invoiced, Some((money("900.00"), money("189.00"), money("1089.00")))));
        assert_eq!(unpaid.objections, [Objection::NotNow { status: Status::Invoiced }]);
        assert!(matches!(above.objections[..], [Objection::Order(Finding::AboveOrder { .. })]), "{:?}", above.objections);
        assert_eq!(rest, ReceivedStatus::Accepted);
        let voucher = world.voucher(firm, id).await;
        assert_eq!((voucher.status, voucher.due()), (Status::Invoiced, Some((Money::ZERO, Money::ZERO, Money::ZERO))));
    }

    /// 33.33 in two halves: 16.67 and 16.66, with 3.50 of VAT each.
    async fn the_last_invoice_bears_the_cent_that_rounding_left(world: World) {
        let (concluded, id) = world.invoicing().await;
        let (firm, director, services) = (&concluded.firm, &concluded.pilot().director, &world.services);
        let database = Database::connect(&world.url).await.expect("the database opens");
        let dear = "UPDATE voucher_line SET unit_price_ten_thousandths = 333300";
        database.execute_unprepared(dear).await.expect("another price");
        world.accepted_days(&concluded, id, "1").await;
        let half = |number| Ubl { number, lines: &[("P-02", "0.5", "33.33")], ..Ubl::default() }.file();

        let first = sent(&world, firm, id, half("F-1")).await;
        voucher::pay(services, director, id, 8, brussels(services.now()).date()).await.expect("paid");
        let due = world.voucher(firm, id).await.due();
        let above = sent(&world, firm, id, half("F-2")).await;
        let last = typed(&world, "F-3", ["16.66", "3.50", "20.16"]);
        voucher::state_invoice(services, firm, id, 9, &last).await.expect("invoiced");

        assert_eq!(first.status, ReceivedStatus::Accepted, "{:?}", first.objections);
        assert_eq!(due, Some((money("16.66"), money("3.50"), money("20.16"))));
        assert_eq!(above.objections, [Objection::OtherAmount { expected: money("20.16"), stated: money("20.17") }]);
        assert_eq!(above.status, ReceivedStatus::Refused);
        let voucher = world.voucher(firm, id).await;
        let asked = Money::total(voucher.invoices.iter().map(|invoice| invoice.excluding));
        assert_eq!((asked, voucher.due()), (Some(money("33.33")), Some((Money::ZERO, Money::ZERO, Money::ZERO))));
    }

    async fn a_number_that_waits_is_refused_by_file_and_by_form(world: World) {
        let (concluded, id) = world.invoicing().await;
        let (firm, director, services) = (&concluded.firm, &concluded.pilot().director, &world.services);
        let waiting = sent(&world, firm, id, Ubl::default().file()).await;
        world.accepted_days(&concluded, id, "2").await;

        let again = sent(&world, firm, id, Ubl::default().file()).await;
        let draft = typed(&world, "F-1", ["1200.00", "252.00", "1452.00"]);
        let by_form = voucher::state_invoice(services, firm, id, 7, &draft).await;
        let itself = voucher::compare_invoice(services, director, id, waiting.id, 1).await.expect("compared");

        assert_eq!(waiting.status, ReceivedStatus::Received);
        assert_eq!(again.objections, [Objection::Order(Finding::Duplicate { number: "F-1".to_owned() })]);
        assert!(
            matches!(&by_form, Err(Error::Invalid(errors)) if errors.of("facture") == Some(&Fault::InvoiceNumberTaken)),
            "{by_form:?}"
        );
        assert_eq!(itself, ReceivedStatus::Accepted);
    }

    async fn a_number_that_is_taken_while_a_file_is_compared_refuses_the_file_which_is_kept(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (firm, director, services) = (&concluded.firm, &concluded.pilot().director, &world.services);
        let day = |number| Ubl { number, lines: &[("P-02", "1", "600.00")], ..Ubl::default() }.file();
        sent(&world, firm, id, day("F-1")).await;
        voucher::pay(services, director, id, 8, brussels(services.now()).date()).await.expect("paid");
        let database = Database::connect(&world.url).await.expect("the database opens");
        let other = database.begin().await.expect("begun");
        other.execute_unprepared("UPDATE invoice SET number = 'F-2'").await.expect("taken, and not said yet");

        let said = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            other.commit().await.expect("said");
        };
        let overtaken = world.overtaken(Box::pin(sent(&world, firm, id, day("F-2"))), 1, said).await;

        assert_eq!(overtaken.objections, [Objection::Order(Finding::Duplicate { number: "F-2".to_owned() })]);
        let file = voucher::invoice_file(services, firm.scope(), id, overtaken.id).await.expect("kept");
        assert_eq!(file.bytes, day("F-2").bytes);
    }

    async fn the_finance_director_refuses_an_invoice_that_waits_and_says_why(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        let dearer = Ubl { lines: &[("P-02", "2", "650.00")], ..Ubl::default() };
        world.post().await;
        let waiting = sent(&world, &concluded.firm, id, dearer.file()).await;
        let told = world.post().await;

        let by_firm = voucher::refuse_invoice(services, &concluded.firm, id, waiting.id, 1, "Non").await;
        let stale = voucher::refuse_invoice(services, director, id, waiting.id, 2, "Prix").await;
        voucher::refuse_invoice(services, director, id, waiting.id, 1, "Prix").await.expect("refused");
        let twice = voucher::refuse_invoice(services, director, id, waiting.id, 2, "Prix").await;

        assert_eq!(waiting.status, ReceivedStatus::Received);
        assert!(matches!(waiting.objections[..], [Objection::Order(Finding::OtherPrice { .. })]));
        assert!(matches!(by_firm, Err(Error::Denied(_))) && matches!(stale, Err(Error::Stale)));
        assert_eq!(refusal(twice), No::InvoiceNotWaiting);
        let refused = found(&world, id, waiting.id).await;
        assert_eq!((refused.status, refused.reason.as_deref()), (ReceivedStatus::Refused, Some("Prix")));
        let told_after = world.post().await;
        assert!(told.len() == 1 && told[0].text.contains("n’est pas conforme"), "the authority is told that it waits");
        assert!(told_after.len() == 1 && told_after[0].text.contains("ne peut pas accepter votre facture"));
    }

    async fn the_firm_and_the_finance_office_bring_files_and_nobody_else(world: World) {
        let (concluded, id) = accepted(&world).await;
        let services = &world.services;
        let file = || Ubl::default().file();
        let other_firm = world.organisation(OrganisationKind::Sme, "Autre SRL").await;
        let other_firm = world.member(&other_firm, Role::SmeMember).await;
        let kept = sent(&world, &concluded.firm, id, Ubl { order: "?", ..Ubl::default() }.file()).await;

        for stranger in [&other_firm, &concluded.parties[1].director] {
            let tried = voucher::receive_invoice(services, stranger, id, None, file()).await;
            assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
            let read = voucher::invoice_file(services, stranger.scope(), id, kept.id).await;
            assert!(matches!(read, Err(Error::NotFound)));
        }
        let officer = voucher::receive_invoice(services, &concluded.pilot().officer, id, None, file()).await;
        assert!(matches!(officer, Err(Error::Denied(_))), "{officer:?}");
        let other_voucher = world.confirmed_voucher(&concluded, concluded.pilot(), &[("P-02", "1")]).await;
        let mixed = voucher::invoice_file(services, concluded.firm.scope(), other_voucher, kept.id).await;
        assert!(matches!(mixed, Err(Error::NotFound)), "of another voucher");
        let large = InvoiceFile { name: "f.xml".to_owned(), bytes: vec![b' '; 5 * 1024 * 1024 + 1] };
        let large = voucher::receive_invoice(services, &concluded.firm, id, None, large).await;
        assert!(
            matches!(&large, Err(Error::Invalid(errors)) if errors.of(INVOICE_FIELD) == Some(&Fault::FileTooLarge { most_mebibytes: 5 })),
            "{large:?}"
        );
        let taken = sent(&world, &concluded.pilot().director, id, file()).await;
        assert_eq!(taken.status, ReceivedStatus::Accepted, "{:?}", taken.objections);
    }

    async fn no_file_is_taken_before_the_firm_has_accepted_the_order(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        let id = world.checked_voucher(&concluded, concluded.pilot(), &[("P-02", "1")]).await;

        let early = voucher::receive_invoice(services, director, id, None, Ubl::default().file()).await;

        let without_file = voucher::may_receive_invoice(services, director, id).await;

        assert!(matches!(refusal(early), No::Step { from: Status::Checked, .. }));
        assert!(matches!(refusal(without_file), No::Step { from: Status::Checked, .. }));
        let contract = store::contracts::find(services, director.scope(), concluded.reference).await.expect("seen");
        let told = store::audit::latest(services, domain::audit::Stream::Tender(contract.tender), 2).await.expect("read");
        assert!(told.iter().all(|row| (row.action.as_str(), row.outcome) == (ReceiveInvoice::NAME, Outcome::Refused)));
        assert!(store::received_invoices::of(services, id).await.expect("read").is_empty());
    }

    async fn an_invoice_whose_lines_were_not_kept_is_of_what_was_accepted_before_it(world: World) {
        let (concluded, id) = world.invoicing().await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        world.accepted_days(&concluded, id, "1").await;
        world.now_is("2026-11-24 10:00");
        let one_day = Ubl { lines: &[("P-02", "1", "600.00")], ..Ubl::default() };
        sent(&world, &concluded.firm, id, one_day.file()).await;
        let database = Database::connect(&world.url).await.expect("the database opens");
        database.execute_unprepared("UPDATE invoice SET lines = NULL").await.expect("an older row");

        let covered = world.voucher(director, id).await.due();
        voucher::pay(services, director, id, 8, brussels(services.now()).date()).await.expect("paid");
        world.now_is("2026-11-25 10:00");
        world.accepted_days(&concluded, id, "1").await;

        assert_eq!(covered, Some((Money::ZERO, Money::ZERO, Money::ZERO)));
        let due = world.voucher(director, id).await.due();
        assert_eq!(due, Some((money("600.00"), money("126.00"), money("726.00"))));
    }

    async fn a_form_with_a_file_sent_twice_is_one_invoice(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (firm, services) = (&concluded.firm, &world.services);
        let file = Ubl::default().file();
        let key = FormKey::read(&FormKey::draw(services), [(INVOICE_FIELD, file.bytes.as_slice())]);

        let first = voucher::receive_invoice(services, firm, id, key.as_ref(), file.clone()).await.expect("kept");
        let second = voucher::receive_invoice(services, firm, id, key.as_ref(), file).await.expect("the same");

        assert_eq!(first, second);
        assert_eq!(store::received_invoices::of(services, id).await.expect("read").len(), 1);
    }

    async fn a_wrong_total_that_was_typed_is_kept_as_refused(world: World) {
        let (concluded, id) = accepted(&world).await;
        let services = &world.services;

        let draft = typed(&world, "F-1", ["1200.00", "252.00", "1460.00"]);
        let answer = voucher::state_invoice(services, &concluded.firm, id, 7, &draft).await;

        assert_eq!(
            refusal(answer),
            No::InvoiceDiffers { expected: money("1452.00"), stated: money("1460.00"), difference: money("8.00") }
        );
        let kept = store::received_invoices::of(services, id).await.expect("read");
        assert_eq!((kept.len(), kept[0].status, kept[0].including), (1, ReceivedStatus::Refused, Some(money("1460.00"))));
        assert!(matches!(kept[0].objections[..], [Objection::Order(Finding::WrongTotal { .. })]), "{:?}", kept[0]);
        let contract = store::contracts::find(services, concluded.firm.scope(), concluded.reference).await.expect("seen");
        let told = world.last_audit(domain::audit::Stream::Tender(contract.tender)).await;
        assert_eq!((told.action.as_str(), told.outcome), ("voucher.invoice", Outcome::Refused));
        voucher::state_invoice(services, &concluded.firm, id, 7, &draft).await.expect_err("refused once more");
        assert_eq!(store::received_invoices::of(services, id).await.expect("read").len(), 1, "the same is kept once");
        let good = typed(&world, "F-1", ["1200.00", "252.00", "1452.00"]);
        voucher::state_invoice(services, &concluded.firm, id, 7, &good).await.expect("the version is the same");
    }

    /// 1 452.00 at 10.5 % for eight days: 3.34; and 40.00.
    async fn a_late_payment_is_written_down_with_its_days_its_interest_and_the_flat_sum(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        sent(&world, &concluded.firm, id, Ubl::default().file()).await;
        world.now_is("2026-12-31 10:00");

        voucher::pay(services, director, id, 8, "2026-12-31".parse().expect("a day")).await.expect("paid");

        let paid = world.voucher(director, id).await.invoices.remove(0);
        let (interest, flat) = (Some(money("3.34")), Some(money("40.00")));
        assert_eq!(paid.late, Some(LatePayment { days: 8, interest, flat, is_settled: false }));
    }

    /// 1 452.00 at 10.5 % for eight days, then at 10 % for four of 2027: 3.34 + 1.59, rounded once.
    async fn interest_of_a_half_year_is_owed_as_soon_as_its_rate_is_published_and_the_flat_sum_before(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        sent(&world, &concluded.firm, id, Ubl::default().file()).await;
        world.now_is("2027-01-05 10:00");

        voucher::pay(services, director, id, 8, "2027-01-04".parse().expect("a day")).await.expect("paid");

        let paid = world.voucher(director, id).await.invoices.remove(0);
        let law = ParameterSet::shipped();
        assert_eq!(paid.late, Some(LatePayment { days: 12, interest: None, flat: Some(money("40.00")), is_settled: false }));
        assert_eq!((paid.interest_owed(&law), paid.flat_owed(&law)), (None, Some(money("40.00"))));
        let last = law.on("interest.rate", "2026-12-31".parse().expect("a day")).expect("a rate");
        let next = Parameter {
            value: Value::parse(last.unit, "10").expect("a rate"),
            valid_from: "2027-01-01".parse().expect("a day"),
            valid_to: "2027-06-30".parse().ok(),
            ..last.clone()
        };
        let published = ParameterSet::from_rows(law.rows().cloned().chain([next]));
        assert_eq!(paid.interest_owed(&published), Some(money("4.93")));
    }

    async fn interest_is_settled_with_the_payment_where_its_rate_is_known(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        sent(&world, &concluded.firm, id, Ubl::default().file()).await;
        world.now_is("2027-01-05 10:00");
        let unknown = "2027-01-04".parse().expect("a day");

        let no_rate = voucher::settle(services, director, id, 8, with_interest(unknown)).await;
        let known = with_interest("2026-12-24".parse().expect("a day"));
        voucher::settle(services, director, id, 8, known).await.expect("paid");

        assert!(matches!(no_rate, Err(Error::Refused(Refusal::MissingParameter { .. }))), "{no_rate:?}");
        let late = world.voucher(director, id).await.invoices.remove(0).late.expect("a day late");
        assert_eq!((late.days, late.interest, late.flat, late.is_settled), (1, Some(money("0.42")), Some(money("40.00")), true));
    }

    async fn a_payment_on_the_last_day_owes_nothing(world: World) {
        let (concluded, id) = accepted(&world).await;
        let (director, services) = (&concluded.pilot().director, &world.services);
        sent(&world, &concluded.firm, id, Ubl::default().file()).await;
        world.now_is("2026-12-31 10:00");

        let last_day = with_interest("2026-12-23".parse().expect("a day"));
        voucher::settle(services, director, id, 8, last_day).await.expect("paid");

        assert_eq!(world.voucher(director, id).await.invoices[0].late, None);
    }
}
