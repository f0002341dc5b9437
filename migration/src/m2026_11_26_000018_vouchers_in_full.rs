//! Vouchers are searched by their object, tell what was accepted of them, and may be charged to several articles.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

/// Quantities are in thousandths, prices in ten-thousandths of a euro: a cent is a hundred thousand of their product.
const ACCEPTED: &str = "
    UPDATE voucher SET accepted_cents = COALESCE((
        SELECT SUM((line.unit_price_ten_thousandths * found.thousandths + 50000) / 100000)
        FROM (
            SELECT acceptance.voucher_id, each_line.key AS code, CAST(SUM(CAST(each_line.value AS bigint)) AS bigint) AS thousandths
            FROM acceptance, {each} AS each_line
            GROUP BY acceptance.voucher_id, each_line.key
        ) AS found
        JOIN voucher_line AS line ON line.voucher_id = found.voucher_id AND line.code = found.code
        WHERE found.voucher_id = voucher.id
    ), 0)";

/// As a search key has them: lower case, no accents, no hyphens.
const LETTERS: [(&str, &str); 9] = [
    ("a", "àâäáãåÀÂÄÁÃÅ"),
    ("c", "çÇ"),
    ("e", "éèêëÉÈÊË"),
    ("i", "îïíìÎÏÍÌ"),
    ("n", "ñÑ"),
    ("o", "ôöóòõÔÖÓÒÕ"),
    ("u", "ûüùúÛÜÙÚ"),
    ("y", "ÿýŸÝ"),
    (" ", "’-"),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [text("search_key").default("").take(), big("accepted_cents").default(0).take()] {
            let added = Table::alter().table(Alias::new("voucher")).add_column(column).take();
            manager.alter_table(added).await?;
        }
        index(manager, "voucher_by_creation", "voucher", &["created_at", "id"]).await?;
        let each = if manager.get_database_backend() == DbBackend::Postgres { "jsonb_each_text" } else { "json_each" };
        let connection = manager.get_connection();
        connection.execute_unprepared(&ACCEPTED.replace("{each}", &format!("{each}(acceptance.lines)"))).await?;
        connection.execute_unprepared("UPDATE voucher SET search_key = LOWER(object)").await?;
        for (plain, accented) in LETTERS {
            connection.execute_unprepared(&replaced(plain, accented)).await?;
        }
        manager
            .create_table(
                table("voucher_budget")
                    .col(uuid("voucher_id"))
                    .col(text("article"))
                    .col(int("position"))
                    .col(big("amount_cents"))
                    .col(big("credit_cents"))
                    .primary_key(&mut primary(&["voucher_id", "article"]))
                    .foreign_key(&mut refers("voucher_id", "voucher"))
                    .take(),
            )
            .await
    }
}

fn replaced(plain: &str, accented: &str) -> String {
    let without = |key: String, letter: char| format!("REPLACE({key}, '{letter}', '{plain}')");
    format!("UPDATE voucher SET search_key = {}", accented.chars().fold("search_key".to_owned(), without))
}
