use domain::{
    calc::words,
    kernel::{deadline::Deadline, time::weekday_date_french},
    parameter::Parameter,
};
use leptos::prelude::*;

use crate::pages::{calls, words::t};

/// A delay with its end, where plain counting would have led, the first free day, and why; then the figures of law.
pub(super) fn view(
    id: &'static str,
    title: &'static str,
    lede: String,
    delay: Option<&Deadline>,
    figures: &[Parameter],
) -> AnyView {
    let dates = delay.map(|delay| {
        let moved = (delay.raw_end != delay.end).then(|| {
            view! { <div><dt>{t!(award.raw_end)}</dt><dd>{weekday_date_french(delay.raw_end)}</dd></div> }
        });
        let why: Vec<_> = delay.why.iter().map(|why| view! { <li>{words::why(*why)}</li> }).collect();
        view! {
            <dl class="facts facts--row">
                <div><dt>{t!(award.last_day)}</dt><dd class="strong">{weekday_date_french(delay.end)}</dd></div>
                {moved}
                <div><dt>{t!(award.free_from)}</dt><dd>{weekday_date_french(delay.free_from)}</dd></div>
            </dl>
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{t!(award.why)}</span>
                </summary>
                <div class="govuk-details__text"><ul class="stack-s">{why}</ul></div>
            </details>
        }
    });
    let sources: Vec<_> =
        figures.iter().map(|figure| view! { <p class="small quiet">{calls::warnings::source(figure)}</p> }).collect();
    view! {
        <section class="card stack" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <p>{lede}</p>
            {dates}
            <div class="stack-s">{sources}</div>
        </section>
    }
    .into_any()
}
