use domain::{
    audit::{Outcome, Stream},
    authz::{Action, Authorised, EditOrganisation},
    fault::Fault,
    organisation::Organisation,
};
use leptos::prelude::*;
use service::{
    Error, organisation,
    store::{
        audit::{self, Entry},
        organisations::{self, Profile},
    },
};

use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, ui,
    ui::Field,
    words::{of, t},
};

const ADDRESS_MOST: usize = 300;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let organisation = organisations::find(cx.services(), params.parse("organisation")?).await?;
    // Nobody fills in a form that they may not send.
    let _ = Authorised::<EditOrganisation>::check(cx.actor()?, organisation.clone())?;
    let last_edit = if form.stale { last_edit(&cx, &organisation).await? } else { None };
    let title = t!(organisation.edit_title, organisation = of(&organisation.name));
    Ok(Page::new(title.clone(), "/organisations", move || {
        let conflict = form.stale.then(|| ui::conflict(versions(&form, &organisation), last_edit));
        view! {
            {ui::errors(&form)}
            {ui::head(title)
                .back(format!("/organisations/{}", organisation.id), organisation.name.clone())
                .lede(t!(organisation.edit_lede))
                .view()}
            <div class="prose stack">
                {conflict}
                {ui::form(&cx, fields(&form, &organisation))}
            </div>
        }
        .into_any()
    }))
}

/// The names of the fields, their words, and what is kept in them now.
fn kept(organisation: &Organisation) -> [(&'static str, &'static str, String); 5] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        ("bce", t!(organisation.bce), text(&organisation.bce)),
        ("adresse", t!(organisation.address), text(&organisation.address)),
        ("courriel", t!(organisation.email), text(&organisation.email)),
        ("iban", t!(organisation.iban), text(&organisation.iban)),
        ("peppol", t!(organisation.peppol), text(&organisation.peppol_id)),
    ]
}

fn fields(form: &Form, organisation: &Organisation) -> AnyView {
    let [bce, address, email, iban, peppol] = kept(organisation);
    // A form that was not accepted for another reason still edits the version that it began with.
    let version =
        if form.was_sent() && !form.stale { form.text("version").to_owned() } else { organisation.version.to_string() };
    let (save, other) = if form.stale {
        let there = format!("/organisations/{}", organisation.id);
        let link = view! { <a class="btn btn--second" href=there>{t!(common.keep_theirs)}</a> };
        (t!(common.save_mine), Some(link))
    } else {
        (t!(organisation.save), None)
    };
    view! {
        <input type="hidden" name="version" value=version/>
        {Field::short(bce.0, bce.1, 20).hint(t!(organisation.bce_hint)).value(bce.2).view(form)}
        {Field::text(address.0, address.1).value(address.2).view(form)}
        {Field::email(email.0, email.1).value(email.2).view(form)}
        {Field::text(iban.0, iban.1).hint(t!(organisation.iban_hint)).value(iban.2).view(form)}
        {Field::text(peppol.0, peppol.1).hint(t!(organisation.peppol_hint)).value(peppol.2).view(form)}
        <div class="row actions"><button class="btn">{save}</button>{other}</div>
    }
    .into_any()
}

/// Every field as it was typed and as it is kept.
fn versions(form: &Form, organisation: &Organisation) -> Vec<ui::Versions> {
    let version = |(name, word, theirs)| ui::Versions { word, mine: form.text(name).to_owned(), theirs };
    kept(organisation).into_iter().map(version).collect()
}

async fn last_edit(cx: &Cx, organisation: &Organisation) -> Result<Option<Entry>, Error> {
    const RECENT: u64 = 50;
    let rows = audit::latest(cx.services(), Stream::Organisation(organisation.id), RECENT).await?;
    Ok(rows.into_iter().find(|row| row.action == EditOrganisation::NAME && row.outcome == Outcome::Done))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("organisation")?;
    let profile = profile(&form)?;
    organisation::edit(cx.services(), cx.actor()?, id, &profile).await?;
    Done::see(format!("/organisations/{id}?fait=organisation"))
}

fn profile(form: &Form) -> Result<Profile, Error> {
    let mut read = form.read();
    let bce = read.optional("bce", Fault::NotBce);
    let address = read.optional_text("adresse", ADDRESS_MOST);
    let email = read.optional("courriel", Fault::NotEmail);
    let iban = read.optional("iban", Fault::NotIban);
    let peppol_id = read.optional("peppol", Fault::NotPeppol);
    // A version that can't be read is nobody's: it counts as an old one.
    let version = form.text("version").parse().unwrap_or_default();
    let address = Some(address).filter(|text| !text.is_empty());
    read.errors.or(Profile { bce, address, email, iban, peppol_id, version })
}
