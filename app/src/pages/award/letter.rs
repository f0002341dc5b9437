//! One letter as it will be, or was, sent.

use leptos::prelude::*;
use service::{Error, award};

use super::words;
use crate::pages::{Cx, Form, Page, Params, Shown, specification::sheet, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference = params.parse("reference")?;
    let position: i32 = params.parse("offre")?;
    let information = match award::information(cx.services(), cx.scope(), reference).await {
        Err(Error::Refused(_)) => return Err(Error::NotFound),
        other => other?,
    };
    let letter = information.letters.into_iter().find(|letter| letter.tenderer.position == position);
    let letter = letter.ok_or(Error::NotFound)?;
    let sent = information.gathered.file.award.as_ref().is_some_and(|award| award.informed_at.is_some());
    let title = format!("{}, {}", words::letter(letter.kind), letter.tenderer.name);
    Ok(Page::new(title.clone(), "/marches", move || {
        let state =
            if sent { ui::tag("done", t!(award.letter_sent)) } else { ui::tag("wait", t!(award.letter_preview)) };
        view! {
            {ui::head(title)
                .back(format!("/marches/{reference}/informations"), t!(award.letters))
                .above(view! { <span class="ref">{reference.to_string()}</span>{state} })
                .view()}
            <div class="prose">{sheet(&letter.document)}</div>
        }
        .into_any()
    }))
}
