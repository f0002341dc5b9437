//! Vouchers by the hundred thousand, on copies of the demo's running contracts: like the copies of its tenders, for
//! measuring alone.

mod drawn;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Months, TimeDelta, Utc};
use domain::{
    kernel::{ids::OrganisationId, reference::TenderRef, time::brussels},
    ledger::by_participant_and_month,
    specification::PriceMode,
    tender::Stage,
};
use entity::{allotment, contract, contract_line, counter, organisation, participant, tender, voucher};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel as _, Iterable, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use uuid::Uuid;

use self::drawn::Drawn;
use super::{corrupt, in_turn};
use crate::{
    Error, Services,
    store::{Tx, contracts, counters, ledger_sums, search_key},
};

/// Lines of the vouchers of one copied contract at most.
const OF_CONTRACT: u64 = 2_500;
/// Values in one statement: SQLite takes 32,766.
const VALUES: usize = 30_000;
/// The first vouchers were drawn so long ago; the last are of today.
const DAYS: i64 = 720;
/// Authorities that order on one contract, at most.
const AUTHORITIES: u64 = 6;

/// Adds vouchers of `count` lines in all, with their entries and sums, contract by contract; `told` how many there are.
pub(crate) async fn copy_lines(services: &Services, count: u64, told: impl Fn(u64)) -> Result<(), Error> {
    let mut done = 0;
    for place in 0..count.div_ceil(OF_CONTRACT) {
        let lines = Ord::min(count - done, OF_CONTRACT);
        let tx = services.begin().await?;
        let patterns = Patterns::read(&tx).await?;
        patterns.copy(&tx, place, lines).await?;
        tx.commit_unaudited().await?;
        done += lines;
        told(done);
    }
    Ok(())
}

/// What is copied, in turn, and who orders on a copy.
struct Patterns {
    contracts: Vec<Pattern>,
    communes: Vec<organisation::Model>,
}

/// A running contract with a voucher that has its commitment.
struct Pattern {
    tender: tender::Model,
    participant: participant::Model,
    contract: contract::Model,
    lines: Vec<contract_line::Model>,
    voucher: voucher::Model,
}

/// A new contract before its vouchers.
struct Copied {
    reference: TenderRef,
    tender: Uuid,
    id: Uuid,
    /// The pilot first.
    authorities: Vec<organisation::Model>,
    since: DateTime<Utc>,
}

impl Patterns {
    async fn read(tx: &Tx) -> Result<Self, Error> {
        let communes = organisation::Entity::find()
            .filter(organisation::Column::Kind.eq("commune"))
            .order_by_asc(organisation::Column::SearchKey)
            .all(tx.raw())
            .await?;
        let running = tender::Entity::find()
            .filter(tender::Column::Stage.eq(Stage::Executing.code()))
            .filter(tender::Column::CreatedBy.is_not_null())
            .order_by_asc(tender::Column::Reference)
            .all(tx.raw())
            .await?;
        let mut contracts = Vec::new();
        for tender in running {
            contracts.extend(Pattern::read(tx, tender).await?);
        }
        Ok(Self { contracts, communes })
    }

    async fn copy(&self, tx: &Tx, place: u64, lines: u64) -> Result<(), Error> {
        let pattern = in_turn(&self.contracts, place).ok_or_else(|| corrupt("the demo holds no contract to copy"))?;
        let count = 1 + place % AUTHORITIES;
        let authorities: Vec<_> =
            (0..count).filter_map(|more| in_turn(&self.communes, place * 7 + more * 41)).cloned().collect();
        let copied = Copied {
            reference: next_reference(tx).await?,
            tender: tx.next_id(),
            id: tx.next_id(),
            authorities,
            since: tx.now() - TimeDelta::days(DAYS),
        };
        let mut drawn = Drawn::on(tx, pattern, &copied, lines)?;
        number(tx, &mut drawn.vouchers).await?;
        pattern.put(tx, &copied, &drawn).await?;
        drawn.put(tx).await
    }
}

impl Pattern {
    async fn read(tx: &Tx, tender: tender::Model) -> Result<Option<Self>, Error> {
        let found = contract::Entity::find().filter(contract::Column::TenderId.eq(tender.id)).one(tx.raw()).await?;
        let Some(contract) = found else { return Ok(None) };
        let lines = contract_line::Entity::find()
            .filter(contract_line::Column::ContractId.eq(contract.id))
            .filter(contract_line::Column::UnitPriceTenThousandths.gt(0))
            .order_by_asc(contract_line::Column::Position)
            .all(tx.raw())
            .await?;
        let participant =
            participant::Entity::find().filter(participant::Column::TenderId.eq(tender.id)).one(tx.raw()).await?;
        let voucher = voucher::Entity::find()
            .filter(voucher::Column::ContractId.eq(contract.id))
            .filter(voucher::Column::BudgetArticle.is_not_null())
            .one(tx.raw())
            .await?;
        let of = participant.zip(voucher).filter(|_| !lines.is_empty());
        Ok(of.map(|(participant, voucher)| {
            let voucher = voucher::Model { document: None, ..voucher };
            Self { tender, participant, contract, lines, voucher }
        }))
    }

    /// The copied tender with its participants, and its contract with what is ordered and a quarter more.
    async fn put(&self, tx: &Tx, copied: &Copied, drawn: &Drawn) -> Result<(), Error> {
        let pilot = copied.authorities.first().ok_or_else(|| corrupt("there is no commune"))?;
        let object = format!("{}, {}", self.tender.object, pilot.name);
        put(tx, vec![self.tender(copied, pilot.id, object).into_active_model()]).await?;
        let taking_part = |organisation: &organisation::Model| participant::Model {
            tender_id: copied.tender,
            organisation_id: organisation.id,
            ..self.participant.clone()
        };
        put(tx, copied.authorities.iter().map(|row| taking_part(row).into_active_model()).collect()).await?;

        let allotments: Vec<_> =
            copied.authorities.iter().map(|row| (row.id, drawn.with_a_quarter_more(row.id))).collect();
        let ceiling = allotments.iter().map(|(_, cents)| cents).sum();
        put(tx, vec![self.contract(copied, ceiling).into_active_model()]).await?;
        let lines = self.lines.iter().map(|line| contract_line::Model {
            contract_id: copied.id,
            mode: contracts::mode_code(PriceMode::RateOnly).to_owned(),
            quantity_thousandths: None,
            ..line.clone()
        });
        put(tx, lines.map(contract_line::Model::into_active_model).collect()).await?;
        let allotment = |(organisation_id, amount_cents)| allotment::Model {
            contract_id: copied.id,
            organisation_id,
            amount_cents,
        };
        put(tx, allotments.into_iter().map(|row| allotment(row).into_active_model()).collect()).await
    }

    fn tender(&self, copied: &Copied, pilot: Uuid, object: String) -> tender::Model {
        tender::Model {
            id: copied.tender,
            reference: copied.reference.to_string(),
            pilot_id: pilot,
            search_key: search_key(&object),
            object,
            stage_since: copied.since,
            created_at: copied.since,
            // None of the demo's people made it: a copy is never a pattern.
            created_by: None,
            ..self.tender.clone()
        }
    }

    fn contract(&self, copied: &Copied, ceiling_cents: i64) -> contract::Model {
        let concluded_on = brussels(copied.since).date();
        contract::Model {
            id: copied.id,
            tender_id: copied.tender,
            ceiling_cents,
            concluded_on,
            ends_on: concluded_on.checked_add_months(Months::new(48)),
            created_at: copied.since,
            ..self.contract.clone()
        }
    }
}

impl Drawn {
    /// Vouchers and what hangs on them.
    async fn put(self, tx: &Tx) -> Result<(), Error> {
        let sums = by_participant_and_month(&self.dated).ok_or_else(|| corrupt("the sums do not fit"))?;
        let contract = self.contract;
        let sums =
            sums.into_iter().map(|((organisation, month), sum)| ledger_sums::row(contract, organisation, month, sum));
        put(tx, self.vouchers.into_iter().map(voucher::Model::into_active_model).collect()).await?;
        put(tx, self.lines.into_iter().map(entity::voucher_line::Model::into_active_model).collect()).await?;
        put(tx, self.entries.into_iter().map(entity::ledger_entry::Model::into_active_model).collect()).await?;
        put(tx, sums.collect()).await
    }
}

async fn next_reference(tx: &Tx) -> Result<TenderRef, Error> {
    let year = brussels(tx.now()).year();
    let (number, _taken) = counters::next(tx, &format!("MP-{year}")).await?;
    let reference = u32::try_from(number).ok().zip(u16::try_from(year).ok());
    reference.and_then(|(number, year)| TenderRef::new(year, number)).ok_or_else(|| corrupt("reference"))
}

/// Gives each approved voucher the next number of its authority and year.
async fn number(tx: &Tx, vouchers: &mut [voucher::Model]) -> Result<(), Error> {
    let mut numbered: BTreeMap<(i32, Uuid), Vec<&mut voucher::Model>> = BTreeMap::new();
    for row in vouchers {
        if let Some(year) = row.year {
            numbered.entry((year, row.organisation_id)).or_default().push(row);
        }
    }
    for ((year, organisation), rows) in numbered {
        let key = format!("BC-{year}/{}", OrganisationId::from_uuid(organisation));
        let (first, _taken) = counters::next(tx, &key).await?;
        let mut next = first;
        for row in rows {
            row.number = Some(i32::try_from(next).map_err(|error| corrupt(&error.to_string()))?);
            next += 1;
        }
        counter::Entity::update_many()
            .col_expr(counter::Column::Value, Expr::value(next - 1))
            .filter(counter::Column::Key.eq(key))
            .exec(tx.raw())
            .await?;
    }
    Ok(())
}

async fn put<A: ActiveModelTrait>(tx: &Tx, rows: Vec<A>) -> Result<(), Error> {
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    for rows in rows.chunks(VALUES / columns) {
        <A::Entity as EntityTrait>::insert_many(rows.to_vec()).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}
