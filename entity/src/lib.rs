//! One file per table, as the database has it. No rules, no methods.

pub mod act;
pub mod attempt;
pub mod audit;
pub mod audit_head;
pub mod counter;
pub mod cpv;
pub mod edition;
pub mod file;
pub mod invitation;
pub mod membership;
pub mod need;
pub mod need_share;
pub mod one_time_link;
pub mod organisation;
pub mod outbox;
pub mod parameter;
pub mod participant;
pub mod person;
pub mod question;
pub mod session;
pub mod specification;
pub mod tender;
