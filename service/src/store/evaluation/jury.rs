use domain::{
    authz::{Authorised, DeclareInterests, NameJury, ScoreOffers},
    evaluation::Score,
    kernel::ids::{OrganisationId, PersonId},
    organisation::Role,
    tender::Tender,
};
use entity::{juror, membership, organisation, person, score};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// Somebody of a participant who may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluator {
    pub person: PersonId,
    pub name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
}

/// Who holds the role of evaluator in an authority that takes part, by name.
pub async fn evaluators(services: &Services, tender: &Tender) -> Result<Vec<Evaluator>, Error> {
    evaluators_on(services.store().reader(), tender).await
}

pub(super) async fn evaluators_on<C: ConnectionTrait>(
    connection: &C,
    tender: &Tender,
) -> Result<Vec<Evaluator>, Error> {
    let counted = tender.counted().map(|participant| participant.organisation);
    let rows = membership::Entity::find()
        .filter(membership::Column::OrganisationId.is_in(counted.chain([tender.pilot]).map(OrganisationId::as_uuid)))
        .filter(membership::Column::Role.eq(Role::Evaluator.code()))
        .all(connection)
        .await?;
    let people = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id)))
        .order_by_asc(person::Column::Name)
        .order_by_asc(person::Column::Id)
        .all(connection)
        .await?;
    let organisations = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .all(connection)
        .await?;
    Ok(people
        .into_iter()
        .filter_map(|person| {
            let row = rows.iter().find(|row| row.person_id == person.id)?;
            let organisation = organisations.iter().find(|one| one.id == row.organisation_id)?;
            Some(Evaluator {
                person: PersonId::from_uuid(person.id),
                name: person.name,
                organisation: OrganisationId::from_uuid(organisation.id),
                organisation_name: organisation.name.clone(),
            })
        })
        .collect())
}

/// Names a juror. Somebody who is not an evaluator of a participant is not found.
pub async fn insert_juror(tx: &Tx, permitted: &Authorised<NameJury>, person: PersonId) -> Result<Change, Error> {
    let known = evaluators_on(tx.raw(), permitted.subject()).await?;
    let evaluator = known.into_iter().find(|one| one.person == person).ok_or(Error::NotFound)?;
    juror::Entity::insert(juror::ActiveModel {
        tender_id: Set(permitted.subject().id.as_uuid()),
        person_id: Set(evaluator.person.as_uuid()),
        organisation_id: Set(evaluator.organisation.as_uuid()),
        declared_at: Set(None),
        conflict: Set(false),
        declaration: Set(None),
        sheet_version: Set(0),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Takes somebody off the jury, and their points with them.
pub async fn remove_juror(tx: &Tx, permitted: &Authorised<NameJury>, person: PersonId) -> Result<Change, Error> {
    score::Entity::delete_many()
        .filter(score::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(score::Column::PersonId.eq(person.as_uuid()))
        .exec(tx.raw())
        .await?;
    juror::Entity::delete_many()
        .filter(juror::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(juror::Column::PersonId.eq(person.as_uuid()))
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// The actor's own declaration.
pub async fn declare(
    tx: &Tx,
    permitted: &Authorised<DeclareInterests>,
    conflict: bool,
    text: &str,
) -> Result<Change, Error> {
    let done = juror::Entity::update_many()
        .col_expr(juror::Column::DeclaredAt, Expr::value(Some(tx.now())))
        .col_expr(juror::Column::Conflict, Expr::value(conflict))
        .col_expr(juror::Column::Declaration, Expr::value(Some(text.to_owned())))
        .filter(juror::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(juror::Column::PersonId.eq(permitted.actor().person().as_uuid()))
        .filter(juror::Column::DeclaredAt.is_null())
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// The actor's own points, in place of `version` of their sheet; what is not among them is gone.
pub async fn put_scores(
    tx: &Tx,
    permitted: &Authorised<ScoreOffers>,
    version: i32,
    scores: &[Score],
) -> Result<Change, Error> {
    let tender = permitted.subject().id.as_uuid();
    let person = permitted.actor().person().as_uuid();
    let done = juror::Entity::update_many()
        .col_expr(juror::Column::SheetVersion, Expr::value(version + 1))
        .filter(juror::Column::TenderId.eq(tender))
        .filter(juror::Column::PersonId.eq(person))
        .filter(juror::Column::SheetVersion.eq(version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected != 1 {
        return Err(Error::Stale);
    }
    for one in scores {
        let criterion = i32::try_from(one.criterion).map_err(|error| Error::Corrupt(error.to_string()))?;
        score::Entity::insert(score::ActiveModel {
            offer_id: Set(one.offer.as_uuid()),
            criterion: Set(criterion),
            person_id: Set(person),
            tender_id: Set(tender),
            hundredths: Set(one.points.hundredths()),
            reason: Set(one.reason.clone()),
            version: Set(version + 1),
            created_at: Set(tx.now()),
        })
        .on_conflict(
            OnConflict::columns([score::Column::OfferId, score::Column::Criterion, score::Column::PersonId])
                .update_columns([
                    score::Column::Hundredths,
                    score::Column::Reason,
                    score::Column::Version,
                    score::Column::CreatedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(tx.raw())
        .await?;
    }
    score::Entity::delete_many()
        .filter(score::Column::TenderId.eq(tender))
        .filter(score::Column::PersonId.eq(person))
        .filter(score::Column::Version.ne(version + 1))
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}
