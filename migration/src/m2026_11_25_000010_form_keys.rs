//! The keys of forms that make something: each is good for one record.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("form_key")
                    .col(uuid_key())
                    .col(uuid("person_id"))
                    .col(text("action"))
                    .col(text("typed_sha256"))
                    .col(text("record"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("person_id", "person"))
                    .take(),
            )
            .await?;
        index(manager, "form_key_by_person", "form_key", &["person_id", "created_at"]).await
    }
}
