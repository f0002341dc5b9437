//! Invoices in UBL: the examples of `tests/invoices`, which an outside validator judges too, and files made to hurt.

mod hostile;
mod reading;
mod told;

use std::{fs, path::PathBuf};

use domain::{
    invoice::{ElectronicInvoice, InvoiceFault, Reason},
    kernel::{Money, Percent},
};
use service::invoice::read;

const GOOD: [&str; 7] = [
    "allowances-and-charges",
    "correction-line",
    "credit-note",
    "decimal-prices",
    "reverse-charge",
    "standard-rate",
    "two-rates",
];

fn folder(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/invoices").join(kind)
}

fn example(kind: &str, name: &str) -> String {
    fs::read_to_string(folder(kind).join(format!("{name}.xml"))).expect("an example")
}

fn names(kind: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder(kind))
        .expect("a folder of examples")
        .map(|entry| entry.expect("an example").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn good(name: &str) -> ElectronicInvoice {
    read(example("good", name).as_bytes()).expect("a good invoice")
}

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn percent(text: &str) -> Percent {
    Percent::parse_iso(text).expect("a rate")
}

fn fault(place: &str, reason: Reason) -> InvoiceFault {
    InvoiceFault { place: place.to_owned(), reason }
}

/// The standard example with one thing changed.
fn changed(from: &str, to: &str) -> Result<ElectronicInvoice, InvoiceFault> {
    let example = example("good", "standard-rate");
    assert!(example.contains(from), "{from}");
    read(example.replacen(from, to, 1).as_bytes())
}
