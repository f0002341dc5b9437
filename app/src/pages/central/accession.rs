use chrono::NaiveDate;
use domain::{
    authz::{Action as _, Actor, AdhereToBody, EndAccession, SendAccession},
    central::{Accession, AccessionDraft, Standing, transmission_until, warnings_of_accession},
    kernel::{
        ids::{AccessionId, OrganisationId},
        time::{brussels, date_french},
    },
    tender::Warning,
};
use leptos::prelude::*;
use service::{
    Error,
    central::{self, HOW_MOST, SHORT_MOST},
    store::{self, organisations},
};

use super::{PATH, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, address::with_query, tenders::warnings, ui, ui::Field, words::t,
};

/// What an address keeps of a withdrawal that is to be confirmed, and how its day is written there.
const LEAVING: [(&str, &str); 3] = [("fin-jour", "%d"), ("fin-mois", "%m"), ("fin-annee", "%Y")];

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let body = organisations::find(cx.services(), params.parse("organisation")?).await?;
    let actor = cx.actor()?.clone();
    let is_other = actor.kind().is_contracting_authority() && actor.organisation() != body.id;
    if !is_other || !store::central::offered_by(cx.services(), body.id).await? {
        return Err(Error::NotFound);
    }
    let latest = store::central::accession_of(cx.services(), body.id, actor.organisation()).await?;
    let today = brussels(cx.services().now()).date();
    let law = store::parameters::set(cx.services()).await?;
    let mut read = form.read();
    let typed = AccessionDraft {
        deliberated_on: read.optional_date("deliberation").unwrap_or(today),
        number: String::new(),
        convention_on: today,
        transmitted_on: read.optional_date("transmission"),
    };
    let warnings = warnings_of_accession(&law, &typed, today).unwrap_or_default();
    let decided = latest.as_ref().map(|accession| accession.draft.deliberated_on);
    let until = decided.and_then(|on| transmission_until(&law, on).ok().flatten());
    let form = form.or_asked(&params.query, "fin-jour");
    Ok(Page::new(t!(central.accession), PATH, move || {
        let content = match latest.filter(|accession| accession.standing(today) != Standing::Ended) {
            Some(accession) => match leaving(&form, &accession, &actor, today) {
                Some(from) => confirm(&cx, &accession, from),
                None => standing(&cx, &form, &accession, &actor, (today, until)),
            },
            None if AdhereToBody::permits(&actor, &body) => adhere(&cx, &form, warnings),
            None => ui::note("", t!(central.who_adheres), t!(central.who_adheres_text)),
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(central.accession_to, body = body.name))
                .back(PATH, t!(central.list))
                .lede(t!(central.accession_lede))
                .view()}
            <div class="prose stack">{content}</div>
        }
        .into_any()
    }))
}

fn adhere(cx: &Cx, form: &Form, warnings: Vec<Warning>) -> AnyView {
    ui::form(
        cx,
        view! {
            {ui::form_key(cx, form)}
            {Field::date("deliberation", t!(central.council_on), None).view(form)}
            {Field::short("numero", t!(central.council_number), 20).view(form)}
            {Field::date("convention", t!(central.convention_on), None).view(form)}
            {Field::date("transmission", t!(central.transmitted_on), None).hint(t!(central.transmitted_hint)).view(form)}
            {warnings::view(warnings, form)}
            <div class="row actions"><button class="btn" name="geste" value="adherer">{t!(central.record_accession)}</button></div>
        },
    )
}

/// `until`: last day to send it to the supervising Region.
fn standing(
    cx: &Cx,
    form: &Form,
    accession: &Accession,
    actor: &Actor,
    (today, until): (NaiveDate, Option<NaiveDate>),
) -> AnyView {
    let sent = match (accession.draft.transmitted_on, until) {
        (Some(on), _) => date_french(on),
        (None, Some(until)) => t!(central.not_sent_until, until = date_french(until)),
        (None, None) => t!(central.not_sent).to_owned(),
    };
    let ended = accession.ended_on.map(|on| ui::fact(t!(central.ended_on), date_french(on)));
    let sends = accession.draft.transmitted_on.is_none();
    let ends = accession.ended_on.is_none();
    let (may_send, may_end) = (SendAccession::permits(actor, accession), EndAccession::permits(actor, accession));
    let others = (sends && !may_send) || (ends && !may_end);
    let waits = accession.standing(today) == Standing::Asked;
    view! {
        <section class="card stack-s" aria-labelledby="adhesion">
            <h2 id="adhesion">{t!(central.accession)}" "{words::standing(accession.standing(today))}</h2>
            <dl class="facts">
                {ui::fact(t!(central.council), words::deliberation(accession))}
                {ui::fact(t!(central.convention_on), date_french(accession.draft.convention_on))}
                {ui::fact(t!(central.transmitted_on), sent)}
                {accession.accepted_on.map(|on| ui::fact(t!(central.accepted_on), date_french(on)))}
                {ended}
            </dl>
            {waits.then(|| view! { <p>{t!(central.accession_asked)}</p> })}
        </section>
        {(sends && may_send).then(|| send(cx, form, accession))}
        {(ends && may_end).then(|| leave(cx, form, accession))}
        {others.then(|| ui::note("", t!(central.who_ends), t!(central.who_adheres_text)))}
    }
    .into_any()
}

fn hidden(accession: &Accession) -> AnyView {
    view! {
        <input type="hidden" name="adhesion" value=accession.id.to_string()/>
        <input type="hidden" name="version" value=accession.version/>
    }
    .into_any()
}

fn send(cx: &Cx, form: &Form, accession: &Accession) -> AnyView {
    ui::form(
        cx,
        view! {
            {hidden(accession)}
            {Field::date("transmission", t!(central.transmitted_on), None).hint(t!(central.transmitted_hint)).view(form)}
            <div class="row actions"><button class="btn" name="geste" value="transmettre">{t!(central.record_sending)}</button></div>
        },
    )
}

fn leave(cx: &Cx, form: &Form, accession: &Accession) -> AnyView {
    ui::form(
        cx,
        view! {
            {hidden(accession)}
            {Field::date("fin", t!(central.ended_on), None).hint(t!(central.leave_hint)).view(form)}
            <div class="row actions"><button class="btn btn--second" name="geste" value="verifier">{t!(central.leave_check)}</button></div>
        },
    )
}

/// The day of a withdrawal that was asked for, where it may be recorded.
fn leaving(form: &Form, accession: &Accession, actor: &Actor, today: NaiveDate) -> Option<NaiveDate> {
    let from = form.read().optional_date("fin")?;
    let may = EndAccession::permits(actor, accession) && accession.may_end(from, today).is_ok();
    may.then_some(from)
}

/// What stops, before it does.
fn confirm(cx: &Cx, accession: &Accession, from: NaiveDate) -> AnyView {
    let day: Vec<_> = LEAVING
        .into_iter()
        .map(|(name, part)| view! { <input type="hidden" name=name value=from.format(part).to_string()/> })
        .collect();
    let question = t!(central.leave_confirm, on = date_french(from));
    let stops = t!(central.leave_confirm_text, body = accession.body_name);
    let back = format!("{PATH}/adhesions/{}", accession.body);
    ui::form(
        cx,
        view! {
            {hidden(accession)}
            {day}
            {ui::note("warn", question, stops)}
            <div class="row actions">
                <button class="btn btn--danger" name="geste" value="retirer">{t!(central.leave)}</button>
                <a class="btn btn--second" href=back>{t!(common.cancel)}</a>
            </div>
        },
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let body: OrganisationId = params.parse("organisation")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    let done = match form.gesture() {
        "adherer" => {
            let (draft, reason) = draft(&form)?;
            central::adhere(services, actor, body, form.key().as_ref(), &draft, reason.as_deref()).await?;
            "adhesion-centrale"
        }
        "transmettre" => {
            let (id, version, on) = act(&form, "transmission")?;
            central::send_to_supervision(services, actor, id, version, on).await?;
            "adhesion-transmise"
        }
        "verifier" => {
            let (_, _, from) = act(&form, "fin")?;
            let found = store::central::accession_of(services, body, actor.organisation()).await?;
            let today = brussels(services.now()).date();
            found.ok_or(Error::NotFound)?.may_end(from, today).map_err(|no| Error::Refused(no.into()))?;
            let day = LEAVING.map(|(name, _)| (name, form.text(name)));
            return Done::see(with_query(&format!("{PATH}/adhesions/{body}"), day));
        }
        "retirer" => {
            let (id, version, from) = act(&form, "fin")?;
            central::withdraw(services, actor, id, version, from).await?;
            "adhesion-retiree"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("{PATH}/adhesions/{body}?fait={done}"))
}

fn draft(form: &Form) -> Result<(AccessionDraft, Option<String>), Error> {
    let mut read = form.read();
    let draft = AccessionDraft {
        deliberated_on: read.date("deliberation"),
        number: read.text("numero", SHORT_MOST),
        convention_on: read.date("convention"),
        transmitted_on: read.optional_date("transmission"),
    };
    let reason = Some(read.optional_text("raison", HOW_MOST)).filter(|reason| !reason.is_empty());
    read.errors.or((draft, reason))
}

fn act(form: &Form, field: &str) -> Result<(AccessionId, i32, NaiveDate), Error> {
    let id = form.text("adhesion").parse().map_err(|_| Error::NotFound)?;
    let version = form.text("version").parse().unwrap_or_default();
    let mut read = form.read();
    let on = read.date(field);
    read.errors.or((id, version, on))
}
