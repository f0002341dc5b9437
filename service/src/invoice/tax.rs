use domain::{
    invoice::{Adjustment, InvoiceFault, Reason, VatCategory},
    kernel::Percent,
};

use super::{node::Node, optional, tree::quoted};

/// The category of VAT and its rate; only what is out of scope has none.
pub(super) fn category(tax: &Node<'_>) -> Result<(VatCategory, Percent), InvoiceFault> {
    let id = tax.field("ID")?;
    let code = id.code()?;
    let category: VatCategory = code.parse().map_err(|_| id.fault(Reason::VatCategory { found: quoted(&code) }))?;

    let scheme = tax.group("TaxScheme")?.field("ID")?;
    let name = scheme.code()?;
    if name != "VAT" {
        return Err(scheme.fault(Reason::VatCategory { found: quoted(&name) }));
    }

    let rate = match tax.optional_field("Percent")? {
        Some(percent) => percent.percent()?,
        None if category == VatCategory::OutOfScope => Percent::ZERO,
        None => return Err(tax.fault_at("Percent", Reason::Missing)),
    };
    Ok((category, rate))
}

/// An allowance or a charge on the whole, under its own rate.
pub(super) fn adjustment(stated: &Node<'_>) -> Result<Adjustment, InvoiceFault> {
    let vat = Some(category(&stated.group("TaxCategory")?)?);
    Ok(Adjustment { vat, ..adjustment_of_line(stated)? })
}

pub(super) fn adjustment_of_line(stated: &Node<'_>) -> Result<Adjustment, InvoiceFault> {
    Ok(Adjustment {
        is_charge: stated.field("ChargeIndicator")?.boolean()?,
        amount: stated.field("Amount")?.amount()?,
        reason: optional(stated.optional_field("AllowanceChargeReason")?.as_ref(), Node::text)?,
        vat: None,
    })
}
