//! The specification of a tender and its editions; invitations, questions and answers of its call.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("specification")
                    .col(uuid("tender_id").primary_key().take())
                    .col(json("answers"))
                    .col(int("version"))
                    .col(instant("updated_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;

        manager
            .create_table(
                table("edition")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(int("number"))
                    .col(uuid("file_id"))
                    .col(json("clauses"))
                    .col(json("document"))
                    .col(int("pages"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("file_id", "file"))
                    .take(),
            )
            .await?;
        unique(manager, "edition_number", "edition", &["tender_id", "number"]).await?;

        manager
            .create_table(
                table("invitation")
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(text("email"))
                    .col(instant("created_at"))
                    .col(instant_null("sent_at"))
                    .primary_key(&mut primary(&["tender_id", "organisation_id"]))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;

        manager
            .create_table(
                table("question")
                    .col(uuid_key())
                    .col(uuid("tender_id"))
                    .col(int("number"))
                    .col(uuid("organisation_id"))
                    .col(text_null("article"))
                    .col(text("text"))
                    .col(text_null("answer"))
                    .col(instant_null("answered_at"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        unique(manager, "question_number", "question", &["tender_id", "number"]).await
    }
}
