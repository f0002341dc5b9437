use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voucher_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub voucher_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub step: String,
    #[sea_orm(column_type = "Text")]
    pub who: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    pub person_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
