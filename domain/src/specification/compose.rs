//! Chooses, fills and numbers the clauses.

use super::clause::{Clause, Part};
use super::condition::Truth;
use super::expand::{Gaps, expand};
use super::scope::Scope;
use super::{Answers, Facts, Model, State, blocks};
use crate::document::{Block, ClauseRef, Document, Fact, Inline, Layout};

/// The specification as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composition {
    /// What it says; a value that lacks stands in it as [`Inline::Missing`].
    pub document: Document,
    /// Values that lack: the adoption waits for them.
    pub missing: Vec<Missing>,
    /// Clauses whose condition or alternative is still open: the adoption waits for them too.
    pub unsettled: Vec<Unsettled>,
    /// The versions it rests on, in order.
    pub clauses: Vec<ClauseRef>,
}

/// A value that lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What would fill it.
    pub wanted: Wanted,
    /// Its name in words.
    pub label: String,
    /// Id of the clause.
    pub clause: String,
    /// Number of the article.
    pub article: String,
}

/// What would fill an empty place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// The answer to this question.
    Question(String),
    /// A fact of the tender.
    Fact(String),
    /// A legal figure for the reference date.
    Parameter(String),
}

impl Missing {
    /// The question to answer, if an answer is what lacks.
    pub fn question(&self) -> Option<&str> {
        match &self.wanted {
            Wanted::Question(id) => Some(id),
            Wanted::Fact(_) | Wanted::Parameter(_) => None,
        }
    }
}

/// A clause that can't be settled yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// Id of the clause.
    pub clause: String,
    /// Number of the article.
    pub article: String,
    /// Why.
    pub why: Why,
    /// Names (questions, facts, parameters) that would decide.
    pub waits_for: Vec<String>,
}

/// Why a clause can't be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A condition reads a value that lacks.
    Undecided,
    /// No alternative fits the facts.
    NoAlternative,
    /// More than one alternative fits.
    SeveralAlternatives,
}

pub(super) fn compose(model: &Model, facts: &Facts, answers: &Answers) -> Composition {
    let scope = Scope::new(model, facts, answers);
    let mut work =
        Work { scope: &scope, blocks: Vec::new(), missing: Vec::new(), unsettled: Vec::new(), clauses: Vec::new() };

    let mut part = None;
    for clause in model.clauses_on(facts.date) {
        if part != Some(clause.part) {
            part = Some(clause.part);
            let text = model.labels.of("partie", clause.part.code());
            work.blocks.push(Block::Heading { level: 1, text });
        }
        work.place(clause);
    }
    work.compulsory();

    Composition {
        document: document(&scope, work.blocks),
        missing: work.missing,
        unsettled: work.unsettled,
        clauses: work.clauses,
    }
}

struct Work<'a> {
    scope: &'a Scope<'a>,
    blocks: Vec<Block>,
    missing: Vec<Missing>,
    unsettled: Vec<Unsettled>,
    clauses: Vec<ClauseRef>,
}

impl Work<'_> {
    fn place(&mut self, clause: &Clause) {
        match clause.when.holds(self.scope) {
            Truth::Yes => self.article(clause),
            Truth::No => self.without_object(clause),
            Truth::Unknown => {
                let names = clause.when.names().into_iter();
                let waits_for = names.filter(|name| self.scope.value(name).is_none()).collect();
                self.open(clause, Why::Undecided, waits_for);
            }
        }
    }

    fn article(&mut self, clause: &Clause) {
        let filled = expand(&clause.nodes, self.scope);
        let (mut blocks, computed) = blocks::build(&filled, self.scope);
        if clause.part != Part::Annexes {
            number(&mut blocks, &clause.number);
        }
        self.gaps(clause, filled.gaps);
        self.gaps(clause, computed);
        self.clauses.push(clause.reference());
        self.blocks.push(Block::Article {
            number: clause.number.clone(),
            title: clause.title.clone(),
            clause: Some(clause.reference()),
            blocks,
            legal_basis: clause.legal_basis.clone(),
        });
    }

    /// The numbers of the common model hold in every specification: an article that does not apply keeps its place.
    fn without_object(&mut self, clause: &Clause) {
        if clause.part == Part::Annexes || clause.number.ends_with("bis") {
            return;
        }
        self.blocks.push(Block::Article {
            number: clause.number.clone(),
            title: clause.title.clone(),
            clause: None,
            blocks: vec![Block::text(self.scope.model.labels.get("sans-objet"))],
            legal_basis: Vec::new(),
        });
    }

    fn gaps(&mut self, clause: &Clause, gaps: Gaps) {
        for wanted in gaps.missing {
            self.lack(wanted, clause);
        }
        for (why, waits_for) in gaps.open {
            self.open(clause, why, waits_for);
        }
    }

    fn lack(&mut self, wanted: Wanted, clause: &Clause) {
        let known = self.missing.iter().any(|found| found.wanted == wanted && found.clause == clause.id);
        if !known {
            let label = self.scope.label(&wanted);
            self.missing.push(Missing { wanted, label, clause: clause.id.clone(), article: clause.number.clone() });
        }
    }

    fn open(&mut self, clause: &Clause, why: Why, waits_for: Vec<String>) {
        let (id, article) = (clause.id.clone(), clause.number.clone());
        self.unsettled.push(Unsettled { clause: id, article, why, waits_for });
    }

    /// A compulsory answer that no text shows yet lacks all the same, and so does one that can't be read.
    fn compulsory(&mut self) {
        for (question, state, _) in &self.scope.asked {
            let wanted = Wanted::Question(question.id.clone());
            let lacks = matches!(state, State::ToAnswer | State::Invalid(_));
            if !lacks || self.missing.iter().any(|found| found.wanted == wanted) {
                continue;
            }
            let clauses = self.scope.model.clauses_on(self.scope.facts.date);
            let fed = clauses.into_iter().find(|clause| question.articles.contains(&clause.number));
            if let Some(clause) = fed {
                self.lack(wanted, clause);
            }
        }
    }
}

/// `29.1`, `29.2`…: one number per paragraph, so that each can be cited.
fn number(blocks: &mut [Block], article: &str) {
    let mut count = 0_u32;
    for block in blocks {
        if let Block::Paragraph(inlines) = block {
            count += 1;
            inlines.insert(0, Inline::Text("\u{A0}".to_owned()));
            inlines.insert(0, Inline::Strong(format!("{article}.{count}")));
        }
    }
}

fn document(scope: &Scope<'_>, blocks: Vec<Block>) -> Document {
    let labels = &scope.model.labels;
    let facts = scope.facts;
    // The cover shows the reference by itself.
    let cover = ["pilote.nom", "vehicule", "procedure", "cpv.code", "depot.limite", "date"];
    let cover = cover.iter().filter_map(|name| Some(Fact::new(labels.of("fait", name), scope.words(name).ok()?)));
    Document {
        title: labels.get("document.titre"),
        subtitle: facts.object.clone(),
        reference: facts.reference.clone(),
        authority: facts.pilot.name.clone(),
        version: facts.version.clone(),
        date: facts.date,
        lang: "fr-BE".to_owned(),
        draft: facts.draft,
        layout: Layout::Book { facts: cover.collect() },
        blocks,
    }
}
