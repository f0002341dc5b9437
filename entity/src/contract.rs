use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tender_id: Uuid,
    pub supplier_id: Uuid,
    pub ceiling_cents: i64,
    pub surety_cents: Option<i64>,
    pub surety_due_on: Option<Date>,
    pub surety_deposited_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub surety_reference: Option<String>,
    pub surety_released_cents: i64,
    /// Of each order, where each asks its own surety.
    pub order_surety_millionths: Option<i64>,
    pub concluded_on: Date,
    pub ends_on: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub clauses: Json,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
