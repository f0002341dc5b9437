use domain::fault::Fault;
use sea_orm::{DbErr, SqlErr};

use crate::{Error, FieldErrors};

/// The fault of a field, when `error` says that its value is somebody else's already: two people wrote it at once.
/// PostgreSQL names the index, SQLite the column.
pub(super) fn taken(error: DbErr, (index, column): (&str, &str), field: &str, fault: Fault) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(said)) if said.contains(index) || said.contains(column) => {
            FieldErrors::one(field, fault).into()
        }
        _ => error.into(),
    }
}
