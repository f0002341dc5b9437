//! Selection, regularity, corrections, score sheets and the report on the offers.

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
                table("assessment")
                    .col(uuid("offer_id"))
                    .col(text("step"))
                    .col(uuid("tender_id"))
                    .col(text("result"))
                    .col(json("facts"))
                    .col(text("reason"))
                    .col(uuid_null("created_by"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["offer_id", "step"]))
                    .foreign_key(&mut refers("offer_id", "opened_offer"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("piece_request")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(uuid("offer_id"))
                    .col(text("kind"))
                    .col(text("text"))
                    .col(text("legal_ref"))
                    .col(instant("asked_at"))
                    .col(date("due_on"))
                    .col(date_null("answered_on"))
                    .col(text_null("answer"))
                    .col(text_null("accepted"))
                    .col(uuid_null("created_by"))
                    .col(int("version"))
                    .foreign_key(&mut refers("offer_id", "opened_offer"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;
        index(manager, "piece_request_by_tender", "piece_request", &["tender_id", "asked_at"]).await?;
        manager
            .create_table(
                table("correction")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(uuid("offer_id"))
                    .col(text("kind"))
                    .col(text("line"))
                    .col(json("before"))
                    .col(json("after"))
                    .col(text("reason"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("offer_id", "opened_offer"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;
        index(manager, "correction_by_offer", "correction", &["offer_id", "created_at"]).await?;
        manager
            .create_table(
                table("juror")
                    .col(uuid("tender_id"))
                    .col(uuid("person_id"))
                    .col(uuid("organisation_id"))
                    .col(instant_null("declared_at"))
                    .col(flag("conflict"))
                    .col(text_null("declaration"))
                    .col(int("sheet_version"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["tender_id", "person_id"]))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .foreign_key(&mut refers("person_id", "person"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("score")
                    .col(uuid("offer_id"))
                    .col(int("criterion"))
                    .col(uuid("person_id"))
                    .col(uuid("tender_id"))
                    .col(big("hundredths"))
                    .col(text("reason"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["offer_id", "criterion", "person_id"]))
                    .foreign_key(&mut refers("offer_id", "opened_offer"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("person_id", "person"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("report")
                    .col(uuid("tender_id").primary_key().take())
                    .col(uuid("file_id"))
                    .col(json("ranking"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("file_id", "file"))
                    .take(),
            )
            .await
    }
}
