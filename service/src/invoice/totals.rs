use domain::{
    invoice::{InvoiceFault, InvoiceTotals, Reason, VatGroup},
    kernel::Money,
};

use super::{node::Node, optional, tax};

/// The VAT of each category and rate.
pub(super) fn groups(root: &Node<'_>) -> Result<Vec<VatGroup>, InvoiceFault> {
    let total = root.group("TaxTotal")?;
    let groups = total.groups("TaxSubtotal");
    if groups.is_empty() {
        return Err(total.fault_at("TaxSubtotal", Reason::Missing));
    }
    groups.iter().map(group).collect()
}

fn group(group: &Node<'_>) -> Result<VatGroup, InvoiceFault> {
    let stated = group.group("TaxCategory")?;
    let (category, rate) = tax::category(&stated)?;
    let exemption = match stated.optional_field("TaxExemptionReason")? {
        Some(reason) => Some(reason.text()?),
        None => optional(stated.optional_field("TaxExemptionReasonCode")?.as_ref(), Node::code)?,
    };
    Ok(VatGroup {
        category,
        rate,
        base: group.field("TaxableAmount")?.amount()?,
        vat: group.field("TaxAmount")?.amount()?,
        exemption,
    })
}

pub(super) fn read(root: &Node<'_>) -> Result<InvoiceTotals, InvoiceFault> {
    let totals = root.group("LegalMonetaryTotal")?;
    let needed = |name| totals.field(name)?.amount();
    let or_zero = |name| totals.optional_field(name)?.map_or(Ok(Money::ZERO), |amount| amount.amount());
    Ok(InvoiceTotals {
        lines: needed("LineExtensionAmount")?,
        allowances: or_zero("AllowanceTotalAmount")?,
        charges: or_zero("ChargeTotalAmount")?,
        excluding: needed("TaxExclusiveAmount")?,
        vat: root.group("TaxTotal")?.field("TaxAmount")?.amount()?,
        including: needed("TaxInclusiveAmount")?,
        prepaid: or_zero("PrepaidAmount")?,
        rounding: or_zero("PayableRoundingAmount")?,
        payable: needed("PayableAmount")?,
    })
}
