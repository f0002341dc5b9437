//! The start of a contract is the stage of its file: the day that the contract kept beside it was read by nobody.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dropped = Table::alter().table(Alias::new("contract")).drop_column(Alias::new("starts_on")).take();
        manager.alter_table(dropped).await
    }
}
