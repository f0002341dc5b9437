//! An electronic invoice as the comparison with an order reads it.

use super::{ElectronicInvoice, InvoiceLine, OrderReference};
use crate::{
    kernel::{Quantity, UnitPrice, ids::OrganisationId, rounding::div_half_away},
    matching::{StatedInvoice, StatedLine},
    voucher::VoucherLine,
};

impl ElectronicInvoice {
    /// `supplier` is whose enterprise number it bears; nothing when a price does not fit.
    pub fn stated(&self, supplier: Option<OrganisationId>, ordered: &[VoucherLine]) -> Option<StatedInvoice> {
        Some(StatedInvoice {
            supplier,
            number: self.number.clone(),
            voucher: match &self.order {
                OrderReference::Absent => None,
                OrderReference::Voucher(number) => Some(number.to_string()),
                OrderReference::Other(text) => Some(text.clone()),
            },
            lines: self.lines.iter().map(|line| line.stated(ordered)).collect::<Option<_>>()?,
            excluding: self.totals.excluding,
            vat: self.totals.vat,
            including: self.totals.including,
        })
    }
}

impl InvoiceLine {
    fn stated(&self, ordered: &[VoucherLine]) -> Option<StatedLine> {
        Some(StatedLine {
            code: self.code(ordered),
            item: self.item.clone(),
            quantity: self.quantity,
            unit_price: of_one(self.price, self.base_quantity)?,
            vat: self.rate,
            amount: self.net,
        })
    }

    /// The line of the order that it names: by a code of the price list, the buyer's first, else by its code or its place on
    /// the order; else whatever code it gives.
    fn code(&self, ordered: &[VoucherLine]) -> Option<String> {
        let codes = [&self.buyer_code, &self.supplier_code, &self.order_line];
        let known = codes.into_iter().flatten().find(|code| ordered.iter().any(|line| line.code == **code));
        let placed = || {
            let place: usize = self.order_line.as_ref()?.parse().ok()?;
            ordered.get(place.checked_sub(1)?).map(|line| line.code.clone())
        };
        known.cloned().or_else(placed).or_else(|| self.buyer_code.clone()).or_else(|| self.supplier_code.clone())
    }
}

/// The price of one unit, to the ten-thousandth of a euro.
fn of_one(price: UnitPrice, base: Quantity) -> Option<UnitPrice> {
    let base = i128::from(base.thousandths());
    if base <= 0 {
        return None;
    }
    let one = div_half_away(i128::from(price.ten_thousandths()) * 1_000, base);
    i64::try_from(one).ok().map(UnitPrice::from_ten_thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contract::tests::{contract, quantity},
        invoice::VatCategory,
        kernel::{Money, Percent},
        voucher::priced,
    };

    /// An order of F, then of P.
    fn ordered() -> Vec<VoucherLine> {
        let contract = contract();
        let asked = [("F", "1"), ("P", "6")].map(|(code, many)| (code.to_owned(), quantity(many)));
        priced(&contract, &asked.into(), contract.concluded_on).expect("an order").0
    }

    fn line(buyer: Option<&str>, supplier: Option<&str>, order_line: Option<&str>) -> InvoiceLine {
        InvoiceLine {
            id: "1".to_owned(),
            order_line: order_line.map(str::to_owned),
            supplier_code: supplier.map(str::to_owned),
            buyer_code: buyer.map(str::to_owned),
            item: "Journée".to_owned(),
            quantity: quantity("1"),
            unit: "DAY".to_owned(),
            price: UnitPrice::parse_iso("600").expect("a price"),
            base_quantity: quantity("1"),
            adjustments: Vec::new(),
            net: Money::from_cents(60_000),
            category: VatCategory::Standard,
            rate: Percent::parse_iso("21").expect("a rate"),
        }
    }

    #[test]
    fn a_line_is_found_by_its_code_or_by_its_place_on_the_order() {
        let code = |buyer, supplier, place| line(buyer, supplier, place).code(&ordered());

        assert_eq!(code(Some("P"), Some("F"), None).as_deref(), Some("P"), "the buyer's code first");
        assert_eq!(code(Some("own"), Some("P"), Some("1")).as_deref(), Some("P"));
        assert_eq!(code(None, None, Some("P")).as_deref(), Some("P"));
        assert_eq!(code(None, Some("own"), Some("2")).as_deref(), Some("P"));
        for nowhere in ["0", "3", "-1", "18446744073709551616"] {
            assert_eq!(code(None, Some("own"), Some(nowhere)).as_deref(), Some("own"), "{nowhere}");
        }
        assert_eq!(code(None, None, None), None);
    }

    #[test]
    fn a_price_by_the_hundred_is_compared_by_the_unit() {
        let of = |price: &str, base: &str| {
            of_one(UnitPrice::parse_iso(price).expect("a price"), quantity(base)).map(UnitPrice::to_iso)
        };

        assert_eq!(of("150", "100"), UnitPrice::parse_iso("1.5").ok().map(UnitPrice::to_iso));
        assert_eq!(of("1", "3"), UnitPrice::parse_iso("0.3333").ok().map(UnitPrice::to_iso));
        assert_eq!(of("1", "0"), None);
    }
}
