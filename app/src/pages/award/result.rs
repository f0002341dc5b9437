//! What a firm reads of an award: its own letters, its own points.

use domain::{
    award::{Standing, Tenderer},
    kernel::time::{brussels, date_time_french},
    score::Points,
    specification::Criterion,
};
use leptos::prelude::*;
use service::{
    award::{self, FirmResult},
    store::{files::StoredFile, letters::Letter},
};

use super::words;
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference = params.parse("reference")?;
    let result = award::of_firm(cx.services(), cx.actor()?, reference).await?;
    let page = Page::new(t!(award.your_result), "/offres", move || {
        let FirmResult { view, letters, own } = result;
        let nothing = letters.is_empty().then(|| ui::note("", t!(award.no_result_yet), t!(award.no_result_yet_text)));
        let points = own.map(|(criteria, own)| own_points(&criteria, &own));
        let letters: Vec<_> = letters.into_iter().map(|(letter, file)| card(reference, &letter, &file)).collect();
        view! {
            <div class="page">
                {ui::head(t!(award.your_result))
                    .back("/offres", t!(call.mine))
                    .above(view! { <span class="ref">{reference.to_string()}</span> })
                    .lede(view.tender.plan.object)
                    .view()}
                <div class="prose stack">{nothing}{letters}{points}</div>
            </div>
        }
        .into_any()
    });
    Ok(page.airy())
}

fn card(reference: domain::kernel::reference::TenderRef, letter: &Letter, file: &StoredFile) -> AnyView {
    let address = format!("/offres/{reference}/courriers/{}", file.id);
    let title = format!("courrier-{}", file.id);
    view! {
        <section class="card stack" aria-labelledby=title.clone()>
            <h2 id=title.clone()>{words::letter(letter.kind)}</h2>
            <p>{t!(award.letter_sent_at, at = date_time_french(brussels(letter.sent_at)))}</p>
            <p><a class="btn" href=address>{ui::icon::view(ui::icon::DOWNLOAD)}{t!(award.download_letter)}</a></p>
            <p class="hash">{t!(award.sha256, hash = file.sha256)}</p>
        </section>
    }
    .into_any()
}

fn own_points(criteria: &[Criterion], own: &Tenderer) -> AnyView {
    let Standing::Ranked { points, total, rank } = &own.standing else { return ().into_any() };
    let columns = [ui::column(t!(award.criterion)), ui::number(t!(award.points)), ui::number(t!(award.weight))];
    let rows = criteria.iter().zip(points).map(|(criterion, points)| {
        let weight = Points::from_hundredths(criterion.weight_hundredths);
        ui::row(criterion.name.clone()).cell(points.to_string()).cell(weight.to_string())
    });
    ui::table("points", columns, rows)
        .foot([ui::row(t!(tender.total)).cell(total.to_string()).cell("100,00")])
        .card(t!(award.your_points, rank = rank))
}
