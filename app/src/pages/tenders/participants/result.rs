use std::collections::BTreeMap;

use domain::{
    kernel::{Money, ids::OrganisationId},
    tender::{Participant, ShareId, Tender, shares_between},
};
use leptos::prelude::*;

use super::scenario::{Scenario, bound_text, fixed_code, key_code};
use crate::pages::{
    Cx, Form,
    tenders::{cards::rule_sentence, words::grouped},
    ui::{self, table::Row},
    words::t,
};

type Shares = BTreeMap<ShareId, Money>;

/// Each commune's share, and what it changes of what is adopted.
pub(super) fn view(cx: &Cx, form: &Form, tender: &Tender, scenario: &Scenario, may_change: bool) -> AnyView {
    let Ok(shares) = shares_between(scenario.total, &scenario.rule, &scenario.between) else {
        return ui::note("warn", t!(tender.shares_impossible), t!(tender.shares_impossible_text));
    };
    let adopted = tender.shares(tender.plan.estimate, &tender.rule).unwrap_or_default();
    let is_tried = scenario.is_tried(tender);
    let adopt = (may_change && scenario.rule != tender.rule).then(|| adopt(cx, form, tender.version, scenario));
    view! {
        {moves(tender, scenario)}
        <section class="card card--flush" aria-labelledby="resultat">
            <div class="row row--apart">
                <h2 id="resultat">{t!(tender.shares_of, n = scenario.between.len())}</h2>
                {if is_tried { ui::tag("", t!(tender.not_sent)) } else { ui::tag("done", t!(tender.rule_adopted)) }}
            </div>
            {table(tender, scenario, &shares, is_tried.then_some(&adopted))}
            <p class="pad small quiet gap-s">{rule_sentence(&scenario.rule)}</p>
            {adopt}
        </section>
    }
    .into_any()
}

/// Who enters and who leaves, in words.
fn moves(tender: &Tender, scenario: &Scenario) -> Option<AnyView> {
    let names = |ones: Vec<&Participant>| ones.into_iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", ");
    let (entering, leaving) = (names(scenario.entering(tender)), names(scenario.leaving(tender)));
    let sentence = match (entering.is_empty(), leaving.is_empty()) {
        (true, true) => return None,
        (false, true) => t!(tender.enters, names = entering),
        (true, false) => t!(tender.leaves, names = leaving),
        (false, false) => t!(tender.enters_and_leaves, entering = entering, leaving = leaving),
    };
    Some(ui::note("warn", sentence, t!(tender.moves_text)))
}

fn table(tender: &Tender, scenario: &Scenario, shares: &Shares, adopted: Option<&Shares>) -> AnyView {
    let inside = scenario.between.iter().map(|one| row(one, of(shares, one.organisation), scenario.total, adopted));
    let outside = scenario.leaving(tender).into_iter().map(|one| row(one, None, scenario.total, adopted));
    let population = scenario.between.iter().filter_map(|one| one.population).fold(0, i64::saturating_add);
    let mut columns = vec![
        ui::column(t!(need.organisation)),
        ui::number(t!(tender.population)),
        ui::number(t!(tender.part)),
        ui::number(t!(tender.share)),
    ];
    let mut total =
        ui::row(t!(tender.total)).cell(grouped(population)).cell(t!(tender.whole)).cell(scenario.total.to_string());
    if adopted.is_some() {
        columns.push(ui::number(t!(tender.difference)));
        total = total.blank();
    }
    ui::table("resultat", columns, inside.chain(outside)).foot([total]).view()
}

/// One commune; without a share it is one that leaves.
fn row(one: &Participant, share: Option<Money>, total: Money, adopted: Option<&Shares>) -> Row {
    let inhabitants = one.population.map_or_else(|| t!(tender.unknown).to_owned(), grouped);
    let part = hundredths(share.unwrap_or_default(), total);
    let figure = |text: String| if share.is_some() { text } else { "–".to_owned() };
    let meter = share.map(|_| {
        view! {
            <svg class="meter meter--s" aria-hidden="true">
                <rect class="f-commit" width=format!("{}.{:02}%", part / 100, part % 100) height="100%"></rect>
            </svg>
        }
    });
    let row = ui::row(view! { {one.name.clone()}{meter} })
        .cell(inhabitants)
        .cell(figure(percent(part)))
        .classed("strong", figure(share.unwrap_or_default().to_string()));
    match adopted {
        Some(adopted) => row.cell(difference(share, of(adopted, one.organisation))),
        None => row,
    }
}

/// With its sign; a commune that enters or leaves has nothing to compare with.
fn difference(share: Option<Money>, adopted: Option<Money>) -> String {
    match (share, adopted) {
        (Some(share), Some(adopted)) => {
            let change = share.checked_sub(adopted).unwrap_or_default();
            let sign = if change.is_positive() { "+" } else { "" };
            format!("{sign}{change}")
        }
        (Some(_), None) => t!(tender.enters_word).to_owned(),
        (None, _) => t!(tender.leaves_word).to_owned(),
    }
}

fn of(shares: &Shares, organisation: OrganisationId) -> Option<Money> {
    shares.iter().find(|((_, id), _)| *id == organisation).map(|(_, share)| *share)
}

/// Part of the total in hundredths of a per cent, rounded half up.
fn hundredths(share: Money, total: Money) -> i64 {
    let (share, total) = (i128::from(share.cents()), i128::from(total.cents()));
    if total <= 0 { 0 } else { i64::try_from((share * 20_000 + total) / (2 * total)).unwrap_or_default() }
}

fn percent(hundredths: i64) -> String {
    format!("{}\u{a0}%", Money::from_cents(hundredths).amount_french())
}

/// Adopting takes the rule alone: who takes part is decided by invitations and answers.
fn adopt(cx: &Cx, form: &Form, version: i32, scenario: &Scenario) -> AnyView {
    let rule = &scenario.rule;
    let (kind, part) = fixed_code(rule);
    let mut hidden = vec![
        ("version", version.to_string()),
        ("cle", key_code(rule.key).to_owned()),
        ("fixe", kind.to_owned()),
        ("part", part),
        ("minimum", bound_text(rule.min)),
        ("maximum", bound_text(rule.max)),
        ("montant", scenario.total.amount_french()),
        ("essai", "1".to_owned()),
    ];
    hidden.extend(scenario.between.iter().map(|one| ("avec", one.organisation.to_string())));
    let hidden: Vec<_> =
        hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect();
    let has_more = form.raw("avec").is_some().then(|| view! { <p class="small quiet">{t!(tender.adopt_text)}</p> });
    view! {
        <form method="post" action=cx.path().to_owned() class="pad stack-s gap-s">
            {hidden}
            {has_more}
            <div class="row actions"><button class="btn" name="geste" value="cle">{t!(tender.adopt_rule)}</button></div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_rounded_to_the_hundredth_of_a_per_cent() {
        let cents = Money::from_cents;

        assert_eq!(percent(hundredths(cents(6_335_506), cents(12_800_000))), "49,50\u{a0}%");
        assert_eq!(percent(hundredths(cents(1), cents(3))), "33,33\u{a0}%");
        assert_eq!(percent(hundredths(cents(0), cents(0))), "0,00\u{a0}%");
    }
}
