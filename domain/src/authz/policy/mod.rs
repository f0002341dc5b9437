//! The policy: one action, one plain function over facts that are already loaded. Everything else is refused.

/// Declares actions, and lists their names for the matrix and the sentences of the history.
macro_rules! declare {
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

        /// The names of this part's actions, in its order.
        pub(super) const NAMES: &[&str] = &[$($text),*];
    };
}

mod award;
mod call;
mod central;
mod evaluation;
mod execution;
mod ledger;
mod offer;
mod voucher;

pub use award::*;
pub use call::*;
pub use central::*;
pub use evaluation::*;
pub use execution::*;
pub use ledger::*;
pub use offer::*;
pub use voucher::*;

use crate::{
    authz::Actor,
    organisation::{Organisation, Role},
    tender::Tender,
};

/// Every action's name, part by part, in the order of the policy.
pub fn actions() -> impl Iterator<Item = &'static str> {
    [
        call::NAMES,
        offer::NAMES,
        evaluation::NAMES,
        award::NAMES,
        execution::NAMES,
        voucher::NAMES,
        ledger::NAMES,
        central::NAMES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

fn acts_for_authority(actor: &Actor, organisation: &Organisation) -> bool {
    actor.organisation() == organisation.id && organisation.kind.is_contracting_authority()
}

fn officer_of_pilot(actor: &Actor, tender: &Tender) -> bool {
    tender.is_pilot(actor.organisation()) && actor.holds(Role::ProcurementOfficer)
}
