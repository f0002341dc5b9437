//! A database as an earlier state of the program left it, with a file in it, then brought up to date.

use chrono::{DateTime, Utc};
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectionTrait as _, Database, DatabaseConnection, Value,
    sea_query::{Alias, Query},
};
use uuid::Uuid;

use super::{World, at, database::TestDatabase};
use crate::store::Store;

/// The steps that the first landed state knew: the road from a need to the call.
const FIRST_STEPS: u32 = 5;

impl World {
    pub async fn raised_on_sqlite() -> Self {
        Self::raised(TestDatabase::unmade_sqlite()).await
    }

    pub async fn raised_on_postgres() -> Self {
        Self::raised(TestDatabase::unmade_postgres().await).await
    }

    async fn raised(unmade: super::database::Unmade) -> Self {
        let old = Database::connect(&unmade.url).await.expect("the database opens");
        Migrator::up(&old, Some(FIRST_STEPS)).await.expect("the first steps apply");
        fill(&old).await;
        old.close().await.expect("the connection closes");

        let store = Store::open(&unmade.url).await.expect("the database opens again");
        assert!(!store.is_ready().await, "steps are missing");
        store.migrate().await.expect("the other steps apply to a database with a file in it");
        Self::on(TestDatabase { store, data_dir: unmade.data_dir, url: unmade.url }).await
    }
}

/// A commune and its tender, MP-2026-0001, under a rule of 20 % at equal parts, with a draw whose act keeps its winner alone.
async fn fill(old: &DatabaseConnection) {
    let (commune, tender, now) = (Uuid::from_u128(0xc0), Uuid::from_u128(0x7e), at("2026-11-20 10:00"));
    insert(
        old,
        "organisation",
        vec![
            ("id", commune.into()),
            ("kind", "commune".into()),
            ("name", "Namur".into()),
            ("search_key", "namur".into()),
            ("population", 111_432_i64.into()),
            ("population_year", 2020_i32.into()),
            ("population_source", "Statbel".into()),
            ("version", 1_i32.into()),
            ("created_at", now.into()),
        ],
    )
    .await;
    insert(old, "tender", tender_row(tender, commune, now)).await;
    insert(
        old,
        "participant",
        vec![
            ("tender_id", tender.into()),
            ("organisation_id", commune.into()),
            ("status", "adhered".into()),
            ("estimate_cents", 12_800_000_i64.into()),
            ("quantity", "1".into()),
            ("version", 1_i32.into()),
            ("created_at", now.into()),
        ],
    )
    .await;
    insert(
        old,
        "act",
        vec![
            ("id", Uuid::from_u128(0xac).into()),
            ("tender_id", tender.into()),
            ("organisation_id", commune.into()),
            ("kind", "draw".into()),
            ("result", "2".into()),
            ("created_at", now.into()),
        ],
    )
    .await;
}

fn tender_row(id: Uuid, pilot: Uuid, now: DateTime<Utc>) -> Vec<(&'static str, Value)> {
    vec![
        ("id", id.into()),
        ("reference", "MP-2026-0001".into()),
        ("pilot_id", pilot.into()),
        ("object", "Guichet citoyen".into()),
        ("description", "".into()),
        ("search_key", "guichet citoyen".into()),
        ("cpv", "72212000".into()),
        ("nature", "services".into()),
        ("vehicle", "isolated".into()),
        ("procedure", "PNSPP".into()),
        ("channel", "hosted".into()),
        ("estimate_cents", 12_800_000_i64.into()),
        ("share_key", "population".into()),
        ("share_fixed", "percent:20".into()),
        ("stage", "S03".into()),
        ("published", false.into()),
        ("version", 3_i32.into()),
        ("created_at", now.into()),
        ("stage_since", now.into()),
    ]
}

async fn insert(old: &DatabaseConnection, table: &'static str, row: Vec<(&'static str, Value)>) {
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let mut statement = Query::insert();
    statement
        .into_table(Alias::new(table))
        .columns(columns.into_iter().map(Alias::new))
        .values_panic(values.into_iter().map(Into::into));
    old.execute(&statement).await.expect("a row of the older state");
}
