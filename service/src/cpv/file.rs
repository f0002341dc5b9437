use std::io::{self, Read};

use domain::kernel::identifier::Cpv;

use crate::{Error, store::cpv::Code};

/// Reads `code,fr,…`, columns apart by commas or semicolons, in any order; others are left out. A code keeps its eight
/// digits, a label its French apostrophes.
pub(super) fn read(mut source: impl Read) -> Result<Vec<Code>, Error> {
    let mut text = String::new();
    source.read_to_string(&mut text)?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') { b';' } else { b',' };

    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let place = |name: &str| {
        columns
            .iter()
            .position(|column| column.trim().eq_ignore_ascii_case(name))
            .ok_or_else(|| wrong(format!("line 1: no column {name}")))
    };
    let (code, label) = (place("code")?, place("fr")?);

    let mut codes = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let line = row.position().map_or(0, csv::Position::line);
        let code: Cpv = row
            .get(code)
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| wrong(format!("line {line}: not a code of eight digits")))?;
        let label = row.get(label).unwrap_or_default().trim().replace('\'', "’");
        if label.is_empty() {
            return Err(wrong(format!("line {line}: no French label")));
        }
        codes.push(Code { code: code.to_string(), label });
    }
    if codes.is_empty() {
        return Err(wrong("no code in this file".to_owned()));
    }
    Ok(codes)
}

fn wrong(what: String) -> Error {
    Error::File(io::Error::new(io::ErrorKind::InvalidData, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Result<Vec<(String, String)>, String> {
        read(text.as_bytes())
            .map(|codes| codes.into_iter().map(|found| (found.code, found.label)).collect())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn commas_and_semicolons_are_both_read_and_other_columns_left_out() {
        let expected = Ok(vec![("72212000".to_owned(), "Services d’application, libres".to_owned())]);

        assert_eq!(codes("code,fr,nl\n72212000,\"Services d'application, libres\",x\n"), expected);
        assert_eq!(codes("\u{feff}nl;CODE;FR\nx;72212000-4;Services d'application, libres\n"), expected);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line() {
        assert_eq!(codes("code,fr\n72212000,A\n7221200,B\n"), Err("file: line 3: not a code of eight digits".into()));
        assert_eq!(codes("code,fr\n72212000,\n"), Err("file: line 2: no French label".into()));
        assert_eq!(codes("code,nl\n72212000,A\n"), Err("file: line 1: no column fr".into()));
        assert_eq!(codes(""), Err("file: line 1: no column code".into()));
        assert_eq!(codes("code,fr\n"), Err("file: no code in this file".into()));
    }
}
