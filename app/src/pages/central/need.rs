use domain::{
    authz::{Action as _, ExpressNeed},
    kernel::{reference::TenderRef, time::brussels},
};
use leptos::prelude::*;
use service::{
    Error,
    central::{self, NeedDraft, SHORT_MOST},
    store,
};

use super::{PATH, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let framework = store::central::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let actor = cx.actor()?;
    let own = actor.organisation();
    if !actor.kind().is_contracting_authority() || own == framework.body {
        return Err(Error::NotFound);
    }
    let today = brussels(cx.services().now()).date();
    let accession = store::central::accession_of(cx.services(), framework.body, own).await?;
    let standing = accession.map(|accession| accession.standing(today));
    let refused = framework.may_express(own, standing).err();
    let may = ExpressNeed::permits(actor, &framework);
    Ok(Page::new(t!(central.express), PATH, move || {
        let user = framework.user(own);
        let need = user.and_then(|user| user.need.as_ref());
        let body = match refused {
            Some(refusal) => ui::note("", t!(refusal.title), words::refusal(&refusal)),
            None if !may => ui::note("", t!(central.who_needs), ""),
            None => ui::form(
                &cx,
                view! {
                    <input type="hidden" name="version" value=user.map_or(0, |user| user.version)/>
                    {Field::text("quantite", t!(central.quantity)).hint(t!(central.quantity_hint))
                        .value(need.map(|need| need.quantity.clone()).unwrap_or_default()).view(&form)}
                    {Field::money("estimation", t!(central.estimate))
                        .value(need.map(|need| need.estimate.amount_french()).unwrap_or_default()).view(&form)}
                    <div class="row actions"><button class="btn">{t!(central.need_send)}</button></div>
                },
            ),
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(central.express))
                .back(format!("{PATH}/{}", framework.reference), framework.object.clone())
                .lede(t!(central.express_lede, body = framework.body_name))
                .view()}
            <div class="prose stack">{body}{super::fee_note(Some(framework.offer.fee))}</div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let version = form.text("version").parse().unwrap_or_default();
    let mut read = form.read();
    let draft = NeedDraft { quantity: read.text("quantite", SHORT_MOST), estimate: read.positive_money("estimation") };
    let draft = read.errors.or(draft)?;
    central::express_need(cx.services(), cx.actor()?, reference, version, &draft).await?;
    Done::see(format!("{PATH}/{reference}?fait=besoin-centrale"))
}
