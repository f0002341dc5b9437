use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// What a person reads in a PDF; nothing in one that is no real document.
pub fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("poppler is installed: make deps");
    reader.stdin.take().expect("a pipe").write_all(pdf).expect("a PDF goes through");
    let text = reader.wait_with_output().expect("the text comes").stdout;
    String::from_utf8(text).expect("the text is in UTF-8").replace(['\u{a0}', '\u{202f}'], " ")
}
