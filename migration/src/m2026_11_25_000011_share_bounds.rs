//! What a participant of a tender pays at least and at most.

use sea_orm_migration::prelude::*;

use crate::table::big_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["share_min_cents", "share_max_cents"] {
            // SQLite adds one column a statement.
            let added = Table::alter().table(Alias::new("tender")).add_column(big_null(column)).take();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
