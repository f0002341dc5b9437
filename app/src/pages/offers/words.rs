//! The sentences of this part: refusals, sizes, hashes.

use chrono::{DateTime, Utc};
use domain::{
    kernel::time::{brussels, date_time_seconds_french},
    offer::{FileFault, FileKind, Refusal},
};
use leptos::prelude::*;

use crate::pages::words::t;

/// Why an act about an offer is refused, and what can be done.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::OnThePlatform => t!(offers.on_the_platform).to_owned(),
        Refusal::DepositedHere => t!(offers.deposited_here).to_owned(),
        Refusal::NothingPriced => t!(offers.nothing_priced).to_owned(),
        Refusal::SumTooLarge => t!(offers.sum_too_large).to_owned(),
        Refusal::TooManyFiles { most } => t!(offers.too_many_files, most = most),
        Refusal::TooManyBytes { most_mebibytes } => t!(offers.too_many_bytes, most = most_mebibytes),
        Refusal::UploadsUnderWay { most } => t!(offers.uploads_under_way, most = most),
        Refusal::UploadsFull => t!(offers.uploads_full).to_owned(),
        Refusal::NothingDeposited => t!(offers.nothing_deposited).to_owned(),
        Refusal::StillSealed { until } => t!(offers.still_sealed, until = seconds(*until)),
        Refusal::Settling { from } => t!(offers.settling, from = seconds(*from)),
        Refusal::AlreadyOpened => t!(offers.already_opened).to_owned(),
        Refusal::SomebodyPresent => t!(offers.somebody_present).to_owned(),
        Refusal::NobodyPresent => t!(offers.nobody_present).to_owned(),
        Refusal::NotPresent => t!(offers.not_present).to_owned(),
        Refusal::SecondPerson { joint: true } => t!(offers.second_authority).to_owned(),
        Refusal::SecondPerson { joint: false } => t!(offers.second_person).to_owned(),
        Refusal::TypedAlready => t!(offers.typed_already).to_owned(),
    }
}

/// Why a file is not taken, and what to send instead.
pub(crate) fn file(fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => t!(offers.file_empty).to_owned(),
        FileFault::TooLarge { most_mebibytes } => t!(offers.file_large, most = most_mebibytes),
        FileFault::Cut => t!(offers.file_cut).to_owned(),
        FileFault::UnknownKind => t!(offers.file_unknown).to_owned(),
        FileFault::NotWhatItsNameSays { kind } => t!(offers.file_renamed, kind = kind_word(*kind)),
        FileFault::Bomb => t!(offers.file_bomb).to_owned(),
        FileFault::TooManyEntries => t!(offers.file_entries).to_owned(),
        FileFault::UnsafeEntry => t!(offers.file_unsafe).to_owned(),
        FileFault::Name => t!(offers.file_name).to_owned(),
    }
}

fn kind_word(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => "PDF",
        FileKind::Odt => "ODT",
        FileKind::Ods => "ODS",
        FileKind::Docx => "DOCX",
        FileKind::Xlsx => "XLSX",
        FileKind::Zip => "ZIP",
        FileKind::Png => "PNG",
        FileKind::Jpeg => "JPEG",
        FileKind::Text => "TXT",
    }
}

/// `23 novembre 2026 à 14:07:32`: receipts and refusals say the second.
pub(super) fn seconds(at: DateTime<Utc>) -> String {
    date_time_seconds_french(brussels(at))
}

pub(super) fn instant(at: DateTime<Utc>) -> AnyView {
    let iso = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    view! { <time datetime=iso>{seconds(at)}</time> }.into_any()
}

/// 64 figures in groups of four, to be compared by eye.
pub(super) fn hash(hexadecimal: &str) -> String {
    let figures: Vec<char> = hexadecimal.chars().collect();
    figures.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_by_fours() {
        assert_eq!(hash("9f2c41d7ab"), "9f2c 41d7 ab");
    }
}
