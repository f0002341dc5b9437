use domain::{
    authz::{Action as _, Actor, AdhereToBody, DraftVoucher, ExpressNeed},
    central::{Accession, Framework, Standing},
    kernel::time::{brussels, date_french},
    voucher::Refusal,
};
use leptos::prelude::*;
use service::{
    Error,
    store::{central, contracts, organisations},
};

use super::{PATH, words};
use crate::pages::{Cx, Form, Page, Params, Shown, contracts::show::clauses, ui, vouchers, words::t};

/// Where the one who asks stands.
struct Own {
    actor: Actor,
    accession: Option<Accession>,
    /// Why it may not order now; none where the contract runs and it may.
    refused: Option<Refusal>,
    /// May this person record an accession, or draw an order?
    adheres: bool,
    drafts: bool,
}

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let framework = central::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let own = own(&cx, &framework).await?;
    let today = brussels(cx.services().now()).date();
    let airy = cx.who().is_none();
    let view = Page::new(framework.object.clone(), PATH, move || {
        let side = match &own {
            Some(own) if own.actor.organisation() == framework.body => of_body(&framework),
            Some(own) => of_authority(&framework, own, today),
            None => ui::note("", t!(central.for_authorities), t!(central.for_authorities_text)),
        };
        view! {
            <div class:page=airy>
                {ui::flash(&params)}
                {ui::head(framework.object.clone())
                    .back(PATH, t!(central.list))
                    .above(view! { <span class="ref">{framework.reference.to_string()}</span> })
                    .lede(t!(central.lede, body = framework.body_name))
                    .view()}
                <div class="record">
                    <div class="now stack">{side}</div>
                    <div class="body stack">
                        {facts(&framework)}
                        {how(&framework)}
                        {users(&framework)}
                        {framework.running.as_ref().map(|running| clauses(&running.clauses))}
                    </div>
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { view.airy() } else { view })
}

async fn own(cx: &Cx, framework: &Framework) -> Result<Option<Own>, Error> {
    let Some(actor) = cx.actor().ok().filter(|actor| actor.kind().is_contracting_authority()).cloned() else {
        return Ok(None);
    };
    let accession = central::accession_of(cx.services(), framework.body, actor.organisation()).await?;
    let (refused, drafts) = match framework.running {
        Some(_) => {
            let contract = contracts::find_to_order(cx.services(), cx.scope(), framework.reference).await?;
            let refused = contract.may_order_for(actor.organisation(), cx.services().now()).err();
            (refused, DraftVoucher::permits(&actor, &contract))
        }
        None => (Some(Refusal::ContractNotRunning), false),
    };
    let body = organisations::find(cx.services(), framework.body).await?;
    let adheres = AdhereToBody::permits(&actor, &body);
    Ok(Some(Own { actor, accession, refused, adheres, drafts }))
}

fn facts(framework: &Framework) -> AnyView {
    let running = framework.running.as_ref();
    let supplier = running.map_or_else(|| t!(central.not_concluded).to_owned(), |found| found.supplier_name.clone());
    let ends = running.and_then(|found| found.ends_on).map_or_else(|| t!(contract.no_end).to_owned(), date_french);
    view! {
        <section class="card" aria-labelledby="donnees">
            <h2 id="donnees">{t!(central.facts)}</h2>
            <dl class="facts">
                {ui::fact(t!(central.body), framework.body_name.clone())}
                {ui::fact(t!(contract.supplier), supplier)}
                {ui::fact(t!(contract.ends_on), ends)}
                {ui::fact(t!(central.maximum), words::maximum(framework))}
                {ui::fact(t!(central.fee), words::fee(framework.offer.fee))}
            </dl>
        </section>
    }
    .into_any()
}

fn how(framework: &Framework) -> AnyView {
    view! {
        <section class="card" aria-labelledby="comment">
            <h2 id="comment">{t!(central.how)}</h2>
            <p>{framework.offer.how.clone()}</p>
        </section>
    }
    .into_any()
}

/// The list of the notice: by name, without amounts.
fn users(framework: &Framework) -> Option<AnyView> {
    let items: Vec<_> = framework
        .users
        .iter()
        .filter(|user| user.reserved.is_some() || user.accepted.is_some())
        .map(|user| {
            let tag = match user.accepted {
                Some(_) => ui::tag("done", t!(central.user_entitled)),
                None => ui::tag("", t!(central.user_potential)),
            };
            view! { <li>{user.name.clone()}" "{tag}</li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="usagers">
                <h2 id="usagers">{t!(central.users)}</h2>
                <ul class="plain stack-s">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn of_body(framework: &Framework) -> AnyView {
    let path = format!("{PATH}/{}", framework.reference);
    let link = |address: String, word: &'static str| view! { <li><a href=address>{word}</a></li> };
    let contract =
        framework.running.as_ref().map(|_| link(format!("/contrats/{}", framework.reference), t!(central.contract)));
    view! {
        <nav class="card pages" aria-labelledby="pages">
            <h2 id="pages">{t!(central.body_pages)}</h2>
            <ul class="plain">
                {link(format!("{path}/utilisateurs"), t!(central.manage_users))}
                {link(format!("{path}/offre"), t!(central.change_offer))}
                {link(format!("{path}/redevances"), t!(central.statement))}
                {link(format!("{PATH}/adherents"), t!(central.members))}
                {contract}
            </ul>
        </nav>
    }
    .into_any()
}

fn of_authority(framework: &Framework, own: &Own, today: chrono::NaiveDate) -> AnyView {
    let path = format!("{PATH}/{}", framework.reference);
    let user = framework.user(own.actor.organisation());
    let standing = own.accession.as_ref().map(|accession| accession.standing(today));
    let accession = match standing {
        Some(standing) => words::standing(standing),
        None => ui::tag("", t!(central.standing_none)),
    };
    let need = match user.map(|user| (&user.need, user.accepted)) {
        Some((_, Some(accepted))) => t!(central.need_accepted, part = accepted.part),
        Some((Some(need), None)) => t!(central.need_waits, estimate = need.estimate),
        Some((None, None)) => t!(central.need_named).to_owned(),
        None => t!(central.need_none).to_owned(),
    };
    let may_express = framework.may_express(own.actor.organisation(), standing).is_ok();
    let statement = user.map(|_| {
        view! { <p class="small"><a href=format!("{path}/redevances")>{t!(central.statement)}</a></p> }
    });
    view! {
        <section class="card stack-s" aria-labelledby="situation">
            <h2 id="situation">{t!(central.own)}</h2>
            <dl class="facts">
                <div><dt>{t!(central.accession)}</dt><dd>{accession}</dd></div>
                {ui::fact(t!(central.need), need)}
            </dl>
            {order(framework, own)}
            {to_accession(framework, own, standing)}
            {may_express.then(|| to_need(framework, own))}
            {statement}
        </section>
    }
    .into_any()
}

/// The way to an order, or why there is none.
fn order(framework: &Framework, own: &Own) -> AnyView {
    match &own.refused {
        None if !own.drafts => ui::note("", t!(central.who_orders), ""),
        None => {
            let address = format!("/bons/nouveau?contrat={}", framework.reference);
            view! { <p class="actions"><a class="btn" href=address>{t!(contract.draw)}</a></p> }.into_any()
        }
        Some(refusal) => ui::note("warn", t!(central.no_order), vouchers::words::refusal(refusal)),
    }
}

/// The way to the accession that waits or runs, or to a new one.
fn to_accession(framework: &Framework, own: &Own, standing: Option<Standing>) -> AnyView {
    let address = format!("{PATH}/adhesions/{}", framework.body);
    match standing {
        Some(Standing::Asked) => {
            view! { <p>{t!(central.accession_asked)}</p>{second(address, t!(central.see_accession))} }.into_any()
        }
        Some(Standing::Running) => second(address, t!(central.see_accession)),
        Some(Standing::Ended) | None if own.adheres => {
            view! { <p class="actions"><a class="btn" href=address>{t!(central.adhere)}</a></p> }.into_any()
        }
        Some(Standing::Ended) | None => ui::note("", t!(central.who_adheres), ""),
    }
}

fn to_need(framework: &Framework, own: &Own) -> AnyView {
    if ExpressNeed::permits(&own.actor, framework) {
        second(format!("{PATH}/{}/besoin", framework.reference), t!(central.express))
    } else {
        ui::note("", t!(central.who_needs), "")
    }
}

fn second(address: String, word: &'static str) -> AnyView {
    view! { <p class="actions"><a class="btn btn--second" href=address>{word}</a></p> }.into_any()
}
