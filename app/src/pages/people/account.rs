use leptos::prelude::*;
use service::Error;

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let who = cx.who().cloned().ok_or(Error::NotFound)?;
    Ok(Page::new(t!(person.account), "/compte", move || {
        let acting = who.acting.organisation.id;
        let choices: Vec<_> = who
            .memberships
            .iter()
            .map(|membership| {
                let name = membership.organisation.name.clone();
                let id = membership.organisation.id;
                let side = if id == acting {
                    ui::tag("now", t!(person.acting))
                } else {
                    view! {
                        <form method="post" action="/compte">
                            <button class="btn btn--second btn--s" name="organisation" value=id.to_string()>
                                {t!(person.act_for, organisation = name)}
                            </button>
                        </form>
                    }
                    .into_any()
                };
                view! { <li class="row row--apart"><b>{name.clone()}</b>{side}</li> }
            })
            .collect();
        view! {
            {ui::flash(&params)}
            {ui::head(t!(person.account)).lede(who.person.name.clone()).view()}
            <div class="prose stack">
                <section class="card stack" aria-labelledby="agir">
                    <h2 id="agir">{t!(person.acting)}</h2>
                    <p class="quiet">{t!(person.acting_lede)}</p>
                    <ul class="plain stack">{choices}</ul>
                </section>
                <p><a href="/organisations">{t!(common.organisations)}</a></p>
                <form method="post" action="/compte">
                    <button class="btn btn--second" name="geste" value="sortir">{t!(common.sign_out)}</button>
                </form>
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    if form.gesture() == "sortir" {
        return Ok(Done::SignedOut);
    }
    let who = cx.who().ok_or(Error::NotFound)?;
    let chosen = form.text("organisation");
    let membership = who
        .memberships
        .iter()
        .find(|membership| membership.organisation.id.to_string() == chosen)
        .ok_or(Error::NotFound)?;
    Ok(Done::ActsFor { organisation: membership.organisation.id, then: "/".to_owned() })
}
