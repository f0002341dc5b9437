//! Contracts, what each participant may draw on them, and order vouchers up to their payment.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
#[expect(clippy::too_many_lines, reason = "a list of columns")]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("contract")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(uuid("supplier_id"))
                    .col(big("ceiling_cents"))
                    .col(big_null("surety_cents"))
                    .col(date_null("surety_due_on"))
                    .col(date_null("surety_deposited_on"))
                    .col(text_null("surety_reference"))
                    .col(big("surety_released_cents"))
                    .col(date("concluded_on"))
                    .col(date_null("starts_on"))
                    .col(date_null("ends_on"))
                    .col(json("clauses"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("supplier_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "contract_of_tender", "contract", &["tender_id"]).await?;
        index(manager, "contract_by_supplier", "contract", &["supplier_id"]).await?;
        manager
            .create_table(
                table("contract_line")
                    .col(uuid("contract_id"))
                    .col(text("code"))
                    .col(int("position"))
                    .col(text("item"))
                    .col(text("unit"))
                    .col(text("mode"))
                    .col(big_null("quantity_thousandths"))
                    .col(big("unit_price_ten_thousandths"))
                    .col(big("vat_millionths"))
                    .primary_key(&mut primary(&["contract_id", "code"]))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("allotment")
                    .col(uuid("contract_id"))
                    .col(uuid("organisation_id"))
                    .col(big("amount_cents"))
                    .primary_key(&mut primary(&["contract_id", "organisation_id"]))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("voucher")
                    .col(uuid_key())
                    .col(uuid("contract_id"))
                    .col(uuid("organisation_id"))
                    .col(uuid("supplier_id"))
                    .col(text("status"))
                    .col(int_null("year"))
                    .col(int_null("number"))
                    .col(text("object"))
                    .col(text("delivery_address"))
                    .col(date_null("wanted_on"))
                    .col(big("excluding_cents"))
                    .col(big("vat_cents"))
                    .col(big("including_cents"))
                    .col(text_null("budget_article"))
                    .col(big_null("credit_cents"))
                    .col(text_null("commitment_number"))
                    .col(date_null("commitment_on"))
                    .col(text_null("organ"))
                    .col(text_null("decision_number"))
                    .col(instant_null("sent_at"))
                    .col(text_null("refusal"))
                    .col(uuid("created_by"))
                    .col(json_null("document"))
                    .col(uuid_null("file_id"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .foreign_key(&mut refers("supplier_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "voucher_number", "voucher", &["organisation_id", "year", "number"]).await?;
        index(manager, "voucher_by_contract", "voucher", &["contract_id", "organisation_id"]).await?;
        index(manager, "voucher_by_supplier", "voucher", &["supplier_id", "status"]).await?;
        manager
            .create_table(
                table("voucher_line")
                    .col(uuid("voucher_id"))
                    .col(text("code"))
                    .col(int("position"))
                    .col(text("item"))
                    .col(text("unit"))
                    .col(big("quantity_thousandths"))
                    .col(big("unit_price_ten_thousandths"))
                    .col(big("vat_millionths"))
                    .col(big("amount_cents"))
                    .primary_key(&mut primary(&["voucher_id", "code"]))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("voucher_step")
                    .col(uuid_key())
                    .col(uuid("voucher_id"))
                    .col(text("step"))
                    .col(text("who"))
                    .col(text_null("note"))
                    .col(uuid_null("person_id"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .take(),
            )
            .await?;
        index(manager, "voucher_step_by_voucher", "voucher_step", &["voucher_id", "created_at"]).await?;
        manager
            .create_table(
                table("ledger_entry")
                    .col(uuid_key())
                    .col(uuid("contract_id"))
                    .col(uuid("organisation_id"))
                    .col(uuid("voucher_id"))
                    .col(text("kind"))
                    .col(big("amount_cents"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .take(),
            )
            .await?;
        index(manager, "ledger_by_contract", "ledger_entry", &["contract_id", "organisation_id"]).await?;
        manager
            .create_table(
                table("delivery")
                    .col(uuid_key())
                    .col(uuid("voucher_id"))
                    .col(date("delivered_on"))
                    .col(text("note"))
                    .col(json("lines"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .take(),
            )
            .await?;
        index(manager, "delivery_by_voucher", "delivery", &["voucher_id", "created_at"]).await?;
        manager
            .create_table(
                table("acceptance")
                    .col(uuid_key())
                    .col(uuid("voucher_id"))
                    .col(uuid("delivery_id"))
                    .col(text("result"))
                    .col(date("accepted_on"))
                    .col(json("lines"))
                    .col(text_null("reasons"))
                    .col(uuid_null("file_id"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .foreign_key(&mut refers("delivery_id", "delivery"))
                    .take(),
            )
            .await?;
        unique(manager, "acceptance_once", "acceptance", &["delivery_id"]).await?;
        manager
            .create_table(
                table("invoice")
                    .col(uuid_key())
                    .col(uuid("voucher_id"))
                    .col(uuid("supplier_id"))
                    .col(text("number"))
                    .col(date("issued_on"))
                    .col(date("received_on"))
                    .col(big("excluding_cents"))
                    .col(big("vat_cents"))
                    .col(big("including_cents"))
                    .col(date_null("due_on"))
                    .col(date_null("paid_on"))
                    .col(uuid_null("created_by"))
                    .col(uuid_null("paid_by"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .foreign_key(&mut refers("supplier_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "invoice_once", "invoice", &["supplier_id", "number"]).await?;
        index(manager, "invoice_by_voucher", "invoice", &["voucher_id"]).await
    }
}
