use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accession")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub body_id: Uuid,
    pub organisation_id: Uuid,
    pub deliberated_on: Date,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub convention_on: Date,
    pub transmitted_on: Option<Date>,
    pub accepted_on: Option<Date>,
    pub ended_on: Option<Date>,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
