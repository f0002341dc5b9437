use domain::{
    invoice::{InvoiceFault, Party, Reason, TaxIdentifier},
    kernel::identifier::{Bce, IdentifierError, PeppolId},
};

use super::{node::Node, optional};

/// Scheme of the Belgian enterprise numbers (ISO 6523).
const ENTERPRISES: &str = "0208";

pub(super) fn read(party: &Node<'_>) -> Result<Party, InvoiceFault> {
    let legal = party.optional_group("PartyLegalEntity")?;
    let company = legal.as_ref().map(|legal| legal.optional_field("CompanyID")).transpose()?.flatten();
    Ok(Party {
        name: name(party, legal.as_ref())?,
        endpoint: optional(party.optional_field("EndpointID")?.as_ref(), endpoint)?,
        registration: optional(company.as_ref(), registration)?.flatten(),
        tax: tax(party)?,
    })
}

/// The registered name, or else the one that it trades under.
fn name(party: &Node<'_>, legal: Option<&Node<'_>>) -> Result<String, InvoiceFault> {
    if let Some(registered) = legal.map(|legal| legal.optional_field("RegistrationName")).transpose()?.flatten() {
        return registered.text();
    }
    match party.optional_group("PartyName")? {
        Some(traded) => traded.field("Name")?.text(),
        None => Err(party.fault_at("PartyLegalEntity/RegistrationName", Reason::Missing)),
    }
}

fn endpoint(stated: &Node<'_>) -> Result<PeppolId, InvoiceFault> {
    let address = format!("{}:{}", stated.needed_attribute("schemeID")?, stated.code()?);
    address.parse().map_err(|error: IdentifierError| stated.fault(Reason::Identifier(error)))
}

/// In the Belgian scheme it must be right; without a scheme it may be the number of another register.
fn registration(stated: &Node<'_>) -> Result<Option<Bce>, InvoiceFault> {
    match stated.attribute("schemeID") {
        Some(ENTERPRISES) => stated.identifier().map(Some),
        Some(_) => Ok(None),
        None => Ok(stated.code()?.parse().ok()),
    }
}

fn tax(party: &Node<'_>) -> Result<Option<TaxIdentifier>, InvoiceFault> {
    let mut found = None;
    for scheme in party.groups("PartyTaxScheme") {
        if scheme.group("TaxScheme")?.field("ID")?.code()? != "VAT" {
            continue;
        }
        if found.is_some() {
            return Err(scheme.fault(Reason::Doubled));
        }
        let number = scheme.field("CompanyID")?;
        let text = number.code()?;
        found = Some(if text.get(..2).is_some_and(|country| country.eq_ignore_ascii_case("BE")) {
            TaxIdentifier::Belgian(number.identifier()?)
        } else {
            TaxIdentifier::Foreign(text)
        });
    }
    Ok(found)
}
