//! What a firm is asked: the list, the form to ask, the judgment of the answer.

use domain::{
    evaluation::{PieceRequest, RequestKind},
    fault::Fault,
    kernel::{
        ids::RequestId,
        reference::TenderRef,
        time::{brussels, date_french, weekday_date_french_inline},
    },
    offer::OpenedOffer,
    parameter::ParameterSet,
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, Reading, RequestDraft},
};

use super::{frame, words};
use crate::pages::{Cx, Done, Form, Submitted, ui, ui::Field, words::t};

const TEXT_MOST: usize = 5_000;

/// The requests of one offer; with kinds, the form that asks one more.
pub(super) fn card(
    cx: &Cx,
    form: &Form,
    reading: &Reading,
    parameters: &ParameterSet,
    offer: &OpenedOffer,
    kinds: &[RequestKind],
) -> AnyView {
    let own: Vec<_> = reading.dossier.requests.iter().filter(|request| request.offer == offer.id).collect();
    let may = !kinds.is_empty();
    let none = own.is_empty().then(|| view! { <p class="quiet">{t!(evaluation.no_request)}</p> });
    let items: Vec<_> = own.into_iter().map(|request| item(cx, form, offer.position, request, may)).collect();
    let ask = may.then(|| ask(cx, form, reading, parameters, offer, kinds));
    view! {
        <section class="stack" aria-labelledby="demandes">
            <h3 id="demandes">{t!(evaluation.requests)}</h3>
            {none}
            {items}
            {ask}
        </section>
    }
    .into_any()
}

/// What was asked, what came back.
pub(super) fn told(request: &PieceRequest) -> AnyView {
    let state = match (request.accepted, request.answered_on) {
        (Some(true), _) => ui::tag("done", t!(evaluation.accepted)),
        (Some(false), _) => ui::tag("bad", t!(evaluation.rejected)),
        (None, Some(_)) => ui::tag("now", t!(evaluation.answered)),
        (None, None) => ui::tag("wait", t!(evaluation.awaited, due = date_french(request.due_on))),
    };
    let answer = request.answer.clone().map(|answer| {
        let on = request.answered_on.map(date_french).unwrap_or_default();
        view! { <p><span class="strong">{t!(evaluation.answer_of, on = on)}</span>" "{answer}</p> }
    });
    view! {
        <p class="row"><span class="strong">{words::request(request.kind)}</span>" "{state}</p>
        <p class="prewrap">{request.text.clone()}</p>
        <p class="small quiet">
            {t!(evaluation.asked_on, on = date_french(brussels(request.asked_at).date()), due = weekday_date_french_inline(request.due_on), law = request.legal_ref)}
        </p>
        {answer}
    }
    .into_any()
}

fn item(cx: &Cx, form: &Form, offer: i32, request: &PieceRequest, may: bool) -> AnyView {
    let judge = (may && request.accepted.is_none()).then(|| {
        let blank = Form::default();
        let own = form.gesture() == "juger" && form.text("demande") == request.id.to_string();
        let form = if own { form } else { &blank };
        let choices = vec![
            ("oui".to_owned(), t!(evaluation.accept).to_owned()),
            ("non".to_owned(), t!(evaluation.reject).to_owned()),
        ];
        let other_way = request
            .answered_on
            .is_none()
            .then(|| Field::long(answer_field(request.id), t!(evaluation.answer_by_other_way), 3).hint(t!(evaluation.answer_by_other_way_hint)).view(form));
        view! {
            <details class="govuk-details" open=own>
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{t!(evaluation.judge)}</span></summary>
                <form method="post" action=cx.path().to_owned() novalidate class="gap-s">
                    <input type="hidden" name="demande" value=request.id.to_string()/>
                    {frame::hidden(offer, request.version)}
                    {other_way}
                    {Field::radios(judged_field(request.id), t!(evaluation.answer_is), choices).view(form)}
                    <button class="btn btn--second btn--s" name="geste" value="juger">{t!(evaluation.save_judgment)}</button>
                </form>
            </details>
        }
    });
    view! { <div class="card stack-s">{told(request)}{judge}</div> }.into_any()
}

fn answer_field(id: RequestId) -> String {
    format!("reponse-{id}")
}

fn judged_field(id: RequestId) -> String {
    format!("admise-{id}")
}

fn ask(
    cx: &Cx,
    form: &Form,
    reading: &Reading,
    parameters: &ParameterSet,
    offer: &OpenedOffer,
    kinds: &[RequestKind],
) -> AnyView {
    let blank = Form::default();
    let own = form.gesture() == "demander";
    let form = if own { form } else { &blank };
    let choices = kinds.iter().map(|kind| (kind.code().to_owned(), words::request(*kind).to_owned())).collect();
    let today = brussels(cx.services().now()).date();
    let law = reading.view.tender.called_on(today);
    let delays: Vec<_> = kinds
        .iter()
        .filter_map(|kind| {
            let delay = kind.delay(parameters, law, today).ok().flatten()?;
            Some(t!(
                evaluation.delay,
                what = words::request(*kind),
                due = weekday_date_french_inline(delay.end),
                law = kind.legal_ref()
            ))
        })
        .collect();
    let hint = [delays, vec![t!(evaluation.due_hint).to_owned()]].concat().join(" ");
    view! {
        <details class="govuk-details" open=own>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{t!(evaluation.ask)}</span></summary>
            <form method="post" action=cx.path().to_owned() novalidate class="card gap-s">
                <input type="hidden" name="offre" value=offer.position/>
                {Field::radios("objet-demande", t!(evaluation.what_asked), choices).view(form)}
                {Field::long("texte", t!(evaluation.request_text), 5).hint(t!(evaluation.request_text_hint)).view(form)}
                {Field::date("echeance", t!(evaluation.due), None).hint(hint).view(form)}
                {ui::mail_note(cx)}
                <button class="btn btn--second" name="geste" value="demander">{t!(evaluation.send_request)}</button>
            </form>
        </details>
    }
    .into_any()
}

/// Asks, or judges an answer, and comes back to the page of that offer.
pub(super) async fn submit(cx: &Cx, reference: TenderRef, form: &Form, page: &str) -> Submitted {
    let (services, actor) = (cx.services(), cx.actor()?);
    if form.gesture() == "juger" {
        let id: RequestId = form.text("demande").parse().map_err(|_| Error::NotFound)?;
        let version = frame::number(form, "version")?;
        let mut read = form.read();
        let accepted = read.choice(
            &judged_field(id),
            |text| match text {
                "oui" => Some(true),
                "non" => Some(false),
                _ => None,
            },
            false,
        );
        let answer = read.optional_text(&answer_field(id), TEXT_MOST);
        let answer = read.errors.or((!answer.is_empty()).then_some(answer))?;
        evaluation::judge_request(services, actor, reference, id, version, accepted, answer.as_deref()).await?;
        return Done::see(format!("/marches/{reference}/{page}?fait=reponse-jugee"));
    }
    let offer = frame::number(form, "offre")?;
    let mut read = form.read();
    let kind = read.choice("objet-demande", RequestKind::from_code, RequestKind::Piece);
    let text = read.text("texte", TEXT_MOST);
    let due_on = read.optional_date("echeance");
    if due_on.is_none() && kind.figure().is_none() && read.errors.is_empty() {
        read.errors.add("echeance", Fault::Empty);
    }
    let draft = read.errors.or(RequestDraft { offer, kind, text, due_on })?;
    evaluation::request(services, actor, reference, &draft).await?;
    Done::see(format!("/marches/{reference}/{page}?offre={offer}&fait=demande"))
}
