use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tender_id: Uuid,
    pub offer_id: Uuid,
    pub organisation_id: Uuid,
    pub excluding_cents: i64,
    pub including_cents: i64,
    #[sea_orm(column_type = "Text")]
    pub reasons: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub deviation: Option<String>,
    pub proposed_at: DateTimeUtc,
    pub decided_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub organ: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub number: Option<String>,
    pub to_supervision: bool,
    pub decision_file_id: Option<Uuid>,
    pub informed_at: Option<DateTimeUtc>,
    pub standstill_until: Option<DateTimeUtc>,
    pub suspended_at: Option<DateTimeUtc>,
    pub supervision_sent_on: Option<Date>,
    pub supervision_received_on: Option<Date>,
    pub supervision_prolonged: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub supervision_result: Option<String>,
    pub concluded_on: Option<Date>,
    pub guarantee_until: Option<Date>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
