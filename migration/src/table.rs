//! Short words to describe tables, the same on SQLite and PostgreSQL.
//!
//! Money is a big integer in cents; instants are in UTC to the microsecond; text has no length in the database
//! (SQLite would not keep it), the rules check it.

use sea_orm_migration::prelude::*;

pub(crate) fn table(name: &str) -> TableCreateStatement {
    Table::create().table(Alias::new(name)).take()
}

pub(crate) fn uuid(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().take()
}

pub(crate) fn uuid_key() -> ColumnDef {
    ColumnDef::new(Alias::new("id")).uuid().not_null().primary_key().take()
}

pub(crate) fn uuid_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().take()
}

pub(crate) fn text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().take()
}

pub(crate) fn text_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().take()
}

pub(crate) fn big(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().take()
}

pub(crate) fn big_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().take()
}

pub(crate) fn int(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).integer().not_null().take()
}

pub(crate) fn int_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).integer().take()
}

pub(crate) fn flag(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().take()
}

pub(crate) fn instant(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).timestamp_with_time_zone().not_null().take()
}

pub(crate) fn instant_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).timestamp_with_time_zone().take()
}

pub(crate) fn date(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().not_null().take()
}

pub(crate) fn date_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().take()
}

pub(crate) fn json(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).json_binary().not_null().take()
}

pub(crate) fn json_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).json_binary().take()
}

pub(crate) fn blob(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().not_null().take()
}

pub(crate) fn blob_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().take()
}

/// A foreign key from `column` to the `id` of `parent`; nothing is ever deleted through it.
pub(crate) fn refers(column: &str, parent: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from_col(Alias::new(column))
        .to(Alias::new(parent), Alias::new("id"))
        .on_delete(ForeignKeyAction::Restrict)
        .take()
}

pub(crate) fn primary(columns: &[&str]) -> IndexCreateStatement {
    columns.iter().fold(Index::create(), |mut index, column| index.col(Alias::new(*column)).take()).primary().take()
}

/// A named unique constraint: its name says which rule was broken.
pub(crate) async fn unique(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &str,
    columns: &[&str],
) -> Result<(), DbErr> {
    manager.create_index(index_on(name, table, columns).unique().take()).await
}

pub(crate) async fn index(manager: &SchemaManager<'_>, name: &str, table: &str, columns: &[&str]) -> Result<(), DbErr> {
    manager.create_index(index_on(name, table, columns)).await
}

fn index_on(name: &str, table: &str, columns: &[&str]) -> IndexCreateStatement {
    columns.iter().fold(Index::create().name(name).table(Alias::new(table)).take(), |mut index, column| {
        index.col(Alias::new(*column)).take()
    })
}
