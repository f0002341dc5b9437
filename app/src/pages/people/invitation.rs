use leptos::prelude::*;
use service::{
    Error,
    person::{self, Accepted, Address, Newcomer},
    store::{links::Purpose, organisations},
};

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, organisations::words, ui, ui::Field, words::t};

/// Longest name of a person, in characters.
pub(super) const NAME_MOST: usize = 100;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let from = Address(cx.address().to_owned());
    let link = person::open_link(cx.services(), Purpose::Invitation, params.text("jeton"), &from).await?;
    let (Some(organisation), Some(role)) = (link.organisation, link.role) else { return Err(Error::NotFound) };
    let organisation = organisations::find(cx.services(), organisation).await?.name;
    let known = person::has_account(cx.services(), &link.email).await?;
    let title = t!(person.invitation, organisation = organisation);
    Ok(Page::new(title.clone(), "/connexion", move || {
        let account = if known {
            t!(person.invitation_known, email = link.email)
        } else {
            t!(person.invitation_new, email = link.email)
        };
        let questions = (!known).then(|| {
            view! {
                {Field::text("nom", t!(person.name)).autocomplete("name").view(&form)}
                {Field::password("motdepasse", t!(person.password))
                    .hint(t!(person.new_password_hint))
                    .autocomplete("new-password")
                    .view(&form)}
            }
        });
        view! {
            <div class="page">
                {ui::errors(&form)}
                {ui::head(title)
                    .lede(t!(person.invitation_lede, organisation = organisation, role = words::role(role)))
                    .view()}
                <div class="prose">
                    {ui::form(&cx, view! {
                        <p class="quiet">{account}</p>
                        {questions}
                        <div class="row actions"><button class="btn">{t!(person.invitation_accept)}</button></div>
                    })}
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let (token, from) = (params.text("jeton"), Address(cx.address().to_owned()));
    let link = person::open_link(cx.services(), Purpose::Invitation, token, &from).await?;
    let accepted = if person::has_account(cx.services(), &link.email).await? {
        person::accept(cx.services(), token, &from).await?
    } else {
        let newcomer = newcomer(&form)?;
        person::accept_as_newcomer(cx.services(), token, newcomer, &from).await?
    };
    Ok(match accepted {
        Accepted::Newcomer(person) => Done::SignedIn { person, then: "/compte?fait=membre".to_owned() },
        Accepted::Known(person) if cx.who().is_some_and(|who| who.person.id == person) => {
            Done::See("/compte?fait=membre".to_owned())
        }
        Accepted::Known(_) => Done::See("/connexion?fait=membre&vers=/compte".to_owned()),
    })
}

fn newcomer(form: &Form) -> Result<Newcomer, Error> {
    let mut read = form.read();
    let newcomer = Newcomer { name: read.text("nom", NAME_MOST), password: read.password("motdepasse") };
    read.errors.or(newcomer)
}
