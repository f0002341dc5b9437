use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voucher")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contract_id: Uuid,
    pub organisation_id: Uuid,
    pub supplier_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub year: Option<i32>,
    pub number: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub object: String,
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    #[sea_orm(column_type = "Text")]
    pub delivery_address: String,
    pub wanted_on: Option<Date>,
    pub excluding_cents: i64,
    pub vat_cents: i64,
    pub including_cents: i64,
    /// Of what was accepted, HTVA.
    pub accepted_cents: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub budget_article: Option<String>,
    pub credit_cents: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub commitment_number: Option<String>,
    pub commitment_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub organ: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub decision_number: Option<String>,
    pub sent_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub refusal: Option<String>,
    pub created_by: Uuid,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub document: Option<Json>,
    pub file_id: Option<Uuid>,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
