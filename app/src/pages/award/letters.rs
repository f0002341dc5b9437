//! The letters to all tenderers, then the waiting time and the requests for suspension.

use domain::{
    authz::{Action as _, RegisterSuspension, SendInformation},
    award::{Award, Regime},
    kernel::time::{brussels, date_time_french},
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    award::{self, Information},
};

use super::{delay, head, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, tenders::REASON_MOST, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference = params.parse("reference")?;
    let information = match award::information(cx.services(), cx.scope(), reference).await {
        Ok(information) => information,
        Err(Error::Refused(_) | Error::NotFound) => {
            let (title, lede) = (t!(award.letters), t!(award.letters_lede));
            return super::waiting_page(cx, &params, title, lede, t!(award.not_decided), t!(award.not_decided_text))
                .await;
        }
        Err(error) => return Err(error),
    };
    let actor = cx.actor()?;
    let tender = &information.gathered.view.tender;
    let sends = SendInformation::permits(actor, tender) && tender.stage == Stage::Awarded;
    let suspends =
        RegisterSuspension::permits(actor, tender) && matches!(tender.stage, Stage::Informed | Stage::Supervision);
    Ok(Page::new(t!(award.letters), "/marches", move || {
        let send = sends.then(|| {
            view! {
                {ui::mail_note(&cx)}
                {ui::form(&cx, view! {
                    <p>{t!(award.send_text, n = information.letters.len())}</p>
                    <div class="row actions"><button class="btn" name="geste" value="envoyer">{t!(award.send)}</button></div>
                })}
            }
        });
        let award = information.gathered.file.award.as_ref();
        let suspension = award.filter(|_| suspends).map(|award| suspension(&cx, award, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.letters), &information.gathered.view, t!(award.letters_lede)).view()}
            <div class="stack">
                {sent(award)}
                {table(&information)}
                {send}
                {standstill(&information)}
                {suspension}
            </div>
        }
        .into_any()
    }))
}

fn sent(award: Option<&Award>) -> Option<AnyView> {
    let at = award?.informed_at?;
    Some(ui::note("good", t!(award.sent_at, at = date_time_french(brussels(at))), ""))
}

fn table(information: &Information) -> AnyView {
    let reference = information.gathered.file.reference;
    let rows = information.letters.iter().map(|letter| {
        let address = format!("/marches/{reference}/informations/{}", letter.tenderer.position);
        ui::row(letter.tenderer.name.clone()).cell(view! { <a href=address>{words::letter(letter.kind)}</a> })
    });
    let regime = match information.regime {
        Regime::Full => t!(award.regime_full).to_owned(),
        Regime::Light { below, ask_within_days, answer_within_days } => {
            t!(award.regime_light, below = below, ask = ask_within_days, answer = answer_within_days)
        }
    };
    ui::table("courriers", [t!(award.tenderer), t!(award.letter)].map(ui::column), rows)
        .below(view! { <p class="pad small quiet gap-s">{regime}</p> })
        .card(t!(award.each_letter))
}

fn standstill(information: &Information) -> AnyView {
    let standstill = &information.standstill;
    let lede = words::ground(standstill.ground);
    delay::view("attente", t!(award.standstill), lede, standstill.delay.as_ref(), &standstill.figures)
}

fn suspension(cx: &Cx, award: &Award, form: &Form) -> AnyView {
    let (state, label, gesture, word) = match award.suspended_at {
        Some(since) => (
            ui::note("bad", t!(award.suspended, since = date_time_french(brussels(since))), t!(award.suspended_text)),
            t!(award.lift_details),
            "lever",
            t!(award.lift),
        ),
        None => (
            view! { <p>{t!(award.suspension_text)}</p> }.into_any(),
            t!(award.suspension_details),
            "suspendre",
            t!(award.register_suspension),
        ),
    };
    view! {
        <section class="stack-s" aria-labelledby="suspension">
            <h2 id="suspension">{t!(award.suspension)}</h2>
            {state}
            {ui::form(cx, view! {
                {Field::long("details", label, 3).view(form)}
                <div class="row actions"><button class="btn btn--second" name="geste" value=gesture>{word}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    let done = match form.gesture() {
        "envoyer" => {
            award::send_information(services, actor, reference).await?;
            "informations"
        }
        "suspendre" => {
            award::register_suspension(services, actor, reference, &details(&form)?).await?;
            "suspension"
        }
        "lever" => {
            award::lift_suspension(services, actor, reference, &details(&form)?).await?;
            "suspension-levee"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("/marches/{reference}/informations?fait={done}"))
}

fn details(form: &Form) -> Result<String, Error> {
    let mut read = form.read();
    let details = read.text("details", REASON_MOST);
    read.errors.or(details)
}
