//! Which files an offer may carry, by what they hold and not by what they are called.

/// Largest file, in mebibytes.
pub const FILE_MOST_MEBIBYTES: u64 = 100;
/// Most files of one offer.
pub const FILES_MOST: usize = 30;
/// Most files of one firm that arrive at the same time; a browser sends one after the other.
pub const UPLOADS_OF_FIRM_MOST: usize = 4;
/// Most files that arrive at one server at the same time: each holds up to three mebibytes of memory and a file on the disk.
pub const UPLOADS_MOST: usize = 64;
/// Longest name kept, in characters.
const NAME_MOST: usize = 150;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    Odt,
    Ods,
    Docx,
    Xlsx,
    Zip,
    Png,
    Jpeg,
    /// Plain text, or a table as text.
    Text,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// No byte in it, or no file chosen.
    Empty,
    TooLarge {
        most_mebibytes: u64,
    },
    /// Its end is missing.
    Cut,
    /// None of the kinds that are taken.
    UnknownKind,
    /// Its name announces something else than what it holds.
    NotWhatItsNameSays {
        kind: FileKind,
    },
    /// An archive that grows too much when it is unpacked.
    Bomb,
    /// An archive of more entries than anybody reads.
    TooManyEntries,
    /// An archive that would write outside its own folder.
    UnsafeEntry,
    /// No name is left once folders and signs are taken out, or it is too long.
    Name,
}

impl FileKind {
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain",
        }
    }

    /// Endings of a name that go with it, in small letters.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Zip => &["zip"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Text => &["txt", "csv", "md"],
        }
    }

    /// The kind must be one that the name announces.
    ///
    /// # Errors
    /// [`FileFault::NotWhatItsNameSays`].
    pub fn goes_with(self, name: &str) -> Result<(), FileFault> {
        let extension = extension(name);
        if self.extensions().contains(&extension.as_str()) {
            Ok(())
        } else {
            Err(FileFault::NotWhatItsNameSays { kind: self })
        }
    }
}

/// After the last dot, in small letters.
fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// The name without the folders that some browsers and some people put before it, and without signs that do not print.
///
/// # Errors
/// [`FileFault::Name`] when nothing is left, or too much.
pub fn clean_name(name: &str) -> Result<String, FileFault> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|letter| !letter.is_control()).collect();
    let kept = kept.trim().trim_start_matches('.').trim();
    if kept.is_empty() || kept.chars().count() > NAME_MOST { Err(FileFault::Name) } else { Ok(kept.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_no_folder() {
        let cleaned = |name: &str| clean_name(name).expect("a name");

        assert_eq!(cleaned("../../etc/passwd.pdf"), "passwd.pdf");
        assert_eq!(cleaned("C:\\Users\\Anne\\offre.pdf"), "offre.pdf");
        assert_eq!(cleaned("note\u{0}\r\n.pdf"), "note.pdf");
        assert_eq!(cleaned("méthode été.pdf"), "méthode été.pdf");
        assert_eq!(clean_name(".."), Err(FileFault::Name));
        assert_eq!(clean_name("dossier/"), Err(FileFault::Name));
        assert_eq!(clean_name(&"a".repeat(NAME_MOST + 1)), Err(FileFault::Name));
    }

    #[test]
    fn a_renamed_file_is_told_what_it_is() {
        assert_eq!(FileKind::Pdf.goes_with("offre.PDF"), Ok(()));
        assert_eq!(FileKind::Pdf.goes_with("offre.docx"), Err(FileFault::NotWhatItsNameSays { kind: FileKind::Pdf }));
    }
}
