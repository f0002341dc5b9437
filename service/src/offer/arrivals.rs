//! The files that are arriving at this server now, counted so that no firm and no crowd takes all of its disk and memory.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{
    kernel::ids::OrganisationId,
    offer::{Refusal, UPLOADS_MOST, UPLOADS_OF_FIRM_MOST},
};

/// How many files of each firm are on their way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arrivals(Arc<Mutex<BTreeMap<OrganisationId, usize>>>);

/// One file on its way; it is over when this is dropped.
pub(super) struct Arrival {
    arrivals: Arrivals,
    firm: OrganisationId,
}

impl Arrivals {
    /// One more file of this firm.
    ///
    /// # Errors
    /// [`Refusal::UploadsUnderWay`], [`Refusal::UploadsFull`].
    pub(super) fn begin(&self, firm: OrganisationId) -> Result<Arrival, Refusal> {
        let mut under_way = self.counted();
        if under_way.get(&firm).is_some_and(|own| *own >= UPLOADS_OF_FIRM_MOST) {
            return Err(Refusal::UploadsUnderWay { most: UPLOADS_OF_FIRM_MOST });
        }
        if under_way.values().sum::<usize>() >= UPLOADS_MOST {
            return Err(Refusal::UploadsFull);
        }
        *under_way.entry(firm).or_default() += 1;
        Ok(Arrival { arrivals: self.clone(), firm })
    }

    /// A count is whole between two lines, whoever panicked elsewhere.
    fn counted(&self) -> MutexGuard<'_, BTreeMap<OrganisationId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let mut under_way = self.arrivals.counted();
        match under_way.get_mut(&self.firm) {
            Some(own) if *own > 1 => *own -= 1,
            Some(_) | None => {
                under_way.remove(&self.firm);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn firm(number: usize) -> OrganisationId {
        OrganisationId::from_uuid(Uuid::from_u128(number as u128))
    }

    #[test]
    fn a_firm_sends_four_files_at_once_and_the_fifth_when_one_has_arrived() {
        let arrivals = Arrivals::default();
        let mut four: Vec<_> = (0..4).map(|_| arrivals.begin(firm(1)).expect("one of four")).collect();

        assert_eq!(arrivals.begin(firm(1)).err(), Some(Refusal::UploadsUnderWay { most: 4 }));
        assert!(arrivals.begin(firm(2)).is_ok(), "another firm sends all the same");
        four.pop();
        assert!(arrivals.begin(firm(1)).is_ok());
    }

    #[test]
    fn a_server_takes_sixty_four_files_at_once() {
        let arrivals = Arrivals::default();
        let all: Vec<_> = (0..64).map(|number| arrivals.begin(firm(number)).expect("one of many")).collect();

        assert_eq!(arrivals.begin(firm(64)).err(), Some(Refusal::UploadsFull));
        drop(all);
        assert!(arrivals.begin(firm(64)).is_ok());
        assert!(arrivals.counted().is_empty(), "nothing is kept of what arrived");
    }
}
