//! Unused allotment, lent by one participant of a contract to another: an officer proposes, each executive consents.

use crate::{
    authz::{Action, Actor},
    contract::{Contract, Lending},
    organisation::Role,
};

declare! {
    /// Propose that unused allotment changes hands, as its lender or its borrower.
    ProposeLoan on Contract, "loan.propose":
        |actor, contract| contract.takes_part(actor.organisation()) && actor.holds(Role::ProcurementOfficer);
    /// Consent for one's own authority.
    AgreeLoan on Lending, "loan.agree":
        |actor, lending| is_party(actor, lending) && actor.holds_any(&[Role::Executive, Role::ChiefExecutive]);
    /// Withdraw it before both consented.
    WithdrawLoan on Lending, "loan.withdraw": |actor, lending| {
        is_party(actor, lending) && actor.holds_any(&[Role::ProcurementOfficer, Role::Executive, Role::ChiefExecutive])
    };
}

fn is_party(actor: &Actor, lending: &Lending) -> bool {
    lending.proposal.is_of(actor.organisation())
}
