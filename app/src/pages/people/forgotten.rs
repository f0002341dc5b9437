use domain::fault::Fault;
use leptos::prelude::*;
use service::person::{self, Address};

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    Ok(Page::new(t!(person.forgotten), "/connexion", move || {
        view! {
            <div class="page">
                {ui::flash(&params)}
                {ui::errors(&form)}
                {ui::head(t!(person.forgotten))
                    .back("/connexion", t!(person.sign_in))
                    .lede(t!(person.forgotten_lede))
                    .view()}
                <div class="prose stack">
                    {ui::mail_note(&cx)}
                    {ui::form(&cx, view! {
                        {Field::email("courriel", t!(person.email)).autocomplete("username").view(&form)}
                        <div class="row actions"><button class="btn">{t!(person.forgotten_send)}</button></div>
                    })}
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let mut read = form.read();
    let Some(email) = read.value("courriel", Fault::NotEmail) else { return Err(read.errors.into()) };
    person::forgotten(cx.services(), &email, &Address(cx.address().to_owned())).await?;
    Done::see("/mot-de-passe?fait=lien")
}
