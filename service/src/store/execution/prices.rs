use chrono::NaiveDate;
use domain::{
    authz::{Action, Authorised},
    contract::{Contract, ContractLine},
    execution::{Index, Revision, Term},
    kernel::Percent,
    price_list::{Basis, PriceList, Prices, Version},
};
use entity::price_version;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::touch;
use crate::{
    Error,
    store::{Change, Tx},
};

/// Numbers in the form of files.
#[derive(Serialize, Deserialize)]
struct KeptFormula {
    fixed: String,
    terms: Vec<KeptTerm>,
}

#[derive(Serialize, Deserialize)]
struct KeptTerm {
    weight: String,
    now: String,
    base: String,
}

const REVISED: &str = "revised";
const MODIFIED: &str = "modified";

/// Adds a version to the prices of the permitted contract.
pub async fn version<A: Action<Subject = Contract>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    new: &Version,
) -> Result<Change, Error> {
    let (basis, formula) = match &new.basis {
        Basis::Revised(revision) => (REVISED, Some(to_json(&formula(revision))?)),
        Basis::Modified => (MODIFIED, None),
        Basis::Offer => return Err(Error::Corrupt("the offer is the first version".to_owned())),
    };
    price_version::Entity::insert(price_version::ActiveModel {
        id: Set(tx.next_id()),
        contract_id: Set(permitted.subject().id.as_uuid()),
        from_on: Set(new.from),
        basis: Set(basis.to_owned()),
        formula: Set(formula),
        prices: Set(to_json(&new.prices)?),
        created_by: Set(permitted.actor().person().as_uuid()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    touch(tx, permitted).await
}

/// All versions of a contract's prices: the offer's are those of its lines.
pub(in crate::store) async fn kept<C: ConnectionTrait>(
    connection: &C,
    contract: Uuid,
    concluded_on: NaiveDate,
    lines: &[ContractLine],
) -> Result<PriceList, Error> {
    let rows = price_version::Entity::find()
        .filter(price_version::Column::ContractId.eq(contract))
        .order_by_asc(price_version::Column::FromOn)
        .all(connection)
        .await?;
    let offered = lines.iter().map(|line| (line.code.clone(), line.unit_price)).collect();
    let first = Version { from: concluded_on, basis: Basis::Offer, prices: offered };
    Ok(PriceList::kept(first, rows.into_iter().map(as_version).collect::<Result<_, _>>()?))
}

fn as_version(row: price_version::Model) -> Result<Version, Error> {
    let id = row.id;
    let corrupt = |what: &str| Error::Corrupt(format!("prices {id}: {what}"));
    let basis = match (row.basis.as_str(), row.formula) {
        (REVISED, Some(formula)) => {
            let kept = serde_json::from_value(formula).map_err(|_| corrupt("formula"))?;
            Basis::Revised(revision(&kept).ok_or_else(|| corrupt("formula"))?)
        }
        (MODIFIED, None) => Basis::Modified,
        (_, _) => return Err(corrupt("basis")),
    };
    let prices: Prices = serde_json::from_value(row.prices).map_err(|_| corrupt("prices"))?;
    Ok(Version { from: row.from_on, basis, prices })
}

fn formula(revision: &Revision) -> KeptFormula {
    let term =
        |term: &Term| KeptTerm { weight: term.weight.to_part_iso(), now: term.now.to_iso(), base: term.base.to_iso() };
    KeptFormula { fixed: revision.fixed().to_part_iso(), terms: revision.terms().iter().map(term).collect() }
}

fn revision(kept: &KeptFormula) -> Option<Revision> {
    let part = |text: &str| Percent::parse_part_iso(text).ok();
    let index = |text: &str| Index::parse_iso(text).ok();
    let term =
        |kept: &KeptTerm| Some(Term { weight: part(&kept.weight)?, now: index(&kept.now)?, base: index(&kept.base)? });
    Revision::new(part(&kept.fixed)?, kept.terms.iter().map(term).collect::<Option<_>>()?).ok()
}

fn to_json<T: Serialize>(value: &T) -> Result<serde_json::Value, Error> {
    serde_json::to_value(value).map_err(|error| Error::Corrupt(error.to_string()))
}
