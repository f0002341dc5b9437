//! The award, its letters, its waiting times.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("award")
                    .col(uuid("tender_id").primary_key().take())
                    .col(uuid("offer_id"))
                    .col(uuid("organisation_id"))
                    .col(big("excluding_cents"))
                    .col(big("including_cents"))
                    .col(text("reasons"))
                    .col(text_null("deviation"))
                    .col(instant("proposed_at"))
                    .col(date_null("decided_on"))
                    .col(text_null("organ"))
                    .col(text_null("number"))
                    .col(uuid_null("decision_file_id"))
                    .col(instant_null("informed_at"))
                    .col(instant_null("standstill_until"))
                    .col(instant_null("suspended_at"))
                    .col(date_null("supervision_sent_on"))
                    .col(date_null("supervision_received_on"))
                    .col(flag("supervision_prolonged"))
                    .col(text_null("supervision_result"))
                    .col(date_null("concluded_on"))
                    .col(date_null("guarantee_until"))
                    .col(int("version"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("offer_id", "opened_offer"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("letter")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(text("kind"))
                    .col(uuid("file_id"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .col(instant_null("sent_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .foreign_key(&mut refers("file_id", "file"))
                    .take(),
            )
            .await?;
        unique(manager, "letter_once", "letter", &["tender_id", "organisation_id", "kind"]).await
    }
}
