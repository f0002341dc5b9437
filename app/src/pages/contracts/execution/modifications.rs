//! Modifications of a contract, with their article and what the law says of them.

use domain::{
    authz::{Action as _, ModifyContract},
    contract::{Allotment, Contract, Moves},
    execution::{Ground, Judgement, Minimis, Modification},
    fault::Fault,
    kernel::{
        Money, NumberError, UnitPrice,
        time::{brussels, date_short_french},
    },
    parameter::ParameterSet,
    price_list::Prices,
};
use leptos::prelude::*;
use service::{
    Error,
    contract::{self, ModificationDraft},
    store::{execution, parameters},
};

use super::{address, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    form::Reader,
    parameters::figure,
    ui::{self, Field, table::Row},
    words::t,
};

const TEXT_MOST: usize = 2_000;
const NUMBER_MOST: usize = 100;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let contract = super::contract(&cx, &params).await?;
    let law = parameters::set(cx.services()).await?;
    let before = execution::modifications(cx.services(), contract.id).await?;
    let typed = read(&form, &contract).ok().map(|draft| (draft.ground, draft.amount));
    let recorded = judged(&law, &contract, &before, None).map(|judged| judged.minimis);
    let passed = judged(&law, &contract, &before, typed).map(|judged| judged.passed).unwrap_or_default();
    let may = ModifyContract::permits(cx.actor()?, &contract) && contract.runs().is_ok();
    let today = brussels(cx.services().now()).date();
    Ok(Page::new(t!(execution.modifications), "/contrats", move || {
        let fields = may.then(|| fields(&cx, &form, &contract));
        let rows = recorded.as_ref().map(|minimis| minimis.rows.clone()).unwrap_or_default();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {super::head(t!(execution.modifications), &contract, t!(execution.modifications_lede)).view()}
            <div class="stack">
                {list(&before, &contract)}
                {recorded.as_ref().map(count)}
                {super::notes(t!(execution.passed), &passed)}
                <div class="prose">{fields}</div>
                {figure::used(t!(calc.law), rows, today)}
            </div>
        }
        .into_any()
    }))
}

fn judged(
    law: &ParameterSet,
    contract: &Contract,
    before: &[Modification],
    typed: Option<(Ground, Money)>,
) -> Option<Judgement> {
    contract::judged(law, contract, before, typed).ok()
}

/// Of what is recorded alone.
fn count(minimis: &Minimis) -> AnyView {
    let passed = (!minimis.is_allowed).then(|| ui::tag("bad", t!(execution.minimis_passed)));
    view! {
        <section class="card" aria-labelledby="minimis">
            <h2 id="minimis">{t!(execution.minimis)}</h2>
            <p>{t!(execution.minimis_count, counted = minimis.counted, limit = minimis.limit)}" "{passed}</p>
            <p class="small quiet">{t!(calc.why_modification)}</p>
        </section>
    }
    .into_any()
}

fn list(before: &[Modification], contract: &Contract) -> AnyView {
    if before.is_empty() {
        return ui::note("", t!(execution.no_modification), "");
    }
    let columns = [
        ui::column(t!(execution.object)),
        ui::column(t!(execution.ground)),
        ui::column(t!(execution.decision)),
        ui::column(t!(execution.new_prices)),
        ui::number(t!(execution.amount)),
    ];
    ui::table("modifications", columns, before.iter().map(|one| row(one, contract)))
        .card(t!(execution.recorded, n = before.len()))
}

fn row(one: &Modification, contract: &Contract) -> Row {
    let parts: Vec<_> =
        moved(one, contract).into_iter().map(|words| view! { <br/><span class="small quiet">{words}</span> }).collect();
    ui::row(view! { {one.object.clone()}<br/><span class="small quiet">{one.reason.clone()}</span> })
        .cell(named(one.ground))
        .cell(format!("{}, {}", one.number, date_short_french(one.decided_on)))
        .cell(one.prices_from.map(date_short_french))
        .cell(view! { {one.amount.to_string()}{parts} })
}

/// « Ville de Namur : 6 000,00 € », where several take part.
fn moved(one: &Modification, contract: &Contract) -> Vec<String> {
    let shares = contract.allotments.iter().filter(|_| contract.allotments.len() > 1);
    shares
        .filter_map(|share| Some((share, *one.moves.get(&share.organisation)?)))
        .map(|(share, part)| t!(execution.part_moved, name = share.name, part = part))
        .collect()
}

/// « Faible valeur (art. 38/4) ».
fn named(ground: Ground) -> String {
    t!(execution.ground_article, ground = words::ground(ground), article = ground.article())
}

fn fields(cx: &Cx, form: &Form, contract: &Contract) -> AnyView {
    let grounds = Ground::ALL.map(|ground| (ground.code().to_owned(), named(ground)));
    let last = contract.prices.last();
    let prices: Vec<_> = contract
        .lines
        .iter()
        .map(|line| {
            let now = last.prices.get(&line.code).map(ToString::to_string).unwrap_or_default();
            Field::short(price_field(&line.code), line.item.clone(), 10)
                .hint(t!(execution.price_now, price = now))
                .view(form)
        })
        .collect();
    ui::form(
        cx,
        view! {
            {super::version_field(contract)}
            <h2>{t!(execution.modify)}</h2>
            {Field::select("fondement", t!(execution.ground), grounds.to_vec()).view(form)}
            {Field::long("objet", t!(execution.object), 3).view(form)}
            {Field::money("montant", t!(execution.amount)).hint(t!(execution.amount_hint)).view(form)}
            {parts(contract, form)}
            {Field::date("decision", t!(execution.decided_on), None).view(form)}
            {Field::short("numero", t!(execution.number), 20).view(form)}
            <h3>{t!(execution.new_prices)}</h3>
            <p class="small quiet gap-s">{t!(execution.new_prices_hint)}</p>
            <div class="gap-s">{prices}</div>
            {Field::date("des", t!(execution.applies_from), None).hint(t!(execution.applies_hint)).view(form)}
            {Field::long("raison", t!(tender.reason), 3).hint(t!(execution.reason_hint)).view(form)}
            <div class="row actions"><button class="btn">{t!(execution.save_modification)}</button></div>
        },
    )
}

/// The part of every participant but the first, who bears the rest.
fn parts(contract: &Contract, form: &Form) -> Option<AnyView> {
    let (first, others) = contract.allotments.split_first().filter(|(_, others)| !others.is_empty())?;
    let fields: Vec<_> = others
        .iter()
        .map(|share| {
            Field::money(part_field(share), share.name.clone())
                .hint(t!(execution.part_now, part = share.whole(), free = share.available()))
                .view(form)
        })
        .collect();
    Some(
        view! {
            <h3>{t!(execution.parts)}</h3>
            <p class="small quiet gap-s">{t!(execution.parts_hint, name = first.name)}</p>
            <div class="gap-s">{fields}</div>
        }
        .into_any(),
    )
}

fn part_field(share: &Allotment) -> String {
    format!("part-{}", share.organisation)
}

fn price_field(code: &str) -> String {
    format!("prix-{code}")
}

fn read(form: &Form, contract: &Contract) -> Result<ModificationDraft, Error> {
    let mut read = form.read();
    let changed = changed(&mut read, form, contract);
    let from = read.optional_date("des");
    if !changed.is_empty() && from.is_none() && read.errors.of("des").is_none() {
        read.errors.add("des", Fault::Empty);
    }
    let reason = read.optional_text("raison", TEXT_MOST);
    let draft = ModificationDraft {
        ground: read.choice("fondement", Ground::from_code, Ground::Minimis),
        object: read.text("objet", TEXT_MOST),
        amount: amount(&mut read, form),
        others: others(&mut read, form, contract),
        decided_on: read.date("decision"),
        number: read.text("numero", NUMBER_MOST),
        prices: from.filter(|_| !changed.is_empty()).map(|from| (changed, from)),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
    };
    read.errors.or(draft)
}

/// Zero, and below zero where something is taken away, are amounts.
fn amount(read: &mut Reader<'_>, form: &Form) -> Money {
    match Money::parse_french(form.text("montant")) {
        Ok(amount) => amount,
        Err(error) => {
            read.errors.add("montant", if error == NumberError::Empty { Fault::Empty } else { Fault::Amount(error) });
            Money::ZERO
        }
    }
}

fn others(read: &mut Reader<'_>, form: &Form, contract: &Contract) -> Moves {
    let mut moves = Moves::new();
    for share in contract.allotments.iter().skip(1) {
        let name = part_field(share);
        match Money::parse_french(form.text(&name)) {
            Ok(part) => {
                moves.insert(share.organisation, part);
            }
            Err(NumberError::Empty) => {}
            Err(error) => read.errors.add(name, Fault::Amount(error)),
        }
    }
    moves
}

fn changed(read: &mut Reader<'_>, form: &Form, contract: &Contract) -> Prices {
    let mut prices = Prices::new();
    for line in &contract.lines {
        let name = price_field(&line.code);
        match UnitPrice::parse_french(form.text(&name)) {
            Ok(price) if price.ten_thousandths() < 0 => {
                read.errors.add(name, Fault::UnitPrice(NumberError::Negative));
            }
            Ok(price) => {
                prices.insert(line.code.clone(), price);
            }
            Err(NumberError::Empty) => {}
            Err(error) => read.errors.add(name, Fault::UnitPrice(error)),
        }
    }
    prices
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let found = super::contract(&cx, &params).await?;
    let draft = read(&form, &found)?;
    contract::modify(cx.services(), cx.actor()?, found.reference, super::version(&form), &draft).await?;
    Done::see(format!("{}?fait=modification", address(found.reference, "modifications")))
}
