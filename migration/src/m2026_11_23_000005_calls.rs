//! Ways into the public list of calls, and into what one firm does in them.

use sea_orm_migration::prelude::*;

use crate::table::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "tender_by_deposit", "tender", &["published", "stage", "deposit_until", "reference"]).await?;
        index(manager, "tender_by_publication", "tender", &["published", "stage", "published_at", "reference"]).await?;
        index(manager, "tender_by_reference", "tender", &["published", "stage", "reference"]).await?;
        index(manager, "invitation_by_organisation", "invitation", &["organisation_id", "tender_id"]).await?;
        index(manager, "question_by_organisation", "question", &["organisation_id", "tender_id"]).await
    }
}
