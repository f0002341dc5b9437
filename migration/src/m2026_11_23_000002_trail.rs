//! What every write leaves behind: the audit chains, the outbox, the counters, the stored files, the parameters.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("audit")
                    .col(uuid_key())
                    .col(text("stream"))
                    .col(big("seq"))
                    .col(instant("at"))
                    .col(uuid_null("person_id"))
                    .col(uuid_null("organisation_id"))
                    .col(text("who"))
                    .col(text("action"))
                    .col(text("outcome"))
                    .col(json("facts"))
                    .col(text("previous_hash"))
                    .col(text("hash"))
                    .take(),
            )
            .await?;
        unique(manager, "audit_stream_seq", "audit", &["stream", "seq"]).await?;
        index(manager, "audit_by_time", "audit", &["at"]).await?;

        manager
            .create_table(
                table("audit_head").col(text("stream").primary_key().take()).col(big("seq")).col(text("hash")).take(),
            )
            .await?;

        manager
            .create_table(
                table("outbox")
                    .col(uuid_key())
                    .col(text("kind"))
                    .col(json("payload"))
                    .col(instant("run_after"))
                    .col(int("attempts"))
                    .col(text_null("last_error"))
                    .col(instant_null("done_at"))
                    .col(instant("created_at"))
                    .take(),
            )
            .await?;
        index(manager, "outbox_by_turn", "outbox", &["done_at", "run_after"]).await?;

        manager.create_table(table("counter").col(text("key").primary_key().take()).col(big("value")).take()).await?;

        manager
            .create_table(
                table("file")
                    .col(uuid_key())
                    .col(uuid("organisation_id"))
                    .col(text("name"))
                    .col(text("media_type"))
                    .col(big("size_bytes"))
                    .col(text("sha256"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;

        manager
            .create_table(
                table("parameter")
                    .col(uuid_key())
                    .col(text("key"))
                    .col(text("label"))
                    .col(text("value"))
                    .col(text("unit"))
                    .col(date("valid_from"))
                    .col(date_null("valid_to"))
                    .col(text("legal_ref"))
                    .col(text("certainty"))
                    .col(date("checked_on"))
                    .col(text("event"))
                    .col(int("version"))
                    .take(),
            )
            .await?;
        unique(manager, "parameter_key_from", "parameter", &["key", "valid_from"]).await?;

        manager
            .create_table(
                table("cpv").col(text("code").primary_key().take()).col(text("label")).col(text("search_key")).take(),
            )
            .await
    }
}
