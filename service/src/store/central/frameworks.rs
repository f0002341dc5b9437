use domain::{
    authz::{Authorised, OfferFramework, Reach, Scope},
    central::{Audience, Fee, Framework, Offer, Running},
    contract::{Allotment, Contract},
    kernel::{
        Money, Percent,
        ids::{OrganisationId, TenderId},
        reference::TenderRef,
    },
    specification::Model,
    tender::Stage,
};
use entity::{contract, framework, organisation, tender};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Query, SelectStatement},
};

use super::users;
use crate::{
    Error, Services,
    store::{Change, Tx, contracts, specifications},
};

/// Offers the permitted tender, or says something else of it: `version` is that of the page, 0 where nothing was offered.
pub async fn offer(
    tx: &Tx,
    permitted: &Authorised<OfferFramework>,
    offer: &Offer,
    version: i32,
) -> Result<Change, Error> {
    let id = permitted.subject().id.as_uuid();
    let (rate, flat) = figures(offer.fee);
    if version == 0 {
        if framework::Entity::find_by_id(id).one(tx.raw()).await?.is_some() {
            return Err(Error::Stale);
        }
        framework::Entity::insert(framework::ActiveModel {
            tender_id: Set(id),
            audience: Set(offer.audience.code().to_owned()),
            fee: Set(offer.fee.code().to_owned()),
            fee_millionths: Set(rate),
            fee_cents: Set(flat),
            how: Set(offer.how.clone()),
            version: Set(1),
            created_at: Set(tx.now()),
        })
        .exec_without_returning(tx.raw())
        .await?;
        return Ok(Change::written());
    }
    let done = framework::Entity::update_many()
        .col_expr(framework::Column::Audience, Expr::value(offer.audience.code()))
        .col_expr(framework::Column::Fee, Expr::value(offer.fee.code()))
        .col_expr(framework::Column::FeeMillionths, Expr::value(rate))
        .col_expr(framework::Column::FeeCents, Expr::value(flat))
        .col_expr(framework::Column::How, Expr::value(offer.how.clone()))
        .col_expr(framework::Column::Version, Expr::value(version + 1))
        .filter(framework::Column::TenderId.eq(id))
        .filter(framework::Column::Version.eq(version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// What is said of a tender that the caller has found in their scope, and its version.
pub async fn offer_of(services: &Services, tender: TenderId) -> Result<Option<(Offer, i32)>, Error> {
    let row = framework::Entity::find_by_id(tender.as_uuid()).one(services.store().reader()).await?;
    row.map(|row| Ok((as_offer(&row)?, row.version))).transpose()
}

/// The framework with its tender and its contract locked, for an authority, or *not found*.
pub async fn lock(tx: &Tx, scope: Scope, reference: TenderRef) -> Result<Framework, Error> {
    let row = tx.locked(by_reference(scope, reference)).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    let contract = contract_of(tx.raw(), &row).await?;
    let contract = match contract {
        Some(contract) => Some(contracts::lock_id(tx, contract.id).await?),
        None => None,
    };
    one(tx.raw(), row, contract).await
}

pub async fn find(services: &Services, scope: Scope, reference: TenderRef) -> Result<Framework, Error> {
    let reader = services.store().reader();
    let row = by_reference(scope, reference).one(reader).await?.ok_or(Error::NotFound)?;
    whole(reader, row).await
}

/// What is offered of a tender, in a write that has locked it; none where nothing is.
pub async fn in_write(tx: &Tx, tender: TenderId) -> Result<Option<Framework>, Error> {
    let offered = tender::Entity::find_by_id(tender.as_uuid()).filter(tender::Column::Id.in_subquery(offered()));
    match offered.one(tx.raw()).await? {
        Some(row) => whole(tx.raw(), row).await.map(Some),
        None => Ok(None),
    }
}

/// The newest first, of those that still take orders or will, and how many there are.
pub async fn list(services: &Services, scope: Scope, page: u64, per_page: u64) -> Result<(Vec<Framework>, u64), Error> {
    let reader = services.store().reader();
    let open = Stage::ALL.into_iter().filter(|stage| *stage <= Stage::Executing).map(Stage::code);
    let select = visible(scope).filter(tender::Column::Stage.is_in(open)).order_by_desc(tender::Column::Reference);
    let count = select.clone().count(reader).await?;
    let rows = select.offset(page.saturating_mul(per_page)).limit(per_page).all(reader).await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(whole(reader, row).await?);
    }
    Ok((found, count))
}

/// Does this organisation offer a framework? Asked in a write.
pub async fn is_body(tx: &Tx, organisation: OrganisationId) -> Result<bool, Error> {
    Ok(of_body(organisation).count(tx.raw()).await? > 0)
}

/// The same for a page.
pub async fn offered_by(services: &Services, organisation: OrganisationId) -> Result<bool, Error> {
    Ok(of_body(organisation).count(services.store().reader()).await? > 0)
}

fn of_body(organisation: OrganisationId) -> Select<tender::Entity> {
    tender::Entity::find()
        .filter(tender::Column::PilotId.eq(organisation.as_uuid()))
        .filter(tender::Column::Id.in_subquery(offered()))
}

/// Tenders that are offered as frameworks.
pub(in crate::store) fn offered() -> SelectStatement {
    Query::select().column(framework::Column::TenderId).from(framework::Entity).to_owned()
}

/// Everybody reads what is offered to everybody; authorities read all.
fn visible(scope: Scope) -> Select<tender::Entity> {
    let mut rows = offered();
    match scope.reach() {
        Reach::Everything | Reach::Authority(_) => {}
        Reach::Published | Reach::Firm(_) => {
            rows.and_where(framework::Column::Audience.eq(Audience::Everybody.code()));
        }
    }
    tender::Entity::find().filter(tender::Column::Id.in_subquery(rows))
}

fn by_reference(scope: Scope, reference: TenderRef) -> Select<tender::Entity> {
    visible(scope).filter(tender::Column::Reference.eq(reference.to_string()))
}

async fn contract_of<C: ConnectionTrait>(
    connection: &C,
    row: &tender::Model,
) -> Result<Option<contract::Model>, Error> {
    Ok(contract::Entity::find().filter(contract::Column::TenderId.eq(row.id)).one(connection).await?)
}

async fn whole<C: ConnectionTrait>(connection: &C, row: tender::Model) -> Result<Framework, Error> {
    let contract = match contract_of(connection, &row).await? {
        Some(contract) => Some(contracts::find_id(connection, contract.id).await?),
        None => None,
    };
    one(connection, row, contract).await
}

async fn one<C: ConnectionTrait>(
    connection: &C,
    row: tender::Model,
    contract: Option<Contract>,
) -> Result<Framework, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("framework {}: {what}", row.id));
    let said = framework::Entity::find_by_id(row.id).one(connection).await?.ok_or(Error::NotFound)?;
    let body = organisation::Entity::find_by_id(row.pilot_id).one(connection).await?;
    let specification = specifications::load(connection, TenderId::from_uuid(row.id)).await?;
    let pilot = OrganisationId::from_uuid(row.pilot_id);
    Ok(Framework {
        tender: TenderId::from_uuid(row.id),
        reference: row.reference.parse().map_err(|_| corrupt("reference"))?,
        body: pilot,
        body_name: body.map(|body| body.name).unwrap_or_default(),
        stage: Stage::from_code(&row.stage).ok_or_else(|| corrupt("stage"))?,
        estimate: Money::from_cents(row.estimate_cents),
        specified: Model::shipped().framework_maximum(&specification.answers),
        offer: as_offer(&said)?,
        running: contract.map(|contract| Running {
            contract: contract.id,
            spare: contract.allotment(pilot).map_or(Money::ZERO, spare),
            maximum: contract.ceiling,
            ends_on: contract.ends_on,
            clauses: contract.clauses,
            supplier_name: contract.supplier_name,
        }),
        users: users::of(connection, row.id).await?,
        object: row.object,
        version: said.version,
    })
}

/// What it borrowed is not its own to give.
fn spare(part: &Allotment) -> Money {
    part.available().min(part.balance.allotment)
}

fn figures(fee: Fee) -> (Option<i64>, Option<i64>) {
    match fee {
        Fee::Free => (None, None),
        Fee::Rate(rate) => (Some(rate.millionths()), None),
        Fee::Flat(amount) => (None, Some(amount.cents())),
    }
}

fn as_offer(row: &framework::Model) -> Result<Offer, Error> {
    let corrupt = || Error::Corrupt(format!("framework {}", row.tender_id));
    let fee = match (row.fee.as_str(), row.fee_millionths, row.fee_cents) {
        ("free", None, None) => Fee::Free,
        ("rate", Some(millionths), None) => Fee::Rate(Percent::from_millionths(millionths)),
        ("flat", None, Some(cents)) => Fee::Flat(Money::from_cents(cents)),
        _ => return Err(corrupt()),
    };
    let audience = Audience::from_code(&row.audience).ok_or_else(corrupt)?;
    Ok(Offer { audience, fee, how: row.how.clone() })
}
