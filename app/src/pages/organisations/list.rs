use domain::organisation::{Organisation, OrganisationKind};
use leptos::prelude::*;
use service::store::organisations;

use super::words;
use crate::pages::{Cx, Form, Page, Params, Shown, ui, ui::Field, words::t};

const PATH: &str = "/organisations";
const PER_PAGE: u64 = 25;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let (text, kind) = (params.query("q").to_owned(), OrganisationKind::from_code(params.query("type")));
    let kinds = kind.map_or(OrganisationKind::ALL.to_vec(), |kind| vec![kind]);
    let search = |page: u64| organisations::search(cx.services(), &kinds, &text, page - 1, PER_PAGE);
    let (mut page, (mut found, total)) = (params.page(), search(params.page()).await?);
    if found.is_empty() && total > 0 {
        page = total.div_ceil(PER_PAGE);
        (found, _) = search(page).await?;
    }

    let title = if text.is_empty() && kind.is_none() {
        t!(organisation.count_all, n = total)
    } else {
        t!(organisation.count, n = total)
    };
    let airy = cx.who().is_none();
    let view = Page::new(t!(organisation.list), PATH, move || {
        let results = if found.is_empty() {
            ui::empty(
                t!(organisation.empty),
                t!(organisation.empty_text),
                Some((PATH.to_owned(), t!(common.remove_filters))),
            )
        } else {
            table(found, title)
        };
        view! {
            <div class:page=airy>
                {ui::head(t!(organisation.list)).lede(t!(organisation.list_lede)).view()}
                <div class="cols cols--left">
                    {filters(&text, kind)}
                    <div class="stack">
                        {results}
                        {ui::pagination(PATH, &params, page, total, PER_PAGE)}
                    </div>
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { view.airy() } else { view })
}

fn filters(text: &str, kind: Option<OrganisationKind>) -> AnyView {
    let kinds: Vec<_> =
        OrganisationKind::ALL.iter().map(|kind| (kind.code().to_owned(), words::kind(*kind).to_owned())).collect();
    let empty = Form::default();
    view! {
        <form class="filters card" method="get" action=PATH aria-label=t!(common.search)>
            {Field::text("q", t!(organisation.search)).value(text).view(&empty)}
            {Field::select("type", t!(organisation.kind), kinds)
                .nothing(t!(organisation.all_kinds))
                .value(kind.map_or("", OrganisationKind::code))
                .view(&empty)}
            <div class="row actions">
                <button class="btn">{t!(common.search)}</button>
                {(!text.is_empty() || kind.is_some()).then(|| view! { <a href=PATH>{t!(common.remove_filters)}</a> })}
            </div>
        </form>
    }
    .into_any()
}

fn table(found: Vec<Organisation>, title: String) -> AnyView {
    let columns = [
        ui::column(t!(organisation.name)),
        ui::column(t!(organisation.kind)),
        ui::column(t!(organisation.province)),
        ui::number(t!(organisation.population)),
    ];
    let rows = found.into_iter().map(|organisation| {
        let population = organisation.population.map(|population| population.inhabitants_french());
        ui::row(view! { <a href=format!("{PATH}/{}", organisation.id)>{organisation.name}</a> })
            .cell(words::kind(organisation.kind))
            .cell(organisation.province.map(short_province))
            .cell(population)
    });
    ui::table("resultats", columns, rows).card(title)
}

/// « Province de Namur » says its first word in the column's head.
fn short_province(name: String) -> String {
    let short = ["Province de ", "Province du ", "Province d’"].iter().find_map(|start| name.strip_prefix(start));
    short.map_or(name.clone(), |short| {
        let mut letters = short.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_is_called_by_its_name() {
        assert_eq!(short_province("Province du Brabant wallon".to_owned()), "Brabant wallon");
        assert_eq!(short_province("Namur".to_owned()), "Namur");
    }
}
