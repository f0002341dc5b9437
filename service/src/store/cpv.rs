//! The codes of the Common Procurement Vocabulary that the database holds.

use entity::cpv;
use sea_orm::EntityTrait;

use crate::{Error, Services};

/// The French label of a code; empty when the code is not in the list.
pub async fn label(services: &Services, code: &str) -> Result<String, Error> {
    let row = cpv::Entity::find_by_id(code).one(services.store().reader()).await?;
    Ok(row.map(|row| row.label).unwrap_or_default())
}
