use domain::{
    authz::{Action as _, EditParameter, Platform},
    kernel::time::brussels,
    parameter::Parameter,
};
use leptos::prelude::*;
use service::{Error, store::parameters};

use super::figure;
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let set = parameters::set(cx.services()).await?;
    let key = params.text("cle").to_owned();
    let rows: Vec<Parameter> = set.of(&key).iter().rev().cloned().collect();
    let latest = rows.first().ok_or(Error::NotFound)?.clone();
    let today = brussels(cx.services().now()).date();
    let current = set.on(&key, today).ok().cloned();
    let may_add = cx.who().is_some_and(|who| EditParameter::permits(&who.actor, &Platform));
    let airy = cx.who().is_none();
    let page = Page::new(figure::label(&latest), "/parametres", move || {
        let mut head = ui::head(figure::label(&latest)).back(format!("/parametres#{key}"), t!(parameter.title)).above(
            view! { <code>{key.clone()}</code>{figure::certainty(current.as_ref().unwrap_or(&latest).certainty)} },
        );
        if may_add {
            let address = format!("/parametres/{key}/ajouter");
            head = head.action(view! { <a class="btn" href=address>{t!(parameter.add)}</a> });
        }
        let now = match &current {
            None => ui::note("warn", t!(parameter.no_value_today), t!(parameter.no_value_today_text)),
            Some(row) => view! {
                <dl class="card facts facts--row">
                    <div><dt>{t!(parameter.today)}</dt><dd class="strong">{figure::figure(row)}</dd></div>
                    <div><dt>{t!(parameter.validity)}</dt><dd>{figure::validity(row, today)}</dd></div>
                    <div><dt>{t!(parameter.dated_by)}</dt><dd>{figure::event(row.event)}</dd></div>
                </dl>
            }
            .into_any(),
        };
        let lines = rows.iter().map(|row| {
            let state = if row.covers(today) {
                ui::tag("done", t!(parameter.current))
            } else if row.valid_from > today {
                ui::tag("wait", t!(parameter.future))
            } else {
                ui::tag("", t!(parameter.past))
            };
            ui::row(figure::validity(row, today)).cell(figure::figure(row)).cell(state).cell(figure::source(row))
        });
        let columns = [
            ui::column(t!(parameter.validity)),
            ui::number(t!(parameter.value)),
            ui::column(t!(parameter.state)),
            ui::column(t!(parameter.source)),
        ];
        let values = ui::table("valeurs", columns, lines)
            .above(view! { <p class="pad small quiet">{t!(parameter.history_of)}</p> })
            .card(t!(parameter.history));
        view! {
            <div class:page=airy>
                {ui::flash(&params)}
                {head.view()}
                <div class="stack">
                    {now}
                    {values}
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { page.airy() } else { page })
}
