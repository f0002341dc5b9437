use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contract_id: Uuid,
    pub from_on: Date,
    #[sea_orm(column_type = "Text")]
    pub basis: String,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub formula: Option<Json>,
    #[sea_orm(column_type = "JsonBinary")]
    pub prices: Json,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
