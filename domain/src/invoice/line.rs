use super::VatCategory;
use crate::kernel::{Money, Percent, Quantity, UnitPrice, rounding::div_half_away};

/// One line as stated (BG-25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// What the supplier calls the line, mostly its place.
    pub id: String,
    /// Line of the order (BT-132).
    pub order_line: Option<String>,
    /// The supplier's code of the item (BT-155).
    pub supplier_code: Option<String>,
    /// The buyer's code of the item (BT-156).
    pub buyer_code: Option<String>,
    pub item: String,
    pub quantity: Quantity,
    /// Code of the unit (UN/ECE, recommendation 20).
    pub unit: String,
    /// HTVA, for `base_quantity` units.
    pub price: UnitPrice,
    pub base_quantity: Quantity,
    /// Allowances and charges on this line.
    pub adjustments: Vec<Adjustment>,
    /// HTVA, after the adjustments.
    pub net: Money,
    pub category: VatCategory,
    pub rate: Percent,
}

/// An allowance or a charge (BG-20, BG-21, BG-27, BG-28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    pub is_charge: bool,
    pub amount: Money,
    pub reason: Option<String>,
    /// Of the whole only: that of a line is its line's.
    pub vat: Option<(VatCategory, Percent)>,
}

/// Ten-thousandths of a euro in a cent.
const TEN_THOUSANDTHS_IN_A_CENT: i128 = 100;

impl InvoiceLine {
    /// Quantity × price ÷ base quantity, rounded to the cent, then the adjustments; nothing when it does not fit or the
    /// base is not above zero.
    pub fn computed(&self) -> Option<Money> {
        let base = i128::from(self.base_quantity.thousandths());
        if base <= 0 {
            return None;
        }
        let product = i128::from(self.price.ten_thousandths()) * i128::from(self.quantity.thousandths());
        let cents = div_half_away(product, base * TEN_THOUSANDTHS_IN_A_CENT);
        let gross = i64::try_from(cents).ok().map(Money::from_cents)?;
        gross.checked_add(Adjustment::sum(&self.adjustments)?)
    }
}

impl Adjustment {
    /// Charges less allowances.
    pub(super) fn sum(all: &[Self]) -> Option<Money> {
        Money::total(all.iter().map(Self::signed))
    }

    pub(super) fn signed(&self) -> Money {
        if self.is_charge { self.amount } else { Money::from_cents(self.amount.cents().saturating_neg()) }
    }
}
