//! The prices of one offer, as submitted and as they stand, and the form that changes them.

use domain::{
    evaluation::{Correction, CorrectionKind},
    fault::Fault,
    kernel::{NumberError, UnitPrice, time::date_short_french},
    offer::{OfferLine, OpenedOffer, Totals, priced},
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{CorrectionDraft, Reading},
};

use super::frame;
use crate::pages::{Cx, Form, ui, ui::Field, words::t};

/// The inventory with the prices that stand, totals as submitted and as they stand, and every change.
pub(super) fn card(reading: &Reading, offer: &OpenedOffer) -> AnyView {
    let content = reading.dossier.final_content(offer);
    let Some(totals) = priced(&reading.terms.inventory, &content) else { return ().into_any() };
    let changed: Vec<_> = reading.dossier.corrections_of(offer.id).collect();
    let rows = rows(&totals, &changed);
    let differs = totals.vat.excluding != offer.excluding;
    let before = differs.then(|| {
        view! {
            <tr>
                <th scope="row" colspan="3">{t!(evaluation.submitted_total)}</th>
                <td class="num" data-l=t!(evaluation.amount)>{offer.excluding.to_string()}</td>
            </tr>
        }
    });
    let unexplained = (differs && changed.is_empty())
        .then(|| ui::note("warn", t!(evaluation.sum_differs), t!(evaluation.sum_differs_text)));
    view! {
        {unexplained}
        <section class="card card--flush" aria-labelledby="prix">
            <h3 id="prix" class="pad gap-s">{t!(evaluation.prices)}</h3>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="prix">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(evaluation.line)}</th>
                            <th scope="col" class="num">{t!(evaluation.quantity)}</th>
                            <th scope="col" class="num">{t!(evaluation.unit_price)}</th>
                            <th scope="col" class="num">{t!(evaluation.amount)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        {before}
                        <tr>
                            <th scope="row" colspan="3">{t!(evaluation.standing_total)}</th>
                            <td class="num" data-l=t!(evaluation.amount)>{totals.vat.excluding.to_string()}</td>
                        </tr>
                        <tr>
                            <th scope="row" colspan="3">{t!(evaluation.standing_total_including)}</th>
                            <td class="num" data-l=t!(evaluation.amount)>{totals.vat.including.to_string()}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
        </section>
        {history(changed)}
    }
    .into_any()
}

fn rows(totals: &Totals, changed: &[&Correction]) -> Vec<AnyView> {
    totals
        .lines
        .iter()
        .map(|line| {
            let price = line.price.as_ref().map_or("–".to_owned(), |price| price.unit_price.to_string());
            let amount = line.amount.map_or("–".to_owned(), |amount| amount.to_string());
            let is_changed = changed.iter().any(|correction| correction.line == line.line.code);
            let mark = is_changed.then(|| ui::tag("wait", t!(evaluation.changed)));
            view! {
                <tr>
                    <th scope="row"><span class="ref">{line.line.code.clone()}</span>" "{line.line.item.clone()}" "{mark}</th>
                    <td class="num" data-l=t!(evaluation.quantity)>{line.line.counted()}</td>
                    <td class="num" data-l=t!(evaluation.unit_price)>{price}</td>
                    <td class="num" data-l=t!(evaluation.amount)>{amount}</td>
                </tr>
            }
            .into_any()
        })
        .collect()
}

fn history(changed: Vec<&Correction>) -> Option<AnyView> {
    if changed.is_empty() {
        return None;
    }
    let rows: Vec<_> = changed
        .into_iter()
        .map(|one| {
            let before = one.before.as_ref().map_or("–".to_owned(), |line| line.unit_price.to_string());
            let on = domain::kernel::time::brussels(one.at).date();
            view! {
                <tr>
                    <th scope="row"><span class="ref">{one.line.clone()}</span>" "{kind(one.kind)}</th>
                    <td class="num" data-l=t!(evaluation.before)>{before}</td>
                    <td class="num" data-l=t!(evaluation.after)>{one.after.unit_price.to_string()}</td>
                    <td data-l=t!(evaluation.reason)><span>{one.reason.clone()}" "<span class="quiet small">{date_short_french(on)}</span></span></td>
                </tr>
            }
        })
        .collect();
    Some(
        view! {
            <section class="card card--flush" aria-labelledby="corrections">
                <h3 id="corrections" class="pad gap-s">{t!(evaluation.corrections)}</h3>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="corrections">
                    <table class="table table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(evaluation.line)}</th>
                                <th scope="col" class="num">{t!(evaluation.before)}</th>
                                <th scope="col" class="num">{t!(evaluation.after)}</th>
                                <th scope="col">{t!(evaluation.reason)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
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

/// Reads the prices; a line left empty has no price, and one that had a price keeps it.
pub(super) fn draft(form: &Form, reading: &Reading, kind: CorrectionKind) -> Result<CorrectionDraft, Error> {
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
