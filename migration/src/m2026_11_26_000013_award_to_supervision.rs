//! The decision of award says whether it goes to the supervising Region; those taken before did not.

use sea_orm_migration::prelude::*;

use crate::table::flag;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = flag("to_supervision").default(false).take();
        let added = Table::alter().table(Alias::new("award")).add_column(column).take();
        manager.alter_table(added).await
    }
}
