use domain::fault::Fault;
use leptos::prelude::*;
use service::{
    Error,
    organisation::{self, Registration},
    person::{Address, check_strength},
};

use super::invitation::NAME_MOST;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

const FIRM_MOST: usize = 200;
const ADDRESS_MOST: usize = 300;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let is_done = params.query("fait") == "inscription" && !form.was_sent();
    Ok(Page::new(t!(person.register), "/connexion", move || {
        let rest = if is_done {
            view! { <p><a class="btn btn--second" href="/connexion">{t!(person.sign_in)}</a></p> }.into_any()
        } else {
            questions(&cx, &form)
        };
        view! {
            <div class="page">
                {ui::flash(&params)}
                {ui::errors(&form)}
                {ui::head(t!(person.register))
                    .back("/connexion", t!(person.sign_in))
                    .lede(t!(person.register_lede))
                    .view()}
                <div class="prose stack">{ui::mail_note(&cx)}{rest}</div>
            </div>
        }
        .into_any()
    })
    .airy())
}

fn questions(cx: &Cx, form: &Form) -> AnyView {
    view! {
        {ui::form(cx, view! {
            <h2>{t!(person.register_firm)}</h2>
            {Field::text("entreprise", t!(person.firm)).autocomplete("organization").view(form)}
            {Field::short("bce", t!(person.bce), 20).hint(t!(person.bce_hint)).view(form)}
            {Field::text("adresse", t!(person.address)).hint(t!(person.address_hint)).view(form)}
            <h2>{t!(person.register_person)}</h2>
            {Field::text("nom", t!(person.name)).autocomplete("name").view(form)}
            {Field::email("courriel", t!(person.email))
                .hint(t!(person.work_email_hint))
                .autocomplete("username")
                .view(form)}
            {Field::password("motdepasse", t!(person.password))
                .hint(t!(person.new_password_hint))
                .autocomplete("new-password")
                .view(form)}
            <div class="row actions"><button class="btn">{t!(person.register_save)}</button></div>
        })}
        <p class="small quiet">{t!(person.register_already)}</p>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let registration = registration(&form)?;
    organisation::register(cx.services(), registration, &Address(cx.address().to_owned())).await?;
    Done::see("/inscription?fait=inscription")
}

fn registration(form: &Form) -> Result<Registration, Error> {
    let mut read = form.read();
    let firm = read.text("entreprise", FIRM_MOST);
    let bce = read.value("bce", Fault::NotBce);
    let address = read.text("adresse", ADDRESS_MOST);
    let name = read.text("nom", NAME_MOST);
    let email = read.value("courriel", Fault::NotEmail);
    let password = read.password("motdepasse");
    // Said with the other faults, rather than after they are corrected.
    if let Err(fault) = check_strength(&password, &[&firm, &name, form.text("courriel")])
        && !password.is_empty()
    {
        read.errors.add("motdepasse", fault);
    }
    match (bce, email) {
        (Some(bce), Some(email)) => read.errors.or(Registration { firm, bce, address, email, name, password }),
        (None, _) | (_, None) => Err(read.errors.into()),
    }
}
