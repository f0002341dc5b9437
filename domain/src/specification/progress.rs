//! Where the agent stands: the questions that apply now, section by section.

use super::question::{Question, Section};
use super::scope::Scope;
use super::{AnswerError, Answers, Facts, Model};

/// A section with the questions that apply now; a section without any is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionProgress<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its questions that apply.
    pub questions: Vec<Asked<'a>>,
}

/// A question that applies now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// Where it stands.
    pub state: State,
    /// What the field shows: what was typed, else what is proposed.
    pub shown: String,
}

/// Where a question stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Answered by the agent.
    Answered,
    /// The proposed answer serves.
    ByDefault,
    /// Without answer, and it needs none.
    Optional,
    /// Compulsory and without answer.
    ToAnswer,
    /// Answered, and the answer can't be taken.
    Invalid(AnswerError),
}

impl State {
    /// Whether the adoption waits for this question.
    pub fn blocks(&self) -> bool {
        match self {
            Self::Answered | Self::ByDefault | Self::Optional => false,
            Self::ToAnswer | Self::Invalid(_) => true,
        }
    }
}

impl SectionProgress<'_> {
    /// How many of its questions need nothing more.
    pub fn settled(&self) -> usize {
        self.questions.iter().filter(|asked| !asked.state.blocks()).count()
    }

    /// Whether nothing in it blocks the adoption.
    pub fn is_complete(&self) -> bool {
        self.settled() == self.questions.len()
    }
}

pub(super) fn questions_for<'a>(model: &'a Model, facts: &Facts, answers: &Answers) -> Vec<SectionProgress<'a>> {
    let scope = Scope::new(model, facts, answers);
    let asked: Vec<(&str, State, String)> =
        scope.asked.into_iter().map(|(question, state, shown)| (question.id.as_str(), state, shown)).collect();
    let mut sections = Vec::new();
    for section in &model.sections {
        let questions: Vec<Asked<'a>> = section
            .questions
            .iter()
            .filter_map(|question| {
                let (_, state, shown) = asked.iter().find(|(id, _, _)| *id == question.id)?;
                Some(Asked { question, state: state.clone(), shown: shown.clone() })
            })
            .collect();
        if !questions.is_empty() {
            sections.push(SectionProgress { section, questions });
        }
    }
    sections
}
