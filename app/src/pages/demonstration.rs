//! The clock of the demo: nobody waits fifteen days to see what follows.

use chrono::TimeDelta;
use domain::kernel::time::{brussels, date_time_french};
use leptos::prelude::*;
use service::{Error, demo};

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

/// Address words and hours of the steps.
const STEPS: [(&str, i64); 5] =
    [("heure", 1), ("jour", 24), ("semaine", 7 * 24), ("quinzaine", 16 * 24), ("mois", 31 * 24)];

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    cx.services().demo_clock().ok_or(Error::NotFound)?;
    let now = brussels(cx.services().now());
    let airy = cx.who().is_none();
    let page = Page::new(t!(demo.title), "/demonstration", move || {
        let buttons = STEPS.map(|(code, _)| {
            view! { <button class="btn btn--second" name="pas" value=code>{word(code)}</button> }
        });
        view! {
            <div class:page=airy>
                {ui::flash(&params)}
                {ui::head(t!(demo.title)).lede(t!(demo.lede)).view()}
                <section class="card prose stack" aria-labelledby="horloge">
                    <h2 id="horloge">{t!(demo.now)}</h2>
                    <p class="strong">{date_time_french(now)}</p>
                    {ui::form(&cx, view! { <div class="row actions">{buttons.into_iter().collect_view()}</div> })}
                    <p class="small quiet">{t!(demo.one_way)}</p>
                </section>
            </div>
        }
        .into_any()
    });
    Ok(if airy { page.airy() } else { page })
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let step = form.text("pas");
    let (_, hours) = STEPS.into_iter().find(|(code, _)| *code == step).ok_or(Error::NotFound)?;
    demo::put_forward(cx.services(), TimeDelta::hours(hours)).await?;
    Done::see("/demonstration?fait=horloge")
}

fn word(code: &str) -> &'static str {
    match code {
        "heure" => t!(demo.hour),
        "jour" => t!(demo.day),
        "semaine" => t!(demo.week),
        "quinzaine" => t!(demo.fortnight),
        _ => t!(demo.month),
    }
}
