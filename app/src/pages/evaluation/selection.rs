use domain::{
    evaluation::{Debts, Exclusion, Grounds, RequestKind, Selection},
    kernel::{Money, reference::TenderRef, time::brussels},
    offer::OpenedOffer,
    parameter::ParameterSet,
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, Reading, SelectionDraft},
    store,
};

use super::{frame, requests, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

const KINDS: [RequestKind; 2] = [RequestKind::Debts, RequestKind::Piece];

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reading = frame::reading(&cx, &params).await?;
    let parameters = store::parameters::set(cx.services()).await?;
    let tender = &reading.view.tender;
    let may = frame::may_assess(&cx, tender, Stage::Selection)?;
    let may_start = frame::may_assess(&cx, tender, Stage::Opened)?;
    Ok(Page::new(t!(evaluation.selection), "/marches", move || {
        let chosen = frame::chosen(&reading.dossier, &params, &form);
        let mut actions = Vec::new();
        if may_start {
            actions.push(frame::button(&cx, "commencer", t!(evaluation.start_selection), "btn"));
        }
        if may && chosen.is_none() {
            actions.push(frame::button(&cx, "suite", t!(evaluation.end_selection), "btn"));
        }
        let rows = reading.dossier.offers.iter();
        let rows =
            rows.map(|offer| (offer, offer.excluding.to_string(), words::selection_tag(&reading.dossier, offer)));
        let list = frame::offers(
            reading.view.tender.reference,
            "selection",
            t!(evaluation.tenderers),
            rows.collect(),
            chosen.map(|offer| offer.position),
            if may { t!(evaluation.examine) } else { t!(evaluation.read) },
        );
        let nobody = (reading.view.tender.stage == Stage::Selection
            && reading.dossier.selections.len() == reading.dossier.offers.len()
            && reading.dossier.selected().next().is_none())
        .then(|| ui::note("warn", t!(evaluation.nobody_selected_title), t!(evaluation.nobody_selected)));
        let own = chosen.map(|offer| own(&cx, &form, &reading, &parameters, offer, may));
        let body = view! { <div class="stack-l">{nobody}{list}{own}</div> }.into_any();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {frame::page(&reading, "selection", t!(evaluation.selection), t!(evaluation.selection_lede).to_owned(), actions, body)}
        }
        .into_any()
    }))
}

/// One tenderer: what was decided, what is asked, the form.
fn own(cx: &Cx, form: &Form, reading: &Reading, parameters: &ParameterSet, offer: &OpenedOffer, may: bool) -> AnyView {
    let decision = reading.dossier.selections.get(&offer.id);
    let limit = limit(cx, reading, parameters);
    let told = decision.filter(|_| !may).map(|decision| {
        let grounds = &decision.result.grounds;
        let row = |word: &'static str, value: String| {
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{word}</dt>
                    <dd class="govuk-summary-list__value">{value}</dd>
                </div>
            }
        };
        let criteria = if grounds.criteria_met { t!(evaluation.criteria_met) } else { t!(evaluation.criteria_not_met) };
        view! {
            <div class="card">
                <dl class="govuk-summary-list">
                    {row(t!(evaluation.obligatory), words::exclusion(grounds.obligatory).to_owned())}
                    {row(t!(evaluation.debts), words::debts(grounds.debts, limit))}
                    {row(t!(evaluation.optional), words::exclusion(grounds.optional).to_owned())}
                    {row(t!(evaluation.criteria), criteria.to_owned())}
                    {row(t!(evaluation.reason), decision.reason.clone())}
                </dl>
            </div>
        }
    });
    let fields = may
        .then(|| fields(cx, form, offer, decision.map(|one| (&one.result, one.reason.as_str(), one.version)), limit));
    view! {
        <section class="stack" aria-labelledby="offre">
            <h2 id="offre">{format!("{}. {}", offer.position, offer.firm_name)}</h2>
            <div class="cols">
                <div class="stack">{told}{fields}</div>
                {requests::card(cx, form, reading, parameters, offer, if may { &KINDS } else { &[] })}
            </div>
        </section>
    }
    .into_any()
}

/// The amount above which debts exclude (art. 68), on the day of the call.
fn limit(cx: &Cx, reading: &Reading, parameters: &ParameterSet) -> Money {
    let on = reading.view.tender.called_on(brussels(cx.services().now()).date());
    parameters.money_on("debts.max", on).unwrap_or_default()
}

fn fields(
    cx: &Cx,
    form: &Form,
    offer: &OpenedOffer,
    decided: Option<(&Selection, &str, i32)>,
    limit: Money,
) -> AnyView {
    // Another form of the same page was sent: this one shows what is kept.
    let blank = Form::default();
    let form = if form.gesture() == "decider" { form } else { &blank };
    let grounds = decided.map(|(selection, ..)| &selection.grounds);
    let exclusions = || Exclusion::ALL.map(|one| (one.code().to_owned(), words::exclusion(one).to_owned())).to_vec();
    let debts = Debts::ALL.map(|one| (one.code().to_owned(), words::debts(one, limit))).to_vec();
    let yes_no = |yes: &'static str, no: &'static str| {
        vec![("oui".to_owned(), yes.to_owned()), ("non".to_owned(), no.to_owned())]
    };
    let met = grounds.map_or("", |grounds| if grounds.criteria_met { "oui" } else { "non" });
    let result = decided.map_or("", |(selection, ..)| if selection.selected { "oui" } else { "non" });
    let reason = decided.map_or("", |(_, reason, _)| reason);
    ui::form(
        cx,
        view! {
            {frame::hidden(offer.position, decided.map_or(0, |(_, _, version)| version))}
            {Field::radios("obligatoire", t!(evaluation.obligatory), exclusions())
                .hint(t!(evaluation.obligatory_hint))
                .value(grounds.map_or("none", |grounds| grounds.obligatory.code())).view(form)}
            {Field::radios("dettes", t!(evaluation.debts), debts)
                .hint(t!(evaluation.debts_hint))
                .value(grounds.map_or("none", |grounds| grounds.debts.code())).view(form)}
            {Field::radios("facultatif", t!(evaluation.optional), exclusions())
                .hint(t!(evaluation.optional_hint))
                .value(grounds.map_or("none", |grounds| grounds.optional.code())).view(form)}
            {Field::radios("criteres", t!(evaluation.criteria), yes_no(t!(evaluation.criteria_met), t!(evaluation.criteria_not_met)))
                .hint(t!(evaluation.criteria_hint)).value(met).view(form)}
            {Field::radios("resultat", t!(evaluation.decision), yes_no(t!(evaluation.selected), t!(evaluation.not_selected)))
                .value(result).view(form)}
            {Field::long("motif", t!(evaluation.reason), 4).hint(t!(evaluation.selection_reason_hint)).value(reason).view(form)}
            <div class="row actions"><button class="btn" name="geste" value="decider">{t!(evaluation.save_decision)}</button></div>
        },
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    match form.gesture() {
        "commencer" => {
            evaluation::start_selection(services, actor, reference).await?;
            Done::see(format!("/marches/{reference}/selection?fait=selection-ouverte"))
        }
        "suite" => {
            evaluation::start_regularity(services, actor, reference).await?;
            Done::see(format!("/marches/{reference}/regularite?fait=regularite-ouverte"))
        }
        "demander" | "juger" => requests::submit(&cx, reference, &form, "selection").await,
        "decider" => {
            evaluation::select(services, actor, reference, &draft(&form)?).await?;
            Done::see(format!("/marches/{reference}/selection?fait=decision"))
        }
        _ => Err(Error::NotFound),
    }
}

fn draft(form: &Form) -> Result<SelectionDraft, Error> {
    let (offer, version) = (frame::number(form, "offre")?, frame::number(form, "version")?);
    let yes_no = |text: &str| match text {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    };
    let mut read = form.read();
    let grounds = Grounds {
        obligatory: read.choice("obligatoire", Exclusion::from_code, Exclusion::Found),
        debts: read.choice("dettes", Debts::from_code, Debts::Above),
        optional: read.choice("facultatif", Exclusion::from_code, Exclusion::Found),
        criteria_met: read.choice("criteres", yes_no, false),
    };
    let selected = read.choice("resultat", yes_no, false);
    let reason = read.optional_text("motif", frame::REASON_MOST);
    read.errors.or(SelectionDraft { offer, version, selection: Selection { selected, grounds }, reason })
}
