//! What the ledger adds up to by contract, participant and month is kept beside its entries, and lists are read in their
//! order.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

/// A commitment moves what was reserved; what comes after it changes what is committed, what comes before what is reserved.
const FILL: &str = "
    INSERT INTO ledger_sum (contract_id, organisation_id, month, reserved_cents, committed_cents)
    SELECT contract_id, organisation_id, month, SUM(reserved), SUM(committed)
    FROM (
        SELECT contract_id, organisation_id, {month} AS month,
            CASE WHEN kind = 'commit' THEN -amount_cents WHEN is_after THEN 0
                WHEN kind = 'release' THEN -amount_cents ELSE amount_cents END AS reserved,
            CASE WHEN kind = 'commit' THEN amount_cents WHEN NOT is_after THEN 0
                WHEN kind = 'release' THEN -amount_cents ELSE amount_cents END AS committed
        FROM (
            SELECT entry.contract_id, entry.organisation_id, entry.kind, entry.amount_cents, entry.created_at,
                EXISTS (
                    SELECT 1 FROM ledger_entry AS earlier
                    WHERE earlier.voucher_id = entry.voucher_id AND earlier.kind = 'commit'
                    AND (earlier.created_at < entry.created_at
                        OR (earlier.created_at = entry.created_at AND earlier.id < entry.id))
                ) AS is_after
            FROM ledger_entry AS entry
        ) AS placed
    ) AS moved
    GROUP BY contract_id, organisation_id, month";

/// Only the month is wanted: when March to September end, Belgium is two hours ahead; when the others end, one.
const MONTH_ON_SQLITE: &str = "strftime('%Y-%m-01', created_at,
    CASE WHEN CAST(strftime('%m', created_at) AS integer) BETWEEN 3 AND 9 THEN '+2 hours' ELSE '+1 hour' END)";

const MONTH_ON_POSTGRES: &str = "CAST(date_trunc('month', created_at AT TIME ZONE 'Europe/Brussels') AS date)";

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("ledger_sum")
                    .col(uuid("contract_id"))
                    .col(uuid("organisation_id"))
                    .col(date("month"))
                    .col(big("reserved_cents"))
                    .col(big("committed_cents"))
                    .primary_key(&mut primary(&["contract_id", "organisation_id", "month"]))
                    .foreign_key(&mut refers("contract_id", "contract"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let month = if is_postgres { MONTH_ON_POSTGRES } else { MONTH_ON_SQLITE };
        manager.get_connection().execute_unprepared(&FILL.replace("{month}", month)).await?;

        // Each holds all that its reading asks for, so that rows themselves are not read.
        let by_month = ["month", "organisation_id", "contract_id", "committed_cents"];
        index(manager, "ledger_sum_by_month", "ledger_sum", &by_month).await?;
        let by_organisation = ["organisation_id", "month", "contract_id", "committed_cents"];
        index(manager, "ledger_sum_by_organisation", "ledger_sum", &by_organisation).await?;
        for (name, of) in [
            ("voucher_of_authority", "organisation_id"),
            ("voucher_of_contract", "contract_id"),
            ("voucher_of_supplier", "supplier_id"),
            ("voucher_of_status", "status"),
        ] {
            index(manager, name, "voucher", &[of, "created_at", "id"]).await?;
        }
        index(manager, "voucher_sums", "voucher", &["status", "excluding_cents", "accepted_cents"]).await?;
        let of_supplier = ["supplier_id", "status", "sent_at", "excluding_cents", "accepted_cents"];
        index(manager, "voucher_sums_of_supplier", "voucher", &of_supplier).await
    }
}
