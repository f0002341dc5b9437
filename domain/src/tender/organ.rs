//! Who decides in an authority, and up to which amount without its council.

use chrono::NaiveDate;

use crate::{
    authz::Actor,
    organisation::Role,
    parameter::{MissingParameter, ParameterSet},
};

/// An organ of an authority that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organ {
    /// Conseil communal.
    Council,
    /// Collège communal.
    Executive,
    /// Directeur général.
    ChiefExecutive,
}

impl Organ {
    pub const ALL: [Self; 3] = [Self::Council, Self::Executive, Self::ChiefExecutive];

    pub fn code(self) -> &'static str {
        match self {
            Self::Council => "council",
            Self::Executive => "executive",
            Self::ChiefExecutive => "chief_executive",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|organ| organ.code() == code)
    }

    /// The organs whose decisions this actor writes down.
    pub fn held_by(actor: &Actor) -> Vec<Self> {
        Self::ALL.into_iter().filter(|organ| actor.holds(organ.role())).collect()
    }

    /// Who writes down what it decided: nobody records the decision of another organ.
    pub fn role(self) -> Role {
        match self {
            Self::Council => Role::Council,
            Self::Executive => Role::Executive,
            Self::ChiefExecutive => Role::ChiefExecutive,
        }
    }

    /// The figure that bounds what this organ decides without its council (CDLD, art. L1222-3); `None` for
    /// the council, and for the college in the ordinary service. A service that is not known is taken for extraordinary,
    /// a population that is not known for a small one: it warns too often rather than too seldom.
    ///
    /// # Errors
    /// No row of the classes of population on that day.
    pub fn delegation_key(
        self,
        set: &ParameterSet,
        on: NaiveDate,
        inhabitants: Option<i64>,
        article: Option<&str>,
    ) -> Result<Option<&'static str>, MissingParameter> {
        let ordinary = article.is_some_and(is_ordinary);
        Ok(match (self, ordinary) {
            (Self::Council, _) | (Self::Executive, true) => None,
            (Self::ChiefExecutive, true) => Some("cdld.delegation.ordinary.official"),
            (Self::ChiefExecutive, false) => Some("cdld.delegation.extraordinary.official"),
            (Self::Executive, false) => {
                let inhabitants = inhabitants.unwrap_or(0);
                let from = |key| set.days_on(key, on).map(i64::from);
                Some(if inhabitants >= from("cdld.delegation.population.large")? {
                    "cdld.delegation.extraordinary.college.large"
                } else if inhabitants >= from("cdld.delegation.population.medium")? {
                    "cdld.delegation.extraordinary.college.medium"
                } else {
                    "cdld.delegation.extraordinary.college.small"
                })
            }
        })
    }
}

/// `104/123-13` is ordinary, `104/742-53` is not: the economic codes of the extraordinary service end in 51 and more.
fn is_ordinary(article: &str) -> bool {
    let digits =
        article.rsplit_once('-').map(|(_, end)| end.chars().take_while(char::is_ascii_digit).collect::<String>());
    digits.and_then(|digits| digits.parse::<u32>().ok()).is_some_and(|economic| economic < FIRST_EXTRAORDINARY)
}

const FIRST_EXTRAORDINARY: u32 = 51;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_reads_from_the_end_of_the_budget_article() {
        assert!(is_ordinary("104/123-13"));
        assert!(!is_ordinary("104/742-53"));
        assert!(!is_ordinary("734/72402-60 (20260012)"));
        assert!(!is_ordinary("à préciser"));
    }

    #[test]
    fn every_organ_reads_back() {
        assert!(Organ::ALL.into_iter().all(|organ| Organ::from_code(organ.code()) == Some(organ)));
    }
}
