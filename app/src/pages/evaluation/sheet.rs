use domain::{
    authz::{Action as _, DeclareInterests},
    evaluation::{Juror, Score, judged},
    fault::Fault,
    kernel::reference::TenderRef,
    offer::OpenedOffer,
    score::Points,
    specification::Criterion,
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, Reading, SheetDraft, SheetLine, points_field},
};

use super::frame;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reading = frame::reading(&cx, &params).await?;
    let actor = cx.actor()?.clone();
    if !DeclareInterests::permits(&actor, &reading.view.tender) {
        return Err(Error::NotFound);
    }
    Ok(Page::new(t!(evaluation.my_sheet), "/marches", move || {
        let body = match reading.dossier.juror(actor.person()) {
            None => ui::note("", t!(evaluation.not_named_title), t!(evaluation.not_on_the_jury)),
            Some(juror) if juror.declared_at.is_none() => declaration(&cx, &form),
            Some(juror) if juror.conflict => {
                ui::note("warn", t!(evaluation.conflict_title), t!(evaluation.in_conflict))
            }
            Some(_) if reading.view.tender.stage < Stage::Evaluation => {
                ui::note("good", t!(evaluation.declared_title), t!(evaluation.sheet_opens_later))
            }
            Some(juror) => sheet(&cx, &form, &reading, juror),
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {frame::page(&reading, "evaluation/fiche", t!(evaluation.my_sheet), t!(evaluation.sheet_lede).to_owned(), Vec::new(), body)}
        }
        .into_any()
    }))
}

fn declaration(cx: &Cx, form: &Form) -> AnyView {
    let choices = vec![
        ("aucun".to_owned(), t!(evaluation.declare_none).to_owned()),
        ("conflit".to_owned(), t!(evaluation.declare_conflict).to_owned()),
    ];
    let fields = ui::form(
        cx,
        view! {
            <h2>{t!(evaluation.declaration)}</h2>
            <p class="gap-s">{t!(evaluation.declaration_text)}</p>
            {Field::radios("interets", t!(evaluation.interests), choices).view(form)}
            {Field::long("precision", t!(evaluation.declaration_detail), 3).hint(t!(evaluation.declaration_detail_hint)).view(form)}
            <div class="row actions"><button class="btn" name="geste" value="declarer">{t!(evaluation.declare)}</button></div>
        },
    );
    view! { <div class="prose">{fields}</div> }.into_any()
}

fn sheet(cx: &Cx, form: &Form, reading: &Reading, juror: &Juror) -> AnyView {
    let terms = &reading.terms;
    let others = reading.dossier.shown_to(terms, juror.person);
    let complete = reading.dossier.is_sheet_complete(terms, juror.person);
    let state = match (reading.closed.is_some(), complete) {
        (true, _) => ui::note("good", t!(evaluation.closed_title), t!(evaluation.closed)),
        (false, true) => ui::note("good", t!(evaluation.sheet_complete_title), t!(evaluation.sheet_complete_text)),
        (false, false) => ui::note("", t!(evaluation.sheet_blind_title), t!(evaluation.sheet_blind_text)),
    };
    let parts: Vec<_> = judged(&terms.criteria)
        .map(|(place, criterion)| {
            let lines: Vec<_> = reading
                .dossier
                .compared()
                .map(|offer| line(form, reading, juror, &others, offer, place, criterion))
                .collect();
            let id = format!("critere-{place}");
            let title = t!(
                evaluation.criterion_out_of,
                name = criterion.name,
                weight = evaluation::short(criterion.weight_hundredths)
            );
            view! {
                <section class="card stack" aria-labelledby=id>
                    <h2 id=format!("critere-{place}")>{title}</h2>
                    <p class="quiet">{criterion.elements.clone()}</p>
                    {lines}
                </section>
            }
        })
        .collect();
    let save = reading.closed.is_none().then(|| {
        view! {
            <div class="row actions">
                <button class="btn" name="geste" value="coter">{t!(evaluation.save_sheet)}</button>
                <span class="small quiet">{t!(evaluation.save_sheet_hint)}</span>
            </div>
        }
    });
    view! {
        <div class="prose stack">
            {state}
            {scale(&terms.quality_scale)}
            <form method="post" action=cx.path().to_owned() novalidate class="stack">
                <input type="hidden" name="version" value=juror.sheet_version/>
                {parts}
                {save}
            </form>
        </div>
    }
    .into_any()
}

/// The meaning of shares of a weight, as the specification gives it.
fn scale(rows: &[Vec<String>]) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let items: Vec<_> = rows.iter().map(|row| view! { <li>{row.join(" · ")}</li> }).collect();
    Some(
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{t!(evaluation.scale)}</span></summary>
                <ul class="govuk-list govuk-list--bullet gap-s">{items}</ul>
            </details>
        }
        .into_any(),
    )
}

fn line(
    form: &Form,
    reading: &Reading,
    juror: &Juror,
    others: &[&Score],
    offer: &OpenedOffer,
    place: usize,
    criterion: &Criterion,
) -> AnyView {
    let own = reading.dossier.score(juror.person, offer.id, place);
    let points = own.map(|score| score.points.to_string()).unwrap_or_default();
    let reason = own.map(|score| score.reason.clone()).unwrap_or_default();
    let seen: Vec<_> = others
        .iter()
        .filter(|score| score.offer == offer.id && score.criterion == place)
        .map(|score| {
            let who = reading.dossier.juror(score.person).map(|juror| juror.name.clone()).unwrap_or_default();
            view! { <li>{t!(evaluation.others_points, who = who, points = score.points, reason = score.reason)}</li> }
        })
        .collect();
    let seen = (!seen.is_empty()).then(|| view! { <ul class="govuk-list small quiet">{seen}</ul> });
    let legend = t!(evaluation.offer_of, position = offer.position, firm = offer.firm_name);
    let label = t!(evaluation.points_of, weight = evaluation::short(criterion.weight_hundredths));
    view! {
        <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
            {Field::short(points_field(offer.position, place), label, 5).value(points).view(form)}
            {Field::long(reason_field(offer.position, place), t!(evaluation.reason), 3).value(reason).view(form)}
            {seen}
        </fieldset>
    }
    .into_any()
}

fn reason_field(offer: i32, criterion: usize) -> String {
    format!("motif-{offer}-{criterion}")
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    if form.gesture() == "declarer" {
        let mut read = form.read();
        let conflict = read.choice(
            "interets",
            |text| match text {
                "aucun" => Some(false),
                "conflit" => Some(true),
                _ => None,
            },
            true,
        );
        let owes_a_text = conflict && read.errors.is_empty();
        let most = evaluation::DECLARATION_MOST;
        let text = if owes_a_text { read.text("precision", most) } else { read.optional_text("precision", most) };
        let text = read.errors.or(text)?;
        evaluation::declare_interests(services, actor, reference, conflict, &text).await?;
        return Done::see(format!("/marches/{reference}/evaluation/fiche?fait=interets"));
    }
    let reading = evaluation::read_to_score(services, actor, reference).await?;
    let draft = draft(&form, &reading)?;
    evaluation::score(services, actor, reference, &draft).await?;
    Done::see(format!("/marches/{reference}/evaluation/fiche?fait=fiche"))
}

/// Lines left empty are left for later; points without a reason, and a reason without points, are told.
fn draft(form: &Form, reading: &Reading) -> Result<SheetDraft, Error> {
    let version = frame::number(form, "version")?;
    let mut read = form.read();
    let mut lines = Vec::new();
    for (criterion, weighed) in judged(&reading.terms.criteria) {
        for offer in reading.dossier.compared() {
            let (points, reason) = (points_field(offer.position, criterion), reason_field(offer.position, criterion));
            if form.text(&points).is_empty() && form.text(&reason).is_empty() {
                continue;
            }
            let most = Points::from_hundredths(weighed.weight_hundredths);
            let read_points =
                Points::parse_french(form.text(&points)).ok().filter(|typed| (Points::ZERO..=most).contains(typed));
            if read_points.is_none() {
                read.errors.add(points, Fault::PointsOver { most });
            }
            let reason = read.text(&reason, frame::REASON_MOST);
            let points = read_points.unwrap_or_default();
            lines.push(SheetLine { offer: offer.position, criterion, points, reason });
        }
    }
    read.errors.or(SheetDraft { version, lines })
}
