//! The Region's supervision: whether the award goes there, until when, and what came of it.

use domain::{
    authz::{Action as _, FollowSupervision},
    award::{Award, Supervision, SupervisionResult},
    fault::Fault,
    kernel::time::{brussels, date_french},
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    award::{self, Gathered, SupervisionDraft},
};

use super::{delay, gathered, head, past_day, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let found = gathered(&cx, params.parse("reference")?).await?;
    let decided = match &found {
        Some(gathered) => award::waiting(cx.services(), gathered).await?,
        None => None,
    };
    let (Some(gathered), Some((_, supervision))) = (found, decided) else {
        let (title, lede) = (t!(award.supervision), t!(award.supervision_lede));
        return super::waiting_page(cx, &params, title, lede, t!(award.not_decided), t!(award.not_decided_text)).await;
    };
    let follows = FollowSupervision::permits(cx.actor()?, &gathered.view.tender);
    Ok(Page::new(t!(award.supervision), "/marches", move || {
        let stage = gathered.view.tender.stage;
        let award = gathered.file.award.as_ref();
        let send =
            (follows && stage == Stage::Informed).then(|| send(&cx, supervision.is_due || said(&gathered), &form));
        let record = award
            .filter(|award| follows && stage == Stage::Supervision && !answered(award))
            .map(|award| record(&cx, award, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.supervision), &gathered.view, t!(award.supervision_lede)).view()}
            <div class="stack">
                {due(&gathered, &supervision)}
                {award.and_then(|award| region(&gathered, award))}
                {send}
                {record}
            </div>
        }
        .into_any()
    }))
}

fn answered(award: &Award) -> bool {
    award.transmission.is_some_and(|sent| sent.result.is_some())
}

/// The decision itself says that it goes to the Region.
fn said(gathered: &Gathered) -> bool {
    let decision = gathered.file.award.as_ref().and_then(|award| award.decision.as_ref());
    decision.is_some_and(|decision| decision.to_supervision)
}

fn due(gathered: &Gathered, supervision: &Supervision) -> AnyView {
    let award = gathered.file.award.as_ref().map(|award| award.excluding).unwrap_or_default();
    let is_said = said(gathered);
    let lede = if supervision.is_due {
        t!(award.supervision_due, award = award, above = supervision.above)
    } else if is_said {
        format!("{}.", t!(award.goes_to_supervision))
    } else {
        t!(award.supervision_not_due, award = award, above = supervision.above)
    };
    let figures = [supervision.figure.clone(), supervision.transmission_figure.clone()];
    let delay = supervision.transmission.as_ref().filter(|_| supervision.is_due || is_said);
    delay::view("transmission", t!(award.transmission), lede, delay, &figures)
}

fn region(gathered: &Gathered, award: &Award) -> Option<AnyView> {
    let sent = award.transmission?;
    let told = match (sent.result, sent.received_on) {
        (Some(result), _) => words::supervision_result(result).to_owned(),
        (None, Some(received)) => t!(award.region_has_it, day = date_french(received)),
        (None, None) => t!(award.region_awaited, day = date_french(sent.sent_on)),
    };
    let delays = sent.delays(&gathered.law).ok().flatten();
    let (delay, figures) = delays.map(|found| (found.delay, found.figures)).unzip();
    Some(delay::view(
        "region",
        t!(award.region),
        told,
        delay.as_ref().filter(|_| sent.result.is_none()),
        &figures.unwrap_or_default(),
    ))
}

fn send(cx: &Cx, is_due: bool, form: &Form) -> AnyView {
    let button = if is_due { "btn" } else { "btn btn--second" };
    view! {
        <section class="stack-s" aria-labelledby="transmettre">
            <h2 id="transmettre">{t!(award.transmit)}</h2>
            {ui::form(cx, view! {
                {Field::date("envoi", t!(award.sent_on), None).hint(t!(award.sent_on_hint)).view(form)}
                <div class="row actions"><button class=button name="geste" value="transmettre">{t!(award.save_sending)}</button></div>
            })}
        </section>
    }
    .into_any()
}

fn record(cx: &Cx, award: &Award, form: &Form) -> AnyView {
    let sent = award.transmission;
    let prolonged = sent.is_some_and(|sent| sent.prolonged);
    let results =
        SupervisionResult::ALL.map(|result| (result.code().to_owned(), words::supervision_result(result).to_owned()));
    let ticked = if prolonged { vec!["oui".to_owned()] } else { Vec::new() };
    let prolongs = vec![("oui".to_owned(), t!(award.prolonged).to_owned())];
    view! {
        <section class="stack-s" aria-labelledby="suites">
            <h2 id="suites">{t!(award.follow_up)}</h2>
            {ui::form(cx, view! {
                <input type="hidden" name="version" value=award.version.to_string()/>
                {Field::date("reception", t!(award.received_on), sent.and_then(|sent| sent.received_on)).hint(t!(award.received_on_hint)).view(form)}
                {Field::ticks("prorogation", t!(award.prolongation), prolongs, ticked).view(form)}
                {Field::select("resultat", t!(award.result), results.to_vec()).nothing(t!(award.no_result)).hint(t!(award.result_hint)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="suivre">{t!(award.save_follow_up)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let today = brussels(cx.services().now()).date();
    let mut read = form.read();
    match form.gesture() {
        "transmettre" => {
            let sent_on = past_day(&mut read, "envoi", today);
            let sent_on = read.errors.or(sent_on)?;
            award::send_to_supervision(cx.services(), cx.actor()?, reference, sent_on).await?;
        }
        "suivre" => {
            let received_on = read.optional_date("reception");
            if received_on.is_some_and(|day| day > today) {
                read.errors.add("reception", Fault::After { latest: today });
            }
            let result = match form.text("resultat") {
                "" => None,
                _ => Some(read.choice("resultat", SupervisionResult::from_code, SupervisionResult::NotAnnulled)),
            };
            let version = form.text("version").parse().map_err(|_| Error::NotFound)?;
            let draft = SupervisionDraft { received_on, prolonged: form.ticked("prorogation"), result, version };
            let draft = read.errors.or(draft)?;
            if draft.result == Some(SupervisionResult::Annulled) {
                if draft.received_on.is_some() || draft.prolonged {
                    let dates = SupervisionDraft { result: None, ..draft };
                    award::record_supervision(cx.services(), cx.actor()?, reference, dates).await?;
                }
                return Done::see(format!("/marches/{reference}/annulation"));
            }
            award::record_supervision(cx.services(), cx.actor()?, reference, draft).await?;
        }
        _ => return Err(Error::NotFound),
    }
    Done::see(format!("/marches/{reference}/tutelle?fait=tutelle"))
}
