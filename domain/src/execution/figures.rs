use chrono::NaiveDate;

use crate::{
    kernel::{Money, Percent},
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// The figures of one day, and which of them were asked for.
pub(super) struct Figures<'a> {
    set: &'a ParameterSet,
    on: NaiveDate,
    pub(super) rows: Vec<Parameter>,
}

impl<'a> Figures<'a> {
    pub(super) fn of(set: &'a ParameterSet, on: NaiveDate) -> Self {
        Self { set, on, rows: Vec::new() }
    }

    pub(super) fn money(&mut self, key: &str) -> Result<Money, MissingParameter> {
        self.used(key)?;
        self.set.money_on(key, self.on)
    }

    pub(super) fn percent(&mut self, key: &str) -> Result<Percent, MissingParameter> {
        self.used(key)?;
        self.set.percent_on(key, self.on)
    }

    pub(super) fn days(&mut self, key: &str) -> Result<u32, MissingParameter> {
        self.used(key)?;
        self.set.days_on(key, self.on)
    }

    fn used(&mut self, key: &str) -> Result<(), MissingParameter> {
        self.rows.push(self.set.on(key, self.on)?.clone());
        Ok(())
    }
}
