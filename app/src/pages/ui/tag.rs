use leptos::prelude::*;

/// One state in one or two words. `kind`: empty, `now` (yours), `wait`, `done`, `bad`, `seal`.
pub fn tag(kind: &str, word: impl Into<String>) -> AnyView {
    let class = match kind {
        "now" => "tag tag--now",
        "wait" => "tag tag--wait",
        "done" => "tag tag--done",
        "bad" => "tag tag--bad",
        "seal" => "tag tag--seal",
        _ => "tag",
    };
    view! { <span class=class>{word.into()}</span> }.into_any()
}
