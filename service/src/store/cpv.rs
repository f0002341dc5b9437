//! Codes of the common procurement vocabulary, eight digits and a French label.

use std::collections::BTreeMap;

use entity::cpv;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use crate::{
    Error, Services,
    store::{Change, Tx, search_key},
};

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub code: String,
    pub label: String,
}

/// Rows per statement: far below what either database binds.
const ROWS: usize = 2_000;

/// Every code, in order.
pub async fn all(services: &Services) -> Result<Vec<Code>, Error> {
    let rows = cpv::Entity::find().order_by_asc(cpv::Column::Code).all(services.store().reader()).await?;
    Ok(rows.into_iter().map(as_code).collect())
}

pub async fn count(services: &Services) -> Result<u64, Error> {
    Ok(cpv::Entity::find().count(services.store().reader()).await?)
}

pub async fn find(services: &Services, code: &str) -> Result<Option<Code>, Error> {
    Ok(cpv::Entity::find_by_id(code).one(services.store().reader()).await?.map(as_code))
}

/// Codes that start with `text` or whose label holds it.
pub async fn search(services: &Services, text: &str, most: u64) -> Result<Vec<Code>, Error> {
    let key = search_key(text.trim());
    let rows = cpv::Entity::find()
        .filter(Condition::any().add(cpv::Column::Code.starts_with(&key)).add(cpv::Column::SearchKey.contains(&key)))
        .order_by_asc(cpv::Column::Code)
        .limit(most)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(as_code).collect())
}

/// The labels of these codes, where they are known.
pub async fn labels(
    services: &Services,
    codes: impl IntoIterator<Item = String>,
) -> Result<BTreeMap<String, String>, Error> {
    let rows = cpv::Entity::find().filter(cpv::Column::Code.is_in(codes)).all(services.store().reader()).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.label)).collect())
}

/// Is it one of the codes? Asked inside the write that uses it.
pub async fn is_known(tx: &Tx, code: &str) -> Result<bool, Error> {
    Ok(cpv::Entity::find_by_id(code).one(tx.raw()).await?.is_some())
}

pub(crate) async fn upsert(tx: &Tx, codes: &[Code]) -> Result<Change, Error> {
    // One statement may not touch a row twice: of two lines with one code, the last counts.
    let last: BTreeMap<&str, &str> = codes.iter().map(|found| (found.code.as_str(), found.label.as_str())).collect();
    let rows: Vec<_> = last
        .into_iter()
        .map(|(code, label)| cpv::ActiveModel {
            code: Set(code.to_owned()),
            label: Set(label.to_owned()),
            search_key: Set(search_key(label)),
        })
        .collect();
    for rows in rows.chunks(ROWS) {
        cpv::Entity::insert_many(rows.to_vec())
            .on_conflict(
                OnConflict::column(cpv::Column::Code)
                    .update_columns([cpv::Column::Label, cpv::Column::SearchKey])
                    .to_owned(),
            )
            .exec_without_returning(tx.raw())
            .await?;
    }
    Ok(Change::written())
}

fn as_code(row: cpv::Model) -> Code {
    Code { code: row.code, label: row.label }
}

/// The French label of a code; empty when the code is not in the list.
pub async fn label(services: &Services, code: &str) -> Result<String, Error> {
    Ok(find(services, code).await?.map(|found| found.label).unwrap_or_default())
}
