//! The page of one act on a voucher: its head, what it is about, and its form when it may be done now.

use domain::{
    authz::Action,
    voucher::{Status, Step, Voucher},
};
use leptos::prelude::*;
use service::{Error, store::vouchers};

use super::{PATH, lines, words};
use crate::pages::{Cx, Form, Page, Params, ui, words::t};

/// What an act is called, and when it may be done.
pub(super) struct Act {
    pub(super) title: &'static str,
    pub(super) lede: &'static str,
    pub(super) button: &'static str,
    /// One of them must be possible.
    pub(super) steps: &'static [Step],
}

/// The voucher of the address, within what this request may read.
pub(super) async fn voucher(cx: &Cx, params: &Params) -> Result<Voucher, Error> {
    vouchers::find(cx.services(), cx.scope(), params.parse("bon")?).await
}

/// May this actor do one of the steps at this status?
pub(super) fn is_open<A: Action<Subject = Voucher>>(cx: &Cx, voucher: &Voucher, steps: &[Step]) -> bool {
    cx.actor().is_ok_and(|actor| A::permits(actor, voucher))
        && steps.iter().any(|step| voucher.status.after(*step).is_ok())
}

/// `fields` are asked when the act is open; else the page says at which status the voucher stands.
pub(super) fn page<A: Action<Subject = Voucher>>(
    cx: Cx,
    form: Form,
    voucher: Voucher,
    act: Act,
    fields: impl FnOnce(&Form, &Voucher) -> AnyView + Send + 'static,
) -> Page {
    Page::new(act.title, PATH, move || {
        let is_open = is_open::<A>(&cx, &voucher, act.steps);
        let class = if matches!(act.steps, [Step::Cancel]) { "btn btn--danger" } else { "btn" };
        let body = if is_open {
            ui::form(
                &cx,
                view! {
                    <input type="hidden" name="version" value=voucher.version/>
                    {fields(&form, &voucher)}
                    <div class="row actions"><button class=class>{act.button}</button></div>
                },
            )
        } else {
            closed(voucher.status)
        };
        view! {
            {ui::errors(&form)}
            {ui::head(act.title)
                .back(format!("{PATH}/{}", voucher.id), words::name(&voucher))
                .above(view! { <span class="ref">{words::reference(&voucher)}</span>{words::tag(voucher.status)} })
                .lede(act.lede)
                .view()}
            <div class="cols">
                <div class="prose stack">{body}</div>
                <div class="stack">{lines::summary(&voucher)}</div>
            </div>
        }
        .into_any()
    })
}

fn closed(status: Status) -> AnyView {
    ui::note("", t!(voucher.not_now, status = words::status(status).to_lowercase()), t!(voucher.not_now_text))
}
