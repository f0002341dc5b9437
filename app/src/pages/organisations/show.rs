use domain::{
    authz::{Action as _, EditOrganisation},
    organisation::Organisation,
};
use leptos::prelude::*;
use service::store::{
    organisations,
    people::{self, Member},
};

use super::words;
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let organisation = organisations::find(cx.services(), params.parse("organisation")?).await?;
    let signed_in = cx.who().is_some();
    let own = cx.who().filter(|who| who.actor.organisation() == organisation.id);
    let may_edit = own.is_some_and(|who| EditOrganisation::permits(&who.actor, &organisation));
    let members = match own {
        Some(who) => Some(people::members(cx.services(), &who.actor).await?),
        None => None,
    };
    let airy = !signed_in;
    let page = Page::new(organisation.name.clone(), "/organisations", move || {
        let path = format!("/organisations/{}", organisation.id);
        let mut head = ui::head(organisation.name.clone())
            .back("/organisations", t!(organisation.list))
            .above(tags(&organisation, members.is_some()));
        if may_edit {
            let word = if organisation.claimed { t!(organisation.edit) } else { t!(organisation.claim) };
            head = head.action(view! { <a class="btn" href=format!("{path}/modifier")>{word}</a> });
        }
        let unclaimed = (!organisation.claimed)
            .then(|| ui::note("", t!(organisation.not_claimed_note), t!(organisation.not_claimed_text)));
        view! {
            <div class:page=airy>
                {ui::flash(&params)}
                {head.view()}
                <div class="stack">
                    {unclaimed}
                    {facts(organisation, signed_in)}
                    {members.map(|members| people_card(members, &path))}
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { page.airy() } else { page })
}

fn tags(organisation: &Organisation, is_own: bool) -> AnyView {
    let claimed = if organisation.claimed {
        ui::tag("done", t!(organisation.claimed))
    } else {
        ui::tag("", t!(organisation.not_claimed))
    };
    view! {
        <span class="ref">{words::kind(organisation.kind)}</span>
        {claimed}
        {is_own.then(|| ui::tag("", t!(organisation.own)))}
    }
    .into_any()
}

fn facts(organisation: Organisation, signed_in: bool) -> AnyView {
    let population = organisation.population.map(|population| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{t!(organisation.population)}</dt>
                <dd class="govuk-summary-list__value">
                    {t!(organisation.population_value, inhabitants = population.inhabitants_french())}
                    <br/>
                    <span class="small quiet">
                        {t!(organisation.population_source, year = population.year, source = population.source)}
                    </span>
                </dd>
            </div>
        }
    });
    let of_a_commune = [
        (t!(organisation.province), organisation.province),
        (t!(organisation.nis), organisation.nis),
        (t!(organisation.postal_codes), organisation.postal_codes.map(|codes| codes.replace(' ', ", "))),
    ];
    let said_by_itself = [
        (t!(organisation.bce), organisation.bce, true),
        (t!(organisation.address), organisation.address, true),
        (t!(organisation.email), organisation.email, true),
        (t!(organisation.iban), organisation.iban, signed_in),
        (t!(organisation.peppol), organisation.peppol_id, signed_in),
    ];
    let shipped: Vec<_> = of_a_commune.into_iter().filter_map(|(word, value)| Some(fact(word, value?))).collect();
    let said: Vec<_> = said_by_itself
        .into_iter()
        .filter(|(_, _, shown)| *shown)
        .map(|(word, value, _)| fact(word, value.unwrap_or_else(|| t!(organisation.unknown).to_owned())))
        .collect();
    view! {
        <section class="card" aria-labelledby="donnees">
            <h2 id="donnees">{t!(organisation.facts)}</h2>
            <dl class="govuk-summary-list">{shipped}{population}{said}</dl>
        </section>
    }
    .into_any()
}

fn fact(word: &'static str, value: String) -> AnyView {
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{word}</dt>
            <dd class="govuk-summary-list__value">{value}</dd>
        </div>
    }
    .into_any()
}

fn people_card(members: Vec<Member>, path: &str) -> AnyView {
    view! {
        {super::members::table(members, None)}
        <p><a href=format!("{path}/membres")>{t!(organisation.manage)}</a></p>
        <p><a href=format!("{path}/historique")>{t!(history.all)}</a></p>
    }
    .into_any()
}
