use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_sum")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub contract_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    /// Its first day, in Belgium.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Date,
    /// What the entries of the month changed in what drafts reserve.
    pub reserved_cents: i64,
    /// What the entries of the month changed in what is committed.
    pub committed_cents: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
