//! The performance of a contract: its prices, its modifications, what lateness cost, its advance, the firm's answers.

mod advances;
mod answers;
mod modifications;
mod penalties;
mod prices;
mod withheld;
mod works;

use domain::{
    authz::{Action, Authorised},
    contract::Contract,
};
use entity::contract;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    Error,
    store::{Change, Tx},
};

pub use advances::{AdvanceState, GivenAdvance, advance_in_write, advance_state, advance_state_in_write, give};
pub use answers::{Answer, answer, answers, answers_in_write, unanswered};
pub use modifications::{modifications, modifications_in_write, modify};
pub use penalties::{Claimed, claim, claimed, claimed_in_write, deliveries, deliveries_in_write};
pub(super) use prices::kept;
pub use prices::version;
pub use withheld::{open_penalties, open_penalties_in_write};
pub use works::{WorksPenalty, claim_works, works_penalty, works_penalty_in_write};

/// The contract as it was read, and no other version of it.
async fn touch<A: Action<Subject = Contract>>(tx: &Tx, permitted: &Authorised<A>) -> Result<Change, Error> {
    let found = permitted.subject();
    let done = contract::Entity::update_many()
        .col_expr(contract::Column::Version, Expr::value(found.version + 1))
        .filter(contract::Column::Id.eq(found.id.as_uuid()))
        .filter(contract::Column::Version.eq(found.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}
