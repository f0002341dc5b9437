//! Invoices as they come, taken or not; the lines of those that are taken, and what a late payment owes.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in
            [json_null("lines"), int_null("late_days"), big_null("interest_cents"), big_null("flat_cents"), settled()]
        {
            let added = Table::alter().table(Alias::new("invoice")).add_column(column).take();
            manager.alter_table(added).await?;
        }
        manager
            .create_table(
                table("received_invoice")
                    .col(uuid_key())
                    .col(uuid("voucher_id"))
                    .col(text("status"))
                    .col(text_null("number"))
                    .col(date_null("issued_on"))
                    .col(big_null("including_cents"))
                    .col(json("objections"))
                    .col(json_null("comparison"))
                    .col(text_null("reason"))
                    .col(uuid_null("file_id"))
                    .col(uuid_null("invoice_id"))
                    .col(uuid("created_by"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .foreign_key(&mut refers("file_id", "file"))
                    .foreign_key(&mut refers("invoice_id", "invoice"))
                    .take(),
            )
            .await?;
        index(manager, "received_invoice_by_voucher", "received_invoice", &["voucher_id", "created_at"]).await?;
        index(manager, "received_invoice_by_status", "received_invoice", &["status", "created_at"]).await
    }
}

/// Interest and flat sum were paid with the invoice.
fn settled() -> ColumnDef {
    flag("late_settled").default(false).take()
}
