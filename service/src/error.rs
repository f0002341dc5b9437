//! How a use case fails: a fact for the program. The sentence for the person is the interface's.

use domain::{authz::Denied, fault::Fault, refusal::Refusal};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or not this actor's to see: one answer for both.
    #[error("not found")]
    NotFound,
    /// Visible, not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A rule said no.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// What was typed can't be read or kept.
    #[error("invalid: {0:?}")]
    Invalid(FieldErrors),
    /// Somebody else changed it in between.
    #[error("stale")]
    Stale,
    /// Too many attempts; worth trying again after these seconds.
    #[error("too many attempts")]
    TooMany {
        /// Seconds to wait.
        retry_after_seconds: i64,
    },
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error("mail: {0}")]
    Mail(String),
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// A stored row says something impossible.
    #[error("corrupt: {0}")]
    Corrupt(String),
}

/// Faults by the name of the field, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldErrors(Vec<(String, Fault)>);

impl FieldErrors {
    pub fn none() -> Self {
        Self::default()
    }

    pub fn one(field: impl Into<String>, fault: Fault) -> Self {
        Self(vec![(field.into(), fault)])
    }

    pub fn add(&mut self, field: impl Into<String>, fault: Fault) {
        self.0.push((field.into(), fault));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fault)> {
        self.0.iter().map(|(field, fault)| (field.as_str(), fault))
    }

    pub fn of(&self, field: &str) -> Option<&Fault> {
        self.iter().find(|(name, _)| *name == field).map(|(_, fault)| fault)
    }

    /// The value when nothing is wrong, else the faults.
    pub fn or<T>(self, value: T) -> Result<T, Error> {
        if self.is_empty() { Ok(value) } else { Err(Error::Invalid(self)) }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
