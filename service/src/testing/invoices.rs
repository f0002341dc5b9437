//! Invoices in UBL, for a voucher of the world.

use std::fmt::Write as _;

use domain::{
    kernel::{
        Money, Percent, Quantity, UnitPrice,
        identifier::Bce,
        ids::{OrganisationId, VoucherId},
    },
    voucher::Found,
};

use super::{Concluded, World, database::renumber, quantities};
use crate::voucher::{self, DeliveryDraft, InvoiceFile};

/// Enterprise number of the firm of [`World::invoicing`], of the example's check digits.
pub const SUPPLIER: &str = "0010090176";
/// Of its commune.
pub const BUYER: &str = "0010090275";

/// What an invoice in UBL says; every line is taxed at 21 %.
#[derive(Debug, Clone)]
pub struct Ubl<'a> {
    pub number: &'a str,
    pub issued_on: &'a str,
    /// The voucher that it names.
    pub order: &'a str,
    pub supplier: &'a str,
    pub buyer: &'a str,
    /// Code, quantity, unit price HTVA.
    pub lines: &'a [(&'a str, &'a str, &'a str)],
}

impl Default for Ubl<'_> {
    fn default() -> Self {
        Self {
            number: "F-1",
            issued_on: "2026-11-23",
            order: "BC-2026-000001",
            supplier: SUPPLIER,
            buyer: BUYER,
            lines: &[("P-02", "2", "600.00")],
        }
    }
}

impl Ubl<'_> {
    pub fn file(&self) -> InvoiceFile {
        InvoiceFile { name: format!("{}.xml", self.number), bytes: self.xml().into_bytes() }
    }

    pub fn xml(&self) -> String {
        let net = |(_, quantity, price): &(&str, &str, &str)| {
            let quantity = Quantity::parse_iso(quantity).expect("a quantity");
            UnitPrice::parse_iso(price).expect("a price").times(quantity).expect("it fits")
        };
        let excluding = Money::total(self.lines.iter().map(net)).expect("it fits");
        let vat = Percent::parse_iso("21").expect("a rate").of(excluding).expect("it fits");
        let including = excluding.checked_add(vat).expect("it fits");
        let [excluding, vat, including] = [excluding, vat, including].map(Money::to_iso);
        let Self { number, issued_on, order, supplier, buyer, .. } = self;
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"
    xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\"
    xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  <cbc:ID>{number}</cbc:ID>
  <cbc:IssueDate>{issued_on}</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:OrderReference><cbc:ID>{order}</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty>{}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>{}</cac:AccountingCustomerParty>
  <cac:TaxTotal>
    <cbc:TaxAmount currencyID=\"EUR\">{vat}</cbc:TaxAmount>
    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID=\"EUR\">{excluding}</cbc:TaxableAmount>
      <cbc:TaxAmount currencyID=\"EUR\">{vat}</cbc:TaxAmount>
      <cac:TaxCategory>{RATE}</cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID=\"EUR\">{excluding}</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID=\"EUR\">{excluding}</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID=\"EUR\">{including}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID=\"EUR\">{including}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
",
            party("Aubier Logiciels SRL", supplier),
            party("Commune", buyer),
        );
        for (place, line) in self.lines.iter().enumerate() {
            let (code, quantity, price) = line;
            let (place, net) = (place + 1, net(line).to_iso());
            write!(
                xml,
                "  <cac:InvoiceLine>
    <cbc:ID>{place}</cbc:ID>
    <cbc:InvoicedQuantity unitCode=\"DAY\">{quantity}</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID=\"EUR\">{net}</cbc:LineExtensionAmount>
    <cac:Item>
      <cbc:Name>Prestation {code}</cbc:Name>
      <cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification>
      <cac:ClassifiedTaxCategory>{RATE}</cac:ClassifiedTaxCategory>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID=\"EUR\">{price}</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
"
            )
            .expect("a text grows");
        }
        xml.push_str("</Invoice>\n");
        xml
    }
}

const RATE: &str = "<cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>";

fn party(name: &str, number: &str) -> String {
    format!(
        "<cac:Party><cbc:EndpointID schemeID=\"0208\">{number}</cbc:EndpointID><cac:PartyLegalEntity>\
         <cbc:RegistrationName>{name}</cbc:RegistrationName>\
         <cbc:CompanyID schemeID=\"0208\">{number}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>"
    )
}

impl World {
    /// A contract whose firm and commune have their enterprise numbers, and a voucher of two days that the firm accepted,
    /// `BC-2026-000001`, at version 5.
    pub async fn invoicing(&self) -> (Concluded, VoucherId) {
        let concluded = self.concluded_contract("100000.00").await;
        self.numbered(concluded.supplier.id, SUPPLIER).await;
        self.numbered(concluded.pilot().organisation.id, BUYER).await;
        let id = self.confirmed_voucher(&concluded, concluded.pilot(), &[("P-02", "2")]).await;
        (concluded, id)
    }

    /// So many of its days are delivered and accepted.
    pub async fn accepted_days(&self, concluded: &Concluded, id: VoucherId, days: &str) {
        let on = domain::kernel::time::brussels(self.services.now()).date();
        let version = self.voucher(&concluded.firm, id).await.version;
        let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(&[("P-02", days)]) };
        voucher::deliver(&self.services, &concluded.firm, id, version, &brought).await.expect("delivered");
        let manager = &concluded.pilot().manager;
        voucher::accept(&self.services, manager, id, version + 1, &Found::Whole).await.expect("accepted");
    }

    /// Writes down the enterprise number of an organisation.
    pub async fn numbered(&self, organisation: OrganisationId, number: &str) {
        let number: Bce = number.parse().expect("an enterprise number");
        renumber(&self.url, organisation, &number).await;
    }
}
