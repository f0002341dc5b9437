use thiserror::Error;

/// Why the common model can't be read: always a file and a line, because jurists edit these files.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {reason}")]
pub struct ModelError {
    /// Name of the file as given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: Reason,
}

impl ModelError {
    pub(super) fn new(file: &str, line: usize, reason: Reason) -> Self {
        Self { file: file.to_owned(), line, reason }
    }
}

/// What is wrong with a line of the common model.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Reason {
    /// A clause file opens and closes its header with `---`.
    #[error("the header between two lines `---` is missing")]
    NoHeader,
    /// A line is not `key: value`.
    #[error("`key: value` was expected")]
    NotAField,
    /// A key that nothing reads.
    #[error("unknown key `{0}`")]
    UnknownKey(String),
    /// A key without which the record means nothing.
    #[error("the key `{0}` is missing")]
    MissingKey(String),
    /// A value outside the permitted ones.
    #[error("`{value}` is no value of `{key}`")]
    BadValue {
        /// The key.
        key: String,
        /// The value found.
        value: String,
    },
    /// `{{` or `{%` is never closed.
    #[error("a tag is opened and not closed")]
    UnclosedTag,
    /// A `{% … %}` of no known kind, or out of place.
    #[error("the tag `{0}` is unknown or out of place")]
    UnknownTag(String),
    /// A passage without `{% fin %}`.
    #[error("a passage is opened and not closed by `fin`")]
    UnclosedPassage,
    /// A condition that can't be read.
    #[error("the condition `{0}` can't be read")]
    BadCondition(String),
    /// Neither a question, nor a fact, nor a label.
    #[error("`{0}` is neither a question nor a fact")]
    UnknownVariable(String),
    /// A reference to an article or an annex that the model lacks.
    #[error("there is no article or annex `{0}`")]
    UnknownReference(String),
    /// The header must announce what the text uses.
    #[error("`{0}` is used and not announced in the header")]
    NotAnnounced(String),
    /// The header must not announce what the text does not use.
    #[error("`{0}` is announced in the header and not used")]
    NotUsed(String),
    /// A row `| … |` without a table above it.
    #[error("a row stands outside a table")]
    RowOutsideTable,
    /// A row of another length than its table.
    #[error("{found} cells where the table has {expected}")]
    CellCount {
        /// Columns of the table.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// Widths of a table don't add up to 100.
    #[error("the widths add up to {0}, not to 100")]
    Widths(u32),
    /// An `@word` of no known kind.
    #[error("unknown directive `{0}`")]
    UnknownDirective(String),
    /// Two records with the same id and version.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A question may depend on earlier questions only, so that the agent never meets a circle.
    #[error("the question depends on `{0}`, which comes later or is itself")]
    DependsOnLater(String),
    /// A word that the composition needs.
    #[error("the label `{0}` is missing")]
    MissingLabel(String),
}
