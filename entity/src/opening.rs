use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tender_id: Uuid,
    pub first_person_id: Uuid,
    pub first_organisation_id: Uuid,
    pub first_at: DateTimeUtc,
    pub second_person_id: Option<Uuid>,
    pub second_organisation_id: Option<Uuid>,
    pub opened_at: Option<DateTimeUtc>,
    pub minutes_file_id: Option<Uuid>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
