use leptos::prelude::*;
use service::store::needs::{self, NeedView};

use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(cx: Cx, _: Params, _: Form) -> Shown {
    let needs = needs::list(cx.services(), cx.scope()).await?;
    Ok(Page::new(t!(need.list), "/besoins", move || {
        let table = if needs.is_empty() {
            ui::empty(t!(need.empty), t!(need.empty_text), Some(("/besoins/nouveau".to_owned(), t!(need.describe))))
        } else {
            table(needs)
        };
        view! {
            {ui::head(t!(need.list))
                .lede(t!(need.list_lede))
                .action(view! { <a class="btn" href="/besoins/nouveau">{t!(need.describe)}</a> })
                .view()}
            {table}
        }
        .into_any()
    }))
}

fn table(needs: Vec<NeedView>) -> AnyView {
    let rows: Vec<_> = needs
        .into_iter()
        .map(|found| {
            let joined = found.shares.len();
            view! {
                <tr>
                    <th scope="row"><a href=format!("/besoins/{}", found.need.id)>{found.need.draft.object}</a></th>
                    <td data-l=t!(need.organisation)>{found.organisation}</td>
                    <td data-l=t!(need.joined)>{if joined == 0 { t!(need.nobody).to_owned() } else { joined.to_string() }}</td>
                    <td class="num" data-l=t!(need.total)>{found.need.draft.estimate.to_string()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="card card--flush" aria-labelledby="besoins">
            <h2 id="besoins">{t!(need.list)}</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="besoins">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(need.object)}</th>
                            <th scope="col">{t!(need.organisation)}</th>
                            <th scope="col">{t!(need.joined)}</th>
                            <th scope="col" class="num">{t!(need.total)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
