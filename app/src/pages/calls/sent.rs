//! The pilot's page of a call that is out: where it stands, who is invited, what waits for an answer.

use domain::{
    authz::{Action as _, PublishCall},
    tender::Tender,
};
use leptos::prelude::*;
use service::store::{
    invitations::{self, Invitation},
    questions,
};

use super::{prepare::Firms, say};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(super) async fn page(cx: Cx, params: Params, form: Form, tender: Tender) -> Shown {
    let invited = invitations::of_tender(cx.services(), tender.id).await?;
    let questions = questions::of_tender(cx.services(), tender.id).await?;
    let waiting = questions.iter().filter(|question| question.answer.is_none()).count();
    let now = cx.services().now();
    let may_invite = PublishCall::permits(cx.actor()?, &tender) && tender.may_invite(now).is_ok();
    let there: Vec<_> = invited.iter().map(|row| row.firm.id).collect();
    let firms = Firms::find(&cx, &form).await?.without(&there);
    Ok(Page::new(t!(call.sent), "/marches", move || {
        let reference = tender.reference;
        let above = view! {
            <span class="ref">{reference.to_string()}</span>{say::state(tender.stage_at(now), tender.clock, now)}
        };
        let public = format!("/appels/{reference}");
        let (class, words) = match waiting {
            0 => ("btn btn--second", t!(call.see_questions).to_owned()),
            n => ("btn", t!(call.answer_questions, n = n)),
        };
        let more = may_invite.then(|| {
            view! {
                <section class="stack" aria-labelledby="inviter">
                    <h2 id="inviter">{t!(call.invite_more)}</h2>
                    {ui::mail_note(&cx)}
                    {ui::form(&cx, view! {
                        {firms.view(&form, t!(call.firms), t!(call.firms_more_hint))}
                        <div class="row actions"><button class="btn btn--second" name="geste" value="inviter">{t!(call.invite)}</button></div>
                    })}
                </section>
            }
        });
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(tender.plan.object.clone())
                .back(format!("/marches/{reference}"), t!(call.back_to_file))
                .above(above)
                .action(view! { <a class=class href=format!("/marches/{reference}/questions")>{words}</a> })
                .action(view! { <a class="btn btn--second" href=public>{t!(call.see_public)}</a> })
                .view()}
            <div class="stack">
                {state(&tender, waiting, questions.len(), now)}
                {invitations_table(&invited)}
                {more}
            </div>
        }
        .into_any()
    }))
}

fn state(tender: &Tender, waiting: usize, asked: usize, now: chrono::DateTime<chrono::Utc>) -> AnyView {
    let dated = |word: &'static str, at: Option<chrono::DateTime<chrono::Utc>>, counted: bool| {
        at.map(|at| {
            view! {
                <div>
                    <dt>{word}</dt>
                    <dd class="strong">{say::moment(at)}</dd>
                    {counted.then(|| view! { <dd class="small quiet">{say::countdown(at, now)}</dd> })}
                </div>
            }
        })
    };
    let notice = tender.notice.as_ref().map(|notice| {
        view! { <div><dt>{t!(call.notice_number)}</dt><dd class="strong">{notice.number.clone()}</dd></div> }
    });
    view! {
        <section class="card" aria-labelledby="etat">
            <h2 id="etat">{t!(call.where_it_stands)}</h2>
            <dl class="facts facts--row">
                {dated(t!(call.step_published), tender.published_at, false)}
                {dated(t!(call.questions_until), tender.clock.questions_until, true)}
                {dated(t!(call.deposit_until), tender.clock.deposit_until, true)}
                {notice}
                <div><dt>{t!(call.questions)}</dt><dd class="strong">{t!(call.asked, n = asked)}</dd>
                    <dd class="small quiet">{t!(call.waiting, n = waiting)}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

fn invitations_table(invited: &[Invitation]) -> AnyView {
    if invited.is_empty() {
        return view! { <p class="quiet">{t!(call.no_invitation)}</p> }.into_any();
    }
    let columns = [t!(call.firm), t!(call.address), t!(call.invited_on)].map(ui::column);
    let rows = invited.iter().map(|row| {
        let email = if row.firm.email.is_empty() { t!(call.no_address).to_owned() } else { row.firm.email.clone() };
        ui::row(row.firm.name.clone()).cell(email).cell(say::moment_short(row.created_at))
    });
    ui::table("invitees", columns, rows).card(t!(call.invited))
}
