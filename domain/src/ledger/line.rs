use crate::{contract::ContractLine, kernel::Quantity, specification::PriceMode};

/// What a line of the price list still gives, beside the two levels of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRoom {
    /// A fixed quantity ends.
    Fixed { left: Quantity },
    /// A presumed quantity promises nothing and stops nothing: what was presumed, what is ordered.
    Presumed { presumed: Quantity, ordered: Quantity },
    /// A rate without quantity: it adds nothing to the award's total, and only the ceilings end it.
    RateOnly { ordered: Quantity },
}

/// Read from the line's mode; a quantity that is missing where the mode has one is none.
pub fn room(line: &ContractLine) -> LineRoom {
    match line.mode {
        PriceMode::Fixed => LineRoom::Fixed { left: line.left().unwrap_or_default() },
        PriceMode::Presumed => {
            LineRoom::Presumed { presumed: line.quantity.unwrap_or_default(), ordered: line.ordered }
        }
        PriceMode::RateOnly => LineRoom::RateOnly { ordered: line.ordered },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::tests::{contract, quantity};

    #[test]
    fn a_rate_without_quantity_is_told_apart_from_a_presumed_quantity() {
        let rooms: Vec<_> = contract().lines.iter().map(room).collect();

        let none = Quantity::default();
        assert_eq!(
            rooms,
            [
                LineRoom::Fixed { left: quantity("2") },
                LineRoom::Presumed { presumed: quantity("10"), ordered: none },
                LineRoom::RateOnly { ordered: none },
            ]
        );
    }
}
