//! Organisations, the people who act for them, and how they sign in.

use sea_orm_migration::prelude::*;

use crate::table::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table("organisation")
                    .col(uuid_key())
                    .col(text("kind"))
                    .col(text("name"))
                    .col(text("search_key"))
                    .col(text_null("bce"))
                    .col(text_null("nis"))
                    .col(text_null("province"))
                    .col(text_null("postal_codes"))
                    .col(big_null("population"))
                    .col(int_null("population_year"))
                    .col(text_null("population_source"))
                    .col(text_null("address"))
                    .col(text_null("email"))
                    .col(text_null("iban"))
                    .col(text_null("peppol_id"))
                    .col(instant_null("claimed_at"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .take(),
            )
            .await?;
        unique(manager, "organisation_nis", "organisation", &["nis"]).await?;
        unique(manager, "organisation_bce", "organisation", &["bce"]).await?;
        index(manager, "organisation_by_kind", "organisation", &["kind", "search_key"]).await?;

        manager
            .create_table(
                table("person")
                    .col(uuid_key())
                    .col(text("email"))
                    .col(text("name"))
                    .col(text_null("password_hash"))
                    .col(instant_null("email_confirmed_at"))
                    .col(text("theme"))
                    .col(flag("demo"))
                    .col(int("version"))
                    .col(instant("created_at"))
                    .take(),
            )
            .await?;
        unique(manager, "person_email", "person", &["email"]).await?;

        manager
            .create_table(
                table("membership")
                    .col(uuid("person_id"))
                    .col(uuid("organisation_id"))
                    .col(text("role"))
                    .col(instant("created_at"))
                    .primary_key(&mut primary(&["person_id", "organisation_id", "role"]))
                    .foreign_key(&mut refers("person_id", "person"))
                    .foreign_key(&mut refers("organisation_id", "organisation"))
                    .take(),
            )
            .await?;
        index(manager, "membership_by_organisation", "membership", &["organisation_id"]).await?;

        manager
            .create_table(
                table("session")
                    .col(text("id").primary_key().take())
                    .col(text("data"))
                    .col(instant("expires_at"))
                    .take(),
            )
            .await?;
        index(manager, "session_by_expiry", "session", &["expires_at"]).await?;

        manager
            .create_table(
                table("one_time_link")
                    .col(uuid_key())
                    .col(text("token_hash"))
                    .col(text("purpose"))
                    .col(text("email"))
                    .col(uuid_null("organisation_id"))
                    .col(text_null("role"))
                    .col(instant("expires_at"))
                    .col(instant_null("used_at"))
                    .col(instant("created_at"))
                    .take(),
            )
            .await?;
        unique(manager, "one_time_link_token", "one_time_link", &["token_hash"]).await?;

        manager.create_table(table("attempt").col(uuid_key()).col(text("subject")).col(instant("at")).take()).await?;
        index(manager, "attempt_by_subject", "attempt", &["subject", "at"]).await
    }
}
