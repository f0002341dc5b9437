//! The list of vouchers and its files, the articles that bear them, the drawing from a form and the sending of several, on
//! both databases.

use domain::{
    audit::{Outcome as Told, Stream},
    authz::Actor,
    kernel::{Money, ids::VoucherId, time::brussels},
    refusal::Refusal,
    tender::Organ,
    voucher::{BudgetShare, Commitment, Found, Refusal as No, Status, VoucherDraft},
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error, FormKey, on_both_databases, store,
    store::{
        audit::Entry,
        vouchers::{Filter, Listed, Parties, Sums},
    },
    testing::{Concluded, World, a_draft, an_approval, quantities},
    voucher::{self, DeliveryDraft, InvoiceDraft, Outcome},
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

fn share(article: &str, amount: &str, credit: &str) -> BudgetShare {
    BudgetShare { article: article.parse().expect("an article"), amount: money(amount), credit: money(credit) }
}

/// This credit on the usual article, and these others.
fn charged(world: &World, credit: &str, others: &[BudgetShare]) -> Commitment {
    Commitment { credit: money(credit), others: others.to_vec(), ..world.a_commitment() }
}

fn called(object: &str, lines: &[(&str, &str)]) -> VoucherDraft {
    VoucherDraft { object: object.to_owned(), ..a_draft(lines) }
}

async fn drawn(world: &World, concluded: &Concluded, draft: &VoucherDraft) -> VoucherId {
    let officer = &concluded.pilot().officer;
    voucher::draft(&world.services, officer, concluded.reference, draft).await.expect("drawn")
}

async fn approved(world: &World, concluded: &Concluded, lines: &[(&str, &str)]) -> VoucherId {
    let pilot = concluded.pilot();
    let id = world.checked_voucher(concluded, pilot, lines).await;
    voucher::approve(&world.services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    id
}

async fn last(world: &World, concluded: &Concluded) -> Entry {
    let scope = concluded.pilot().officer.scope();
    let contract = store::contracts::find(&world.services, scope, concluded.reference).await.expect("seen");
    world.last_audit(Stream::Tender(contract.tender)).await
}

async fn listed(world: &World, actor: &Actor, filter: &Filter) -> Vec<Listed> {
    let filter = Filter { per_page: 25, ..filter.clone() };
    let (found, count) = store::vouchers::list(&world.services, actor.scope(), &filter).await.expect("read");
    assert_eq!(u64::try_from(found.len()).ok(), Some(count));
    found
}

async fn sums(world: &World, actor: &Actor) -> Sums {
    store::vouchers::sums(&world.services, actor.scope(), &Filter::default()).await.expect("read")
}

/// Six of ten days are delivered, four of them accepted.
async fn partly_accepted(world: &World, concluded: &Concluded) -> VoucherId {
    let (services, pilot) = (&world.services, concluded.pilot());
    let id = world.confirmed_voucher(concluded, pilot, &[("P-02", "10")]).await;
    let on = brussels(services.now()).date();
    let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(&[("P-02", "6")]) };
    voucher::deliver(services, &concluded.firm, id, 5, &brought).await.expect("delivered");
    let found = Found::Part { quantities: quantities(&[("P-02", "4")]), reasons: "Sans rapport".to_owned() };
    voucher::accept(services, &pilot.manager, id, 6, &found).await.expect("accepted");
    id
}

async fn csv(world: &World, actor: &Actor, filter: &Filter) -> Vec<String> {
    let file = voucher::csv(&world.services, actor.scope(), filter, Status::code).await.expect("written");
    assert_eq!(file.name, "bons-de-commande.csv");
    let text = String::from_utf8(file.bytes).expect("text");
    text.strip_prefix('\u{feff}').expect("marked as UTF-8").lines().map(str::to_owned).collect()
}

on_both_databases! {
    async fn the_list_answers_each_filter_and_all_of_them_together(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let [pilot, other, _] = &concluded.parties[..] else { panic!("three parties") };
        let numbered = approved(&world, &concluded, &[("P-02", "1")]).await;
        let training = drawn(&world, &concluded, &called("Formation à l’état-civil 100 %", &[("P-03", "1")])).await;
        let others = world.checked_voucher(&concluded, other, &[("P-02", "2")]).await;
        let found = async |filter: Filter| {
            let mut ids: Vec<_> = listed(&world, &pilot.officer, &filter).await.into_iter().map(|row| row.id).collect();
            ids.sort_unstable();
            ids
        };
        let sorted = |mut ids: Vec<VoucherId>| {
            ids.sort_unstable();
            ids
        };
        let all = sorted(vec![numbered, training, others]);
        let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };

        assert_eq!(found(Filter { organisation: Some(other.organisation.id), ..Filter::default() }).await, [others]);
        assert_eq!(found(Filter { supplier: Some(concluded.supplier.id), ..Filter::default() }).await, all);
        assert!(found(Filter { supplier: Some(other.organisation.id), ..Filter::default() }).await.is_empty());
        assert_eq!(found(Filter { contract: Some(concluded.reference), year: Some(2026), ..Filter::default() }).await, all);
        assert!(found(Filter { year: Some(2025), ..Filter::default() }).await.is_empty());
        assert_eq!(found(text("bc-2026-000001")).await, [numbered]);
        assert_eq!(found(text(" ETAT CIVIL formation")).await, [training]);
        assert_eq!(found(text("100 %")).await, [training]);
        assert!(found(text("f_rmation")).await.is_empty());
        let several = Filter { statuses: vec![Status::Approved], year: Some(2026), ..text("connecteur") };
        assert_eq!(found(several).await, [numbered]);

        let parties = store::vouchers::parties(&world.services, pilot.officer.scope()).await.expect("read");
        assert_eq!(parties.suppliers, [(concluded.supplier.id, concluded.supplier.name.clone())]);
        assert_eq!(parties.authorities.len(), 3);
        let stranger = world.officer("Tournai").await;
        let parties = store::vouchers::parties(&world.services, stranger.scope()).await.expect("read");
        assert_eq!(parties, Parties::default());
    }

    async fn what_is_changed_is_found_by_its_new_words(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let officer = &concluded.pilot().officer;
        let id = drawn(&world, &concluded, &called("Formation", &[("P-02", "1")])).await;

        voucher::edit(&world.services, officer, id, 1, &called("Écolage", &[("P-02", "1")])).await.expect("changed");

        let found = async |text: &str| listed(&world, officer, &Filter { text: text.to_owned(), ..Filter::default() }).await.len();
        assert_eq!((found("ecolage").await, found("formation").await), (1, 0));
    }

    async fn what_is_ordered_and_not_accepted_remains_until_the_voucher_is_closed(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        drawn(&world, &concluded, &a_draft(&[("P-02", "1")])).await;
        let id = partly_accepted(&world, &concluded).await;
        let row = async || {
            let found = listed(&world, &pilot.officer, &Filter::default()).await;
            let row = found.into_iter().find(|row| row.id == id).expect("in the list");
            (row.ordered(), row.accepted, row.remaining())
        };

        assert_eq!(row().await, (money("6000.00"), money("2400.00"), money("3600.00")));
        let read = sums(&world, &pilot.officer).await;
        assert_eq!((read.total, read.ordered, read.remaining), (money("6600.00"), money("6000.00"), money("3600.00")));

        let issued_on = brussels(services.now()).date();
        let [excluding, vat, including] = ["2400.00", "504.00", "2904.00"].map(money);
        let invoice = InvoiceDraft { number: "F-1".to_owned(), issued_on, excluding, vat, including, prepaid: Money::ZERO };
        voucher::state_invoice(services, &concluded.firm, id, 7, &invoice).await.expect("invoiced");
        voucher::pay(services, &pilot.director, id, 8, issued_on).await.expect("paid");
        voucher::close(services, &pilot.officer, id, 9).await.expect("closed");

        assert_eq!(row().await, (money("2400.00"), money("2400.00"), Money::ZERO));
        let read = sums(&world, &pilot.officer).await;
        assert_eq!((read.ordered, read.remaining), (money("2400.00"), Money::ZERO));
    }

    async fn a_database_of_before_gets_what_was_accepted_and_the_words_of_its_vouchers(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let officer = &concluded.pilot().officer;
        let id = partly_accepted(&world, &concluded).await;
        let database = Database::connect(&world.url).await.expect("the database opens");
        for older in [
            "DROP INDEX voucher_by_creation",
            "DROP INDEX voucher_sums",
            "DROP INDEX voucher_sums_of_supplier",
            "ALTER TABLE voucher DROP COLUMN search_key",
            "ALTER TABLE voucher DROP COLUMN accepted_cents",
            "DROP TABLE voucher_budget",
            "DELETE FROM seaql_migrations WHERE version = 'm2026_11_26_000018_vouchers_in_full'",
        ] {
            database.execute_unprepared(older).await.expect(older);
        }

        world.store().migrate().await.expect("the step is taken");

        let found = listed(&world, officer, &Filter { text: "ETAT CIVIL".to_owned(), ..Filter::default() }).await;
        assert_eq!(found.iter().map(|row| (row.id, row.accepted)).collect::<Vec<_>>(), [(id, money("2400.00"))]);
    }

    async fn the_files_hold_exactly_what_is_filtered_with_its_sums(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let [pilot, other, _] = &concluded.parties[..] else { panic!("three parties") };
        partly_accepted(&world, &concluded).await;
        drawn(&world, &concluded, &called("=1+1", &[("P-02", "1")])).await;
        world.checked_voucher(&concluded, other, &[("P-02", "2")]).await;
        let own = Filter { organisation: Some(pilot.organisation.id), per_page: 1, page: 1, ..Filter::default() };

        let lines = csv(&world, &pilot.officer, &own).await;

        assert_eq!(lines.len(), 4, "{lines:#?}");
        assert!(lines[0].starts_with("Numéro;Objet;Contrat;Autorité;Fournisseur;État;Montant HTVA;"), "{}", lines[0]);
        let draft = lines.iter().find(|line| line.starts_with(";'=1+1;")).expect("the draft");
        assert!(draft.ends_with(";draft;600,00;726,00;0,00;0,00;0,00"), "{draft}");
        let ordered = lines.iter().find(|line| line.starts_with("BC-2026-000001;")).expect("the order");
        assert!(ordered.ends_with(";partly_accepted;6000,00;7260,00;6000,00;2400,00;3600,00"), "{ordered}");
        assert_eq!(lines[3], "Total;;;;;;6600,00;7986,00;6000,00;2400,00;3600,00");
        let xlsx = voucher::xlsx(&world.services, pilot.officer.scope(), &own, Status::code).await.expect("written");
        assert!(xlsx.bytes.starts_with(b"PK") && xlsx.name == "bons-de-commande.xlsx");
        let inside = String::from_utf8_lossy(&xlsx.bytes).into_owned();
        assert!(inside.contains("<v>3600.00</v>") && inside.contains("'=1+1") && !inside.contains("<v>1200.00</v>"));
        let stranger = world.officer("Tournai").await;
        assert_eq!(csv(&world, &stranger, &Filter::default()).await.len(), 2, "heads and empty sums");
    }

    async fn several_articles_bear_a_voucher_to_the_cent(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = drawn(&world, &concluded, &a_draft(&[("P-02", "1")])).await;
        let check = async |commitment: Commitment| voucher::check(services, &pilot.director, id, 1, &commitment).await;

        let too_much = check(charged(&world, "900.00", &[share("421/123-13", "726.00", "900.00")])).await;
        let article = "104/123-13".parse().expect("an article");
        assert_eq!(refusal(too_much), No::NothingOnArticle { article, amount: Money::ZERO });
        let told = last(&world, &concluded).await;
        assert_eq!((told.action.as_str(), told.outcome), ("voucher.check", Told::Refused));
        let uncovered = check(charged(&world, "900.00", &[share("421/123-13", "226.01", "226.00")])).await;
        assert_eq!(refusal(uncovered), No::CreditTooLow { credit: money("226.00"), needed: money("226.01") });

        check(charged(&world, "500.00", &[share("421/123-13", "226.00", "226.00")])).await.expect("checked");

        let read = world.voucher(&pilot.officer, id).await;
        assert_eq!(read.budget(), [share("104/123-13", "500.00", "500.00"), share("421/123-13", "226.00", "226.00")]);
        voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
        let document = format!("{:?}", store::vouchers::document(services, id).await.expect("frozen"));
        let written = document.replace("\\u{a0}", " ").replace("\\u{202f}", " ").replace(['\u{a0}', '\u{202f}'], " ");
        assert!(written.contains("500,00 € sur 104/123-13 ; 226,00 € sur 421/123-13, TVAC, n° 2026-001874"), "{written}");
    }

    async fn other_lines_void_the_articles_too(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let id = drawn(&world, &concluded, &a_draft(&[("P-02", "1")])).await;
        let split = charged(&world, "500.00", &[share("421/123-13", "226.00", "226.00")]);
        voucher::check(services, &pilot.director, id, 1, &split).await.expect("checked");

        voucher::edit(services, &pilot.officer, id, 2, &a_draft(&[("P-02", "2")])).await.expect("changed");
        assert_eq!(world.voucher(&pilot.officer, id).await.commitment, None);
        voucher::check(services, &pilot.director, id, 3, &world.a_commitment()).await.expect("checked again");

        assert_eq!(world.voucher(&pilot.officer, id).await.budget().len(), 1);
    }

    async fn the_amount_and_the_articles_say_who_approves(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let law = store::parameters::set(services).await.expect("read");
        let today = brussels(services.now()).date();
        let organ = async |days: &str, others: &[BudgetShare]| {
            let id = drawn(&world, &concluded, &a_draft(&[("P-02", days)])).await;
            voucher::check(services, &pilot.director, id, 1, &charged(&world, "90000.00", others)).await.expect("checked");
            world.voucher(&pilot.officer, id).await.usual_organ(&law, today).expect("known")
        };

        assert_eq!(organ("4.999", &[]).await, Organ::ChiefExecutive);
        assert_eq!(organ("5", &[]).await, Organ::Executive, "3 000 euro are not below 3 000");
        let extraordinary = [share("104/742-53", "100.00", "100.00")];
        assert_eq!(organ("2.499", &extraordinary).await, Organ::ChiefExecutive);
        assert_eq!(organ("2.5", &extraordinary).await, Organ::Executive, "the lowest figure of its articles bounds it");
    }

    async fn a_form_sent_twice_draws_one_voucher(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let key = FormKey::read(&FormKey::draw(services), [("objet", "x".as_bytes())]);
        let draft = a_draft(&[("P-02", "1")]);
        let draw = async || {
            let (officer, reference) = (&pilot.officer, concluded.reference);
            voucher::draft_once(services, officer, reference, key.as_ref(), money("726.00"), &draft).await.expect("drawn")
        };

        let (one, two) = (draw().await, draw().await);

        assert_eq!(one, two);
        assert_eq!(listed(&world, &pilot.officer, &Filter::default()).await.len(), 1);
    }

    async fn a_voucher_read_at_another_total_is_not_drawn(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let draft = a_draft(&[("P-02", "1")]);
        let draw = async |read: &str| {
            voucher::draft_once(services, &pilot.officer, concluded.reference, None, money(read), &draft).await
        };

        assert!(matches!(draw("725.99").await, Err(Error::Stale)));
        assert!(listed(&world, &pilot.officer, &Filter::default()).await.is_empty());

        draw("726.00").await.expect("drawn");
    }

    async fn weighing_a_voucher_tells_its_totals_and_reserves_nothing(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let weigh = async |days: &str| voucher::weigh(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", days)])).await;

        let totals = weigh("2").await.expect("it fits");
        assert_eq!((totals.excluding, totals.including), (money("1200.00"), money("1452.00")));
        assert_eq!(sums(&world, &pilot.officer).await.total, Money::ZERO);

        assert!(matches!(refusal(weigh("112.5").await), No::AllotmentPassed { .. }));
        let told = last(&world, &concluded).await;
        assert_eq!((told.action.as_str(), told.outcome), ("voucher.draft", Told::Refused));
    }

    async fn several_vouchers_are_sent_each_for_itself(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (pilot, services) = (concluded.pilot(), &world.services);
        let line: &[(&str, &str)] = &[("P-02", "1")];
        let (first, second) = (approved(&world, &concluded, line).await, approved(&world, &concluded, line).await);
        let stale = approved(&world, &concluded, line).await;
        let checked = world.checked_voucher(&concluded, pilot, line).await;
        let others = world.checked_voucher(&concluded, &concluded.parties[1], line).await;
        let chosen = [(first, 3), (checked, 2), (stale, 2), (others, 2), (second, 3)];

        let outcomes = voucher::send_all(services, &pilot.officer, &chosen).await.expect("told");

        let not_yet = Refusal::from(No::Step { from: Status::Checked, step: domain::voucher::Step::Send });
        let expected =
            [Outcome::Sent, Outcome::Refused(not_yet), Outcome::Stale, Outcome::NotOnes, Outcome::Sent];
        assert_eq!(outcomes.iter().map(|(_, outcome)| outcome.clone()).collect::<Vec<_>>(), expected);
        for (id, status) in [(first, Status::Sent), (second, Status::Sent), (stale, Status::Approved), (checked, Status::Checked)] {
            assert_eq!(world.voucher(&pilot.officer, id).await.status, status);
        }
        let told = last(&world, &concluded).await;
        assert_eq!((told.action.as_str(), told.outcome), ("voucher.send", Told::Done));
        assert_eq!(told.facts["voucher"], second.to_string());
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
        let stranger = world.officer("Tournai").await;
        assert!(matches!(voucher::send_all(services, &stranger, &[(stale, 3)]).await, Err(Error::NotFound)));
        assert!(matches!(voucher::send_all(services, &pilot.manager, &[(stale, 3)]).await, Err(Error::Denied(_))));
    }
}
