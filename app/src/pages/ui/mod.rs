//! Words of no feature: heads, fields, tables, tags, notes. The markup is that of the visual language.

mod conflict;
mod fact;
pub mod field;
pub mod form;
mod head;
pub mod icon;
mod mail;
mod note;
mod pagination;
pub mod table;
mod tag;

pub use conflict::{Versions, conflict};
pub use fact::fact;
pub use field::Field;
pub use form::{errors, form, form_key};
pub use head::{Head, head, public_head};
pub use mail::mail_note;
pub use note::{empty, flash, note};
pub use pagination::pagination;
pub use table::{column, number, row, table};
pub use tag::tag;
