use std::collections::BTreeSet;

use crate::{
    authz::{Reach, Scope},
    kernel::ids::{OrganisationId, PersonId},
    organisation::{OrganisationKind, Role},
};

/// The roles one person holds in the organisation they act for.
pub type RoleSet = BTreeSet<Role>;

/// Who acts, and for which organisation. Built from a membership row when a session is read, never from a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    person: PersonId,
    organisation: OrganisationId,
    kind: OrganisationKind,
    roles: RoleSet,
}

impl Actor {
    pub fn member(person: PersonId, organisation: OrganisationId, kind: OrganisationKind, roles: RoleSet) -> Self {
        Self { person, organisation, kind, roles }
    }

    pub fn person(&self) -> PersonId {
        self.person
    }

    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    pub fn kind(&self) -> OrganisationKind {
        self.kind
    }

    pub fn roles(&self) -> &RoleSet {
        &self.roles
    }

    pub fn holds(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    pub(crate) fn holds_only(&self, role: Role) -> bool {
        self.roles.iter().all(|held| *held == role)
    }

    pub(crate) fn holds_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }

    /// What this actor's reads may reach. The union's coordinators and the Region's auditors read every file of the
    /// platform, a commune's own auditor what the commune reads; sealed content is out of reach for everybody until it
    /// is opened.
    pub fn scope(&self) -> Scope {
        let oversees = match self.kind {
            OrganisationKind::Union => self.holds_any(&[Role::Coordinator, Role::Auditor]),
            OrganisationKind::Region => self.holds(Role::Auditor),
            OrganisationKind::Commune
            | OrganisationKind::Cpas
            | OrganisationKind::Intercommunale
            | OrganisationKind::Sme
            | OrganisationKind::OtherPublic => false,
        };
        let reach = if oversees {
            Reach::Everything
        } else if self.kind.is_contracting_authority() {
            Reach::Authority(self.organisation)
        } else {
            Reach::Firm(self.organisation)
        };
        Scope::new(reach)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn reach(kind: OrganisationKind, role: Role) -> Reach {
        let organisation = OrganisationId::from_uuid(Uuid::from_u128(2));
        Actor::member(PersonId::from_uuid(Uuid::from_u128(1)), organisation, kind, [role].into()).scope().reach()
    }

    #[test]
    fn a_commune_that_names_its_auditor_reads_no_more_than_before() {
        let own = Reach::Authority(OrganisationId::from_uuid(Uuid::from_u128(2)));

        assert_eq!(reach(OrganisationKind::Commune, Role::Auditor), own);
        assert_eq!(reach(OrganisationKind::Region, Role::Auditor), Reach::Everything);
        assert_eq!(reach(OrganisationKind::Union, Role::Coordinator), Reach::Everything);
        assert_eq!(reach(OrganisationKind::Commune, Role::Coordinator), own);
    }
}
