//! An opinion is on one state of the file: the act keeps which one.

use sea_orm_migration::prelude::*;

use crate::table::int_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["tender_version", "answers_version"] {
            let added = Table::alter().table(Alias::new("act")).add_column(int_null(column)).take();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
