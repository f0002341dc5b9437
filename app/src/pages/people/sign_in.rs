use domain::kernel::ids::PersonId;
use leptos::prelude::*;
use service::{
    Error,
    person::{self, Address},
    store::people,
};

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let demo = if cx.is_demo() { demo_people(&cx).await? } else { Vec::new() };
    // Where the person was going, and what they had typed there when their session ended.
    let going = if form.was_sent() { form.text("vers").to_owned() } else { params.query("vers").to_owned() };
    let kept: Vec<(String, String)> =
        form.values().iter().filter(|(name, _)| name.starts_with("tenu.")).cloned().collect();
    Ok(Page::new(t!(person.sign_in), "/connexion", move || {
        let keeping = (!kept.is_empty()).then(|| ui::note("warn", t!(person.kept), ""));
        let hidden = move || {
            let kept: Vec<_> = kept
                .iter()
                .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> })
                .collect();
            view! { <input type="hidden" name="vers" value=going.clone()/>{kept} }.into_any()
        };
        let people = (!demo.is_empty()).then(|| demo_card(demo, &hidden));
        view! {
            {ui::public_head(t!(person.sign_in), t!(person.sign_in_lede))}
            <div class="page">
                <div class="cols cols--even">
                    <div class="stack">
                        {ui::flash(&params)}
                        {ui::errors(&form)}
                        {keeping}
                        <form method="post" action="/connexion" class="card" novalidate>
                            {hidden()}
                            {Field::email("courriel", t!(person.email)).autocomplete("username").view(&form)}
                            {Field::password("motdepasse", t!(person.password)).autocomplete("current-password").view(&form)}
                            <div class="row actions"><button class="btn">{t!(person.sign_in)}</button></div>
                        </form>
                        <ul class="plain stack-s">
                            <li><a href="/mot-de-passe">{t!(person.forgotten)}</a></li>
                            <li><a href="/inscription">{t!(person.register)}</a></li>
                        </ul>
                    </div>
                    {people}
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let then = local(form.text("vers"));
    if let Some(person) = demo_person(&cx, &form) {
        people::find(cx.services(), person).await?;
        return Ok(Done::SignedIn { person, then });
    }

    let mut read = form.read();
    let email = read.text("courriel", 200);
    let password = form.raw("motdepasse").unwrap_or_default().to_owned();
    if password.is_empty() {
        read.errors.add("motdepasse", domain::fault::Fault::Empty);
    }
    read.errors.or(())?;

    let person = person::sign_in(cx.services(), &email, password, &Address(cx.address().to_owned())).await?;
    Ok(Done::SignedIn { person, then })
}

/// Only an address of ours: nobody is sent elsewhere after signing in.
fn local(address: &str) -> String {
    if address.starts_with('/') && !address.starts_with("//") && !address.contains('\\') {
        address.to_owned()
    } else {
        "/".to_owned()
    }
}

/// One click signs in, in the demo alone.
fn demo_person(cx: &Cx, form: &Form) -> Option<PersonId> {
    if cx.is_demo() { form.text("personne").parse().ok() } else { None }
}

/// The people of one organisation of the demo.
struct DemoGroup {
    organisation: String,
    people: Vec<(String, String)>,
}

async fn demo_people(cx: &Cx) -> Result<Vec<DemoGroup>, Error> {
    let mut groups: Vec<DemoGroup> = Vec::new();
    for person in people::of_the_demo(cx.services()).await? {
        let memberships = people::memberships(cx.services(), person.id).await?;
        let organisation = memberships.first().map(|first| first.organisation.name.clone()).unwrap_or_default();
        let entry = (person.id.to_string(), person.name);
        match groups.iter_mut().find(|group| group.organisation == organisation) {
            Some(group) => group.people.push(entry),
            None => groups.push(DemoGroup { organisation, people: vec![entry] }),
        }
    }
    Ok(groups)
}

fn demo_card(groups: Vec<DemoGroup>, hidden: &dyn Fn() -> AnyView) -> AnyView {
    let groups: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let people: Vec<_> = group
                .people
                .into_iter()
                .map(|(id, name)| view! { <button class="chip" name="personne" value=id>{name}</button> })
                .collect();
            view! {
                <h3 class="small quiet">{group.organisation}</h3>
                <p class="chips">{people}</p>
            }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="demo">
            <div class="row row--apart"><h2 id="demo">{t!(person.demo_people)}</h2>{ui::tag("", t!(person.demo_tag))}</div>
            <p class="small quiet">{t!(person.demo_text)}</p>
            <form method="post" action="/connexion" class="stack-s gap-s">{hidden()}{groups}</form>
        </section>
    }
    .into_any()
}

/// The form that a lost session interrupted, with what was typed.
pub fn interrupted(form: &Form) -> Option<Form> {
    let kept: Vec<_> = form
        .values()
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("tenu.")?.to_owned(), value.clone())))
        .collect();
    (!kept.is_empty()).then(|| Form::resumed(kept))
}
