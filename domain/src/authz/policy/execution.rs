//! The performance of a contract: its prices, its modifications, what lateness costs, what the firm answers.

use crate::{
    authz::{Action, Actor},
    contract::Contract,
    organisation::Role,
};

declare! {
    /// Apply the revision formula (RGE, art. 38/7).
    RevisePrices on Contract, "contract.revise": |actor, contract| pilots(actor, contract, Role::ProcurementOfficer);
    /// Record a modification, and the prices that it changes (RGE, art. 38 to 38/12).
    ModifyContract on Contract, "contract.modify":
        |actor, contract| pilots(actor, contract, Role::ProcurementOfficer);
    /// Decide the penalty of a late delivery (RGE, art. 46).
    ClaimPenalty on Contract, "contract.penalise": |actor, contract| pilots(actor, contract, Role::ContractManager);
    /// Record an advance (law of 17 June 2016, art. 12/1).
    GiveAdvance on Contract, "contract.advance": |actor, contract| pilots(actor, contract, Role::ProcurementOfficer);
    /// Answer a report of failure (RGE, art. 44).
    AnswerFailure on Contract, "contract.defend":
        |actor, contract| contract.supplier == actor.organisation() && actor.holds(Role::SmeMember);
}

fn pilots(actor: &Actor, contract: &Contract, role: Role) -> bool {
    contract.pilot == actor.organisation() && actor.holds(role)
}
