//! `docs/roles.md`: who may do what, asked of the policy itself and kept as a table that anybody can read.

mod rows;
mod samples;
mod table;

use domain::authz::actions;
use tests::assert_committed;

use crate::{rows::rows, table::table};

#[test]
fn the_committed_table_of_roles_is_what_the_policy_says() {
    assert_committed("docs/roles.md", &table(&rows()));
}

#[test]
fn every_action_has_a_row() {
    let rows: Vec<&str> = rows().iter().map(|row| row.action).collect();

    assert_eq!(
        rows,
        actions().collect::<Vec<_>>(),
        "a new action needs a row in tests/tests/roles/rows.rs, in the order of the policy"
    );
}
