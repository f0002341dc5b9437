use leptos::prelude::*;
use service::{
    organisation,
    person::{self, Address},
    store::links::Purpose,
};

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let from = Address(cx.address().to_owned());
    let link = person::open_link(cx.services(), Purpose::Confirmation, params.text("jeton"), &from).await?;
    Ok(Page::new(t!(person.confirm), "/connexion", move || {
        view! {
            <div class="page">
                {ui::errors(&form)}
                {ui::head(t!(person.confirm)).lede(t!(person.confirm_lede, email = link.email)).view()}
                <div class="prose stack">
                    {ui::form(&cx, view! {
                        {Field::password("motdepasse", t!(person.password)).autocomplete("current-password").view(&form)}
                        <div class="row actions"><button class="btn">{t!(person.confirm_save)}</button></div>
                    })}
                    <p><a href="/mot-de-passe">{t!(person.confirm_forgotten)}</a></p>
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let mut read = form.read();
    let password = read.password("motdepasse");
    read.errors.or(())?;
    let from = Address(cx.address().to_owned());
    let (person, firm) = organisation::confirm(cx.services(), params.text("jeton"), password, &from).await?;
    Ok(Done::SignedIn { person, then: format!("/organisations/{firm}?fait=confirmation") })
}
