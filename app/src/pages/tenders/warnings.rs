use domain::tender::Warning;
use leptos::prelude::*;

use crate::pages::{Form, calls, ui::Field, words::t};

/// What the law says against going on, each with its figure, and the field for the reason to go on all the same.
pub(crate) fn view(warnings: Vec<Warning>, form: &Form) -> Option<AnyView> {
    if warnings.is_empty() {
        return None;
    }
    Some(
        view! {
            <div class="stack">
                {calls::warnings::view(&warnings)}
                {reason(form)}
            </div>
        }
        .into_any(),
    )
}

/// Why somebody goes on all the same.
pub(crate) fn reason(form: &Form) -> AnyView {
    Field::long("raison", t!(tender.reason), 3).hint(t!(tender.reason_hint)).view(form)
}
