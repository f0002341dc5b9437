//! What the bytes of a file are, from its beginning and its end alone: nothing is unpacked.

use domain::offer::{FileFault, FileKind};

use super::archive;

/// How much of the beginning is kept to be looked at.
pub(super) const HEAD: usize = 4 * 1024;
/// How much of the end: the table of an archive stands there.
pub(super) const TAIL: usize = 1024 * 1024;

/// What is known of a file once it went by.
pub(super) struct Passed<'a> {
    pub(super) head: &'a [u8],
    pub(super) tail: &'a [u8],
    pub(super) size: u64,
    /// No byte of it is a sign that texts do not have.
    pub(super) is_text: bool,
}

/// The kind of the file, if it is one that is taken, whole, and what its name says.
pub(super) fn kind_of(name: &str, passed: &Passed<'_>) -> Result<FileKind, FileFault> {
    if passed.size == 0 {
        return Err(FileFault::Empty);
    }
    let kind = recognised(passed)?;
    if kind == FileKind::Text {
        // Any text is a text: another ending announces something that this is not.
        return if FileKind::Text.goes_with(name).is_ok() { Ok(kind) } else { Err(FileFault::UnknownKind) };
    }
    kind.goes_with(name)?;
    Ok(kind)
}

fn recognised(passed: &Passed<'_>) -> Result<FileKind, FileFault> {
    let ends_with = |mark: &[u8], within: usize| {
        let end = &passed.tail[passed.tail.len().saturating_sub(within)..];
        end.windows(mark.len()).any(|window| window == mark)
    };
    let whole = |kind: FileKind, is_whole: bool| if is_whole { Ok(kind) } else { Err(FileFault::Cut) };
    if passed.head.starts_with(b"%PDF-") {
        whole(FileKind::Pdf, ends_with(b"%%EOF", 2_048))
    } else if passed.head.starts_with(b"\x89PNG\r\n\x1a\n") {
        whole(FileKind::Png, ends_with(b"IEND", 64))
    } else if passed.head.starts_with(b"\xff\xd8\xff") {
        whole(FileKind::Jpeg, ends_with(b"\xff\xd9", 1_024))
    } else if passed.head.starts_with(b"PK\x03\x04") || passed.head.starts_with(b"PK\x05\x06") {
        archive::kind_of(passed)
    } else if passed.is_text {
        Ok(FileKind::Text)
    } else {
        Err(FileFault::UnknownKind)
    }
}

/// May this byte stand in a text of any of the usual encodings?
pub(super) fn is_of_a_text(byte: u8) -> bool {
    byte >= 0x20 && byte != 0x7f || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, bytes: &[u8]) -> Result<FileKind, FileFault> {
        let size = bytes.len() as u64;
        kind_of(name, &Passed { head: bytes, tail: bytes, size, is_text: bytes.iter().copied().all(is_of_a_text) })
    }

    #[test]
    fn a_file_is_what_it_holds() {
        assert_eq!(kind("offre.pdf", b"%PDF-1.7 x %%EOF\n"), Ok(FileKind::Pdf));
        assert_eq!(kind("plan.png", b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"), Ok(FileKind::Png));
        assert_eq!(kind("photo.JPG", b"\xff\xd8\xff\xe0...\xff\xd9"), Ok(FileKind::Jpeg));
        assert_eq!(kind("prix.csv", "poste;prix\r\né;1\r\n".as_bytes()), Ok(FileKind::Text));
    }

    #[test]
    fn an_empty_a_cut_a_renamed_and_an_unknown_file_are_not_taken() {
        assert_eq!(kind("offre.pdf", b""), Err(FileFault::Empty));
        assert_eq!(kind("offre.pdf", b"%PDF-1.7 and then the line went dead"), Err(FileFault::Cut));
        assert_eq!(kind("offre.docx", b"%PDF-1.7 x %%EOF"), Err(FileFault::NotWhatItsNameSays { kind: FileKind::Pdf }));
        assert_eq!(kind("offre.pdf", b"MZ\x90\x00 a program"), Err(FileFault::UnknownKind));
        assert_eq!(kind("offre.pdf", b"only a text"), Err(FileFault::UnknownKind));
    }
}
