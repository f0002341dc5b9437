//! The steps of the database, oldest first. A landed step is never edited.

use sea_orm_migration::prelude::*;

mod m2026_11_23_000001_people;
mod m2026_11_23_000002_trail;
mod m2026_11_23_000003_needs_and_tenders;
mod m2026_11_23_000004_specification_and_call;
mod m2026_11_23_000005_calls;
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
        ]
    }
}
