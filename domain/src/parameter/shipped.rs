use chrono::NaiveDate;

use super::row::{BadRow, Parameter, Unit, Value};

/// The rows that come with the program.
const ROWS: &str = include_str!("../../data/parameters.csv");

/// All shipped rows, in the order of the file; the first line is the head.
pub(super) fn rows() -> Result<Vec<Parameter>, (usize, BadRow)> {
    ROWS.lines().enumerate().skip(1).map(|(index, line)| parse(line).map_err(|bad| (index + 1, bad))).collect()
}

/// One line, columns apart by `;`, which no value contains.
fn parse(line: &str) -> Result<Parameter, BadRow> {
    let columns: Vec<&str> = line.split(';').collect();
    let &[key, label, value, unit, valid_from, valid_to, event, legal_ref, certainty, checked_on] = columns.as_slice()
    else {
        return Err(BadRow::Columns);
    };
    let unit: Unit = unit.parse()?;

    Ok(Parameter {
        key: key.to_owned(),
        label: label.to_owned(),
        value: Value::parse(unit, value)?,
        unit,
        valid_from: date(valid_from)?,
        valid_to: if valid_to.is_empty() { None } else { Some(date(valid_to)?) },
        event: event.parse()?,
        legal_ref: legal_ref.to_owned(),
        certainty: certainty.parse()?,
        checked_on: date(checked_on)?,
    })
}

fn date(text: &str) -> Result<NaiveDate, BadRow> {
    text.parse().map_err(|_| BadRow::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_row_is_readable_and_has_a_source() {
        let rows = rows().expect("the shipped rows are well formed");

        assert!(rows.len() > 200);
        assert!(rows.iter().all(|row| !row.label.is_empty() && !row.legal_ref.is_empty()));
        let is_key = |key: &str| key.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_'));
        assert!(rows.iter().all(|row| is_key(&row.key)));
    }

    #[test]
    fn a_line_with_a_missing_column_is_refused() {
        assert_eq!(parse("fm.max;30000.00;euro"), Err(BadRow::Columns));
    }
}
