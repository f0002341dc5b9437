use std::collections::BTreeMap;

use domain::{
    authz::{Action as _, JoinNeed},
    kernel::time::{brussels, date_french},
    organisation::Role,
};
use leptos::prelude::*;
use service::{
    need,
    store::{
        cpv,
        needs::{self, NeedView},
    },
};

use super::{form, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, tenders::nature_word, ui, ui::Field, words::t};

/// Needs shown as near.
const MOST_NEAR: usize = 4;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let services = cx.services();
    let found = needs::find(services, cx.scope(), params.parse("besoin")?).await?;
    let near = needs::near(services, cx.scope(), &found.need, MOST_NEAR).await?;
    let labels = cpv::labels(services, [found.need.draft.cpv.clone()]).await?;
    let part = Part::of(&cx, &found)?;
    Ok(Page::new(found.need.draft.object.clone(), "/besoins", move || {
        let state = match found.need.tender {
            None => ui::tag("wait", t!(need.free)),
            Some(_) => ui::tag("done", t!(need.taken)),
        };
        let join = (part == Part::MayJoin).then(|| join(&cx, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(found.need.draft.object.clone()).back("/besoins", t!(need.list)).above(state).view()}
            <div class="record">
                <div class="now">{next(&found, part)}</div>
                <div class="body stack">
                    {facts(&found, &labels)}
                    {shares(&found)}
                    {join}
                    {like(near)}
                </div>
                <div class="side">{history(&found)}</div>
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("besoin")?;
    let share = form::share(&form)?;
    need::join(cx.services(), cx.actor()?, id, &share).await?;
    Done::see(format!("/besoins/{id}?fait=rejoint"))
}

/// What this person has to do with the need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Their authority described or joined it, and they may make a tender of it.
    MayStart,
    MayJoin,
    Reads,
}

impl Part {
    fn of(cx: &Cx, found: &NeedView) -> Result<Self, service::Error> {
        let actor = cx.actor()?;
        let own = found.need.organisation == actor.organisation() || found.need.joined.contains(&actor.organisation());
        Ok(if found.need.is_free().is_err() {
            Self::Reads
        } else if own && actor.holds(Role::ProcurementOfficer) {
            Self::MayStart
        } else if !own && JoinNeed::permits(actor, &found.need) {
            Self::MayJoin
        } else {
            Self::Reads
        })
    }
}

fn next(found: &NeedView, part: Part) -> AnyView {
    let is_taken = found.need.tender.is_some();
    let what = match (&found.tender, is_taken, part) {
        (Some(reference), _, _) => t!(need.next_taken, reference = reference),
        (None, true, _) => t!(need.next_taken_elsewhere).to_owned(),
        (None, false, Part::MayStart) => t!(need.next_start).to_owned(),
        (None, false, Part::MayJoin) => t!(need.next_join).to_owned(),
        (None, false, Part::Reads) => t!(need.next_wait).to_owned(),
    };
    let who = match (is_taken, part) {
        (true, _) => t!(need.who_nobody).to_owned(),
        (false, Part::MayStart | Part::MayJoin) => t!(need.who_you).to_owned(),
        (false, Part::Reads) => t!(need.who_officer, organisation = found.organisation),
    };
    let until = match (is_taken, found.need.draft.wanted_on) {
        (true, _) => t!(need.until_over).to_owned(),
        (false, Some(date)) => t!(need.until_wanted, date = date_french(date)),
        (false, None) => t!(need.until_free).to_owned(),
    };
    let action = match (&found.tender, part) {
        (Some(reference), _) => Some((format!("/marches/{reference}"), t!(need.open_tender))),
        (None, Part::MayStart) => Some((format!("/marches/nouveau?besoin={}", found.need.id), t!(need.start))),
        (None, Part::MayJoin) => Some(("#rejoindre".to_owned(), t!(need.join_link))),
        (None, Part::Reads) => None,
    };
    let action = action.map(|(address, word)| {
        view! { <div class="row actions"><a class="btn" href=address>{word}</a></div> }
    });
    view! {
        <section class="next" aria-labelledby="suite">
            <h2 id="suite">{t!(need.next)}</h2>
            <dl>
                <div><dt>{t!(need.what)}</dt><dd>{what}</dd></div>
                <div><dt>{t!(need.who)}</dt><dd>{who}</dd></div>
                <div><dt>{t!(need.until)}</dt><dd>{until}</dd></div>
            </dl>
            {action}
        </section>
    }
    .into_any()
}

fn facts(found: &NeedView, labels: &BTreeMap<String, String>) -> AnyView {
    let draft = &found.need.draft;
    let description: Vec<_> = draft
        .description
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect();
    let wanted = draft.wanted_on.map_or_else(|| t!(need.no_wish).to_owned(), date_french);
    view! {
        <section class="card stack" aria-labelledby="besoin">
            <h2 id="besoin">{t!(need.facts)}</h2>
            {description}
            <dl class="facts facts--row">
                <div><dt>{t!(need.organisation)}</dt><dd>{found.organisation.clone()}</dd></div>
                <div><dt>{t!(need.nature)}</dt><dd>{nature_word(draft.nature)}</dd></div>
                <div><dt>{t!(need.wanted)}</dt><dd>{wanted}</dd></div>
                <div><dt>{t!(need.cpv)}</dt><dd>{words::cpv(&draft.cpv, labels)}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

fn shares(found: &NeedView) -> AnyView {
    let own = (&found.organisation, &found.need.draft.quantity, "", found.need.draft.estimate);
    let others = found
        .shares
        .iter()
        .map(|share| (&share.organisation, &share.share.quantity, share.share.remark.as_str(), share.share.estimate));
    let rows = std::iter::once(own).chain(others).map(|(organisation, quantity, remark, estimate)| {
        let remark = (!remark.is_empty()).then(|| view! { <br/><span class="small quiet">{remark.to_owned()}</span> });
        ui::row(organisation.clone()).cell(view! { <span>{quantity.clone()}{remark}</span> }).cell(estimate.to_string())
    });
    let columns = [ui::column(t!(need.organisation)), ui::column(t!(need.quantity)), ui::number(t!(need.total))];
    let total = found.total().filter(|_| !found.shares.is_empty());
    ui::table("parts", columns, rows)
        .foot(total.map(|total| ui::row(t!(need.sum)).blank().cell(total.to_string())))
        .card(t!(need.shares))
}

fn join(cx: &Cx, form: &Form) -> AnyView {
    view! {
        <section class="stack" aria-labelledby="rejoindre">
            <h2 id="rejoindre">{t!(need.join)}</h2>
            <p class="quiet">{t!(need.join_lede)}</p>
            {ui::form(cx, view! {
                {Field::money("estimation", t!(need.estimate)).hint(t!(need.estimate_hint)).view(form)}
                {Field::text("quantite", t!(need.quantity)).hint(t!(need.quantity_hint)).view(form)}
                {Field::long("remarque", t!(need.remark), 3).view(form)}
                <div class="row actions"><button class="btn">{t!(need.join)}</button></div>
            })}
        </section>
    }
    .into_any()
}

fn like(near: Vec<NeedView>) -> Option<AnyView> {
    if near.is_empty() {
        return None;
    }
    let items: Vec<_> = near
        .into_iter()
        .map(|found| {
            let total = found.total().unwrap_or(found.need.draft.estimate);
            view! {
                <li>
                    <a href=format!("/besoins/{}", found.need.id)>{found.need.draft.object}</a><br/>
                    <span class="small quiet">{t!(need.near_line, organisation = found.organisation, total = total)}</span>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <section class="card" aria-labelledby="proches">
                <h2 id="proches">{t!(need.near)}</h2>
                <p class="small quiet">{t!(need.near_text)}</p>
                <ul class="plain stack-s gap-s">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

/// What happened, the latest first.
fn history(found: &NeedView) -> AnyView {
    let taken = found.tender.as_ref().map(|reference| {
        view! { <li class="mark">{t!(need.event_taken, reference = reference)}</li> }
    });
    let joined = found.shares.iter().rev().map(|share| {
        let sentence = t!(need.event_joined, organisation = share.organisation, estimate = share.share.estimate);
        (sentence, share.created_at)
    });
    let described = (t!(need.event_described, organisation = found.organisation), found.created_at);
    let events: Vec<_> = joined
        .chain(std::iter::once(described))
        .map(|(sentence, at)| {
            let date = brussels(at).date();
            view! { <li class="mark">{sentence}" "<br/><time datetime=date.to_string()>{date_french(date)}</time></li> }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="historique">
            <h2 id="historique">{t!(need.history)}</h2>
            <ol class="line">{taken}{events}</ol>
        </section>
    }
    .into_any()
}
