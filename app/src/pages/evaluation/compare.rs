use domain::{
    authz::{Action as _, CloseEvaluation},
    evaluation::{CorrectionKind, Draw, Examination, RequestKind, TieBreak, judged, price_place},
    kernel::{
        Money,
        reference::TenderRef,
        time::{brussels, date_french},
    },
    score::Formula,
    specification::TieRule,
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, Reading},
    store,
};

use super::{frame, prices, requests, table};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reading = frame::reading(&cx, &params).await?;
    let parameters = store::parameters::set(cx.services()).await?;
    let tender = &reading.view.tender;
    let may =
        CloseEvaluation::permits(cx.actor()?, tender) && tender.stage == Stage::Evaluation && reading.closed.is_none();
    Ok(Page::new(t!(evaluation.comparison), "/marches", move || {
        let examination = reading.examination();
        let comparison = evaluation::comparison(&reading);
        let table = match comparison {
            Some(comparison) if !comparison.offers.is_empty() => table::view(comparison),
            Some(_) | None => {
                ui::empty(t!(evaluation.nothing_to_compare), t!(evaluation.nothing_to_compare_text), None)
            }
        };
        let tie = examination.as_ref().and_then(|examination| examination.tie.as_ref());
        let tie = tie.map(|tie| tied(&cx, &form, &params, &reading, tie, may));
        let asked = may
            .then(|| frame::chosen(&reading.dossier, &params, &form))
            .flatten()
            .filter(|_| tie.is_some() && reading.terms.tie == TieRule::Improvement)
            .map(|offer| {
                view! {
                    <section class="stack" aria-labelledby="offre">
                        <h2 id="offre">{format!("{}. {}", offer.position, offer.firm_name)}</h2>
                        <div class="cols">
                            {prices::form(&cx, &form, &reading, offer, t!(evaluation.enter_improvement), t!(evaluation.enter_improvement_hint))}
                            {requests::card(&cx, &form, &reading, &parameters, offer, &[RequestKind::Improvement])}
                        </div>
                    </section>
                }
            });
        let body = view! {
            <div class="stack-l">
                {progress(&reading)}
                {table}
                {tie}
                {asked}
                {examination.as_ref().map(|examination| explained(&reading, examination))}
            </div>
        }
        .into_any();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {frame::page(&reading, "evaluation", t!(evaluation.comparison), lede(&reading), actions(&cx, &reading, may), body)}
        }
        .into_any()
    }))
}

fn lede(reading: &Reading) -> String {
    let compared = reading.dossier.compared().count();
    let scorers = reading.dossier.scorers().count();
    match &reading.closed {
        Some(closed) => t!(
            evaluation.comparison_closed,
            n = compared,
            on = date_french(brussels(closed.at).date()),
            scorers = scorers
        ),
        None => t!(evaluation.comparison_open, n = compared),
    }
}

fn actions(cx: &Cx, reading: &Reading, may: bool) -> Vec<AnyView> {
    let at = format!("/marches/{}/evaluation", reading.view.tender.reference);
    let download = |file: &str, word: &'static str, class: &'static str| {
        view! { <a class=class href=format!("{at}/{file}")>{ui::icon::view(ui::icon::DOWNLOAD)}{word}</a> }.into_any()
    };
    let mut actions = Vec::new();
    if may {
        actions.push(frame::button(cx, "cloturer", t!(evaluation.close), "btn"));
    }
    if reading.closed.is_some() {
        actions.push(download("rapport.pdf", t!(evaluation.report), "btn"));
    }
    actions.push(download("comparaison.xlsx", t!(evaluation.xlsx), "btn btn--second"));
    actions.push(download("comparaison.csv", t!(evaluation.csv), "btn btn--second"));
    actions
}

/// How many sheets are complete; nobody's points are shown before all of them are.
fn progress(reading: &Reading) -> Option<AnyView> {
    if reading.is_revealed() || judged(&reading.terms.criteria).next().is_none() {
        return None;
    }
    let scorers = reading.dossier.jury.iter().filter(|juror| !juror.conflict).count();
    let complete = reading
        .dossier
        .scorers()
        .filter(|juror| {
            reading.view.tender.stage >= Stage::Evaluation
                && reading.dossier.is_sheet_complete(&reading.terms, juror.person)
        })
        .count();
    let title = match (reading.view.tender.stage < Stage::Evaluation, scorers) {
        (true, _) => t!(evaluation.not_yet_evaluated).to_owned(),
        (false, 0) => t!(evaluation.no_jury).to_owned(),
        (false, n) => t!(evaluation.sheets_progress, complete = complete, n = n),
    };
    Some(ui::note("seal", title, t!(evaluation.sheets_progress_text)))
}

fn tied(cx: &Cx, form: &Form, params: &Params, reading: &Reading, tie: &TieBreak, may: bool) -> AnyView {
    let lots = if tie.equal.is_empty() { &tie.positions } else { &tie.equal };
    let names = reading.dossier.named(lots).join(", ");
    let rule = match tie.rule {
        TieRule::HeaviestCriterion => t!(evaluation.tie_heaviest),
        TieRule::LowestPrice => t!(evaluation.tie_price),
        TieRule::Improvement => t!(evaluation.tie_improvement),
    };
    let told = match (tie.first, &tie.drawn) {
        (Some(_), Some(drawn)) => ui::note("good", t!(evaluation.tie_drawn, names = names), drawn.clone()),
        (Some(first), None) => {
            let first = reading.dossier.named(&[first]).join("");
            ui::note("good", t!(evaluation.tie_broken, names = names, first = first), rule)
        }
        (None, _) => ui::note("warn", t!(evaluation.tie_open, names = names), rule),
    };
    let draw = (may && tie.first.is_none()).then(|| {
        let choices: Vec<_> = reading
            .dossier
            .offers
            .iter()
            .filter(|offer| tie.equal.contains(&offer.position))
            .map(|offer| (offer.position.to_string(), offer.firm_name.clone()))
            .collect();
        let between = tie.equal.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let blank = Form::default();
        let form = if form.gesture() == "tirer" { form } else { &blank };
        view! {
            <div class="prose">{ui::form(cx, view! {
                <input type="hidden" name="entre" value=between/>
                <h2>{t!(evaluation.draw)}</h2>
                <p class="gap-s">{t!(evaluation.draw_text)}</p>
                {Field::radios("gagnante", t!(evaluation.drawn_offer), choices).view(form)}
                {Field::long("motif-tirage", t!(evaluation.draw_reason), 3).hint(t!(evaluation.draw_reason_hint)).view(form)}
                <div class="row actions"><button class="btn btn--second" name="geste" value="tirer">{t!(evaluation.save_draw)}</button></div>
            })}</div>
        }
    });
    let improve = (may && tie.rule == TieRule::Improvement).then(|| improvements(reading, tie, params));
    view! { <section class="stack" aria-label=t!(evaluation.tie)>{told}{improve}{draw}</section> }.into_any()
}

fn improvements(reading: &Reading, tie: &TieBreak, params: &Params) -> AnyView {
    let reference = reading.view.tender.reference;
    let links: Vec<_> = reading
        .dossier
        .offers
        .iter()
        .filter(|offer| tie.positions.contains(&offer.position))
        .map(|offer| {
            let current = params.query("offre") == offer.position.to_string();
            let address = format!("/marches/{reference}/evaluation?offre={}#offre", offer.position);
            view! { <a class="btn btn--second" href=address aria-current=current.then_some("true")>{t!(evaluation.improve, firm = offer.firm_name)}</a> }
        })
        .collect();
    view! { <div class="row actions">{links}</div> }.into_any()
}

/// The formula of the specification with the figures of the first offer, and what the order of the prices says.
fn explained(reading: &Reading, examination: &Examination) -> Option<AnyView> {
    let price = examination.criteria.get(price_place(&examination.criteria)?)?;
    let weight = evaluation::short(price.weight_hundredths);
    let formula = match reading.terms.formula {
        Formula::F1 => t!(evaluation.formula_f1, weight = weight),
        Formula::F2 => t!(evaluation.formula_f2, weight = weight),
        Formula::F3 => t!(evaluation.formula_f3, weight = weight),
        Formula::F4 { ceiling } => t!(evaluation.formula_f4, weight = weight, ceiling = ceiling),
    };
    let side = if examination.compared_with_vat { t!(evaluation.with_vat) } else { t!(evaluation.without_vat) };
    let ranked = if reading.is_revealed() { examination.ranked() } else { Vec::new() };
    let dearest: Option<Money> = ranked.iter().map(|offer| offer.price(examination.compared_with_vat)).min();
    let beaten =
        ranked.first().filter(|first| dearest.is_some_and(|least| first.price(examination.compared_with_vat) > least));
    let note = beaten.map(|first| {
        ui::note("warn", t!(evaluation.dearer_first, firm = first.firm_name), t!(evaluation.dearer_first_text))
    });
    Some(
        view! {
            <div class="cols cols--even">
                {ui::note("", t!(evaluation.formula_title), format!("{formula} {side} {}", t!(evaluation.mean_text)))}
                {note}
            </div>
        }
        .into_any(),
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    match form.gesture() {
        "cloturer" => {
            evaluation::close(services, actor, reference).await?;
            Done::see(format!("/marches/{reference}/evaluation?fait=evaluation-close"))
        }
        "tirer" => {
            let mut read = form.read();
            let winner = read.choice("gagnante", |text| text.parse().ok(), 0);
            let reason = read.text("motif-tirage", frame::REASON_MOST);
            let between = form.text("entre").split_whitespace().filter_map(|position| position.parse().ok()).collect();
            let draw = read.errors.or(Draw { winner, between, reason })?;
            evaluation::draw_lots(services, actor, reference, &draw).await?;
            Done::see(format!("/marches/{reference}/evaluation?fait=tirage"))
        }
        "demander" | "juger" => requests::submit(&cx, reference, &form, "evaluation").await,
        "corriger" => {
            prices::correct(&cx, reference, &form, CorrectionKind::Improvement).await?;
            Done::see(format!("/marches/{reference}/evaluation?fait=prix-examen"))
        }
        _ => Err(Error::NotFound),
    }
}
