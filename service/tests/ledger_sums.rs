//! What the ledger adds up to by contract, authority and month, on both databases: kept with each entry, counted again
//! from all of them, and reported to those who may read it.

use domain::{
    authz::Scope,
    kernel::Money,
    organisation::{OrganisationKind, Role},
};
use sea_orm::{ConnectionTrait as _, Database};
use service::{
    Error, on_both_databases,
    store::{self, ledger_sums::first_differing},
    testing::{Concluded, World, a_draft},
    voucher::{self, Asked, Report},
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

async fn execute(world: &World, statement: &str) {
    let database = Database::connect(&world.url).await.expect("the database opens");
    database.execute_unprepared(statement).await.expect("it is done");
}

async fn report(world: &World, scope: Scope, year: i32) -> Report {
    let asked = Asked { year: Some(year), contract: None };
    voucher::report(&world.services, scope, asked).await.expect("reported")
}

/// Name and total of each authority.
fn told(report: &Report) -> Vec<(&str, String)> {
    report.authorities.iter().map(|authority| (authority.name.as_str(), authority.total.to_iso())).collect()
}

/// The pilot ordered 6 000 euro in November and gave them back in January; another orders 1 200 when it is December in
/// Belgium alone; the pilot's draft of 600 stays one.
async fn three_months(world: &World) -> Concluded {
    let concluded = world.concluded_contract("100000.00").await;
    let (pilot, other, services) = (concluded.pilot(), &concluded.parties[1], &world.services);
    let given_back = world.confirmed_voucher(&concluded, pilot, &[("P-02", "10")]).await;
    world.now_is("2026-12-01 00:30");
    world.confirmed_voucher(&concluded, other, &[("P-02", "2")]).await;
    voucher::draft(services, &pilot.officer, concluded.reference, &a_draft(&[("P-02", "1")])).await.expect("drawn");
    world.now_is("2027-01-04 10:00");
    voucher::cancel(services, &pilot.officer, given_back, 5, "Double emploi").await.expect("cancelled");
    concluded
}

on_both_databases! {
    async fn each_authority_reads_its_own_orders_by_month_and_the_pilot_and_the_firm_those_of_all(world: World) {
        let concluded = three_months(&world).await;
        let (pilot, other) = (concluded.pilot(), &concluded.parties[1]);
        let [first, second] = [&pilot.organisation.name, &other.organisation.name].map(String::as_str);
        let region = world.organisation(OrganisationKind::Region, "Région wallonne").await;
        let auditor = world.member(&region, Role::Auditor).await;

        for scope in [pilot.officer.scope(), concluded.firm.scope(), auditor.scope()] {
            let of_all = report(&world, scope, 2026).await;

            let mut expected = vec![(first, "6000.00".to_owned()), (second, "1200.00".to_owned())];
            expected.sort_by_key(|(name, _)| store::search_key(name));
            assert_eq!(told(&of_all), expected);
            assert_eq!((of_all.months[10], of_all.months[11], of_all.total), (money("6000.00"), money("1200.00"), money("7200.00")));
            assert_eq!(of_all.years, [2027, 2026]);
            let after = report(&world, scope, 2027).await;
            assert_eq!((told(&after), after.months[0]), (vec![(first, "-6000.00".to_owned())], money("-6000.00")));
        }
        let own = report(&world, other.officer.scope(), 2026).await;
        assert_eq!(told(&own), [(second, "1200.00".to_owned())]);
        let stranger = world.officer("Tournai").await;
        let rival = world.organisation(OrganisationKind::Sme, "Autre SRL").await;
        let rival = world.member(&rival, Role::SmeMember).await;
        for scope in [stranger.scope(), rival.scope(), Scope::VISITOR] {
            assert_eq!(told(&report(&world, scope, 2026).await), []);
        }
    }

    async fn a_report_is_of_one_contract_where_one_is_asked_and_of_no_year_that_can_not_be(world: World) {
        let tournai = world.commune("Tournai").await;
        let second = world.concluded_by(&tournai, "50000.00").await;
        world.confirmed_voucher(&second, second.pilot(), &[("P-02", "3")]).await;
        let first = three_months(&world).await;
        let region = world.organisation(OrganisationKind::Region, "Région wallonne").await;
        let scope = world.member(&region, Role::Auditor).await.scope();
        let of = async |year, contract| voucher::report(&world.services, scope, Asked { year, contract }).await;

        assert_eq!(of(Some(2026), None).await.expect("reported").total, money("9000.00"));
        assert_eq!(of(Some(2026), Some(first.reference)).await.expect("reported").total, money("7200.00"));
        assert_eq!(of(Some(2026), Some(second.reference)).await.expect("reported").total, money("1800.00"));
        assert_eq!(of(None, None).await.expect("reported").year, 2027);
        let never = of(Some(i32::MAX), None).await;
        assert!(matches!(never, Err(Error::NotFound)), "{never:?}");
    }

    async fn the_files_of_a_report_hold_exactly_its_table(world: World) {
        let concluded = three_months(&world).await;
        let asked = Asked { year: Some(2026), contract: None };

        let csv = voucher::report_csv(&world.services, concluded.firm.scope(), asked).await.expect("a file");
        let xlsx = voucher::report_xlsx(&world.services, concluded.firm.scope(), asked).await.expect("a file");

        let text = String::from_utf8(csv.bytes).expect("text");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(csv.name, "commandes-2026.csv");
        assert_eq!(lines.len(), 4, "{text}");
        assert!(lines[0].starts_with("\u{feff}Autorité;01/2026;") && lines[0].ends_with(";12/2026;Total HTVA"), "{text}");
        assert!(lines[3].starts_with("Total;0,00;") && lines[3].ends_with(";6000,00;1200,00;7200,00"), "{text}");
        assert!(xlsx.name == "commandes-2026.xlsx" && xlsx.bytes.starts_with(b"PK"));
        let cells = String::from_utf8_lossy(&xlsx.bytes);
        for cell in [">Total HTVA</t>", "<v>6000.00</v>", "<v>1200.00</v>", "<v>7200.00</v>"] {
            assert!(cells.contains(cell), "{cell}");
        }
    }

    async fn a_corrupted_sum_is_named_by_the_recount(world: World) {
        let concluded = three_months(&world).await;
        assert_eq!(first_differing(world.store()).await.expect("counted"), None);

        execute(&world, "UPDATE ledger_sum SET committed_cents = committed_cents + 1 WHERE committed_cents = 120000").await;

        let found = first_differing(world.store()).await.expect("counted").expect("one differs");
        assert_eq!(found.contract, concluded.reference.to_string());
        assert_eq!(found.organisation, concluded.parties[1].organisation.name);
        assert_eq!(found.month.to_string(), "2026-12-01");
        assert_eq!((found.kept.committed, found.counted.committed), (money("1200.01"), money("1200.00")));
        assert!(found.to_string().ends_with("2026-12: kept reserved 0.00, committed 1200.01; counted reserved 0.00, committed 1200.00"));
    }

    async fn a_sum_that_is_lost_is_named_too(world: World) {
        three_months(&world).await;

        execute(&world, "DELETE FROM ledger_sum WHERE reserved_cents = 60000").await;
        let lost = first_differing(world.store()).await.expect("counted").expect("one differs");

        assert_eq!((lost.kept.reserved, lost.counted.reserved), (Money::ZERO, money("600.00")));
    }

    async fn the_sums_of_entries_that_were_there_before_them_are_those_of_the_rules(world: World) {
        three_months(&world).await;
        for statement in [
            "DROP INDEX voucher_of_authority",
            "DROP INDEX voucher_of_contract",
            "DROP INDEX voucher_of_supplier",
            "DROP INDEX voucher_of_status",
            "DROP INDEX voucher_sums",
            "DROP INDEX voucher_sums_of_supplier",
            "DROP TABLE ledger_sum",
            "DELETE FROM seaql_migrations WHERE version = 'm2026_11_26_000020_sums'",
        ] {
            execute(&world, statement).await;
        }

        world.store().migrate().await.expect("the sums are filled");

        assert_eq!(first_differing(world.store()).await.expect("counted"), None);
    }

    async fn the_list_of_contracts_tells_what_each_contract_tells(world: World) {
        let concluded = three_months(&world).await;
        let scope = concluded.firm.scope();

        let (listed, _) = store::contracts::list(&world.services, scope, 0, 25).await.expect("read");

        let whole = store::contracts::find(&world.services, scope, concluded.reference).await.expect("seen");
        assert_eq!(listed[0].allotments, whole.allotments);
        assert_eq!(whole.committed(), money("1200.00"));
    }
}
