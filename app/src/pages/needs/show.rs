use domain::authz::{Action as _, JoinNeed};
use leptos::prelude::*;
use service::{need, store::needs};

use super::form;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let found = needs::find(cx.services(), cx.scope(), params.parse("besoin")?).await?;
    let may_join = JoinNeed::permits(cx.actor()?, &found.need)
        && found.need.is_free().is_ok()
        && !found.need.joined.contains(&cx.actor()?.organisation());
    Ok(Page::new(found.need.draft.object.clone(), "/besoins", move || {
        let draft = found.need.draft;
        let shares: Vec<_> = found
            .shares
            .into_iter()
            .map(|share| {
                view! {
                    <tr>
                        <th scope="row">{share.organisation}</th>
                        <td data-l=t!(need.quantity)>{share.share.quantity}</td>
                        <td class="num" data-l=t!(need.total)>{share.share.estimate.to_string()}</td>
                    </tr>
                }
            })
            .collect();
        let join = may_join.then(|| {
            view! {
                <section class="stack">
                    <h2>{t!(need.join)}</h2>
                    <p class="quiet">{t!(need.join_lede)}</p>
                    {ui::form(&cx, view! {
                        {Field::money("estimation", t!(need.estimate)).hint(t!(need.estimate_hint)).view(&form)}
                        {Field::text("quantite", t!(need.quantity)).hint(t!(need.quantity_hint)).view(&form)}
                        {Field::long("remarque", t!(need.remark), 3).view(&form)}
                        <div class="row actions"><button class="btn">{t!(need.join)}</button></div>
                    })}
                </section>
            }
        });
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(draft.object).back("/besoins", t!(need.list)).lede(draft.description).view()}
            <div class="stack">
                <section class="card card--flush" aria-labelledby="parts">
                    <h2 id="parts">{t!(need.joined)}</h2>
                    <div class="scroll" tabindex="0" role="group" aria-labelledby="parts">
                        <table class="table table--cards">
                            <thead>
                                <tr>
                                    <th scope="col">{t!(need.organisation)}</th>
                                    <th scope="col">{t!(need.quantity)}</th>
                                    <th scope="col" class="num">{t!(need.total)}</th>
                                </tr>
                            </thead>
                            <tbody>
                                <tr>
                                    <th scope="row">{found.organisation}</th>
                                    <td data-l=t!(need.quantity)>{draft.quantity}</td>
                                    <td class="num" data-l=t!(need.total)>{draft.estimate.to_string()}</td>
                                </tr>
                                {shares}
                            </tbody>
                        </table>
                    </div>
                </section>
                {join}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("besoin")?;
    let share = form::share(&form)?;
    need::join(cx.services(), cx.actor()?, id, &share).await?;
    Done::see(format!("/besoins/{id}?fait=rejoint"))
}
