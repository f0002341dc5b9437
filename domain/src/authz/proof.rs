use crate::{audit::Stream, authz::Actor};

/// Something an actor may do to a subject.
pub trait Action {
    /// What it is done to; the proof owns it, so that what was checked is what is written.
    type Subject: Subject;
    /// Stable name, written in the audit trail: `tender.publish`.
    const NAME: &'static str;

    fn permits(actor: &Actor, subject: &Self::Subject) -> bool;
}

/// A thing that has an audit trail.
pub trait Subject {
    fn stream(&self) -> Stream;
}

/// What all share: the figures of law, the clauses, the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform;

impl Subject for Platform {
    fn stream(&self) -> Stream {
        Stream::Platform
    }
}

/// Proof that `actor` may do `A` to exactly this subject. Private fields: only [`Authorised::check`] makes one.
#[must_use]
#[derive(Debug)]
pub struct Authorised<A: Action> {
    actor: Actor,
    subject: A::Subject,
}

impl<A: Action> Authorised<A> {
    /// Asks the policy.
    ///
    /// # Errors
    /// [`Denied`] names what was tried and on which trail, so that the attempt can be recorded.
    pub fn check(actor: &Actor, subject: A::Subject) -> Result<Self, Denied> {
        if A::permits(actor, &subject) {
            Ok(Self { actor: actor.clone(), subject })
        } else {
            Err(Denied { action: A::NAME, stream: subject.stream() })
        }
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn subject(&self) -> &A::Subject {
        &self.subject
    }
}

/// Visible, but not for this person to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{action} is not permitted")]
pub struct Denied {
    pub action: &'static str,
    pub stream: Stream,
}
