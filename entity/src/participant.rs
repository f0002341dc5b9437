use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tender_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub estimate_cents: i64,
    #[sea_orm(column_type = "Text")]
    pub quantity: String,
    pub deliberated_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub deliberation_number: Option<String>,
    pub deliberation_file_id: Option<Uuid>,
    pub mandate_signed_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub mandate_scope: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub budget_article: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub remark: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
