use leptos::prelude::*;
use service::{
    person::{self, Address},
    store::links::Purpose,
};

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let from = Address(cx.address().to_owned());
    let link = person::open_link(cx.services(), Purpose::Password, params.text("jeton"), &from).await?;
    Ok(Page::new(t!(person.new_password), "/connexion", move || {
        view! {
            <div class="page">
                {ui::errors(&form)}
                {ui::head(t!(person.new_password))
                    .lede(t!(person.new_password_lede, email = link.email))
                    .view()}
                <div class="prose">
                    {ui::form(&cx, view! {
                        {Field::password("motdepasse", t!(person.password))
                            .hint(t!(person.new_password_hint))
                            .autocomplete("new-password")
                            .view(&form)}
                        <div class="row actions"><button class="btn">{t!(person.new_password_save)}</button></div>
                    })}
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
    person::choose_password(cx.services(), params.text("jeton"), password, &from).await?;
    Done::see("/connexion?fait=mot-de-passe")
}
