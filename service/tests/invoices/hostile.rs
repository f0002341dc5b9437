use std::time::{Duration, Instant};

use domain::invoice::{ElectronicInvoice, InvoiceFault, MOST_DEPTH, MOST_ELEMENTS, MOST_LINES, MOST_MEBIBYTES, Reason};
use proptest::prelude::*;
use service::invoice::read;

use super::{GOOD, changed, example};

#[test]
fn a_hostile_file_is_refused_with_its_reason() {
    let laughs = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect::<Vec<_>>()
        .concat();
    let nested =
        |depth: usize| changed("<cbc:ID>", &format!("{}{}<cbc:ID>", "<cac:a>".repeat(depth), "</cac:a>".repeat(depth)));
    let bindings = (0..10_000).map(|n| format!(" xmlns:n{n}=\"urn:{n}\"")).collect::<Vec<_>>().concat();
    let reason = |read: Result<ElectronicInvoice, InvoiceFault>| read.expect_err("refused").reason;

    let laughing = format!("<!DOCTYPE Invoice [<!ENTITY l0 \"ha\">{laughs}]><Invoice ");
    assert_eq!(reason(changed("<Invoice ", &laughing)), Reason::Doctype);
    assert_eq!(
        reason(changed("<Invoice ", "<!DOCTYPE Invoice SYSTEM \"file:///etc/passwd\"><Invoice ")),
        Reason::Doctype
    );
    assert_eq!(reason(changed("&amp;", "&nbsp;")), Reason::Entity { name: "nbsp".to_owned() });
    assert_eq!(reason(nested(MOST_DEPTH)), Reason::TooDeep { most: MOST_DEPTH });
    assert!(nested(MOST_DEPTH - 1).is_ok());
    assert_eq!(reason(nested(200_000)), Reason::TooDeep { most: MOST_DEPTH });
    assert_eq!(
        reason(changed("<cac:InvoiceLine>", &format!("{}<cac:InvoiceLine>", "<cac:InvoiceLine/>".repeat(100_000)))),
        Reason::TooManyLines { most: MOST_LINES }
    );
    assert_eq!(
        reason(changed("<cbc:ID>", &format!("{}<cbc:ID>", "<cbc:a/>".repeat(MOST_ELEMENTS)))),
        Reason::TooManyElements { most: MOST_ELEMENTS }
    );
    let padded = " ".repeat(usize::try_from(MOST_MEBIBYTES * 1024 * 1024).expect("it fits"));
    assert_eq!(
        reason(changed("</Invoice>", &format!("{padded}</Invoice>"))),
        Reason::FileTooLarge { most_mebibytes: 5 }
    );
    assert_eq!(reason(changed("<Invoice ", &format!("<Invoice{bindings} "))), Reason::NotXml);
    assert_eq!(reason(changed("<Invoice ", "<Invoice a=\"1\" a=\"2\" ")), Reason::NotXml);
    assert_eq!(reason(changed("</Invoice>", "</Invoice><Invoice/>")), Reason::NotXml);
    assert_eq!(reason(changed("</Invoice>", "</Invoice>reste")), Reason::NotXml);
    assert_eq!(reason(changed("&amp;", "\u{1}")), Reason::NotXml);
    assert_eq!(reason(changed("&amp;", "&#1;")), Reason::NotXml);
    assert_eq!(reason(changed("cac:Party>", "cac:party>")), Reason::NotXml);
    assert_eq!(reason(changed("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")), Reason::NotUtf8);
    assert_eq!(reason(read(b"<Invoice>\xe9</Invoice>")), Reason::NotUtf8);
    assert_eq!(reason(read(b"")), Reason::Empty);
    assert_eq!(reason(read(b"%PDF-1.7")), Reason::NotXml);
    assert_eq!(reason(read(b"<html><body/></html>")), Reason::NotAnInvoice { found: "html".to_owned() });
    assert_eq!(reason(read(b"<Invoice/>")), Reason::Namespace { found: String::new() });
}

#[test]
fn no_file_of_the_largest_size_keeps_the_server_busy() {
    let most = usize::try_from(MOST_MEBIBYTES * 1024 * 1024).expect("it fits");
    let filled = |before: &str, piece: &str, after: &str| {
        let room = most - 12_000 - before.len() - after.len();
        format!("{before}{}{after}<cbc:ID>", piece.repeat(room / piece.len()))
    };
    let attributes = (0..400_000).map(|n| format!(" a{n}=\"\"")).collect::<Vec<_>>().concat();

    for hostile in [
        filled("<cbc:Note>", "&amp;", "</cbc:Note>"),
        filled("<cbc:Note>", "<!---->", "</cbc:Note>"),
        filled("<!--", "<", "-->"),
        format!("<cbc:Note{attributes}>x</cbc:Note><cbc:ID>"),
        format!("<cbc:{} x=\"1\"/><cbc:ID>", "n".repeat(most - 20_000)),
    ] {
        let started = Instant::now();
        let _ = changed("<cbc:ID>", &hostile);

        // The machine of the tests is busy and the program not optimised: a quadratic step would take minutes.
        assert!(started.elapsed() < Duration::from_mins(1), "{}…: {:?}", &hostile[..20], started.elapsed());
    }
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused() {
    let whole = example("good", "allowances-and-charges");
    let end = whole.trim_end().len();

    for cut in 0..end {
        assert!(read(&whole.as_bytes()[..cut]).is_err(), "cut at {cut}");
    }
}

/// Places and bytes to write there.
fn damages() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    let bytes = prop_oneof![any::<u8>(), prop::sample::select(b"<>&;/\"'=!?-[] 0123456789.:".to_vec())];
    prop::collection::vec((any::<prop::sample::Index>(), bytes), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_damaged_file_makes_the_reader_panic(
        name in prop::sample::select(GOOD.to_vec()),
        damages in damages(),
        piece in any::<(prop::sample::Index, prop::sample::Index, prop::sample::Index)>(),
        moved in any::<bool>(),
    ) {
        let mut bytes = example("good", name).into_bytes();
        for (place, byte) in damages {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        if moved {
            let (from, to, into) = (piece.0.index(bytes.len()), piece.1.index(bytes.len()), piece.2.index(bytes.len()));
            let copied = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(into..into, copied);
        }

        // Whatever is read has figures to compare, and every fault has a reason.
        if let Ok(invoice) = read(&bytes) {
            let _ = invoice.findings();
        }
    }
}
