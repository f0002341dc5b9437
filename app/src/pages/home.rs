//! The first page: for visitors what Beffroi is, for everybody else what waits for them.

use leptos::prelude::*;

use super::{Cx, Form, Page, Params, Shown, Who, ui, words::t};

pub(crate) async fn show(cx: Cx, _: Params, _: Form) -> Shown {
    Ok(match cx.who().cloned() {
        None => visitor(),
        Some(who) => office(who),
    })
}

fn visitor() -> Page {
    Page::new(t!(common.home), "/", || {
        view! {
            {ui::public_head(t!(home.public_title), t!(home.public_lede))}
            <div class="page">
                <div class="card stack">
                    <p>{t!(home.read_calls_text)}</p>
                    <p class="row actions">
                        <a class="btn" href="/appels">{t!(home.read_calls)}</a>
                        <a class="btn btn--second" href="/connexion">{t!(common.sign_in)}</a>
                    </p>
                </div>
            </div>
        }
        .into_any()
    })
    .airy()
}

fn office(who: Who) -> Page {
    Page::new(t!(common.home), "/", move || {
        let mut head = ui::head(t!(home.title)).lede(who.acting.organisation.name.clone());
        if who.actor.kind().is_contracting_authority() {
            head = head.action(view! { <a class="btn" href="/besoins/nouveau">{t!(home.describe)}</a> });
        }
        head.view()
    })
}
