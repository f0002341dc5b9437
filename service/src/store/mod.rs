//! The only module that sees the database.

mod ceiling;
mod connection;
#[cfg(debug_assertions)]
mod kill_point;
mod ordered;
mod tx;
mod unique;

pub mod acts;
pub mod audit;
pub mod award;
pub mod calls;
pub mod central;
pub mod contracts;
pub mod counters;
pub mod cpv;
pub(crate) mod crowd;
pub mod documents;
pub mod drafts;
pub mod evaluation;
pub mod execution;
pub mod files;
pub mod form_keys;
pub mod invitations;
pub mod ledger;
pub mod ledger_sums;
pub mod letters;
pub mod links;
pub mod loans;
pub mod needs;
pub(crate) mod offer_files;
pub mod offers;
pub mod openings;
pub mod organisations;
pub mod outbox;
pub mod parameters;
pub mod people;
pub mod questions;
pub mod received_invoices;
pub(crate) mod sealed_files;
pub mod sessions;
pub mod specifications;
pub mod submissions;
pub mod sureties;
pub mod tender_keys;
pub mod tenders;
pub mod vouchers;

use sea_orm::{
    ColumnTrait,
    sea_query::{Expr, ExprTrait as _, LikeExpr},
};

pub use connection::{Backend, Store};
pub use tx::{Audit, Change, Tx};

/// `text` lower-cased and without accents, for searching the same way on both databases.
pub fn search_key(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

/// The rows whose search key holds `text`, taken letter by letter: `%` and `_` are not wildcards to somebody who types.
pub(crate) fn holds(search_key_column: impl ColumnTrait, text: &str) -> Expr {
    let key = search_key(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Expr::col(search_key_column.as_column_ref()).like(LikeExpr::new(format!("%{key}%")).escape('\\'))
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' | 'ì' => 'i',
        'ñ' => 'n',
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' => 'o',
        'û' | 'ü' | 'ù' | 'ú' => 'u',
        'ÿ' | 'ý' => 'y',
        '’' | '-' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searching_ignores_case_accents_and_hyphens() {
        assert_eq!(search_key("Ottignies-Louvain-la-Neuve"), "ottignies louvain la neuve");
        assert_eq!(search_key("ÉTÉ"), "ete");
    }
}
