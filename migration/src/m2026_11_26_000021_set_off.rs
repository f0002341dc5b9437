//! What is taken off an invoice: a part of the advance, stated by the firm, and penalties, withheld at the payment. The
//! penalty of works finished late.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["prepaid_cents", "withheld_cents"] {
            let column = big(name).default(0).take();
            let added = Table::alter().table(Alias::new("invoice")).add_column(column).take();
            manager.alter_table(added).await?;
        }
        manager
            .create_table(
                table("works_penalty")
                    .col(uuid("contract_id"))
                    .col(big("amount_cents"))
                    .col(int("delay"))
                    .col(text("unit"))
                    .col(int("days"))
                    .col(big("due_cents"))
                    .col(date("decided_on"))
                    .col(uuid("created_by"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["contract_id"]))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .take(),
            )
            .await
    }
}
