//! Reads an invoice or a credit note in UBL 2 (Peppol BIS Billing 3), as far as a voucher can be matched with it and a
//! person can read it. Every fault says where.

mod line;
mod node;
mod party;
mod tax;
mod totals;
mod tree;

use domain::{
    invoice::{
        Attachment, Communication, ElectronicInvoice, Held, InvoiceFault, InvoiceKind, MOST_CODE, OrderReference,
        Payment, Reason,
    },
    offer::clean_name,
};

use self::{node::Node, tree::quoted};

/// The beginning of each specification that is built on the European standard.
const EUROPEAN: &str = "urn:cen.eu:en16931:2017";

/// Reads the bytes of a file; the figures are not compared, see [`ElectronicInvoice::findings`].
///
/// # Errors
/// The first fact that says no.
pub fn read(bytes: &[u8]) -> Result<ElectronicInvoice, InvoiceFault> {
    let tree = tree::parse(bytes)?;
    let root = Node::root(&tree);
    let kind = kind(&root)?;
    let payments = root.groups("PaymentMeans");

    Ok(ElectronicInvoice {
        kind,
        number: root.field("ID")?.code()?,
        issued_on: root.field("IssueDate")?.date()?,
        due_on: due_on(&root, &payments)?,
        order: OrderReference::from(id_in(&root, "OrderReference")?),
        buyer_reference: optional(root.optional_field("BuyerReference")?.as_ref(), Node::code)?,
        preceding: preceding(&root)?,
        notes: root.fields("Note").iter().map(Node::text).collect::<Result<_, _>>()?,
        supplier: party::read(&root.group("AccountingSupplierParty")?.group("Party")?)?,
        buyer: party::read(&root.group("AccountingCustomerParty")?.group("Party")?)?,
        payee: optional(root.optional_group("PayeeParty")?.as_ref(), party::read)?,
        payments: payments.iter().map(payment).collect::<Result<_, _>>()?,
        lines: line::all(&root, kind)?,
        adjustments: root.groups("AllowanceCharge").iter().map(tax::adjustment).collect::<Result<_, _>>()?,
        vat: totals::groups(&root)?,
        totals: totals::read(&root)?,
        attachments: attachments(&root)?,
    })
}

/// Which standard, which kind of document, which currency: said before any detail.
fn kind(root: &Node<'_>) -> Result<InvoiceKind, InvoiceFault> {
    let specification = root.field("CustomizationID")?;
    let found = specification.text()?;
    if !found.starts_with(EUROPEAN) {
        return Err(specification.fault(Reason::NotEuropean { found: quoted(&found) }));
    }

    let (name, code, kind) = match root.name() {
        "CreditNote" => ("CreditNoteTypeCode", "381", InvoiceKind::CreditNote),
        _ => ("InvoiceTypeCode", "380", InvoiceKind::Invoice),
    };
    let stated = root.field(name)?;
    let found = stated.code()?;
    if found != code {
        return Err(stated.fault(Reason::TypeCode { found: quoted(&found) }));
    }

    let currencies = [Some(root.field("DocumentCurrencyCode")?), root.optional_field("TaxCurrencyCode")?];
    for currency in currencies.into_iter().flatten() {
        let found = currency.code()?;
        if found != "EUR" {
            return Err(currency.fault(Reason::Currency { found: quoted(&found) }));
        }
    }
    Ok(kind)
}

/// At the head of an invoice; a credit note says it beside its payment.
fn due_on(root: &Node<'_>, payments: &[Node<'_>]) -> Result<Option<chrono::NaiveDate>, InvoiceFault> {
    if let Some(date) = root.optional_field("DueDate")? {
        return date.date().map(Some);
    }
    for payment in payments {
        if let Some(date) = payment.optional_field("PaymentDueDate")? {
            return date.date().map(Some);
        }
    }
    Ok(None)
}

fn preceding(root: &Node<'_>) -> Result<Vec<String>, InvoiceFault> {
    root.groups("BillingReference")
        .iter()
        .map(|reference| reference.group("InvoiceDocumentReference")?.field("ID")?.code())
        .collect()
}

fn payment(means: &Node<'_>) -> Result<Payment, InvoiceFault> {
    let account = match means.optional_group("PayeeFinancialAccount")? {
        Some(account) => Some(account.field("ID")?.identifier()?),
        None => None,
    };
    Ok(Payment {
        code: means.field("PaymentMeansCode")?.code()?,
        account,
        communication: optional(means.optional_field("PaymentID")?.as_ref(), communication)?,
    })
}

/// Within its plus signs a structured communication must be right; other texts may be anything.
fn communication(stated: &Node<'_>) -> Result<Communication, InvoiceFault> {
    let text = stated.code()?;
    if text.starts_with("+++") || text.starts_with("***") {
        return stated.identifier().map(Communication::Structured);
    }
    Ok(text.parse().map_or(Communication::Free(text), Communication::Structured))
}

/// The documents beside it: their names, never their content.
fn attachments(root: &Node<'_>) -> Result<Vec<Attachment>, InvoiceFault> {
    let mut found = Vec::new();
    for reference in root.groups("AdditionalDocumentReference") {
        let Some(attachment) = reference.optional_group("Attachment")? else { continue };
        let described = optional(reference.optional_field("DocumentDescription")?.as_ref(), Node::text)?;
        let called = match described {
            Some(description) => description,
            None => reference.field("ID")?.code()?,
        };
        if let Some(file) = attachment.optional_field("EmbeddedDocumentBinaryObject")? {
            let name = file.attribute("filename").and_then(|name| clean_name(name).ok());
            let media_type = file.needed_attribute("mimeCode")?;
            if media_type.chars().count() > MOST_CODE {
                return Err(file.fault_at("@mimeCode", Reason::TooLong { most: MOST_CODE }));
            }
            let held = Held::Inside { media_type: media_type.to_owned() };
            found.push(Attachment { name: name.unwrap_or_else(|| called.clone()), held });
        }
        if let Some(elsewhere) = attachment.optional_group("ExternalReference")? {
            let address = elsewhere.field("URI")?.text()?;
            found.push(Attachment { name: called, held: Held::Elsewhere { address } });
        }
    }
    Ok(found)
}

/// `name/ID`, where `name` is there.
fn id_in(node: &Node<'_>, name: &str) -> Result<Option<String>, InvoiceFault> {
    optional(node.optional_group(name)?.as_ref(), |group| group.field("ID")?.code())
}

fn optional<'a, 't, T>(
    node: Option<&'a Node<'t>>,
    read: impl FnOnce(&'a Node<'t>) -> Result<T, InvoiceFault>,
) -> Result<Option<T>, InvoiceFault> {
    node.map(read).transpose()
}
