//! What the acts on a running contract have in common.

use domain::{execution, refusal::Refusal};

/// Why a sum of the performance has no answer: the law of that day is not known, or the sum does not fit.
pub(super) fn unanswerable(error: execution::Unanswerable) -> Refusal {
    match error {
        execution::Unanswerable::Missing(missing) => Refusal::MissingParameter { key: missing.key, on: missing.on },
        execution::Unanswerable::Amount
        | execution::Unanswerable::Others
        | execution::Unanswerable::Length
        | execution::Unanswerable::Weights
        | execution::Unanswerable::Terms
        | execution::Unanswerable::Index
        | execution::Unanswerable::TooLarge => execution::Refusal::TooLarge.into(),
    }
}
