use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub offer_id: Uuid,
    pub tender_id: Uuid,
    pub organisation_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub receipt: String,
    pub received_at: DateTimeUtc,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub sealed: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub sealed_sha256: String,
    #[sea_orm(column_type = "Text")]
    pub commitment: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub files: Json,
    pub draft_version: i32,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub replaced_at: Option<DateTimeUtc>,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
