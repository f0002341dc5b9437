use domain::{
    evaluation::{CorrectionKind, Irregularity, PriceCheck, Regularity, RequestKind, price_check},
    kernel::{reference::TenderRef, time::brussels},
    offer::OpenedOffer,
    parameter::ParameterSet,
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, Reading, RegularityDraft},
    store,
};

use super::{frame, prices, requests, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

const KINDS: [RequestKind; 3] = [RequestKind::Piece, RequestKind::Price, RequestKind::Regularisation];
const RESULTS: [&str; 4] = ["regular", "not_substantial", "put_right", "substantial"];

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reading = frame::reading(&cx, &params).await?;
    let parameters = store::parameters::set(cx.services()).await?;
    let may = frame::may_assess(&cx, &reading.view.tender, Stage::Regularity)?;
    let check = checked(&cx, &reading, &parameters);
    Ok(Page::new(t!(evaluation.regularity), "/marches", move || {
        let tender = &reading.view.tender;
        let chosen = frame::chosen(&reading.dossier, &params, &form);
        let mut actions = Vec::new();
        if may && chosen.is_none() {
            if tender.may_negotiate(&reading.terms).is_ok() {
                actions.push(frame::button(&cx, "negocier", t!(evaluation.start_negotiation), "btn"));
                actions.push(frame::button(&cx, "evaluer", t!(evaluation.start_evaluation), "btn btn--second"));
            } else {
                actions.push(frame::button(&cx, "evaluer", t!(evaluation.start_evaluation), "btn"));
            }
        }
        let rows = reading.dossier.selected().map(|offer| {
            let total = reading.dossier.totals(&reading.terms, offer).map(|totals| totals.vat.excluding.to_string());
            (offer, total.unwrap_or_default(), words::regularity_tag(&reading.dossier, offer))
        });
        let rows: Vec<_> = rows.collect();
        let list = if rows.is_empty() {
            ui::empty(t!(evaluation.nobody_yet), t!(evaluation.nobody_yet_text), None)
        } else {
            let word = if may { t!(evaluation.examine) } else { t!(evaluation.read) };
            let position = chosen.map(|offer| offer.position);
            frame::offers(tender.reference, "regularite", t!(evaluation.offers), rows, position, word)
        };
        let own = chosen.filter(|offer| reading.dossier.is_selected(offer.id));
        let own = own.map(|offer| own_part(&cx, &form, &reading, &parameters, offer, may));
        let body = view! {
            <div class="stack-l">
                {none_left(&reading)}
                {list}
                {check.as_ref().map(|check| price_note(&reading, check))}
                {own}
            </div>
        }
        .into_any();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {frame::page(&reading, "regularite", t!(evaluation.regularity), t!(evaluation.regularity_lede).to_owned(), actions, body)}
        }
        .into_any()
    }))
}

/// Every offer is decided and none stays: give up, or another procedure.
fn none_left(reading: &Reading) -> Option<AnyView> {
    let decided = reading.dossier.selected().next().is_some()
        && reading.dossier.selected().all(|offer| reading.dossier.regularities.contains_key(&offer.id));
    (decided && reading.dossier.compared().next().is_none())
        .then(|| ui::note("warn", t!(evaluation.none_regular_title), t!(evaluation.no_regular_offer)))
}

fn checked(cx: &Cx, reading: &Reading, parameters: &ParameterSet) -> Option<PriceCheck> {
    let today = brussels(cx.services().now()).date();
    let on = reading.view.tender.called_on(today);
    let prices: Option<Vec<_>> =
        reading.dossier.selected().map(|offer| Some((offer, reading.dossier.price(&reading.terms, offer)?))).collect();
    price_check(parameters, on, &reading.terms.criteria, &prices?).ok()
}

/// The hint of the mean, with its source; for IT services it binds nobody.
fn price_note(reading: &Reading, check: &PriceCheck) -> AnyView {
    let name = |id| {
        let found = reading.dossier.offers.iter().find(|offer| offer.id == id);
        found.map(|offer| offer.firm_name.clone()).unwrap_or_default()
    };
    let list = |ids: &[domain::kernel::ids::OfferId]| ids.iter().map(|id| name(*id)).collect::<Vec<_>>().join(", ");
    let bad = (!check.not_positive.is_empty()).then(|| {
        ui::note(
            "bad",
            t!(evaluation.price_not_positive, names = list(&check.not_positive)),
            t!(evaluation.price_not_positive_text),
        )
    });
    let hint = match (check.mean, check.questioned.is_empty()) {
        (None, _) => ui::note("", t!(evaluation.price_too_few), binding(check)),
        (Some(mean), true) => ui::note("good", t!(evaluation.price_fine, mean = mean), binding(check)),
        (Some(mean), false) => {
            ui::note("warn", t!(evaluation.price_low, names = list(&check.questioned), mean = mean), binding(check))
        }
    };
    view! { <div class="stack-s">{bad}{hint}</div> }.into_any()
}

/// Why the rule of the mean binds nobody here.
fn binding(check: &PriceCheck) -> String {
    let law = &check.below.legal_ref;
    if check.is_light() {
        t!(evaluation.price_hint_light, law = law, least = check.least_weight, weight = check.weight)
    } else {
        t!(evaluation.price_hint, law = law)
    }
}

/// One offer: its prices, its decision, what is asked.
fn own_part(
    cx: &Cx,
    form: &Form,
    reading: &Reading,
    parameters: &ParameterSet,
    offer: &OpenedOffer,
    may: bool,
) -> AnyView {
    let decision = reading.dossier.regularities.get(&offer.id);
    let told = decision.filter(|_| !may).map(|decision| {
        let article = decision.result.irregularity().map_or("", Irregularity::article);
        let title = format!("{} {article}", words::regularity_code(decision.result.code()));
        ui::note(if decision.result.stays() { "good" } else { "bad" }, title, decision.reason.clone())
    });
    let decided = decision.map(|one| (one.result, one.reason.as_str(), one.version));
    let fields = may.then(|| {
        view! {
            {prices::form(cx, form, reading, offer, t!(evaluation.correct_prices), t!(evaluation.correct_hint))}
            {fields(cx, form, reading, offer, decided)}
        }
    });
    let regularises = reading.view.tender.may_regularise().is_ok();
    let kinds = KINDS.into_iter().filter(|kind| regularises || *kind != RequestKind::Regularisation);
    let kinds: Vec<_> = kinds.collect();
    view! {
        <section class="stack" aria-labelledby="offre">
            <h2 id="offre">{format!("{}. {}", offer.position, offer.firm_name)}</h2>
            <div class="cols">
                <div class="stack">{prices::card(reading, offer)}{told}{fields}</div>
                {requests::card(cx, form, reading, parameters, offer, if may { kinds.as_slice() } else { &[] })}
            </div>
        </section>
    }
    .into_any()
}

fn fields(
    cx: &Cx,
    form: &Form,
    reading: &Reading,
    offer: &OpenedOffer,
    decided: Option<(Regularity, &str, i32)>,
) -> AnyView {
    let blank = Form::default();
    let form = if form.gesture() == "decider" { form } else { &blank };
    let regularises = reading.view.tender.may_regularise().is_ok();
    let results = RESULTS.into_iter().filter(|code| regularises || *code != "put_right");
    let results: Vec<_> = results.map(|code| (code.to_owned(), words::regularity_code(code).to_owned())).collect();
    let kinds = Irregularity::ALL
        .map(|kind| (kind.code().to_owned(), format!("{} ({})", words::irregularity(kind), kind.article())))
        .to_vec();
    let hint =
        if regularises { t!(evaluation.regularity_hint_negotiated) } else { t!(evaluation.regularity_hint_open) };
    let kind = decided.and_then(|(result, ..)| result.irregularity()).map_or("", Irregularity::code);
    ui::form(
        cx,
        view! {
            {frame::hidden(offer.position, decided.map_or(0, |(_, _, version)| version))}
            {Field::radios("resultat", t!(evaluation.decision), results)
                .hint(hint).value(decided.map_or("", |(result, ..)| result.code())).view(form)}
            {Field::select("irregularite", t!(evaluation.irregularity), kinds)
                .hint(t!(evaluation.irregularity_hint)).nothing(t!(evaluation.no_irregularity)).value(kind).view(form)}
            {Field::long("motif", t!(evaluation.reason), 4).hint(t!(evaluation.regularity_reason_hint))
                .value(decided.map_or("", |(_, reason, _)| reason)).view(form)}
            <div class="row actions"><button class="btn" name="geste" value="decider">{t!(evaluation.save_decision)}</button></div>
        },
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    match form.gesture() {
        "evaluer" => {
            evaluation::evaluate(services, actor, reference).await?;
            Done::see(format!("/marches/{reference}/evaluation?fait=evaluation-ouverte"))
        }
        "negocier" => {
            evaluation::negotiate(services, actor, reference).await?;
            Done::see(format!("/marches/{reference}/negociation?fait=negociation-ouverte"))
        }
        "demander" | "juger" => requests::submit(&cx, reference, &form, "regularite").await,
        "corriger" => {
            let offer = prices::correct(&cx, reference, &form, CorrectionKind::Error).await?;
            Done::see(format!("/marches/{reference}/regularite?offre={offer}&fait=prix-examen"))
        }
        "decider" => {
            evaluation::decide_regularity(services, actor, reference, &draft(&form)?).await?;
            Done::see(format!("/marches/{reference}/regularite?fait=decision"))
        }
        _ => Err(Error::NotFound),
    }
}

fn draft(form: &Form) -> Result<RegularityDraft, Error> {
    let (offer, version) = (frame::number(form, "offre")?, frame::number(form, "version")?);
    let mut read = form.read();
    let known = |text: &str| RESULTS.contains(&text).then(|| text.to_owned());
    let result = read.choice("resultat", known, String::new());
    let kind = form.text("irregularite");
    let regularity = Regularity::from_codes(&result, kind).unwrap_or(Regularity::Regular);
    if !result.is_empty() && Regularity::from_codes(&result, kind).is_none() {
        read.choice("irregularite", Irregularity::from_code, Irregularity::Other);
    }
    let reason = if regularity == Regularity::Regular {
        read.optional_text("motif", frame::REASON_MOST)
    } else {
        read.text("motif", frame::REASON_MOST)
    };
    read.errors.or(RegularityDraft { offer, version, regularity, reason })
}
