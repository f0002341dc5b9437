use domain::{
    invoice::{Figures, Finding, InvoiceFault, Reason, VatCategory},
    kernel::{Money, NumberError, Percent, identifier::IdentifierError},
};
use service::invoice::read;

use super::{changed, example, fault, money, names, percent};

/// What we say of a broken example: it can't be read, or its figures differ.
fn said(kind: &str, name: &str) -> Result<Vec<Finding>, InvoiceFault> {
    read(example(kind, name).as_bytes()).map(|invoice| invoice.findings())
}

#[test]
fn every_broken_example_is_told_with_its_place_or_its_two_figures() {
    let figures = |stated, computed| Figures { stated: money(stated), computed: money(computed) };
    let (standard, full, six) = (VatCategory::Standard, percent("21"), percent("6"));
    let expected: Vec<(&str, Result<Vec<Finding>, InvoiceFault>)> = vec![
        ("cut", Err(fault("Invoice/AccountingSupplierParty/Party", Reason::NotXml))),
        ("doubled-issue-date", Err(fault("Invoice/IssueDate", Reason::Doubled))),
        ("line-net", Ok(vec![Finding::LineNet { line: "1".to_owned(), figures: figures("7600.00", "7500.00") }])),
        ("line-sum", Ok(vec![Finding::LineSum(figures("8050.00", "7950.00"))])),
        ("no-line", Err(fault("Invoice/InvoiceLine", Reason::Missing))),
        ("no-number", Err(fault("Invoice/ID", Reason::Missing))),
        ("no-supplier", Err(fault("Invoice/AccountingSupplierParty", Reason::Missing))),
        ("payable", Ok(vec![Finding::Payable(figures("9000.00", "9075.00"))])),
        (
            "rate-not-in-breakdown",
            Ok(vec![
                Finding::VatBase { category: standard, rate: six, figures: figures("0.00", "450.00") },
                Finding::VatSum(figures("1602.00", "1575.00")),
            ]),
        ),
        ("total-including", Ok(vec![Finding::Including(figures("9080.00", "9075.00"))])),
        (
            "vat-rounded-per-line",
            Ok(vec![Finding::VatAmount { category: standard, rate: full, figures: figures("0.30", "0.25") }]),
        ),
        ("vat-sum", Ok(vec![Finding::VatSum(figures("1600.00", "1590.00"))])),
        (
            "wrong-namespace",
            Err(fault(
                "Invoice/CustomizationID",
                Reason::Namespace {
                    found: "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-3".to_owned(),
                },
            )),
        ),
        ("zero-in-standard-category", Ok(vec![Finding::VatRate { category: standard, rate: Percent::ZERO }])),
    ];

    assert_eq!(names("broken"), expected.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (name, expected) in expected {
        assert_eq!(said("broken", name), expected, "{name}");
    }
}

#[test]
fn what_is_sound_for_the_standard_and_not_for_us_says_where_and_why() {
    let wrong_digits = Reason::Identifier(IdentifierError::CheckDigits);
    let dollars = || Reason::Currency { found: "USD".to_owned() };
    let expected = [
        ("doctype", fault("", Reason::Doctype)),
        ("other-currency", fault("Invoice/DocumentCurrencyCode", dollars())),
        ("prepayment-invoice", fault("Invoice/InvoiceTypeCode", Reason::TypeCode { found: "386".to_owned() })),
        (
            "price-of-five-decimals",
            fault("Invoice/InvoiceLine[1]/Price/PriceAmount", Reason::Number(NumberError::TooManyDecimals)),
        ),
        ("wrong-account", fault("Invoice/PaymentMeans[1]/PayeeFinancialAccount/ID", wrong_digits.clone())),
        ("wrong-communication", fault("Invoice/PaymentMeans[1]/PaymentID", wrong_digits.clone())),
        (
            "wrong-enterprise-number",
            fault("Invoice/AccountingSupplierParty/Party/PartyLegalEntity/CompanyID", wrong_digits),
        ),
    ];

    for (name, expected) in expected {
        assert_eq!(said("refused", name), Err(expected), "{name}");
    }
    let line = changed("<cbc:PriceAmount currencyID=\"EUR\">600", "<cbc:PriceAmount currencyID=\"USD\">600");
    assert_eq!(line, Err(fault("Invoice/InvoiceLine[1]/Price/PriceAmount", dollars())));
}

#[test]
fn what_is_needed_once_is_neither_absent_nor_doubled() {
    for (element, place) in [
        ("<cbc:ID>F-2026-0117</cbc:ID>", "Invoice/ID"),
        ("<cbc:IssueDate>2026-03-02</cbc:IssueDate>", "Invoice/IssueDate"),
        ("<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", "Invoice/InvoiceTypeCode"),
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "Invoice/DocumentCurrencyCode"),
        (
            "<cbc:InvoicedQuantity unitCode=\"DAY\">12.5</cbc:InvoicedQuantity>",
            "Invoice/InvoiceLine[1]/InvoicedQuantity",
        ),
        ("<cbc:PriceAmount currencyID=\"EUR\">150.00</cbc:PriceAmount>", "Invoice/InvoiceLine[2]/Price/PriceAmount"),
        (
            "<cbc:PayableAmount currencyID=\"EUR\">9619.50</cbc:PayableAmount>",
            "Invoice/LegalMonetaryTotal/PayableAmount",
        ),
    ] {
        assert_eq!(changed(element, ""), Err(fault(place, Reason::Missing)), "{element}");
        assert_eq!(changed(element, &element.repeat(2)), Err(fault(place, Reason::Doubled)), "{element}");
    }
}

#[test]
fn wrong_values_are_told_where_they_stand() {
    let number = |error| Reason::Number(error);
    let price = "Invoice/InvoiceLine[1]/Price/PriceAmount";
    for (from, to, place, reason) in [
        ("2026-03-02", "02/03/2026", "Invoice/IssueDate", Reason::NotADate),
        ("2026-03-02", "2026-02-30", "Invoice/IssueDate", Reason::NotADate),
        ("F-2026-0117", "", "Invoice/ID", Reason::Empty),
        (">600.00<", ">-600.00<", price, number(NumberError::Negative)),
        (">600.00<", ">6e2<", price, number(NumberError::NotANumber)),
        (">600.00<", ">99999999999999<", price, number(NumberError::TooLarge)),
        (" currencyID=\"EUR\">600", ">600", "Invoice/InvoiceLine[1]/Price/PriceAmount/@currencyID", Reason::Missing),
        (" unitCode=\"DAY\"", "", "Invoice/InvoiceLine[1]/InvoicedQuantity/@unitCode", Reason::Missing),
        (
            "urn:cen.eu:en16931",
            "urn:example",
            "Invoice/CustomizationID",
            Reason::NotEuropean {
                found: "urn:example:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0".to_owned(),
            },
        ),
        (
            "600.00</cbc:PriceAmount>",
            "600.00</cbc:PriceAmount><cbc:BaseQuantity>0</cbc:BaseQuantity>",
            "Invoice/InvoiceLine[1]/Price/BaseQuantity",
            Reason::NotPositive,
        ),
        (
            "600.00</cbc:PriceAmount>",
            "600.00</cbc:PriceAmount><cbc:BaseQuantity unitCode=\"HUR\">8</cbc:BaseQuantity>",
            "Invoice/InvoiceLine[1]/Price/BaseQuantity",
            Reason::OtherUnit { found: "HUR".to_owned(), expected: "DAY".to_owned() },
        ),
        (
            "<cbc:ID>S</cbc:ID>",
            "<cbc:ID>L</cbc:ID>",
            "Invoice/TaxTotal/TaxSubtotal[1]/TaxCategory/ID",
            Reason::VatCategory { found: "L".to_owned() },
        ),
    ] {
        assert_eq!(changed(from, to), Err(fault(place, reason)), "{from} -> {to}");
    }
    let long = "x".repeat(201);
    assert_eq!(changed("F-2026-0117", &long), Err(fault("Invoice/ID", Reason::TooLong { most: 200 })));
}

#[test]
fn figures_that_no_sum_holds_are_found_and_do_not_panic() {
    let most = ">1000000000000<";
    let large = changed(">12.5<", most).expect("an invoice");
    let larger = example("good", "standard-rate").replace(">12.5<", most).replace(">600.00<", most);

    let figures = Figures { stated: money("7500.00"), computed: Money::from_cents(60_000_000_000_000_000) };
    assert_eq!(large.findings(), [Finding::LineNet { line: "1".to_owned(), figures }]);
    assert_eq!(read(larger.as_bytes()).expect("an invoice").findings(), [Finding::TooLarge]);
}
