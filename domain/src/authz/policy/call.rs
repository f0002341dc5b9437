//! Needs, tenders up to their call, organisations, figures of law.

use super::{acts_for_authority, officer_of_pilot};
use crate::{
    authz::{Action, Actor, Platform},
    need::Need,
    organisation::{Organisation, Role},
    tender::Tender,
};

declare! {
    /// Describe a need for one's own authority.
    DescribeNeed on Organisation, "need.describe":
        |actor, organisation| acts_for_authority(actor, organisation) && actor.holds(Role::ProcurementOfficer);
    /// Say that one's own authority needs the same.
    JoinNeed on Need, "need.join": |actor, need| {
        actor.kind().is_contracting_authority()
            && actor.holds(Role::ProcurementOfficer)
            && need.organisation != actor.organisation()
    };
    /// Plan a tender for one's own authority, which becomes its pilot.
    PlanTender on Organisation, "tender.plan":
        |actor, organisation| acts_for_authority(actor, organisation) && actor.holds(Role::ProcurementOfficer);
    /// Change the plan, the participants and the shares.
    ChangeTender on Tender, "tender.change": |actor, tender| officer_of_pilot(actor, tender);
    /// Answer for one's own authority: its council adheres, or not.
    AnswerAdhesion on Tender, "tender.answer": |actor, tender| {
        tender.participant(actor.organisation()).is_some()
            && actor.holds_any(&[Role::ProcurementOfficer, Role::Council, Role::ChiefExecutive])
    };
    /// Write the specification.
    DraftSpecification on Tender, "specification.draft": |actor, tender| officer_of_pilot(actor, tender);
    /// Ask the finance director's legality opinion (CDLD, art. L1124-40).
    AskLegalityOpinion on Tender, "tender.ask_opinion": |actor, tender| officer_of_pilot(actor, tender);
    /// Give it.
    GiveLegalityOpinion on Tender, "tender.give_opinion":
        |actor, tender| tender.is_pilot(actor.organisation()) && actor.holds(Role::FinanceDirector);
    /// Adopt the conditions (CDLD, art. L1222-3): the council, or another organ within its delegation.
    AdoptConditions on Tender, "tender.adopt": |actor, tender| {
        tender.is_pilot(actor.organisation())
            && actor.holds_any(&[Role::Council, Role::Executive, Role::ChiefExecutive])
    };
    /// Ask the coordinator's opinion on the adopted conditions; nobody has to.
    AskCoordinatorOpinion on Tender, "tender.ask_coordinator": |actor, tender| officer_of_pilot(actor, tender);
    /// Give it. A coordinator advises and never decides for a commune.
    GiveCoordinatorOpinion on Tender, "tender.give_coordinator": |actor, _| actor.holds(Role::Coordinator);
    /// Send the call out (CDLD, art. L1222-4).
    PublishCall on Tender, "call.publish": |actor, tender| {
        tender.is_pilot(actor.organisation()) && actor.holds_any(&[Role::ProcurementOfficer, Role::Executive])
    };
    /// Ask a question about a call.
    AskQuestion on Tender, "call.ask": |actor, _| actor.holds(Role::SmeMember);
    /// Answer a question, to everybody.
    AnswerQuestion on Tender, "call.answer": |actor, tender| officer_of_pilot(actor, tender);
    /// Give the tender up (loi du 17 juin 2016, art. 85).
    GiveUpTender on Tender, "tender.give_up":
        |actor, tender| tender.is_pilot(actor.organisation()) && actor.holds(Role::Executive);
    /// Correct one's own organisation's data, or claim the page of one's commune.
    EditOrganisation on Organisation, "organisation.edit": |actor, organisation| {
        actor.organisation() == organisation.id
            && actor.holds_any(&[Role::ProcurementOfficer, Role::ChiefExecutive, Role::SmeMember, Role::Coordinator])
    };
    /// Invite somebody into one's own organisation.
    InviteMember on Organisation, "organisation.invite": |actor, organisation| {
        actor.organisation() == organisation.id && actor.holds_any(&Role::INVITING)
    };
    /// Take a role away from somebody of one's own organisation.
    RemoveMember on Organisation, "organisation.remove": |actor, organisation| {
        actor.organisation() == organisation.id && actor.holds_any(&Role::INVITING)
    };
    /// Add a dated row to the figures of law.
    EditParameter on Platform, "parameter.edit": |actor, _| actor.holds(Role::Coordinator);
}
