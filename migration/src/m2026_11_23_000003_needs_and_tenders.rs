//! Needs, tenders, their participants, and the acts of their organs.

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
                table("tender")
                    .col(uuid_key())
                    .col(text("reference"))
                    .col(uuid("pilot_id"))
                    .col(text("object"))
                    .col(text("description"))
                    .col(text("search_key"))
                    .col(text("cpv"))
                    .col(text("nature"))
                    .col(text("vehicle"))
                    .col(text("procedure"))
                    .col(text("channel"))
                    .col(text_null("procedure_reason"))
                    .col(text_null("lots_reason"))
                    .col(big("estimate_cents"))
                    .col(text("share_key"))
                    .col(text_null("share_fixed"))
                    .col(text("stage"))
                    .col(text_null("stage_before_exit"))
                    .col(flag("published"))
                    .col(instant_null("published_at"))
                    .col(instant_null("questions_until"))
                    .col(instant_null("deposit_until"))
                    .col(instant_null("standstill_until"))
                    .col(text_null("notice_number"))
                    .col(date_null("notice_sent_on"))
                    .col(uuid_null("created_by"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .col(instant("stage_since"))
                    .foreign_key(&mut refers("pilot_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "tender_reference", "tender", &["reference"]).await?;
        index(manager, "tender_public", "tender", &["published", "deposit_until", "reference"]).await?;
        index(manager, "tender_by_pilot", "tender", &["pilot_id", "stage"]).await?;

        manager
            .create_table(
                table("participant")
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(text("status"))
                    .col(big("estimate_cents"))
                    .col(text("quantity"))
                    .col(date_null("deliberated_on"))
                    .col(text_null("deliberation_number"))
                    .col(uuid_null("deliberation_file_id"))
                    .col(date_null("mandate_signed_on"))
                    .col(text_null("mandate_scope"))
                    .col(text_null("budget_article"))
                    .col(text_null("remark"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["tender_id", "organisation_id"]))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        index(manager, "participant_by_organisation", "participant", &["organisation_id", "tender_id"]).await?;

        manager
            .create_table(
                table("need")
                    .col(uuid_key())
                    .col(uuid("organisation_id"))
                    .col(text("object"))
                    .col(text("description"))
                    .col(text("search_key"))
                    .col(text("cpv"))
                    .col(text("nature"))
                    .col(big("estimate_cents"))
                    .col(text("quantity"))
                    .col(date_null("wanted_on"))
                    .col(uuid_null("tender_id"))
                    .col(uuid_null("created_by"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;
        index(manager, "need_by_organisation", "need", &["organisation_id"]).await?;

        manager
            .create_table(
                table("need_share")
                    .col(uuid("need_id"))
                    .col(uuid("organisation_id"))
                    .col(big("estimate_cents"))
                    .col(text("quantity"))
                    .col(text("remark"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["need_id", "organisation_id"]))
                    .foreign_key(&mut refers("need_id", "need"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;

        manager
            .create_table(
                table("act")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(text("kind"))
                    .col(text_null("organ"))
                    .col(date_null("decided_on"))
                    .col(text_null("number"))
                    .col(text_null("result"))
                    .col(text_null("text"))
                    .col(uuid_null("file_id"))
                    .col(uuid_null("created_by"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        index(manager, "act_by_tender", "act", &["tender_id", "created_at"]).await
    }
}
