//! The performance of a contract: versions of its prices, modifications, penalties, the advance, answers to reports of
//! failure.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("price_version")
                    .col(uuid_key())
                    .col(uuid("contract_id"))
                    .col(date("from_on"))
                    .col(text("basis"))
                    .col(json_null("formula"))
                    .col(json("prices"))
                    .col(uuid("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .take(),
            )
            .await?;
        unique(manager, "price_version_once", "price_version", &["contract_id", "from_on"]).await?;
        manager
            .create_table(
                table("modification")
                    .col(uuid_key())
                    .col(uuid("contract_id"))
                    .col(text("ground"))
                    .col(text("object"))
                    .col(big("amount_cents"))
                    .col(date("decided_on"))
                    .col(text("number"))
                    .col(date_null("prices_from"))
                    .col(text_null("reason"))
                    .col(uuid("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .take(),
            )
            .await?;
        index(manager, "modification_by_contract", "modification", &["contract_id", "created_at"]).await?;
        manager
            .create_table(
                table("penalty")
                    .col(uuid_key())
                    .col(uuid("contract_id"))
                    .col(uuid("delivery_id"))
                    .col(int("days"))
                    .col(big("value_cents"))
                    .col(big("due_cents"))
                    .col(flag("award_criterion"))
                    .col(date("decided_on"))
                    .col(uuid("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .foreign_key(&mut refers("delivery_id", "delivery"))
                    .take(),
            )
            .await?;
        unique(manager, "penalty_once", "penalty", &["delivery_id"]).await?;
        index(manager, "penalty_by_contract", "penalty", &["contract_id"]).await?;
        manager
            .create_table(
                table("advance")
                    .col(uuid("contract_id"))
                    .col(text("reason"))
                    .col(date("size_on"))
                    .col(big("amount_cents"))
                    .col(int("months"))
                    .col(big("reference_cents"))
                    .col(big("advance_cents"))
                    .col(date("decided_on"))
                    .col(uuid("created_by"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["contract_id"]))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("failure_answer")
                    .col(uuid("report_id"))
                    .col(uuid("contract_id"))
                    .col(text("text"))
                    .col(uuid("created_by"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["report_id"]))
                    .foreign_key(&mut refers("report_id", "file"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .take(),
            )
            .await?;
        let line = Table::alter().table(Alias::new("voucher_line")).add_column(date_null("price_from")).take();
        manager.alter_table(line).await
    }
}
