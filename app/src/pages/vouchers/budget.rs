//! The articles of the budget that bear a voucher.

use domain::{
    fault::Fault,
    kernel::time::date_french,
    voucher::{BudgetArticle, BudgetShare, Commitment, Voucher},
};
use leptos::prelude::*;

use super::form::amount;
use crate::pages::{Form, form::Reader, ui::Field, words::t};

/// Places of the articles beside the first one.
const OTHERS: [u8; 3] = [2, 3, 4];

/// What is asked of each article, the first one open, the others for those who split.
pub(super) fn fields(form: &Form, voucher: &Voucher) -> AnyView {
    let others: Vec<_> = OTHERS.into_iter().map(|place| other(form, place)).collect();
    let is_split = OTHERS.into_iter().any(|place| is_typed(form, place));
    view! {
        {Field::short("article", t!(voucher.article), 20).hint(t!(voucher.article_hint)).view(form)}
        {Field::money("credit", t!(voucher.credit)).hint(t!(voucher.credit_hint, needed = voucher.including)).view(form)}
        <details class="govuk-details" open=is_split>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{t!(voucher.split)}</span></summary>
            <div class="govuk-details__text">
                <p class="small quiet">{t!(voucher.split_hint, needed = voucher.including)}</p>
                {others}
            </div>
        </details>
    }
    .into_any()
}

fn other(form: &Form, place: u8) -> AnyView {
    let [article, amount, credit] = names(place);
    view! {
        <div class="fields fields--even gap">
            {Field::short(article, t!(voucher.article_n, n = place), 10).view(form)}
            {Field::money(amount, t!(voucher.amount_n, n = place)).view(form)}
            {Field::money(credit, t!(voucher.credit_n, n = place)).view(form)}
        </div>
    }
    .into_any()
}

fn names(place: u8) -> [String; 3] {
    ["article", "montant", "credit"].map(|name| format!("{name}-{place}"))
}

fn is_typed(form: &Form, place: u8) -> bool {
    names(place).iter().any(|name| !form.text(name).is_empty())
}

/// The parts of the articles beside the first one; a row that was left empty is none.
pub(super) fn others(reader: &mut Reader<'_>, form: &Form) -> Vec<BudgetShare> {
    let typed = OTHERS.into_iter().filter(|place| is_typed(form, *place));
    typed
        .filter_map(|place| {
            let [article, part, credit] = names(place);
            let article: Option<BudgetArticle> = reader.value(&article, Fault::NotAnArticle);
            let (part, credit) = (reader.positive_money(&part), amount(reader, form, &credit));
            Some(BudgetShare { article: article?, amount: part, credit })
        })
        .collect()
}

/// On which articles, with the part of each where there are several, and under which commitment.
pub(super) fn facts(voucher: &Voucher, commitment: &Commitment) -> AnyView {
    let shares = voucher.budget();
    let is_split = shares.len() > 1;
    let articles: Vec<_> = shares
        .into_iter()
        .map(|share| {
            let part = is_split.then(|| t!(voucher.share_of, amount = share.amount));
            view! { <dd>{share.article.to_string()}{part}</dd> }
        })
        .collect();
    view! {
        <div><dt>{t!(voucher.article)}</dt>{articles}</div>
        <div>
            <dt>{t!(voucher.commitment)}</dt>
            <dd>{t!(voucher.commitment_of, number = commitment.number, on = date_french(commitment.on))}</dd>
        </div>
    }
    .into_any()
}

/// Where the expense will be charged, as the approval announces it.
pub(super) fn announced(voucher: &Voucher) -> Vec<String> {
    let Some(commitment) = &voucher.commitment else { return Vec::new() };
    let shares = voucher.budget();
    if shares.len() < 2 {
        let (article, credit) = (&commitment.article, commitment.credit);
        return vec![t!(voucher.will_commit, article = article, number = commitment.number, credit = credit)];
    }
    let number = &commitment.number;
    let part = |share: BudgetShare| {
        let BudgetShare { article, amount, credit } = share;
        t!(voucher.will_commit_part, amount = amount, article = article, number = number, credit = credit)
    };
    shares.into_iter().map(part).collect()
}
