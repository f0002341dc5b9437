use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tender")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub reference: String,
    pub pilot_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub object: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    #[sea_orm(column_type = "Text")]
    pub cpv: String,
    #[sea_orm(column_type = "Text")]
    pub nature: String,
    #[sea_orm(column_type = "Text")]
    pub vehicle: String,
    #[sea_orm(column_type = "Text")]
    pub procedure: String,
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub procedure_reason: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub lots_reason: Option<String>,
    pub estimate_cents: i64,
    #[sea_orm(column_type = "Text")]
    pub share_key: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub share_fixed: Option<String>,
    pub share_min_cents: Option<i64>,
    pub share_max_cents: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub stage: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub stage_before_exit: Option<String>,
    pub published: bool,
    pub published_at: Option<DateTimeUtc>,
    pub questions_until: Option<DateTimeUtc>,
    pub deposit_until: Option<DateTimeUtc>,
    pub standstill_until: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub notice_number: Option<String>,
    pub notice_sent_on: Option<Date>,
    pub created_by: Option<Uuid>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub stage_since: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
