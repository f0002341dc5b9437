use crate::{organisation::OrganisationKind, tender::Organ};

impl Organ {
    /// « Le Collège communal »: how the organ of such an authority is called.
    pub fn name(self, kind: OrganisationKind) -> &'static str {
        let (council, executive) = match kind {
            OrganisationKind::Commune => ("Le Conseil communal", "Le Collège communal"),
            OrganisationKind::Cpas => ("Le Conseil de l’action sociale", "Le Bureau permanent"),
            OrganisationKind::Intercommunale
            | OrganisationKind::Union
            | OrganisationKind::Region
            | OrganisationKind::Sme
            | OrganisationKind::OtherPublic => ("L’Assemblée générale", "Le Conseil d’administration"),
        };
        match self {
            Self::Council => council,
            Self::Executive => executive,
            Self::ChiefExecutive => "Le Directeur général",
        }
    }
}

/// « du Collège communal ».
pub(super) fn of_organ(name: &str) -> String {
    match name.strip_prefix("Le ") {
        Some(rest) => format!("du {rest}"),
        None => format!("de {}", name.replacen('L', "l", 1)),
    }
}

/// Who signs for an authority, the general director first (CDLD, art. L1132-3).
pub fn signatories(kind: OrganisationKind) -> [&'static str; 2] {
    match kind {
        OrganisationKind::Commune => ["Le Directeur général,", "Le Bourgmestre,"],
        OrganisationKind::Cpas
        | OrganisationKind::Intercommunale
        | OrganisationKind::Union
        | OrganisationKind::Region
        | OrganisationKind::Sme
        | OrganisationKind::OtherPublic => ["Le Directeur général,", "Le Président,"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organ_is_named_as_its_authority_calls_it() {
        assert_eq!(Organ::Executive.name(OrganisationKind::Cpas), "Le Bureau permanent");
        assert_eq!(of_organ(Organ::Executive.name(OrganisationKind::Commune)), "du Collège communal");
        assert_eq!(of_organ(Organ::Council.name(OrganisationKind::Intercommunale)), "de l’Assemblée générale");
    }

    #[test]
    fn codes_read_back() {
        assert!(Organ::ALL.into_iter().all(|organ| Organ::from_code(organ.code()) == Some(organ)));
    }
}
