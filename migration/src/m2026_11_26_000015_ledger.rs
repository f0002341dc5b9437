//! The ledger tells drafts too: each voucher reserves before it commits, and what is released is written above zero, as
//! its kind says. Unused allotment is lent between two participants.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

/// What a draft holds, and what an approved voucher held before its approval.
const RESERVED: &str = "
    INSERT INTO ledger_entry (id, contract_id, organisation_id, voucher_id, kind, amount_cents, created_at)
    SELECT {id}, contract_id, organisation_id, id, 'reserve', excluding_cents, created_at
    FROM voucher
    WHERE excluding_cents > 0
    AND (status IN ('draft', 'checked') OR id IN (SELECT voucher_id FROM ledger_entry WHERE kind = 'commit'))";

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("allotment_loan")
                    .col(uuid_key())
                    .col(uuid("contract_id"))
                    .col(uuid("lender_id"))
                    .col(uuid("borrower_id"))
                    .col(big("amount_cents"))
                    .col(date_null("lender_agreed_on"))
                    .col(date_null("borrower_agreed_on"))
                    .col(date_null("withdrawn_on"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .foreign_key(&mut refers("lender_id", "organisation"))
                    .foreign_key(&mut refers("borrower_id", "organisation"))
                    .take(),
            )
            .await?;
        index(manager, "allotment_loan_by_contract", "allotment_loan", &["contract_id", "created_at"]).await?;
        index(manager, "ledger_by_voucher", "ledger_entry", &["voucher_id", "kind"]).await?;

        let id =
            if manager.get_database_backend() == DbBackend::Postgres { "gen_random_uuid()" } else { "randomblob(16)" };
        let connection = manager.get_connection();
        connection
            .execute_unprepared("UPDATE ledger_entry SET amount_cents = -amount_cents WHERE amount_cents < 0")
            .await?;
        connection.execute_unprepared(&RESERVED.replace("{id}", id)).await?;
        Ok(())
    }
}
