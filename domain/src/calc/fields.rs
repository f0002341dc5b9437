//! The fields of a question, taken one by one; what is left at the end is unknown.

use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::words;
use crate::kernel::{Money, Percent};

pub(super) struct Fields {
    rest: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Fields {
    pub(super) fn of(question: Value) -> Result<Self, String> {
        match question {
            Value::Object(rest) => Ok(Self { rest, known: Vec::new() }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Err(words::not_an_object())
            }
        }
    }

    /// Refuses a question with a field that nobody took.
    pub(super) fn finish(self) -> Result<(), String> {
        match self.rest.keys().next() {
            None => Ok(()),
            Some(unknown) => Err(words::unknown_field(unknown, &self.known)),
        }
    }

    /// A field that may be missing or null.
    pub(super) fn optional(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.rest.remove(name).filter(|value| !value.is_null())
    }

    fn required(&mut self, name: &'static str) -> Result<Value, String> {
        self.optional(name).ok_or_else(|| words::missing_field(name))
    }

    pub(super) fn text(&mut self, name: &'static str) -> Result<String, String> {
        text(name, self.required(name)?)
    }

    /// One of a few words.
    pub(super) fn choice<T: FromStr>(&mut self, name: &'static str, choices: &[&str]) -> Result<T, String> {
        let typed = self.text(name)?;
        typed.parse().map_err(|_| words::unknown_choice(name, &typed, choices))
    }

    pub(super) fn optional_choice<T: FromStr>(
        &mut self,
        name: &'static str,
        choices: &[&str],
    ) -> Result<Option<T>, String> {
        let Some(value) = self.optional(name) else { return Ok(None) };
        let typed = text(name, value)?;
        typed.parse().map(Some).map_err(|_| words::unknown_choice(name, &typed, choices))
    }

    pub(super) fn optional_flag(&mut self, name: &'static str) -> Result<Option<bool>, String> {
        self.optional(name).map(|value| value.as_bool().ok_or_else(|| words::not_a_flag(name))).transpose()
    }

    pub(super) fn date(&mut self, name: &'static str) -> Result<NaiveDate, String> {
        date(name, self.required(name)?)
    }

    pub(super) fn optional_date(&mut self, name: &'static str) -> Result<Option<NaiveDate>, String> {
        self.optional(name).map(|value| date(name, value)).transpose()
    }

    pub(super) fn money(&mut self, name: &'static str) -> Result<Money, String> {
        money(name, self.required(name)?)
    }

    pub(super) fn optional_money(&mut self, name: &'static str) -> Result<Option<Money>, String> {
        self.optional(name).map(|value| money(name, value)).transpose()
    }

    pub(super) fn percent(&mut self, name: &'static str) -> Result<Percent, String> {
        percent(name, self.required(name)?)
    }

    pub(super) fn optional_percent(&mut self, name: &'static str) -> Result<Option<Percent>, String> {
        self.optional(name).map(|value| percent(name, value)).transpose()
    }

    /// A whole number, zero or more.
    pub(super) fn count(&mut self, name: &'static str) -> Result<u64, String> {
        count(name, &self.required(name)?)
    }

    /// A number of days or of months, as long as the rule that takes it allows.
    pub(super) fn length(&mut self, name: &'static str) -> Result<u32, String> {
        Ok(u32::try_from(self.count(name)?).unwrap_or(u32::MAX))
    }

    pub(super) fn optional_count(&mut self, name: &'static str) -> Result<Option<u64>, String> {
        self.optional(name).map(|value| count(name, &value)).transpose()
    }

    pub(super) fn list(&mut self, name: &'static str) -> Result<Vec<Value>, String> {
        list(name, self.required(name)?)
    }

    pub(super) fn optional_list(&mut self, name: &'static str) -> Result<Option<Vec<Value>>, String> {
        self.optional(name).map(|value| list(name, value)).transpose()
    }
}

pub(super) fn money(name: &str, value: Value) -> Result<Money, String> {
    Money::parse_iso(&text(name, value)?).map_err(|error| words::bad_amount(name, error))
}

pub(super) fn text(name: &str, value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Err(words::not_a_text(name))
        }
    }
}

pub(super) fn percent(name: &str, value: Value) -> Result<Percent, String> {
    Percent::parse_iso(&text(name, value)?).map_err(|error| words::bad_rate(name, error))
}

/// Exactly `2026-11-05`: four digits, two, two.
fn date(name: &str, value: Value) -> Result<NaiveDate, String> {
    let typed = text(name, value)?;
    let written = typed.parse().ok().filter(|date: &NaiveDate| date.to_string() == typed);
    written.ok_or_else(|| words::bad_date(name, &typed))
}

fn count(name: &str, value: &Value) -> Result<u64, String> {
    value.as_u64().ok_or_else(|| words::not_a_count(name))
}

fn list(name: &str, value: Value) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(items) => Ok(items),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(words::not_a_list(name))
        }
    }
}
