use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offer_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub offer_id: Uuid,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub sealed_name: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub sealed_sha256: String,
    #[sea_orm(column_type = "Text")]
    pub commitment: String,
    pub size_bytes: i64,
    pub removed_at: Option<DateTimeUtc>,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
