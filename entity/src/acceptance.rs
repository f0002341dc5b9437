use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "acceptance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub voucher_id: Uuid,
    pub delivery_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub result: String,
    pub accepted_on: Date,
    #[sea_orm(column_type = "JsonBinary")]
    pub lines: Json,
    #[sea_orm(column_type = "Text", nullable)]
    pub reasons: Option<String>,
    pub file_id: Option<Uuid>,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
