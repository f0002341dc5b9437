use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub voucher_id: Uuid,
    pub supplier_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub issued_on: Date,
    pub received_on: Date,
    pub excluding_cents: i64,
    pub vat_cents: i64,
    pub including_cents: i64,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub lines: Option<Json>,
    pub due_on: Option<Date>,
    pub paid_on: Option<Date>,
    pub created_by: Option<Uuid>,
    pub paid_by: Option<Uuid>,
    pub late_days: Option<i32>,
    pub interest_cents: Option<i64>,
    pub flat_cents: Option<i64>,
    pub late_settled: bool,
    pub prepaid_cents: i64,
    pub withheld_cents: i64,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
