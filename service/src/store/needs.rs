//! Needs, and the organisations that joined them. Every authority sees every need: finding partners is their point.

use chrono::{DateTime, Utc};
use domain::{
    authz::{Authorised, DescribeNeed, JoinNeed, Reach, Scope},
    kernel::{
        ids::{NeedId, OrganisationId, TenderId},
        money::Money,
    },
    need::{Need, NeedDraft, ShareDraft},
};
use entity::{need, need_share, organisation, tender};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Query, SelectStatement},
};

use crate::{
    Error, Services,
    store::{Change, Tx, search_key},
};

/// A need with the names that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedView {
    pub need: Need,
    pub organisation: String,
    pub shares: Vec<ShareView>,
    /// Reference of the tender that took it up.
    pub tender: Option<String>,
    pub created_at: DateTime<Utc>,
}

impl NeedView {
    /// The estimates of all; none when they do not add up to an amount.
    pub fn total(&self) -> Option<Money> {
        let shares = self.shares.iter().map(|share| share.share.estimate);
        Money::total(std::iter::once(self.need.draft.estimate).chain(shares))
    }
}

/// One organisation that joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareView {
    pub organisation: String,
    pub share: ShareDraft,
    pub created_at: DateTime<Utc>,
}

/// Which needs a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words that the object, the code or the commune holds, all of them.
    pub text: String,
    /// Those that this organisation described or joined.
    pub of: Option<OrganisationId>,
    pub state: State,
}

/// Where needs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    All,
    /// Others may still join.
    Free,
    /// A tender took them up.
    Taken,
}

pub async fn lock(tx: &Tx, scope: Scope, id: NeedId) -> Result<Need, Error> {
    let select = visible(scope, need::Entity::find_by_id(id.as_uuid()));
    let row = tx.locked(select).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    let shares = need_share::Entity::find().filter(need_share::Column::NeedId.eq(row.id)).all(tx.raw()).await?;
    as_need(row, &shares)
}

pub async fn list(services: &Services, scope: Scope) -> Result<Vec<NeedView>, Error> {
    let rows = visible(scope, need::Entity::find())
        .order_by_desc(need::Column::CreatedAt)
        .all(services.store().reader())
        .await?;
    views(services, rows).await
}

/// One page of the needs that pass the filter, newest first, and how many pass it.
pub async fn page(
    services: &Services,
    scope: Scope,
    filter: &Filter,
    page: u64,
    per_page: u64,
) -> Result<(Vec<NeedView>, u64), Error> {
    let select = filtered(scope, filter);
    let count = select.clone().count(services.store().reader()).await?;
    let rows = select
        .order_by_desc(need::Column::CreatedAt)
        .order_by_desc(need::Column::Id)
        .offset(page.saturating_mul(per_page))
        .limit(per_page)
        .all(services.store().reader())
        .await?;
    Ok((views(services, rows).await?, count))
}

pub async fn count(services: &Services, scope: Scope, filter: &Filter) -> Result<u64, Error> {
    Ok(filtered(scope, filter).count(services.store().reader()).await?)
}

/// Other free needs that look alike: the same first four digits of the code, or a telling word in common. The nearest
/// first, so that people join rather than describe twice.
pub async fn near(services: &Services, scope: Scope, need: &Need, most: usize) -> Result<Vec<NeedView>, Error> {
    let family: String = need.draft.cpv.chars().take(CPV_FAMILY).collect();
    let words: Vec<String> = need.draft.telling_words().map(search_key).collect();
    let alike = words.iter().fold(Condition::any().add(need::Column::Cpv.starts_with(&family)), |alike, word| {
        alike.add(need::Column::SearchKey.contains(word))
    });
    let mut rows = visible(scope, need::Entity::find())
        .filter(need::Column::Id.ne(need.id.as_uuid()))
        .filter(need::Column::TenderId.is_null())
        .filter(alike)
        .order_by_desc(need::Column::CreatedAt)
        .limit(MOST_ALIKE)
        .all(services.store().reader())
        .await?;
    rows.sort_by_key(|row| {
        let common = words.iter().filter(|word| row.search_key.contains(word.as_str())).count();
        std::cmp::Reverse(2 * common + usize::from(row.cpv.starts_with(&family)))
    });
    rows.truncate(most);
    views(services, rows).await
}

/// Digits of a code that name its family.
const CPV_FAMILY: usize = 4;
/// Looked at before the nearest are chosen.
const MOST_ALIKE: u64 = 50;

pub async fn find(services: &Services, scope: Scope, id: NeedId) -> Result<NeedView, Error> {
    let row = visible(scope, need::Entity::find_by_id(id.as_uuid()))
        .one(services.store().reader())
        .await?
        .ok_or(Error::NotFound)?;
    views(services, vec![row]).await?.pop().ok_or(Error::NotFound)
}

pub async fn insert(
    tx: &Tx,
    permitted: &Authorised<DescribeNeed>,
    draft: &NeedDraft,
) -> Result<(NeedId, Change), Error> {
    let id = tx.next_id();
    need::Entity::insert(need::ActiveModel {
        id: Set(id),
        organisation_id: Set(permitted.subject().id.as_uuid()),
        object: Set(draft.object.clone()),
        description: Set(draft.description.clone()),
        search_key: Set(search_key(&draft.object)),
        cpv: Set(draft.cpv.clone()),
        nature: Set(draft.nature.word().to_owned()),
        estimate_cents: Set(draft.estimate.cents()),
        quantity: Set(draft.quantity.clone()),
        wanted_on: Set(draft.wanted_on),
        tender_id: Set(None),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok((NeedId::from_uuid(id), Change::written()))
}

pub async fn join(tx: &Tx, permitted: &Authorised<JoinNeed>, share: &ShareDraft) -> Result<Change, Error> {
    need_share::Entity::insert(need_share::ActiveModel {
        need_id: Set(permitted.subject().id.as_uuid()),
        organisation_id: Set(permitted.actor().organisation().as_uuid()),
        estimate_cents: Set(share.estimate.cents()),
        quantity: Set(share.quantity.clone()),
        remark: Set(share.remark.clone()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// The need is this tender's from now on. The caller holds the row and has the permission to plan the tender.
pub(crate) async fn take(tx: &Tx, need: &Need, tender: TenderId) -> Result<Change, Error> {
    need::Entity::update_many()
        .col_expr(need::Column::TenderId, Expr::value(Some(tender.as_uuid())))
        .col_expr(need::Column::Version, Expr::value(need.version + 1))
        .filter(need::Column::Id.eq(need.id.as_uuid()))
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// Everybody who announced a part of the need, its author first: organisation, estimate, quantity.
pub(crate) async fn announced(tx: &Tx, need: &Need) -> Result<Vec<(OrganisationId, Money, String)>, Error> {
    let shares = need_share::Entity::find()
        .filter(need_share::Column::NeedId.eq(need.id.as_uuid()))
        .order_by_asc(need_share::Column::CreatedAt)
        .all(tx.raw())
        .await?;
    let author = (need.organisation, need.draft.estimate, need.draft.quantity.clone());
    let others = shares.into_iter().map(|share| {
        (OrganisationId::from_uuid(share.organisation_id), Money::from_cents(share.estimate_cents), share.quantity)
    });
    Ok(std::iter::once(author).chain(others).collect())
}

/// Needs are open to every authority that signed in; firms and visitors see the calls that come of them.
fn visible(scope: Scope, select: Select<need::Entity>) -> Select<need::Entity> {
    match scope.reach() {
        Reach::Everything | Reach::Authority(_) => select,
        Reach::Published | Reach::Firm(_) => select.filter(need::Column::Id.is_null()),
    }
}

fn filtered(scope: Scope, filter: &Filter) -> Select<need::Entity> {
    let mut select = visible(scope, need::Entity::find());
    for word in search_key(&filter.text).split_whitespace() {
        select = select.filter(
            Condition::any()
                .add(need::Column::SearchKey.contains(word))
                .add(need::Column::Cpv.starts_with(word))
                .add(need::Column::OrganisationId.in_subquery(organisations_named(word))),
        );
    }
    if let Some(organisation) = filter.of {
        let joined = Query::select()
            .column(need_share::Column::NeedId)
            .from(need_share::Entity)
            .and_where(need_share::Column::OrganisationId.eq(organisation.as_uuid()))
            .to_owned();
        select = select.filter(
            Condition::any()
                .add(need::Column::OrganisationId.eq(organisation.as_uuid()))
                .add(need::Column::Id.in_subquery(joined)),
        );
    }
    match filter.state {
        State::All => select,
        State::Free => select.filter(need::Column::TenderId.is_null()),
        State::Taken => select.filter(need::Column::TenderId.is_not_null()),
    }
}

fn organisations_named(word: &str) -> SelectStatement {
    Query::select()
        .column(organisation::Column::Id)
        .from(organisation::Entity)
        .and_where(organisation::Column::SearchKey.contains(word))
        .to_owned()
}

async fn views(services: &Services, rows: Vec<need::Model>) -> Result<Vec<NeedView>, Error> {
    let reader = services.store().reader();
    let shares = need_share::Entity::find()
        .filter(need_share::Column::NeedId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(need_share::Column::CreatedAt)
        .all(reader)
        .await?;
    let ids = rows.iter().map(|row| row.organisation_id).chain(shares.iter().map(|share| share.organisation_id));
    let names = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(reader).await?;
    let tenders = tender::Entity::find()
        .filter(tender::Column::Id.is_in(rows.iter().filter_map(|row| row.tender_id)))
        .all(reader)
        .await?;
    let reference = |id| tenders.iter().find(|row| row.id == id).map(|row| row.reference.clone());
    let name = |id| names.iter().find(|row| row.id == id).map(|row| row.name.clone()).unwrap_or_default();
    rows.into_iter()
        .map(|row| {
            let own: Vec<_> = shares.iter().filter(|share| share.need_id == row.id).cloned().collect();
            Ok(NeedView {
                organisation: name(row.organisation_id),
                created_at: row.created_at,
                tender: row.tender_id.and_then(reference),
                shares: own
                    .iter()
                    .map(|share| ShareView {
                        organisation: name(share.organisation_id),
                        created_at: share.created_at,
                        share: ShareDraft {
                            estimate: Money::from_cents(share.estimate_cents),
                            quantity: share.quantity.clone(),
                            remark: share.remark.clone(),
                        },
                    })
                    .collect(),
                need: as_need(row, &own)?,
            })
        })
        .collect()
}

fn as_need(row: need::Model, shares: &[need_share::Model]) -> Result<Need, Error> {
    Ok(Need {
        id: NeedId::from_uuid(row.id),
        organisation: OrganisationId::from_uuid(row.organisation_id),
        draft: NeedDraft {
            object: row.object,
            description: row.description,
            cpv: row.cpv,
            nature: row.nature.parse().map_err(|_| Error::Corrupt(format!("need {}: {}", row.id, row.nature)))?,
            estimate: Money::from_cents(row.estimate_cents),
            quantity: row.quantity,
            wanted_on: row.wanted_on,
        },
        tender: row.tender_id.map(TenderId::from_uuid),
        joined: shares.iter().map(|share| OrganisationId::from_uuid(share.organisation_id)).collect(),
        version: row.version,
    })
}
