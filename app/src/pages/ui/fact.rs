use leptos::prelude::*;

/// A word and what it is, in a list of facts.
pub fn fact(label: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
}
