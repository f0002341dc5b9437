//! The prices of one offer, as submitted and as they stand, and the form that changes them.

use domain::{
    evaluation::{Correction, CorrectionKind},
    fault::Fault,
    kernel::{Money, NumberError, UnitPrice, reference::TenderRef, time::date_short_french},
    offer::{OfferLine, OpenedOffer, PricedLine, priced},
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, CorrectionDraft, Reading},
};

use super::frame;
use crate::pages::{
    Cx, Form,
    ui::{self, Field, table::Row},
    words::t,
};

/// The inventory with the prices that stand, totals as submitted and as they stand, and every change.
pub(super) fn card(reading: &Reading, offer: &OpenedOffer) -> AnyView {
    let content = reading.dossier.final_content(offer);
    let Some(totals) = priced(&reading.terms.inventory, &content) else { return ().into_any() };
    let changed: Vec<_> = reading.dossier.corrections_of(offer.id).collect();
    let differs = totals.vat.excluding != offer.excluding;
    let unexplained = (differs && changed.is_empty())
        .then(|| ui::note("warn", t!(evaluation.sum_differs), t!(evaluation.sum_differs_text)));
    let sum = |word: &'static str, amount: Money| ui::row(word).spanning(3).cell(amount.to_string());
    let columns = [
        ui::column(t!(evaluation.line)),
        ui::number(t!(evaluation.quantity)),
        ui::number(t!(evaluation.unit_price)),
        ui::number(t!(evaluation.amount)),
    ];
    let before = differs.then(|| sum(t!(evaluation.submitted_total), offer.excluding));
    let standing = [
        sum(t!(evaluation.standing_total), totals.vat.excluding),
        sum(t!(evaluation.standing_total_including), totals.vat.including),
    ];
    let lines = totals.lines.iter().map(|line| row(line, &changed));
    let table = ui::table("prix", columns, lines).foot(before.into_iter().chain(standing)).view();
    view! {
        {unexplained}
        <section class="card card--flush" aria-labelledby="prix">
            <h3 id="prix" class="pad gap-s">{t!(evaluation.prices)}</h3>
            {table}
        </section>
        {history(changed)}
    }
    .into_any()
}

fn row(line: &PricedLine, changed: &[&Correction]) -> Row {
    let price = line.price.as_ref().map_or("–".to_owned(), |price| price.unit_price.to_string());
    let amount = line.amount.map_or("–".to_owned(), |amount| amount.to_string());
    let is_changed = changed.iter().any(|correction| correction.line == line.line.code);
    let mark = is_changed.then(|| ui::tag("wait", t!(evaluation.changed)));
    let (code, item) = (line.line.code.clone(), line.line.item.clone());
    ui::row(view! { <span class="ref">{code}</span>" "{item}" "{mark} })
        .cell(line.line.counted())
        .cell(price)
        .cell(amount)
}

fn history(changed: Vec<&Correction>) -> Option<AnyView> {
    if changed.is_empty() {
        return None;
    }
    let columns = [
        ui::column(t!(evaluation.line)),
        ui::number(t!(evaluation.before)),
        ui::number(t!(evaluation.after)),
        ui::column(t!(evaluation.reason)),
    ];
    let rows = changed.into_iter().map(|one| {
        let before = one.before.as_ref().map_or("–".to_owned(), |line| line.unit_price.to_string());
        let on = domain::kernel::time::brussels(one.at).date();
        let reason = one.reason.clone();
        ui::row(view! { <span class="ref">{one.line.clone()}</span>" "{kind(one.kind)} })
            .cell(before)
            .cell(one.after.unit_price.to_string())
            .cell(view! { <span>{reason}" "<span class="quiet small">{date_short_french(on)}</span></span> })
    });
    let table = ui::table("corrections", columns, rows).view();
    Some(
        view! {
            <section class="card card--flush" aria-labelledby="corrections">
                <h3 id="corrections" class="pad gap-s">{t!(evaluation.corrections)}</h3>
                {table}
            </section>
        }
        .into_any(),
    )
}

fn kind(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Error => t!(evaluation.kind_error),
        CorrectionKind::Negotiated => t!(evaluation.kind_negotiated),
        CorrectionKind::Improvement => t!(evaluation.kind_improvement),
    }
}

/// Every unit price, to be changed where it must, with one reason for the change.
pub(super) fn form(
    cx: &Cx,
    form: &Form,
    reading: &Reading,
    offer: &OpenedOffer,
    word: &'static str,
    hint: &'static str,
) -> AnyView {
    let blank = Form::default();
    let own = form.gesture() == "corriger";
    let form = if own { form } else { &blank };
    let content = reading.dossier.final_content(offer);
    let fields: Vec<_> = reading
        .terms
        .inventory
        .iter()
        .map(|line| {
            let price = content.lines.iter().find(|price| price.code == line.code);
            let typed = price.map(|price| price.unit_price.amount_french()).unwrap_or_default();
            Field::money(price_field(&line.code), format!("{} {}", line.code, line.item)).value(typed).view(form)
        })
        .collect();
    let seen = reading.dossier.corrections_of(offer.id).count();
    view! {
        <details class="govuk-details" open=own>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{word}</span></summary>
            <form method="post" action=cx.path().to_owned() novalidate class="card gap-s">
                <p class="quiet">{hint}</p>
                <input type="hidden" name="offre" value=offer.position/>
                <input type="hidden" name="vues" value=seen/>
                {fields}
                {Field::long("motif-prix", t!(evaluation.reason), 3).view(form)}
                <button class="btn btn--second" name="geste" value="corriger">{t!(evaluation.save_prices)}</button>
            </form>
        </details>
    }
    .into_any()
}

fn price_field(code: &str) -> String {
    format!("prix-{code}")
}

/// Keeps the prices that were changed, and tells of which offer.
pub(super) async fn correct(cx: &Cx, reference: TenderRef, form: &Form, kind: CorrectionKind) -> Result<i32, Error> {
    let (services, actor) = (cx.services(), cx.actor()?);
    let reading = evaluation::read_to_correct(services, actor, reference).await?;
    let draft = draft(form, &reading, kind)?;
    evaluation::correct(services, actor, reference, &draft).await?;
    Ok(draft.offer)
}

/// Reads the prices; a line left empty has no price, and one that had a price keeps it.
fn draft(form: &Form, reading: &Reading, kind: CorrectionKind) -> Result<CorrectionDraft, Error> {
    let offer = frame::number(form, "offre")?;
    let seen = form.text("vues").parse().map_err(|_| Error::NotFound)?;
    let content =
        reading.dossier.offer(offer).map(|offer| reading.dossier.final_content(offer)).ok_or(Error::NotFound)?;
    let mut read = form.read();
    let mut lines = Vec::new();
    for line in &reading.terms.inventory {
        let name = price_field(&line.code);
        let known = content.lines.iter().find(|price| price.code == line.code);
        match UnitPrice::parse_french(form.text(&name)) {
            Err(NumberError::Empty) if known.is_none() => {}
            Ok(price) if price < UnitPrice::default() => read.errors.add(name, Fault::Amount(NumberError::Negative)),
            Ok(unit_price) => {
                let vat = known.map_or(reading.terms.vat, |known| known.vat);
                lines.push(OfferLine { code: line.code.clone(), unit_price, vat });
            }
            Err(error) => read.errors.add(name, Fault::Amount(error)),
        }
    }
    let reason = read.text("motif-prix", frame::REASON_MOST);
    read.errors.or(CorrectionDraft { offer, kind, seen, lines, reason })
}
