use domain::kernel::reference::TenderRef;
use leptos::prelude::*;
use service::specification;

use super::{address, document_view};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let reading = specification::read(cx.services(), cx.scope(), reference).await?;
    let document = match reading.adopted(cx.services()).await? {
        Some(adopted) => adopted,
        None => reading.compose().await?.document,
    };
    Ok(Page::new(t!(specification.document), "/marches", move || {
        let download = if reading.is_draft() { t!(specification.download_draft) } else { t!(specification.download) };
        let state = if reading.is_draft() {
            ui::tag("", t!(specification.draft))
        } else {
            ui::tag("done", t!(specification.adopted))
        };
        let asked = document_view::Asked::of(&reading);
        view! {
            {ui::head(t!(specification.document))
                .back(address(reference), t!(specification.back_to_list))
                .above(view! { <span class="ref">{reference.to_string()}</span>{state} })
                .lede(document.subtitle.clone())
                .action(view! {
                    <a class="btn" href=format!("{}.pdf", address(reference))>{ui::icon::view(ui::icon::DOWNLOAD)}{download}</a>
                })
                .view()}
            <div class="cols cols--left">
                {document_view::contents(&document)}
                {document_view::sheet(&document, &asked)}
            </div>
        }
        .into_any()
    }))
}
