//! The usual codes of units (UN/ECE, recommendations 20 and 21) in words.

use domain::{kernel::Quantity, voucher::counted};

use crate::pages::words::t;

/// « 12,5 jours », « 2 kg »; any other code stays as it is.
pub(super) fn stated(quantity: Quantity, code: &str) -> String {
    match word(code) {
        Some(word) => counted(quantity, word),
        None => format!("{quantity}\u{a0}{}", symbol(code).unwrap_or(code)),
    }
}

fn word(code: &str) -> Option<&'static str> {
    let word = match code {
        "C62" | "EA" => t!(invoice.unit_one),
        "H87" => t!(invoice.unit_piece),
        "MIN" => t!(invoice.unit_minute),
        "HUR" => t!(invoice.unit_hour),
        "DAY" => t!(invoice.unit_day),
        "WEE" => t!(invoice.unit_week),
        "MON" => t!(invoice.unit_month),
        "ANN" => t!(invoice.unit_year),
        "LS" => t!(invoice.unit_lump),
        "SET" => t!(invoice.unit_set),
        "PR" => t!(invoice.unit_pair),
        "XPK" => t!(invoice.unit_pack),
        "XBX" => t!(invoice.unit_box),
        _ => return None,
    };
    Some(word)
}

fn symbol(code: &str) -> Option<&'static str> {
    let symbol = match code {
        "GRM" => "g",
        "KGM" => "kg",
        "TNE" => "t",
        "LTR" => "l",
        "MTR" => "m",
        "KMT" => "km",
        "MTK" => "m²",
        "MTQ" => "m³",
        "KWH" => "kWh",
        "MWH" => "MWh",
        _ => return None,
    };
    Some(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_read_in_words_and_an_unusual_code_as_it_is() {
        let read = |thousandths: i64, code: &str| {
            stated(Quantity::from_thousandths(thousandths), code).replace(['\u{a0}', '\u{202f}'], " ")
        };

        assert_eq!(read(12_500, "DAY"), "12,5 jours");
        assert_eq!(read(1_000, "HUR"), "1 heure");
        assert_eq!(read(3_000, "C62"), "3 unités");
        assert_eq!(read(2_000, "MON"), "2 mois");
        assert_eq!(read(2_500, "KGM"), "2,5 kg");
        assert_eq!(read(4_000, "XZZ"), "4 XZZ");
    }
}
