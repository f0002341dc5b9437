//! Central purchasing bodies: accessions to them, the frameworks that they offer, and the users of each.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("accession")
                    .col(uuid_key())
                    .col(uuid("body_id"))
                    .col(uuid("organisation_id"))
                    .col(date("deliberated_on"))
                    .col(text("number"))
                    .col(date("convention_on"))
                    .col(date_null("transmitted_on"))
                    .col(date_null("accepted_on"))
                    .col(date_null("ended_on"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .foreign_key(&mut refers("body_id", "organisation"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        index(manager, "accession_by_body", "accession", &["body_id", "organisation_id"]).await?;
        index(manager, "accession_by_organisation", "accession", &["organisation_id"]).await?;
        manager
            .create_table(
                table("framework")
                    .col(uuid("tender_id"))
                    .col(text("audience"))
                    .col(text("fee"))
                    .col(big_null("fee_millionths"))
                    .col(big_null("fee_cents"))
                    .col(text("how"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["tender_id"]))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table("framework_user")
                    .col(uuid("tender_id"))
                    .col(uuid("organisation_id"))
                    .col(big_null("reserved_cents"))
                    .col(date_null("need_on"))
                    .col(big_null("need_cents"))
                    .col(text_null("quantity"))
                    .col(date_null("accepted_on"))
                    .col(big_null("part_cents"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["tender_id", "organisation_id"]))
                    .foreign_key(&mut refers("tender_id", "tender"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await
    }
}
