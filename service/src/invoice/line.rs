use domain::{
    invoice::{InvoiceFault, InvoiceKind, InvoiceLine, Reason},
    kernel::Quantity,
};

use super::{id_in, node::Node, optional, tax, tree::quoted};

/// One unit, where the price does not say for how many it is.
const ONE: Quantity = Quantity::from_thousandths(1_000);

pub(super) fn all(root: &Node<'_>, kind: InvoiceKind) -> Result<Vec<InvoiceLine>, InvoiceFault> {
    let (name, quantity) = match kind {
        InvoiceKind::Invoice => ("InvoiceLine", "InvoicedQuantity"),
        InvoiceKind::CreditNote => ("CreditNoteLine", "CreditedQuantity"),
    };
    let lines = root.groups(name);
    if lines.is_empty() {
        return Err(root.fault_at(name, Reason::Missing));
    }
    lines.iter().map(|line| read(line, quantity)).collect()
}

/// What an allowance took off the price (BT-147) is in the price already, and not read.
fn read(line: &Node<'_>, quantity: &str) -> Result<InvoiceLine, InvoiceFault> {
    let quantity = line.field(quantity)?;
    let unit = quantity.needed_attribute("unitCode")?;
    let item = line.group("Item")?;
    let price = line.group("Price")?;
    let (category, rate) = tax::category(&item.group("ClassifiedTaxCategory")?)?;
    let order_line =
        optional(line.optional_group("OrderLineReference")?.as_ref(), |order| order.field("LineID")?.code())?;

    Ok(InvoiceLine {
        id: line.field("ID")?.code()?,
        order_line,
        supplier_code: id_in(&item, "SellersItemIdentification")?,
        buyer_code: id_in(&item, "BuyersItemIdentification")?,
        item: item.field("Name")?.text()?,
        quantity: quantity.quantity()?,
        unit: quoted(unit),
        price: price.field("PriceAmount")?.price()?,
        base_quantity: base_quantity(&price, unit)?,
        adjustments: line.groups("AllowanceCharge").iter().map(tax::adjustment_of_line).collect::<Result<_, _>>()?,
        net: line.field("LineExtensionAmount")?.amount()?,
        category,
        rate,
    })
}

/// The price is for this many of the same unit.
fn base_quantity(price: &Node<'_>, unit: &str) -> Result<Quantity, InvoiceFault> {
    let Some(base) = price.optional_field("BaseQuantity")? else { return Ok(ONE) };
    let quantity = base.quantity()?;
    if quantity.thousandths() <= 0 {
        return Err(base.fault(Reason::NotPositive));
    }
    match base.attribute("unitCode") {
        Some(found) if found != unit => {
            Err(base.fault(Reason::OtherUnit { found: quoted(found), expected: quoted(unit) }))
        }
        Some(_) | None => Ok(quantity),
    }
}
