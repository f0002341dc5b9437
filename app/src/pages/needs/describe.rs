use domain::authz::{Authorised, DescribeNeed};
use leptos::prelude::*;
use service::{Error, cpv, need};

use super::form;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, tenders::nature_word, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, _: Params, form: Form) -> Shown {
    let who = cx.who().cloned().ok_or(Error::NotFound)?;
    // Whoever may not send it is told before they write it.
    let _permitted = Authorised::<DescribeNeed>::check(&who.actor, who.acting.organisation)?;
    Ok(Page::new(t!(need.describe), "/besoins", move || {
        let natures = form::NATURES.map(|nature| (nature.word().to_owned(), nature_word(nature).to_owned()));
        let codes = cpv::shipped().into_iter().map(|found| (found.code, found.label)).collect();
        view! {
            {ui::errors(&form)}
            {ui::head(t!(need.describe)).back("/besoins", t!(need.list)).lede(t!(need.describe_lede)).view()}
            <div class="prose">
                {ui::form(&cx, view! {
                    {ui::form_key(&cx, &form)}
                    {Field::text("objet", t!(need.object)).hint(t!(need.object_hint)).view(&form)}
                    {Field::long("description", t!(need.description), 5).hint(t!(need.description_hint)).view(&form)}
                    {Field::listed("cpv", t!(need.cpv), codes).hint(t!(need.cpv_hint)).view(&form)}
                    {Field::radios("nature", t!(need.nature), natures.to_vec()).value("services").view(&form)}
                    {Field::money("estimation", t!(need.estimate)).hint(t!(need.estimate_hint)).view(&form)}
                    {Field::text("quantite", t!(need.quantity)).hint(t!(need.quantity_hint)).view(&form)}
                    {Field::date("debut", t!(need.wanted), None).hint(t!(need.wanted_hint)).view(&form)}
                    <div class="row actions"><button class="btn">{t!(need.save)}</button></div>
                })}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let draft = form::need(&form)?;
    let id = need::describe_once(cx.services(), cx.actor()?, form.key().as_ref(), &draft).await?;
    Done::see(format!("/besoins/{id}?fait=besoin"))
}
