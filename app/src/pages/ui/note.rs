use leptos::prelude::*;

use super::icon;
use crate::pages::{Params, flash as words};

/// A note of one strong sentence and one small one. `kind`: empty, `warn`, `good`, `bad`, `seal`.
pub fn note(kind: &str, strong: impl Into<String>, small: impl Into<String>) -> AnyView {
    let (strong, small) = (strong.into(), small.into());
    let (class, icon) = match kind {
        "warn" => ("note note--warn", icon::ALERT),
        "good" => ("note note--good", icon::CHECK),
        "bad" => ("note note--bad", icon::ALERT),
        "seal" => ("note note--seal", icon::LOCK),
        _ => ("note", icon::INFO),
    };
    view! {
        <div class=class>
            {icon::view(icon)}
            <div>
                <p class="strong">{strong}</p>
                {(!small.is_empty()).then(|| view! { <p class="small">{small}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// What was just done, from the address (`?fait=…`).
pub fn flash(params: &Params) -> Option<AnyView> {
    words::sentence(params.query("fait"))
        .map(|sentence| view! { <div role="status" class="flash">{note("good", sentence, "")}</div> }.into_any())
}

/// An empty state that teaches: what is so, why, and one action.
pub fn empty(title: &'static str, text: &'static str, action: Option<(String, &'static str)>) -> AnyView {
    view! {
        <div class="empty">
            <h2 class="h3">{title}</h2>
            <p>{text}</p>
            {action.map(|(address, word)| view! { <a class="btn" href=address>{word}</a> })}
        </div>
    }
    .into_any()
}
