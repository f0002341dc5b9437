//! The steps of the database, oldest first. A landed step is never edited.

use sea_orm_migration::prelude::*;

mod m2026_11_23_000001_people;
mod m2026_11_23_000002_trail;
mod m2026_11_23_000003_needs_and_tenders;
mod m2026_11_23_000004_specification_and_call;
mod m2026_11_23_000005_calls;
mod m2026_11_25_000006_offers;
mod m2026_11_25_000007_evaluation;
mod m2026_11_25_000008_award;
mod m2026_11_25_000009_contracts_and_vouchers;
mod m2026_11_25_000010_form_keys;
mod m2026_11_25_000011_share_bounds;
mod m2026_11_25_000012_acts_on_a_version;
mod m2026_11_26_000013_award_to_supervision;
mod m2026_11_26_000014_contract_without_start;
mod m2026_11_26_000015_ledger;
mod m2026_11_26_000016_invoices;
mod m2026_11_26_000017_execution;
mod m2026_11_26_000018_vouchers_in_full;
mod m2026_11_26_000019_central_body;
mod m2026_11_26_000020_sums;
mod m2026_11_26_000021_set_off;
mod m2026_11_26_000022_ceiling;
mod table;

pub use sea_orm_migration::MigratorTrait;

/// Every step, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_23_000001_people::Step),
            Box::new(m2026_11_23_000002_trail::Step),
            Box::new(m2026_11_23_000003_needs_and_tenders::Step),
            Box::new(m2026_11_23_000004_specification_and_call::Step),
            Box::new(m2026_11_23_000005_calls::Step),
            Box::new(m2026_11_25_000006_offers::Step),
            Box::new(m2026_11_25_000007_evaluation::Step),
            Box::new(m2026_11_25_000008_award::Step),
            Box::new(m2026_11_25_000009_contracts_and_vouchers::Step),
            Box::new(m2026_11_25_000010_form_keys::Step),
            Box::new(m2026_11_25_000011_share_bounds::Step),
            Box::new(m2026_11_25_000012_acts_on_a_version::Step),
            Box::new(m2026_11_26_000013_award_to_supervision::Step),
            Box::new(m2026_11_26_000014_contract_without_start::Step),
            Box::new(m2026_11_26_000015_ledger::Step),
            Box::new(m2026_11_26_000016_invoices::Step),
            Box::new(m2026_11_26_000017_execution::Step),
            Box::new(m2026_11_26_000018_vouchers_in_full::Step),
            Box::new(m2026_11_26_000019_central_body::Step),
            Box::new(m2026_11_26_000020_sums::Step),
            Box::new(m2026_11_26_000021_set_off::Step),
            Box::new(m2026_11_26_000022_ceiling::Step),
        ]
    }
}
