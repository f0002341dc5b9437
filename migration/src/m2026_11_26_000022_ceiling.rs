//! A modification moves the ceiling of its contract and the allotments of its participants, as rows beside the figures of
//! the conclusion; an order asks its own surety where the contract says so.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("allotment_change")
                    .col(uuid("modification_id"))
                    .col(uuid("organisation_id"))
                    .col(uuid("contract_id"))
                    .col(big("amount_cents"))
                    .primary_key(&mut primary(&["modification_id", "organisation_id"]))
                    .foreign_key(&mut refers("modification_id", "modification"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .take(),
            )
            .await?;
        let by_contract = ["contract_id", "organisation_id", "amount_cents"];
        index(manager, "allotment_change_by_contract", "allotment_change", &by_contract).await?;
        let rate = big_null("order_surety_millionths");
        manager.alter_table(Table::alter().table(Alias::new("contract")).add_column(rate).take()).await?;
        manager
            .create_table(
                table("voucher_surety")
                    .col(uuid("voucher_id").primary_key().take())
                    .col(big("amount_cents"))
                    .col(date("due_on"))
                    .col(date_null("deposited_on"))
                    .col(text_null("reference"))
                    .col(date_null("released_on"))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .take(),
            )
            .await
    }
}
