use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::kernel::ids::OrganisationId;

/// The list of those who order on a framework of a central body (loi du 17 juin 2016, art. 47).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitled {
    pub body: OrganisationId,
    /// Everybody who adhered to the body or is named in the framework.
    pub users: BTreeMap<OrganisationId, Entitlement>,
}

/// What an authority's right to order rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entitlement {
    /// Its accessions to the body, from their acceptance.
    pub accessions: Vec<Period>,
    /// Its need of this framework was accepted.
    pub joined_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    /// First day after it.
    pub until: Option<NaiveDate>,
}

/// Why an authority does not order on a framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotEntitled {
    #[error("never adhered to the central body")]
    NeverAdhered,
    /// First day without it.
    #[error("the accession ended on {on}")]
    AccessionEnded { on: NaiveDate },
    #[error("did not join the framework")]
    NotJoined,
}

impl Period {
    fn holds(self, on: NaiveDate) -> bool {
        self.from <= on && self.until.is_none_or(|until| on < until)
    }
}

impl Entitled {
    /// May this authority order on this day? The body may on its own framework.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn check(&self, organisation: OrganisationId, on: NaiveDate) -> Result<(), NotEntitled> {
        if organisation == self.body {
            return Ok(());
        }
        let entitlement = self.users.get(&organisation).ok_or(NotEntitled::NeverAdhered)?;
        entitlement.adheres(on)?;
        match entitlement.joined_on {
            Some(from) if from <= on => Ok(()),
            Some(_) | None => Err(NotEntitled::NotJoined),
        }
    }
}

impl Entitlement {
    fn adheres(&self, on: NaiveDate) -> Result<(), NotEntitled> {
        if self.accessions.iter().any(|period| period.holds(on)) {
            return Ok(());
        }
        let ended = self.accessions.iter().filter_map(|period| period.until).filter(|until| *until <= on).max();
        Err(ended.map_or(NotEntitled::NeverAdhered, |on| NotEntitled::AccessionEnded { on }))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const BODY: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(1));
    const USER: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(2));

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// Adheres from 2 November 2026; its need was accepted on the 9th.
    fn entitled(until: Option<&str>, joined_on: Option<&str>) -> Entitled {
        let period = Period { from: day("2026-11-02"), until: until.map(day) };
        let entitlement = Entitlement { accessions: vec![period], joined_on: joined_on.map(day) };
        Entitled { body: BODY, users: [(USER, entitlement)].into() }
    }

    #[test]
    fn a_user_orders_from_the_day_its_need_is_accepted_to_the_day_before_it_leaves() {
        let list = entitled(Some("2026-12-01"), Some("2026-11-09"));

        assert_eq!(list.check(USER, day("2026-11-08")), Err(NotEntitled::NotJoined));
        assert_eq!(list.check(USER, day("2026-11-09")), Ok(()));
        assert_eq!(list.check(USER, day("2026-11-30")), Ok(()));
        let ended = NotEntitled::AccessionEnded { on: day("2026-12-01") };
        assert_eq!(list.check(USER, day("2026-12-01")), Err(ended));
    }

    #[test]
    fn who_never_adhered_or_joined_no_framework_does_not_order() {
        let stranger = OrganisationId::from_uuid(Uuid::from_u128(3));

        assert_eq!(entitled(None, None).check(stranger, day("2026-11-09")), Err(NotEntitled::NeverAdhered));
        assert_eq!(entitled(None, None).check(USER, day("2026-11-01")), Err(NotEntitled::NeverAdhered));
        assert_eq!(entitled(None, None).check(USER, day("2026-11-09")), Err(NotEntitled::NotJoined));
        assert_eq!(entitled(None, None).check(BODY, day("2026-11-09")), Ok(()));
    }

    #[test]
    fn who_comes_back_orders_again() {
        let mut list = entitled(Some("2026-12-01"), Some("2026-11-09"));
        let again = Period { from: day("2027-02-01"), until: None };
        list.users.entry(USER).or_default().accessions.push(again);

        assert!(list.check(USER, day("2027-01-31")).is_err());
        assert_eq!(list.check(USER, day("2027-02-01")), Ok(()));
    }
}
