use crate::kernel::identifier::{Bce, PeppolId, VatNumber};

/// Who sends, receives or is paid, with the numbers that the file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// Its address on the Peppol network.
    pub endpoint: Option<PeppolId>,
    /// Enterprise number of its legal registration.
    pub registration: Option<Bce>,
    pub tax: Option<TaxIdentifier>,
}

/// Number for VAT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaxIdentifier {
    Belgian(VatNumber),
    /// Of another country, as written.
    Foreign(String),
}

impl Party {
    /// At least one number is that of `bce`, and none is that of another Belgian enterprise.
    pub fn is(&self, bce: Bce) -> bool {
        let mut numbers = self.numbers().peekable();
        numbers.peek().is_some() && numbers.all(|number| number == bce)
    }

    /// The enterprise number, when the file gives one and not two.
    pub fn bce(&self) -> Option<Bce> {
        self.numbers().next().filter(|first| self.is(*first))
    }

    fn numbers(&self) -> impl Iterator<Item = Bce> {
        let tax = match &self.tax {
            Some(TaxIdentifier::Belgian(number)) => Some(number.bce()),
            Some(TaxIdentifier::Foreign(_)) | None => None,
        };
        let endpoint = self.endpoint.as_ref().and_then(PeppolId::bce);
        [self.registration, endpoint, tax].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "0451.461.655";
    const OTHER: &str = "0566.988.259";

    fn bce(text: &str) -> Bce {
        text.parse().expect("an enterprise number")
    }

    fn party(registration: Option<&str>, endpoint: Option<&str>, vat: Option<&str>) -> Party {
        Party {
            name: "Ateliers du Beffroi".to_owned(),
            endpoint: endpoint.map(|text| text.parse().expect("an address")),
            registration: registration.map(bce),
            tax: vat.map(|text| TaxIdentifier::Belgian(text.parse().expect("a number"))),
        }
    }

    #[test]
    fn one_number_is_enough_and_all_agree() {
        for known in [
            party(Some(OURS), None, None),
            party(None, Some("0208:0451461655"), None),
            party(None, Some("9925:BE0451461655"), None),
            party(None, None, Some("BE0451461655")),
            party(Some(OURS), Some("0208:0451461655"), Some("BE0451461655")),
        ] {
            assert!(known.is(bce(OURS)), "{known:?}");
            assert!(!known.is(bce(OTHER)), "{known:?}");
            assert_eq!(known.bce(), Some(bce(OURS)));
        }
    }

    #[test]
    fn a_party_of_two_numbers_or_none_is_nobody() {
        let two = party(Some(OURS), Some("0208:0566988259"), None);
        let none = party(None, Some("9938:LU12345678"), None);

        for unknown in [two, none] {
            assert!(!unknown.is(bce(OURS)) && !unknown.is(bce(OTHER)), "{unknown:?}");
            assert_eq!(unknown.bce(), None);
        }
    }
}
