//! The common model, read as a jurist and as an agent would.

use super::*;

#[test]
fn the_shipped_model_reads() {
    if let Err(error) = Model::parse(FILES, QUESTIONS) {
        panic!("{error}");
    }
}
