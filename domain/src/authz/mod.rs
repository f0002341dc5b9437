//! Who may do what: an actor, the actions, and the proof that one was checked.

mod actor;
mod policy;
mod proof;
mod scope;

pub use actor::{Actor, RoleSet};
pub use policy::*;
pub use proof::{Action, Authorised, Denied, Platform, Subject};
pub use scope::{Reach, Scope};
