//! The policy: one action, one plain function over facts that are already loaded. Everything else is refused.

use crate::{
    authz::{Action, Actor, Platform},
    need::Need,
    organisation::{Organisation, Role},
};

/// Declares actions, and lists their names for the matrix and the sentences of the history.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident on $subject:ty, $text:literal: $permits:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $name;

            impl Action for $name {
                type Subject = $subject;
                const NAME: &'static str = $text;

                fn permits(actor: &Actor, subject: &Self::Subject) -> bool {
                    let rule: fn(&Actor, &$subject) -> bool = $permits;
                    rule(actor, subject)
                }
            }
        )*

        /// Every action's name, in the order of the policy.
        pub const ACTIONS: &[&str] = &[$($text),*];
    };
}

actions! {
    /// Describe a need for one's own authority.
    DescribeNeed on Organisation, "need.describe":
        |actor, organisation| acts_for_authority(actor, organisation) && actor.holds(Role::ProcurementOfficer);
    /// Say that one's own authority needs the same.
    JoinNeed on Need, "need.join": |actor, need| {
        actor.kind().is_contracting_authority()
            && actor.holds(Role::ProcurementOfficer)
            && need.organisation != actor.organisation()
    };
    /// Correct one's own organisation's data, or claim the page of one's commune.
    EditOrganisation on Organisation, "organisation.edit": |actor, organisation| {
        actor.organisation() == organisation.id
            && actor.holds_any(&[Role::ProcurementOfficer, Role::ChiefExecutive, Role::SmeMember, Role::Coordinator])
    };
    /// Invite somebody into one's own organisation.
    InviteMember on Organisation, "organisation.invite": |actor, organisation| {
        actor.organisation() == organisation.id
            && actor.holds_any(&[Role::ChiefExecutive, Role::SmeMember, Role::Coordinator])
    };
    /// Add a dated row to the figures of law.
    EditParameter on Platform, "parameter.edit": |actor, _| actor.holds(Role::Coordinator);
}

fn acts_for_authority(actor: &Actor, organisation: &Organisation) -> bool {
    actor.organisation() == organisation.id && organisation.kind.is_contracting_authority()
}
