//! The specification of a tender: answers to the common model's questions, composed and painted into editions.

mod answer;
mod compose;
mod facts;
mod figures;
mod read;

pub use answer::save_answers;
pub use compose::{Edited, compose, holes, keep, preview};
pub use facts::{Around, EditionOf, facts};
pub use read::{Reading, Sent, edition, pdf, read, terms};
