use leptos::prelude::*;

use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(_: Cx, _: Params, _: Form) -> Shown {
    Ok(Page::new(t!(call.title), "/appels", || {
        view! {
            {ui::public_head(t!(call.title), t!(call.lede))}
            <div class="page">{ui::empty(t!(call.empty), t!(call.empty_text), None)}</div>
        }
        .into_any()
    })
    .airy())
}
