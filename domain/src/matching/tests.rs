use proptest::prelude::*;

use super::*;
use crate::{
    contract::tests::{COMMUNE, FIRM, contract, money, quantity},
    voucher::priced,
};

const NONE: Money = Money::ZERO;

impl Matched {
    /// The worst of its findings.
    fn outcome(&self) -> Outcome {
        self.findings.iter().map(Finding::outcome).max().unwrap_or(Outcome::Agrees)
    }
}

struct Order {
    lines: Vec<VoucherLine>,
    accepted: Quantities,
    invoiced: Quantities,
    numbers: BTreeSet<String>,
}

fn quantities(pairs: &[(&str, &str)]) -> Quantities {
    pairs.iter().map(|(code, text)| ((*code).to_owned(), quantity(text))).collect()
}

/// Two instalments of 5 000 and ten days of 600, at 21 %; one and six are accepted.
fn order() -> Order {
    let contract = contract();
    let asked = quantities(&[("F", "2"), ("P", "10")]);
    let (lines, _) = priced(&contract, &asked, contract.concluded_on).expect("an order");
    Order {
        lines,
        accepted: quantities(&[("F", "1"), ("P", "6")]),
        invoiced: Quantities::new(),
        numbers: ["F-2026-1".to_owned()].into(),
    }
}

fn number() -> VoucherRef {
    VoucherRef::new(2026, 12).expect("a reference")
}

impl Order {
    fn ordered(&self) -> Ordered<'_> {
        let Self { lines, accepted, invoiced, numbers } = self;
        Ordered { supplier: FIRM, voucher: number(), lines, accepted, invoiced, numbers }
    }

    fn matched(&self, invoice: &StatedInvoice) -> Matched {
        matched(invoice, &self.ordered(), NONE).expect("it fits")
    }
}

fn line(code: &str, many: &str, price: &str) -> StatedLine {
    let (many, price) = (quantity(many), UnitPrice::parse_iso(price).expect("a price"));
    StatedLine {
        code: Some(code.to_owned()),
        item: code.to_owned(),
        quantity: many,
        unit_price: price,
        vat: Percent::parse_iso("21").expect("a rate"),
        amount: price.times(many).expect("it fits"),
    }
}

fn invoice(lines: Vec<StatedLine>) -> StatedInvoice {
    let totals = vat::totals(lines.iter().map(|line| (line.vat, line.amount))).expect("it fits");
    StatedInvoice {
        supplier: Some(FIRM),
        number: "F-2026-2".to_owned(),
        voucher: Some("BC-2026-000012".to_owned()),
        lines,
        excluding: totals.excluding,
        vat: totals.vat,
        including: totals.including,
    }
}

fn good() -> StatedInvoice {
    invoice(vec![line("F", "1", "5000.00"), line("P", "6", "600.00")])
}

#[test]
fn an_invoice_of_what_was_accepted_agrees() {
    let found = order().matched(&good());

    assert_eq!((found.findings.as_slice(), found.outcome()), (&[][..], Outcome::Agrees));
    assert_eq!((found.payable.including, found.difference), (money("10406.00"), NONE));
    let days = &found.lines[1];
    assert_eq!((days.ordered, days.accepted, days.stated), (quantity("10"), quantity("6"), quantity("6")));
}

#[test]
fn a_part_may_be_invoiced_and_the_rest_later() {
    let first = order().matched(&invoice(vec![line("P", "2.5", "600.00")]));
    let later = Order { invoiced: quantities(&[("P", "2.5")]), ..order() };

    assert_eq!(first.outcome(), Outcome::Agrees);
    assert_eq!(later.matched(&invoice(vec![line("P", "3.5", "600.00")])).outcome(), Outcome::Agrees);
    let above = later.matched(&invoice(vec![line("P", "3.501", "600.00")]));
    let left = quantity("3.5");
    assert_eq!(
        above.findings,
        [Finding::AboveReceipt { line: 1, left, stated: quantity("3.501"), more: money("0.60") }]
    );
    assert_eq!(above.outcome(), Outcome::Differs);
}

#[test]
fn the_last_part_of_a_line_may_leave_out_the_cent_that_rounding_added_before() {
    let dear = |mut order: Order| {
        order.lines[1].unit_price = UnitPrice::parse_iso("33.33").expect("a price");
        order
    };
    let order = || dear(Order { accepted: quantities(&[("P", "1")]), ..order() });
    let half = |amount: &str| invoice(vec![StatedLine { amount: money(amount), ..line("P", "0.5", "33.33") }]);
    let later = || Order { invoiced: quantities(&[("P", "0.5")]), ..order() };

    assert_eq!(order().matched(&half("16.67")).outcome(), Outcome::Agrees);
    let last = later().matched(&half("16.66"));
    assert_eq!((last.outcome(), last.payable.excluding), (Outcome::Agrees, money("16.66")));
    assert_eq!(later().matched(&half("16.67")).outcome(), Outcome::Agrees);
    assert_eq!(later().matched(&half("16.65")).outcome(), Outcome::Differs);
}

#[test]
fn an_invoice_that_is_not_of_this_order_is_refused_with_the_reason() {
    let expected = number();
    let wrong = [
        (
            StatedInvoice { supplier: Some(COMMUNE), ..good() },
            Finding::OtherSupplier { expected: FIRM, stated: Some(COMMUNE) },
        ),
        (StatedInvoice { supplier: None, ..good() }, Finding::OtherSupplier { expected: FIRM, stated: None }),
        (StatedInvoice { voucher: None, ..good() }, Finding::NoVoucherNumber { expected }),
        (StatedInvoice { voucher: Some("  ".to_owned()), ..good() }, Finding::NoVoucherNumber { expected }),
        (
            StatedInvoice { voucher: Some("BC-2026-000013".to_owned()), ..good() },
            Finding::ForeignVoucherNumber { expected, stated: "BC-2026-000013".to_owned() },
        ),
        (
            StatedInvoice { voucher: Some("PO 4711".to_owned()), ..good() },
            Finding::ForeignVoucherNumber { expected, stated: "PO 4711".to_owned() },
        ),
        (
            StatedInvoice { number: " F-2026-1 ".to_owned(), ..good() },
            Finding::Duplicate { number: "F-2026-1".to_owned() },
        ),
        (invoice(Vec::new()), Finding::NoLine),
        (invoice(vec![line("P", "-1", "600.00")]), Finding::NotPositive { line: 1, more: money("-600.00") }),
    ];

    for (invoice, finding) in wrong {
        let found = order().matched(&invoice);
        assert_eq!((found.outcome(), &found.findings[..]), (Outcome::Refused, &[finding][..]));
    }
}

#[test]
fn a_wrong_total_is_refused_beyond_the_tolerance() {
    let wrong = StatedInvoice { including: money("10406.01"), ..good() };
    let within = |tolerance| matched(&wrong, &order().ordered(), money(tolerance)).expect("it fits");

    let finding =
        Finding::WrongTotal { total: Total::Including, computed: money("10406.00"), stated: money("10406.01") };
    assert_eq!(within("0.00").findings, [finding]);
    assert_eq!(within("0.00").outcome(), Outcome::Refused);
    assert_eq!((within("0.01").outcome(), within("0.01").difference), (Outcome::Agrees, money("0.01")));
}

#[test]
fn each_cause_of_a_difference_is_told_with_its_amount() {
    let price = |text| UnitPrice::parse_iso(text).expect("a price");
    let mut wrong_product = line("F", "1", "5000.00");
    wrong_product.amount = money("5000.50");
    let mut other_rate = line("P", "1", "600.00");
    other_rate.vat = Percent::parse_iso("6").expect("a rate");
    let lines = vec![
        wrong_product,
        line("P", "5", "610.00"),
        line("P", "6", "600.00"),
        line("X", "1", "12.00"),
        StatedLine { code: None, item: "Frais".to_owned(), ..line("X", "1", "8.00") },
        other_rate,
    ];

    let found = order().matched(&invoice(lines));

    let (computed, stated) = (money("5000.00"), money("5000.50"));
    let rate = |text| Percent::parse_iso(text).expect("a rate");
    assert_eq!(
        found.findings,
        [
            Finding::WrongProduct { line: 1, computed, stated, more: money("0.50") },
            Finding::OtherPrice { line: 2, ordered: price("600"), stated: price("610"), more: money("50.00") },
            Finding::AboveOrder { line: 3, left: quantity("5"), stated: quantity("6"), more: money("3000.00") },
            Finding::UnknownLine { line: 4, item: "X".to_owned(), more: money("12.00") },
            Finding::UnknownLine { line: 5, item: "Frais".to_owned(), more: money("8.00") },
            Finding::AboveOrder { line: 6, left: Quantity::default(), stated: quantity("1"), more: money("600.00") },
            Finding::OtherRate { line: 6, ordered: rate("21"), stated: rate("6") },
        ]
    );
    assert_eq!((found.outcome(), found.payable.excluding), (Outcome::Differs, money("8600.00")));
}

#[test]
fn figures_that_do_not_fit_have_no_answer() {
    let absurd = StatedLine { quantity: Quantity::from_thousandths(i64::MAX), ..line("P", "1", "600.00") };

    assert_eq!(matched(&StatedInvoice { lines: vec![absurd], ..good() }, &order().ordered(), NONE), None);
    let largest = StatedInvoice { including: Money::from_cents(i64::MIN), ..good() };
    assert_eq!(matched(&largest, &order().ordered(), NONE), None);
}

fn any_line() -> impl Strategy<Value = StatedLine> {
    let code = prop_oneof![Just("F"), Just("P"), Just("X")];
    (code, 1_i64..15_000, 0_i64..60_000_000, -2_i64..3, prop_oneof![Just("21"), Just("6")]).prop_map(
        |(code, many, price, wrong, rate)| {
            let (quantity, unit_price) = (Quantity::from_thousandths(many), UnitPrice::from_ten_thousandths(price));
            let amount = Money::from_cents((unit_price.times(quantity).expect("it fits").cents() + wrong).max(0));
            let vat = Percent::parse_iso(rate).expect("a rate");
            StatedLine { code: Some(code.to_owned()), item: code.to_owned(), quantity, unit_price, vat, amount }
        },
    )
}

proptest! {
    #[test]
    fn differences_add_up_to_the_cent_and_nothing_is_paid_twice(lines in proptest::collection::vec(any_line(), 1..6)) {
        let order = order();
        let invoice = invoice(lines);

        let found = order.matched(&invoice);

        let more = Money::total(found.findings.iter().filter_map(Finding::more)).expect("it fits");
        prop_assert_eq!(invoice.excluding.checked_sub(found.payable.excluding), Some(more));
        let accepted = money("5000.00").cents() + 6 * money("600.00").cents();
        // Each of the lines may round half a cent up.
        prop_assert!(found.payable.excluding.cents() <= accepted + 3);
        prop_assert_eq!(found.findings.is_empty(), found.outcome() == Outcome::Agrees);
        prop_assert!(!found.findings.is_empty() || found.difference == NONE);
    }
}
