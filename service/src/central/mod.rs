//! Central purchasing bodies (loi du 17 juin 2016, art. 47): they offer frameworks, authorities adhere and join.

mod adhere;
mod offer;
mod users;

pub use adhere::{accept, adhere, send_to_supervision, withdraw};
pub use offer::offer;
pub use users::{NeedDraft, accept_user, express_need, lower_part, name_user};
pub(crate) use users::{counts_foreseen, counts_hold};

use crate::write::{same, today};

/// Longest text of how to adhere, in characters.
pub const HOW_MOST: usize = 2_000;
/// Longest number of a deliberation, or quantity.
pub const SHORT_MOST: usize = 120;
