use crate::kernel::ids::OrganisationId;

/// What a read may return. Every read of the store takes one, and it becomes the `WHERE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    reach: Reach,
}

/// How far a scope goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Published calls only: visitors.
    Published,
    /// What this contracting authority takes part in, and what all authorities share.
    Authority(OrganisationId),
    /// Published calls, and what this firm does in them.
    Firm(OrganisationId),
    /// Every file: coordinators, auditors.
    Everything,
}

impl Scope {
    /// The scope of somebody who did not sign in.
    pub const VISITOR: Self = Self { reach: Reach::Published };

    pub(super) fn new(reach: Reach) -> Self {
        Self { reach }
    }

    pub fn reach(self) -> Reach {
        self.reach
    }
}
