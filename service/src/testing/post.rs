use std::path::Path;

/// A letter as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The head of the message, as sent.
    pub head: String,
    pub text: String,
}

impl Received {
    /// The token of the one-time link in the letter.
    pub fn token(&self) -> &str {
        let link = self.text.lines().find(|line| line.starts_with("http")).expect("the letter carries a link");
        link.rsplit('/').next().expect("a link has a last part")
    }
}

/// Takes the letters out of the folder.
pub(super) fn collect(folder: &Path) -> Vec<Received> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = files.map(|file| file.expect("the folder reads").path());
    let letters = paths.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
    letters
        .map(|path| {
            let message = std::fs::read_to_string(&path).expect("a letter is text");
            std::fs::remove_file(&path).expect("a letter is taken once");
            let (head, body) = message.split_once("\r\n\r\n").expect("a letter has a head and a text");
            Received { head: head.to_owned(), text: unquoted(body) }
        })
        .collect()
}

/// Reads quoted-printable.
fn unquoted(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' && after.len() >= 2 {
            let code = std::str::from_utf8(&after[..2]).expect("a code is text");
            bytes.push(u8::from_str_radix(code, 16).expect("a code is hexadecimal"));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("letters are in UTF-8")
}
