use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::answer;
use super::clause::Clause;
use super::compose::{self, Composition};
use super::labels::Labels;
use super::progress::{self, SectionProgress};
use super::question::{self, Question, QuestionKind, Section};
use super::{AnswerError, Answers, Facts, ModelError, Reason, Value, blocks, facts, scope, shipped};
use crate::kernel::Money;

const LABELS_FILE: &str = "libelles.txt";

/// The common model: its clauses, its questions, its few other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub(super) clauses: Vec<Clause>,
    pub(super) sections: Vec<Section>,
    pub(super) labels: Labels,
}

impl Model {
    /// Reads the clauses (`*.md`), the labels (`libelles.txt`) and the questions; the order of the articles is that of
    /// the file names.
    pub fn parse(files: &[(&str, &str)], questions: &str) -> Result<Self, ModelError> {
        let mut files = files.to_vec();
        files.sort_by_key(|(name, _)| *name);
        let mut model = Self {
            clauses: Vec::new(),
            sections: question::parse(shipped::QUESTIONS_FILE, questions)?,
            labels: Labels::default(),
        };
        let mut labelled = false;
        for (name, text) in files {
            if name == LABELS_FILE {
                model.labels = Labels::parse(name, text)?;
                labelled = true;
            } else {
                model.clauses.push(Clause::parse(name, text)?);
            }
        }
        if !labelled {
            return Err(ModelError::new(LABELS_FILE, 1, Reason::MissingLabel("document.titre".to_owned())));
        }
        model.check_questions()?;
        model.check_clauses()?;
        Ok(model)
    }

    /// The model that this version of Beffroi carries.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> =
            LazyLock::new(|| Model::parse(shipped::FILES, shipped::QUESTIONS).expect("a test reads the shipped model"));
        &SHIPPED
    }

    /// Every version of every clause, in the order of the specification.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Every section with all its questions, asked or not.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Every question, in the order they are asked.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id == id)
    }

    /// The section that asks this question.
    pub fn section_of(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.questions.iter().any(|question| question.id == id))
    }

    /// The question whose answer settles this fact.
    pub fn feeding(&self, fact: &str) -> Option<&Question> {
        self.questions().find(|question| question.feeds == fact)
    }

    /// The answer that serves until the agent gives another; empty for none.
    pub fn proposed(&self, question: &Question, facts: &Facts) -> String {
        scope::proposed(question, facts)
    }

    /// Keys of the legal figures that the clauses and the defaults read: [`Facts::parameters`] must hold them all.
    pub fn parameters(&self) -> BTreeSet<&str> {
        let names = self.clauses.iter().flat_map(|clause| &clause.variables).map(String::as_str);
        let names = names.chain(self.questions().map(|question| question.default.as_str()));
        names.filter_map(|name| name.strip_prefix("parametre:").or_else(|| name.strip_prefix("source:"))).collect()
    }

    /// What an answer as typed means, or why it can't be taken.
    pub fn check(&self, question: &Question, raw: &str) -> Result<Value, AnswerError> {
        answer::check(question, raw)
    }

    /// What the answer that settles this fact means, where one was typed.
    pub fn typed(&self, fact: &str, answers: &Answers) -> Option<Value> {
        let question = self.feeding(fact)?;
        let typed = answers.get(&question.id).filter(|typed| !typed.trim().is_empty())?;
        self.check(question, typed).ok()
    }

    /// Greatest value that the answers give a framework, HTVA; none for another contract.
    pub fn framework_maximum(&self, answers: &Answers) -> Option<Money> {
        if self.typed("accord_cadre", answers) != Some(Value::YesNo(true)) {
            return None;
        }
        let Some(Value::Money(cents)) = self.typed("accord_cadre.maximum", answers) else { return None };
        Some(Money::from_cents(cents))
    }

    /// The sections with the questions that apply now, each with its state.
    pub fn questions_for<'a>(&'a self, facts: &Facts, answers: &Answers) -> Vec<SectionProgress<'a>> {
        progress::questions_for(self, facts, answers)
    }

    /// The specification as far as it is known, and what it still lacks.
    pub fn compose(&self, facts: &Facts, answers: &Answers) -> Composition {
        compose::compose(self, facts, answers)
    }

    /// One version per clause: the latest that was valid on the date, else the first.
    pub(super) fn clauses_on(&self, date: NaiveDate) -> Vec<&Clause> {
        let mut order: Vec<&str> = Vec::new();
        let mut chosen: BTreeMap<&str, &Clause> = BTreeMap::new();
        for clause in &self.clauses {
            let Some(held) = chosen.get(clause.id.as_str()) else {
                order.push(&clause.id);
                chosen.insert(&clause.id, clause);
                continue;
            };
            let key = |clause: &Clause| (clause.valid_from <= date, clause.valid_from, clause.version);
            let (new, old) = (key(clause), key(held));
            let better = if new.0 || old.0 { new > old } else { new < old };
            if better {
                chosen.insert(&clause.id, clause);
            }
        }
        order.into_iter().filter_map(|id| chosen.get(id).copied()).collect()
    }

    fn check_questions(&self) -> Result<(), ModelError> {
        let mut earlier: BTreeSet<&str> = facts::NAMES.iter().copied().collect();
        for question in self.questions() {
            let wrong = |reason| Err(ModelError::new(shipped::QUESTIONS_FILE, question.line, reason));
            for name in question.when.names() {
                if !name.starts_with("parametre:") && !earlier.contains(name.as_str()) {
                    return wrong(Reason::DependsOnLater(name));
                }
            }
            if let Some(article) = question.articles.iter().find(|number| !self.has(number)) {
                return wrong(Reason::UnknownReference(article.clone()));
            }
            if !question.feeds.is_empty() && !facts::NAMES.contains(&question.feeds.as_str()) {
                return wrong(Reason::UnknownVariable(question.feeds.clone()));
            }
            if !earlier.insert(&question.id) {
                return wrong(Reason::Twice(question.id.clone()));
            }
            if !question.default.is_empty()
                && !question.default.starts_with("parametre:")
                && answer::check(question, &question.default).is_err()
            {
                return wrong(Reason::BadValue { key: "default".to_owned(), value: question.default.clone() });
            }
        }
        Ok(())
    }

    fn check_clauses(&self) -> Result<(), ModelError> {
        let mut seen = BTreeSet::new();
        for clause in &self.clauses {
            let wrong = |reason| Err(ModelError::new(&clause.file, clause.header_line, reason));
            if !seen.insert((&clause.id, clause.version)) {
                return wrong(Reason::Twice(clause.id.clone()));
            }
            if let Some(name) = clause.variables.iter().find(|name| !self.knows(name)) {
                return wrong(Reason::UnknownVariable(name.clone()));
            }
            if let Some(number) = clause.references().into_iter().find(|number| !self.has(number)) {
                return wrong(Reason::UnknownReference(number));
            }
        }
        Ok(())
    }

    fn has(&self, number: &str) -> bool {
        self.clauses.iter().any(|clause| clause.number == number)
    }

    fn knows(&self, name: &str) -> bool {
        name.starts_with("parametre:")
            || name.starts_with("source:")
            || facts::NAMES.contains(&name)
            || blocks::COMPUTED.contains(&name)
            || self.question(name).is_some()
    }

    /// The question that holds the award criteria.
    pub(super) fn criteria(&self) -> Option<&Question> {
        self.questions().find(|question| question.kind == QuestionKind::Criteria)
    }
}
