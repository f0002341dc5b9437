use crate::{
    kernel::{Percent, Quantity, UnitPrice},
    specification::PriceMode,
    voucher::Refusal,
};

/// One line of the price list: the inventory with the winner's corrected price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractLine {
    /// `P-01`.
    pub code: String,
    pub item: String,
    pub unit: String,
    pub mode: PriceMode,
    /// Fixed or presumed; none for a rate alone.
    pub quantity: Option<Quantity>,
    /// Of the offer, HTVA.
    pub unit_price: UnitPrice,
    pub vat: Percent,
    /// By all participants together, on vouchers that hold; what a closed one left undelivered does not count.
    pub ordered: Quantity,
}

impl ContractLine {
    /// What may still be ordered of a fixed quantity; presumed quantities and rates have no end but the ceiling.
    pub fn left(&self) -> Option<Quantity> {
        match (self.mode, self.quantity) {
            (PriceMode::Fixed, Some(quantity)) => Some(quantity.checked_sub(self.ordered).unwrap_or_default()),
            (PriceMode::Fixed, None) | (PriceMode::Presumed | PriceMode::RateOnly, _) => None,
        }
    }

    /// # Errors
    /// [`Refusal::QuantityPassed`], with what is left of the fixed quantity.
    pub fn holds(&self, asked: Quantity) -> Result<(), Refusal> {
        match self.left() {
            Some(left) if asked > left => {
                Err(Refusal::QuantityPassed { item: self.item.clone(), left, unit: self.unit.clone() })
            }
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{contract, quantity};
    use super::*;

    #[test]
    fn a_fixed_quantity_ends_and_a_presumed_one_does_not() {
        let contract = contract();
        let line = |code: &str| contract.line(code).expect("a line").clone();

        assert_eq!(line("F").holds(quantity("2")), Ok(()));
        assert!(matches!(line("F").holds(quantity("2.001")), Err(Refusal::QuantityPassed { .. })));
        assert_eq!(line("P").holds(quantity("400")), Ok(()));
        assert_eq!(line("T").holds(quantity("1000")), Ok(()));
    }
}
