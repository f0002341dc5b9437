//! The specification (cahier spécial des charges): the common model, the questions it asks, the document it composes.
//!
//! The words stand in `templates-cdc/`; this module chooses, fills and numbers them. What it returns is a value.

mod answer;
mod blocks;
mod clause;
mod compose;
mod computed;
mod condition;
mod error;
mod expand;
mod facts;
mod labels;
mod model;
mod numbers;
mod progress;
mod question;
mod records;
mod scope;
mod shipped;
mod template;
mod terms;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;

pub use answer::AnswerError;
pub use clause::{Clause, ClauseKind, Part};
pub use compose::{Composition, Missing, Unsettled, Wanted, Why};
pub use error::{ModelError, Reason};
pub use facts::{
    Authority, Channel, Facts, Framework, Lot, Nature, Parameter, Participant, PriceForm, Procedure, Publication,
    Vehicle,
};
pub use model::Model;
pub use progress::{Asked, SectionProgress, State};
pub use question::{CellKind, Choice, Column, Question, QuestionKind, Section};
pub use records::parse_answers;
pub use shipped::{FILES, QUESTIONS};
pub use terms::{RevisionTerm, SuretyTerm, Terms, TieRule, delay_is_a_criterion};
pub use value::{Criterion, CriterionNature, PriceLine, PriceMode, Value};

/// What the agent typed, by question id, as typed: parsed by [`Model::check`] and nowhere else.
pub type Answers = BTreeMap<String, String>;
