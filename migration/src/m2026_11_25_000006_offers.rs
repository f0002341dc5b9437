//! Offers: sealed until their opening, then as they were opened.

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
                table("tender_key")
                    .col(uuid("tender_id").primary_key().take())
                    .col(text("recipient"))
                    .col(text("keeper"))
                    .col(blob("sealed_identity"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("offer")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(text("status"))
                    .col(blob_null("sealed"))
                    .col(int("version"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .col(instant("updated_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "offer_once", "offer", &["tender_id", "organisation_id"]).await?;
        manager
            .create_table(
                table("offer_file")
                    .col(uuid_key())
                    .col(uuid("offer_id"))
                    .col(blob("sealed_name"))
                    .col(text("sealed_sha256"))
                    .col(text("commitment"))
                    .col(big("size_bytes"))
                    .col(instant_null("removed_at"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("offer_id", "offer"))
                    .take(),
            )
            .await?;
        index(manager, "offer_file_by_offer", "offer_file", &["offer_id", "created_at"]).await?;
        manager
            .create_table(
                table("submission")
                    .col(uuid_key())
                    .col(uuid("offer_id"))
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(text("receipt"))
                    .col(instant("received_at"))
                    .col(blob("sealed"))
                    .col(text("sealed_sha256"))
                    .col(text("commitment"))
                    .col(json("files"))
                    .col(int("draft_version"))
                    .col(instant_null("withdrawn_at"))
                    .col(instant_null("replaced_at"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("offer_id", "offer"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "submission_receipt", "submission", &["receipt"]).await?;
        index(manager, "submission_by_tender", "submission", &["tender_id", "received_at"]).await?;
        manager
            .create_table(
                table("opening")
                    .col(uuid("tender_id").primary_key().take())
                    .col(uuid("first_person_id"))
                    .col(uuid("first_organisation_id"))
                    .col(instant("first_at"))
                    .col(uuid_null("second_person_id"))
                    .col(uuid_null("second_organisation_id"))
                    .col(instant_null("opened_at"))
                    .col(uuid_null("minutes_file_id"))
                    .col(int("version"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("opened_offer")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(int("position"))
                    .col(text_null("receipt"))
                    .col(instant("received_at"))
                    .col(json("content"))
                    .col(json("files"))
                    .col(big("excluding_cents"))
                    .col(big("including_cents"))
                    .col(flag("typed"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "opened_offer_position", "opened_offer", &["tender_id", "position"]).await?;
        unique(manager, "opened_offer_once", "opened_offer", &["tender_id", "organisation_id"]).await
    }
}
