//! The award, what follows it, and the end of the contract.

use super::officer_of_pilot;
use crate::{
    authz::{Action, Actor},
    organisation::Role,
    tender::Tender,
};

declare! {
    /// Propose to whom the contract goes, and ask the legality opinion on it.
    ProposeAward on Tender, "award.propose": |actor, tender| officer_of_pilot(actor, tender);
    /// Decide it, with reasons (CDLD, art. L1222-4).
    DecideAward on Tender, "award.decide": |actor, tender| executive_of_pilot(actor, tender);
    /// Send the letters to all tenderers.
    SendInformation on Tender, "award.inform": |actor, tender| officer_of_pilot(actor, tender);
    /// Register a request for suspension, or its end.
    RegisterSuspension on Tender, "award.suspend": |actor, tender| officer_of_pilot(actor, tender);
    /// Send the award to the supervising Region, and write down its dates and its answer.
    FollowSupervision on Tender, "award.supervise": |actor, tender| officer_of_pilot(actor, tender);
    /// Conclude the contract.
    ConcludeContract on Tender, "award.conclude": |actor, tender| {
        officer_of_pilot(actor, tender) || executive_of_pilot(actor, tender)
    };
    /// Write down that the award is annulled.
    AnnulAward on Tender, "award.annul": |actor, tender| {
        officer_of_pilot(actor, tender) || executive_of_pilot(actor, tender)
    };
    /// Ask for the surety, write down its deposit, release it.
    KeepSurety on Tender, "award.surety": |actor, tender| officer_of_pilot(actor, tender);
    /// Accept what was delivered, or refuse it (RGE, art. 11: the leading official).
    AcceptContract on Tender, "award.accept": |actor, tender| {
        tender.is_pilot(actor.organisation()) && actor.holds(Role::ContractManager)
    };
    /// Close the file.
    CloseContract on Tender, "award.close": |actor, tender| officer_of_pilot(actor, tender);
    /// Terminate the contract.
    TerminateContract on Tender, "award.terminate": |actor, tender| executive_of_pilot(actor, tender);
}

fn executive_of_pilot(actor: &Actor, tender: &Tender) -> bool {
    tender.is_pilot(actor.organisation()) && actor.holds(Role::Executive)
}
