//! The one small format of the model's data: `key: value`, records apart by a blank line.
//!
//! A line that begins with two spaces goes on with the value; two spaces and a point make an empty line in it;
//! a line that begins with `#` is a comment.

use super::{Answers, ModelError, Reason};

/// Reads a set of answers written in the format of the model's data: the example, and the demonstration.
pub fn parse_answers(name: &str, text: &str) -> Result<Answers, ModelError> {
    let records = parse(name, text, 1)?;
    Ok(records.into_iter().flat_map(|record| record.fields).map(|field| (field.key, field.value)).collect())
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) line: usize,
}

impl Record {
    pub(super) fn get(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    pub(super) fn text(&self, key: &str) -> &str {
        self.get(key).map_or("", |field| field.value.as_str())
    }

    pub(super) fn need(&self, file: &str, key: &str) -> Result<&Field, ModelError> {
        self.get(key).ok_or_else(|| ModelError::new(file, self.line, Reason::MissingKey(key.to_owned())))
    }

    pub(super) fn only(&self, file: &str, keys: &[&str]) -> Result<(), ModelError> {
        match self.fields.iter().find(|field| !keys.contains(&field.key.as_str())) {
            Some(field) => Err(ModelError::new(file, field.line, Reason::UnknownKey(field.key.clone()))),
            None => Ok(()),
        }
    }
}

impl Field {
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.value
            .lines()
            .enumerate()
            .map(|(at, line)| (self.line + at, line.trim()))
            .filter(|(_, line)| !line.is_empty())
    }

    pub(super) fn bad(&self, file: &str) -> ModelError {
        ModelError::new(file, self.line, Reason::BadValue { key: self.key.clone(), value: self.value.clone() })
    }
}

pub(super) fn parse(file: &str, text: &str, first_line: usize) -> Result<Vec<Record>, ModelError> {
    let mut records: Vec<Record> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        let number = first_line + at;
        if line.starts_with('#') {
            continue;
        }
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        let not_a_field = || ModelError::new(file, number, Reason::NotAField);
        if let Some(rest) = line.strip_prefix("  ") {
            let record = records.last_mut().filter(|_| open).ok_or_else(not_a_field)?;
            let field = record.fields.last_mut().ok_or_else(not_a_field)?;
            if !field.value.is_empty() {
                field.value.push('\n');
            }
            field.value.push_str(if rest == "." { "" } else { rest });
            continue;
        }
        let (key, value) = line.split_once(':').ok_or_else(not_a_field)?;
        let field = Field { key: key.to_owned(), value: value.trim().to_owned(), line: number };
        if !open {
            records.push(Record { line: number, fields: Vec::new() });
            open = true;
        }
        let record = records.last_mut().ok_or_else(not_a_field)?;
        if record.get(key).is_some() {
            return Err(ModelError::new(file, number, Reason::Twice(key.to_owned())));
        }
        record.fields.push(field);
    }
    Ok(records)
}
