use domain::{
    kernel::reference::TenderRef,
    offer::{FILE_MOST_MEBIBYTES, OpenedFile},
};
use leptos::prelude::*;
use service::{Error, offer};

use super::{content, show::deadline, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    ui::{self, Field, table::Row},
    words::t,
};

/// The files of the offer, and the field that takes one more.
pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let own = offer::own(cx.services(), cx.actor()?, reference).await?;
    let now = cx.services().now();
    let closed = own.place.may_answer(now).err();
    Ok(Page::new(t!(offers.files), "/offres", move || {
        let add = match closed {
            Some(refusal) => {
                let files = if own.draft.version > 0 { t!(offers.files_closed) } else { "" };
                ui::note("warn", crate::pages::sentence::refusal(&refusal), files)
            }
            None => upload(&cx, &form),
        };
        view! {
            <div class="page">
                {ui::flash(&params)}
                {ui::errors(&form)}
                {ui::head(t!(offers.files))
                    .back(format!("/offres/{reference}"), t!(offers.title))
                    .above(view! { <span class="ref">{reference.to_string()}</span> })
                    .lede(t!(offers.files_lede))
                    .view()}
                <div class="record">
                    <div class="now stack">{deadline(&own, now)}</div>
                    <div class="body stack">{add}{table(&cx, &own.draft.files)}</div>
                </div>
            </div>
        }
        .into_any()
    })
    .airy()
    .with_script("televersement.js"))
}

/// Works as it is; the script beside it shows how far the file is.
fn upload(cx: &Cx, form: &Form) -> AnyView {
    view! {
        <form method="post" action=cx.path().to_owned() class="card stack" enctype="multipart/form-data" novalidate
            data-envoi=t!(offers.sending)>
            {Field::file(offer::FILE_FIELD, t!(offers.add_file))
                .hint(t!(offers.file_hint, most = FILE_MOST_MEBIBYTES))
                .view(form)}
            <p class="small quiet" role="status" data-progres=""></p>
            <div class="row actions">
                <button class="btn">{t!(offers.send_file)}</button>
                <span class="small quiet">{t!(offers.sealed_on_arrival)}</span>
            </div>
        </form>
    }
    .into_any()
}

fn table(cx: &Cx, files: &[OpenedFile]) -> AnyView {
    if files.is_empty() {
        return ui::empty(t!(offers.no_file_yet), t!(offers.no_file_text), None);
    }
    let columns = [t!(offers.file), t!(offers.size), t!(offers.file_hash), t!(offers.remove)].map(ui::column);
    let rows = files.iter().map(|file| row(cx, file));
    ui::table("liste", columns, rows).card(t!(offers.file_count, n = files.len()))
}

fn row(cx: &Cx, file: &OpenedFile) -> Row {
    let remove = view! {
        <form method="post" action=cx.path().to_owned()>
            <button class="btn btn--danger btn--s" name="retirer" value=file.id.to_string()>
                {t!(offers.remove)}<span class="govuk-visually-hidden">" "{file.name.clone()}</span>
            </button>
        </form>
    };
    ui::row(file.name.clone())
        .classed("nowrap", content::size(file.size_bytes))
        .cell(view! { <span class="hash small">{words::hash(&file.sha256)}</span> })
        .cell(remove)
}

/// A file is taken out of the draft; one is added by another way in, which seals while it reads.
pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let actor = cx.actor()?;
    // Somebody who has no offer here learns nothing from an empty form either.
    offer::own(cx.services(), actor, reference).await?;
    if form.text("retirer").is_empty() {
        return Err(offer::wrong(domain::offer::FileFault::Empty));
    }
    let file = form.text("retirer").parse().map_err(|_| Error::NotFound)?;
    let received_at = form.received_at().unwrap_or_else(|| cx.services().now());
    offer::remove_file(cx.services(), actor, reference, file, received_at).await?;
    Done::see(format!("/offres/{reference}/fichiers?fait=fichier-retire"))
}
