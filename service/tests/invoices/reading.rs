use domain::{
    invoice::{Attachment, Communication, Held, InvoiceKind, OrderReference, VatCategory},
    kernel::{Money, Quantity, UnitPrice},
};
use service::invoice::read;

use super::{GOOD, changed, example, good, money, names, percent};

#[test]
fn the_figures_of_every_good_example_agree() {
    assert_eq!(names("good"), GOOD);

    for name in GOOD {
        assert_eq!(good(name).findings(), [], "{name}");
    }
}

#[test]
fn an_invoice_is_read_as_a_person_reads_it() {
    let invoice = good("standard-rate");

    assert_eq!((invoice.kind, invoice.number.as_str()), (InvoiceKind::Invoice, "F-2026-0117"));
    assert_eq!(invoice.issued_on.to_string(), "2026-03-02");
    assert_eq!(invoice.due_on.map(|on| on.to_string()), Some("2026-04-01".to_owned()));
    assert_eq!(invoice.order, OrderReference::Voucher("BC-2026-000001".parse().expect("a voucher's number")));
    assert_eq!(invoice.notes, ["Travaux de février 2026 & hébergement du trimestre."]);

    let (supplier, buyer) = (&invoice.supplier, &invoice.buyer);
    assert_eq!((supplier.name.as_str(), buyer.name.as_str()), ("Ateliers numériques du Val SRL", "Commune de Valmont"));
    let bce = supplier.bce().expect("an enterprise number");
    assert!(supplier.is(bce) && !buyer.is(bce));
    assert_eq!(supplier.endpoint, Some(bce.into()));

    let [payment] = invoice.payments.as_slice() else { panic!("one way to pay") };
    assert_eq!(payment.account.as_ref().map(ToString::to_string), Some("BE68 5390 0754 7034".to_owned()));
    let communication = "+++202/6000/14239+++".parse().expect("a communication");
    assert_eq!(payment.communication, Some(Communication::Structured(communication)));

    let [first, second] = invoice.lines.as_slice() else { panic!("two lines") };
    assert_eq!((first.supplier_code.as_deref(), first.item.as_str()), (Some("DEV"), "Développement, journée"));
    assert_eq!((first.quantity.to_iso(), first.unit.as_str()), ("12.5".to_owned(), "DAY"));
    assert_eq!((first.price.to_iso(), first.net), ("600.00".to_owned(), money("7500.00")));
    assert_eq!((first.category, first.rate), (VatCategory::Standard, percent("21")));
    assert_eq!((second.order_line.as_deref(), second.net), (Some("2"), money("450.00")));

    let totals = invoice.totals;
    assert_eq!((totals.excluding, totals.vat, totals.payable), (money("7950.00"), money("1669.50"), money("9619.50")));
}

#[test]
fn attachments_are_named_and_not_opened() {
    let inside = Held::Inside { media_type: "application/pdf".to_owned() };
    let elsewhere = Held::Elsewhere { address: "https://ateliers.example/conditions".to_owned() };
    let named = |name: &str, held| Attachment { name: name.to_owned(), held };

    let found = good("standard-rate").attachments;

    assert_eq!(found, [named("releve-heures.pdf", inside.clone()), named("conditions", elsewhere.clone())]);
    let outside = changed("filename=\"releve-heures.pdf\"", "filename=\"../../x/releve.pdf\"").expect("an invoice");
    assert_eq!(outside.attachments, [named("releve.pdf", inside), named("conditions", elsewhere)]);
}

#[test]
fn a_credit_note_names_the_invoice_that_it_corrects() {
    let note = good("credit-note");

    assert_eq!(
        (note.kind, note.preceding.as_slice()),
        (InvoiceKind::CreditNote, ["F-2026-0117".to_owned()].as_slice())
    );
    assert_eq!(note.due_on.map(|on| on.to_string()), Some("2026-04-01".to_owned()));
    assert_eq!(note.totals.payable, money("1452.00"));
}

#[test]
fn allowances_charges_and_what_was_prepaid_are_counted() {
    let invoice = good("allowances-and-charges");

    assert_eq!(invoice.lines[0].net, money("7425.00"));
    let counted: Vec<_> = invoice.adjustments.iter().map(|one| (one.is_charge, one.amount)).collect();
    assert_eq!(counted, [(false, money("100.00")), (true, money("25.00"))]);
    assert_eq!((invoice.totals.excluding, invoice.totals.prepaid), (money("7800.00"), money("500.00")));
    assert_eq!(invoice.totals.payable, money("8938.00"));
}

#[test]
fn prices_of_four_decimals_and_prices_by_the_hundred_are_exact() {
    let lines = good("decimal-prices").lines;

    let figures: Vec<_> = lines.iter().map(|line| (line.price, line.base_quantity.to_iso(), line.net)).collect();
    let price = |text| UnitPrice::parse_iso(text).expect("a price");
    assert_eq!(
        figures,
        [
            (price("0.4297"), "1".to_owned(), money("530.49")),
            (price("3.75"), "100".to_owned(), money("56.25")),
            (price("1.125"), "1".to_owned(), money("51.19")),
        ]
    );
}

#[test]
fn rates_and_categories_stay_apart() {
    let groups: Vec<_> = good("two-rates").vat.iter().map(|group| (group.rate, group.base, group.vat)).collect();
    let reverse = good("reverse-charge");

    assert_eq!(
        groups,
        [(percent("21"), money("7500.00"), money("1575.00")), (percent("6"), money("250.00"), money("15.00"))]
    );
    assert_eq!((reverse.vat[0].category, reverse.vat[0].vat), (VatCategory::ReverseCharge, Money::ZERO));
    assert_eq!(reverse.vat[0].exemption.as_deref(), Some("Autoliquidation"));
}

#[test]
fn an_order_that_is_none_of_ours_is_read_as_written() {
    let order = |name| read(example("refused", name).as_bytes()).expect("an invoice").order;

    assert_eq!(order("no-order-reference"), OrderReference::Absent);
    assert_eq!(order("other-order-reference"), OrderReference::Other("PO-4711".to_owned()));
}

#[test]
fn decimals_comments_and_sections_are_read_as_xml_has_them() {
    for (from, to) in [
        (">12.5<", ">+12.5000<"),
        (">12.5<", "><!-- jours -->12<![CDATA[.5]]><"),
        (">12.5<", ">&#49;2.5<"),
        ("<Invoice ", "<?xml-stylesheet href=\"x.xsl\"?><Invoice "),
        ("  <cbc:ProfileID>", "  <cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:ProfileID>"),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "\u{feff}"),
    ] {
        let invoice = changed(from, to).expect("an invoice");

        assert_eq!(invoice.lines[0].quantity, Quantity::from_thousandths(12_500), "{to}");
        assert_eq!(invoice.findings(), [], "{to}");
    }
}

#[test]
fn extensions_of_others_are_passed_over() {
    let extension = "<e:UBLExtensions xmlns:e=\"urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2\">\
         <x:thing xmlns:x=\"urn:example\"><cbc:ID>9</cbc:ID>text</x:thing></e:UBLExtensions><cbc:CustomizationID>";

    assert_eq!(changed("<cbc:CustomizationID>", extension), Ok(good("standard-rate")));
}

#[test]
fn the_prefixes_are_free() {
    let renamed = example("good", "standard-rate")
        .replace("cbc:", "b:")
        .replace("cac:", "")
        .replace(" xmlns=", " xmlns:doc=")
        .replace("xmlns:cac=", "xmlns=")
        .replace("xmlns:cbc=", "xmlns:b=")
        .replace("<Invoice ", "<doc:Invoice ")
        .replace("</Invoice>", "</doc:Invoice>");

    assert_eq!(read(renamed.as_bytes()), Ok(good("standard-rate")));
}
