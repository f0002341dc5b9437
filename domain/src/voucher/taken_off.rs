//! What is taken off an invoice before it is paid: a part of the advance, and penalties that the authority withholds.

use super::{Invoice, Refusal, Voucher};
use crate::kernel::Money;

impl Invoice {
    /// What the firm asks, TVAC: the total without what is set off of the advance.
    pub fn payable(&self) -> Money {
        self.including.checked_sub(self.prepaid).unwrap_or(self.including)
    }

    /// What is paid of it, TVAC: without the penalties that were withheld.
    pub fn paid(&self) -> Money {
        self.payable().checked_sub(self.withheld).unwrap_or(self.payable())
    }
}

/// An invoice of `including` sets off no more of an advance than is due of it, nor than it asks, TVAC.
///
/// # Errors
/// [`Refusal::SetOffPassed`].
pub fn may_set_off(stated: Money, due: Money, including: Money) -> Result<(), Refusal> {
    let most = due.min(including).max(Money::ZERO);
    if stated.is_negative() || stated > most { Err(Refusal::SetOffPassed { most, stated }) } else { Ok(()) }
}

impl Voucher {
    /// Of the penalties that were decided and not withheld yet, what the next payment can bear; nothing is withheld of
    /// itself.
    pub fn withholdable(&self, open: Money) -> Money {
        self.unpaid().map_or(Money::ZERO, |invoice| open.min(invoice.payable()).max(Money::ZERO))
    }

    /// # Errors
    /// [`Refusal::WithheldPassed`].
    pub fn may_withhold(&self, stated: Money, open: Money) -> Result<(), Refusal> {
        let most = self.withholdable(open);
        if stated.is_negative() || stated > most { Err(Refusal::WithheldPassed { most, stated }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::tests::money;

    #[test]
    fn no_more_of_an_advance_is_set_off_than_is_due_nor_than_the_invoice_asks() {
        let set_off = |stated: &str, due: &str| may_set_off(money(stated), money(due), money("1452.00"));
        let passed = |stated, most| Err(Refusal::SetOffPassed { most: money(most), stated: money(stated) });

        assert_eq!(set_off("0.00", "0.00"), Ok(()));
        assert_eq!(set_off("2117.50", "2117.50"), passed("2117.50", "1452.00"));
        assert_eq!(set_off("1452.00", "2117.50"), Ok(()));
        assert_eq!(set_off("0.01", "0.00"), passed("0.01", "0.00"));
        assert_eq!(set_off("-0.01", "2117.50"), passed("-0.01", "1452.00"));
    }
}
