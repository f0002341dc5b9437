//! What a firm is asked about its own offer, and its answer.

use domain::{
    evaluation::PieceRequest,
    kernel::{ids::RequestId, reference::TenderRef, time::weekday_date_french_inline},
    organisation::OrganisationKind,
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, ANSWER_MOST},
    store,
};

use super::{frame, requests};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let actor = cx.actor()?;
    if actor.kind() != OrganisationKind::Sme {
        return Err(Error::NotFound);
    }
    let call = store::calls::find(cx.services(), reference).await?;
    let asked = store::evaluation::requests_of_firm(cx.services(), call.tender.id, actor.organisation()).await?;
    let object = call.tender.plan.object.clone();
    Ok(Page::new(t!(evaluation.requested), "/offres", move || {
        let body = if asked.is_empty() {
            ui::empty(t!(evaluation.nothing_asked), t!(evaluation.nothing_asked_text), None)
        } else {
            let cards: Vec<_> = asked.iter().map(|request| card(&cx, &form, request)).collect();
            view! { <div class="prose stack">{cards}</div> }.into_any()
        };
        view! {
            <div class="page">
                {ui::flash(&params)}
                {ui::errors(&form)}
                {ui::head(t!(evaluation.requested))
                    .back("/offres", t!(call.mine))
                    .above(view! { <span class="ref">{reference.to_string()}</span> })
                    .lede(object)
                    .view()}
                {body}
            </div>
        }
        .into_any()
    })
    .airy())
}

fn card(cx: &Cx, form: &Form, request: &PieceRequest) -> AnyView {
    let fields = request.is_open().then(|| {
        let blank = Form::default();
        let field = field(request.id);
        let form = if form.text("demande") == request.id.to_string() { form } else { &blank };
        let until = t!(evaluation.answer_until, due = weekday_date_french_inline(request.due_on));
        view! {
            <form method="post" action=cx.path().to_owned() novalidate>
                <input type="hidden" name="demande" value=request.id.to_string()/>
                <input type="hidden" name="version" value=request.version/>
                {Field::long(field, t!(evaluation.your_answer), 8).hint(until).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="repondre">{t!(evaluation.send_answer)}</button></div>
            </form>
        }
    });
    view! { <section class="card stack">{requests::told(request)}{fields}</section> }.into_any()
}

fn field(id: RequestId) -> String {
    format!("reponse-{id}")
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let request: RequestId = form.text("demande").parse().map_err(|_| Error::NotFound)?;
    let version = frame::number(&form, "version")?;
    let mut read = form.read();
    let text = read.text(&field(request), ANSWER_MOST);
    let text = read.errors.or(text)?;
    evaluation::answer_request(cx.services(), cx.actor()?, reference, request, version, &text).await?;
    Done::see(format!("/offres/{reference}/demandes?fait=reponse-envoyee"))
}
