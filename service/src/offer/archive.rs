//! What an archive announces in its table of contents (PKWARE APPNOTE, 4.3.12 and 4.3.16), without unpacking anything.

use domain::offer::{FileFault, FileKind};

use super::kind::Passed;

const END: [u8; 4] = *b"PK\x05\x06";
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const END_LENGTH: usize = 22;
const ENTRY_LENGTH: usize = 46;
/// More than anybody reads.
const ENTRIES_MOST: usize = 5_000;
/// Unpacked bytes for each packed one. Texts of office documents reach twenty.
const RATIO_MOST: u64 = 100;
/// Below this many unpacked bytes no ratio hurts.
const SMALL: u64 = 16 * 1024 * 1024;
/// Unpacked bytes at the very most.
const UNPACKED_MOST: u64 = 2 * 1024 * 1024 * 1024;

/// The kind of an archive that may be unpacked without harm.
pub(super) fn kind_of(passed: &Passed<'_>) -> Result<FileKind, FileFault> {
    let names = names(passed)?;
    let holds = |name: &str| names.iter().any(|known| known == name);
    Ok(match open_document(passed.head) {
        Some(kind) => kind,
        None if holds("word/document.xml") => FileKind::Docx,
        None if holds("xl/workbook.xml") => FileKind::Xlsx,
        None => FileKind::Zip,
    })
}

/// An open document names its type at the beginning, unpacked (OpenDocument 1.3, part 2, 3.3).
fn open_document(head: &[u8]) -> Option<FileKind> {
    let after = head.get(30..)?.strip_prefix(b"mimetypeapplication/vnd.oasis.opendocument.")?;
    if after.starts_with(b"text") {
        Some(FileKind::Odt)
    } else if after.starts_with(b"spreadsheet") {
        Some(FileKind::Ods)
    } else {
        None
    }
}

/// The names of the entries, once their number, their sizes and their places were found harmless.
fn names(passed: &Passed<'_>) -> Result<Vec<String>, FileFault> {
    let tail = passed.tail;
    let at = tail.windows(END.len()).rposition(|window| window == END).ok_or(FileFault::Cut)?;
    let end = tail.get(at..at + END_LENGTH).ok_or(FileFault::Cut)?;
    let count = usize::from(short(end, 10));
    let (length, offset) = (u64::from(long(end, 12)), u64::from(long(end, 16)));
    // Larger numbers stand elsewhere (zip64); an archive that needs them is no offer.
    if count > ENTRIES_MOST || length == u64::from(u32::MAX) || offset == u64::from(u32::MAX) {
        return Err(FileFault::TooManyEntries);
    }
    let before_tail = passed.size.saturating_sub(tail.len() as u64);
    let start = offset.checked_sub(before_tail).ok_or(FileFault::TooManyEntries)?;
    let start = usize::try_from(start).map_err(|_| FileFault::Cut)?;
    let length = usize::try_from(length).map_err(|_| FileFault::Cut)?;
    let table = start.checked_add(length).and_then(|end| tail.get(start..end)).ok_or(FileFault::Cut)?;
    entries(table, count, passed.size)
}

fn entries(mut table: &[u8], count: usize, size: u64) -> Result<Vec<String>, FileFault> {
    let (mut names, mut packed, mut unpacked) = (Vec::new(), 0_u64, 0_u64);
    for _ in 0..count {
        let entry = table.get(..ENTRY_LENGTH).filter(|entry| entry.starts_with(&ENTRY)).ok_or(FileFault::Cut)?;
        packed += u64::from(long(entry, 20));
        unpacked += u64::from(long(entry, 24));
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(short(entry, at)));
        let text = table.get(ENTRY_LENGTH..ENTRY_LENGTH + name).ok_or(FileFault::Cut)?;
        names.push(String::from_utf8_lossy(text).into_owned());
        table = table.get(ENTRY_LENGTH + name + extra + comment..).ok_or(FileFault::Cut)?;
    }
    // Entries that share their bytes announce more packed bytes than there are.
    if packed > size || unpacked > UNPACKED_MOST || unpacked > SMALL && unpacked > size.saturating_mul(RATIO_MOST) {
        return Err(FileFault::Bomb);
    }
    if names.iter().any(|name| leaves_its_folder(name)) {
        return Err(FileFault::UnsafeEntry);
    }
    Ok(names)
}

fn leaves_its_folder(name: &str) -> bool {
    name.starts_with(['/', '\\']) || name.contains(':') || name.split(['/', '\\']).any(|part| part == "..")
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of empty entries that announce these names and unpacked sizes.
    fn archive(entries: &[(&str, u32)]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(64, 0);
        let offset = u32::try_from(bytes.len()).expect("small");
        for (name, unpacked) in entries {
            let mut entry = ENTRY.to_vec();
            entry.resize(ENTRY_LENGTH, 0);
            entry[24..28].copy_from_slice(&unpacked.to_le_bytes());
            entry[28..30].copy_from_slice(&u16::try_from(name.len()).expect("short").to_le_bytes());
            entry.extend_from_slice(name.as_bytes());
            bytes.extend(entry);
        }
        let length = u32::try_from(bytes.len()).expect("small") - offset;
        let mut end = END.to_vec();
        end.resize(END_LENGTH, 0);
        end[10..12].copy_from_slice(&u16::try_from(entries.len()).expect("few").to_le_bytes());
        end[12..16].copy_from_slice(&length.to_le_bytes());
        end[16..20].copy_from_slice(&offset.to_le_bytes());
        bytes.extend(end);
        bytes
    }

    fn kind(bytes: &[u8]) -> Result<FileKind, FileFault> {
        kind_of(&Passed { head: bytes, tail: bytes, size: bytes.len() as u64, is_text: false })
    }

    #[test]
    fn office_documents_are_told_from_other_archives() {
        assert_eq!(kind(&archive(&[("[Content_Types].xml", 1_000), ("word/document.xml", 9_000)])), Ok(FileKind::Docx));
        assert_eq!(kind(&archive(&[("xl/workbook.xml", 9_000)])), Ok(FileKind::Xlsx));
        assert_eq!(kind(&archive(&[("plans/1.png", 9_000)])), Ok(FileKind::Zip));
    }

    #[test]
    fn an_archive_that_explodes_is_not_taken() {
        assert_eq!(kind(&archive(&[("zeros", 500_000_000)])), Err(FileFault::Bomb));
        let many: Vec<_> = (0..=ENTRIES_MOST).map(|_| ("a", 0)).collect();
        assert_eq!(kind(&archive(&many)), Err(FileFault::TooManyEntries));
    }

    #[test]
    fn an_archive_that_leaves_its_folder_or_lost_its_end_is_not_taken() {
        for name in ["../etc/passwd", "a/../../b", "/etc/passwd", "C:\\x", "..\\x"] {
            assert_eq!(kind(&archive(&[(name, 10)])), Err(FileFault::UnsafeEntry), "{name}");
        }
        let whole = archive(&[("a", 10)]);
        assert_eq!(kind(&whole[..whole.len() - 25]), Err(FileFault::Cut));
    }
}
