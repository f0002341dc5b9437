use crate::kernel::ids::OrganisationId;

/// What a read may return. Every read of the store takes one, and it becomes the `WHERE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    reach: Reach,
}

/// How far a scope goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Published calls only: visitors, and firms for what is not theirs.
    Published,
    /// What this organisation takes part in.
    Organisation(OrganisationId),
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
