//! The common model that this version carries.

pub(super) const QUESTIONS_FILE: &str = "questions.txt";

/// The questions of the common model.
pub const QUESTIONS: &str = include_str!("../../../templates-cdc/questions.txt");

/// Its clauses and labels, by file name.
pub const FILES: &[(&str, &str)] = &[];
