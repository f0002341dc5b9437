use domain::{
    authz::{Action as _, ChangeTender},
    kernel::{Money, Percent},
    organisation::OrganisationKind,
    share::{Fixed, Key, Rule},
    tender::Tender,
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    store::{organisations, tenders},
    tender,
};

use super::show::rule_sentence;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let may_change = ChangeTender::permits(cx.actor()?, &view.tender) && view.tender.may_change().is_ok();
    let (authorities, _) =
        organisations::search(cx.services(), &[OrganisationKind::Commune, OrganisationKind::Cpas], "", 0, 1_000)
            .await?;
    let asked = if form.gesture() == "cle" { rule_of(&form).ok() } else { rule_asked(&params) };
    Ok(Page::new(t!(tender.participants), "/marches", move || {
        let tender = &view.tender;
        let rule = asked.unwrap_or(tender.rule);
        let choices: Vec<_> = authorities
            .into_iter()
            .filter(|authority| tender.participant(authority.id).is_none())
            .map(|authority| (authority.id.to_string(), authority.name))
            .collect();
        let invite = may_change.then(|| invite_card(&cx, &form, choices));
        view! {
            {ui::flash(&params)}
            {ui::head(t!(tender.participants))
                .back(format!("/marches/{}", tender.reference), tender.plan.object.clone())
                .lede(t!(tender.simulator_lede))
                .view()}
            {ui::errors(&form)}
            <div class="cols cols--left">
                {settings(&cx, tender, &rule, may_change)}
                {result(tender, &rule)}
            </div>
            <div class="gap">{invite}</div>
        }
        .into_any()
    }))
}

/// The rule in the address: a what-if is a link.
fn rule_asked(params: &Params) -> Option<Rule> {
    let key = key(params.query("cle"))?;
    let percent = params.query("part");
    let fixed = if percent.is_empty() { Fixed::None } else { Fixed::Percent(Percent::parse_french(percent).ok()?) };
    Some(Rule { key, fixed, min: None, max: None })
}

fn rule_of(form: &Form) -> Result<Rule, Error> {
    let key = key(form.text("cle")).ok_or_else(|| FieldErrors::one("cle", domain::fault::Fault::NotAChoice))?;
    let text = form.text("part");
    let fixed = if text.is_empty() {
        Fixed::None
    } else {
        let percent = Percent::parse_french(text)
            .map_err(|error| FieldErrors::one("part", domain::fault::Fault::Number(error)))?;
        Fixed::Percent(percent)
    };
    Ok(Rule { key, fixed, min: None, max: None })
}

fn key(code: &str) -> Option<Key> {
    match code {
        "egal" => Some(Key::Equal),
        "population" => Some(Key::Population),
        _ => None,
    }
}

fn key_code(key: Key) -> &'static str {
    match key {
        Key::Equal => "egal",
        Key::Population => "population",
    }
}

fn part(rule: &Rule) -> String {
    match rule.fixed {
        Fixed::Percent(percent) => percent.to_string().replace(['\u{a0}', '%'], ""),
        Fixed::None | Fixed::Amount(_) => String::new(),
    }
}

fn settings(cx: &Cx, tender: &Tender, rule: &Rule, may_change: bool) -> AnyView {
    let keys = vec![
        ("egal".to_owned(), t!(tender.key_equal).to_owned()),
        ("population".to_owned(), t!(tender.key_population).to_owned()),
    ];
    let unsent = Form::default();
    let adopted = *rule == tender.rule;
    let adopt = (may_change && !adopted).then(|| {
        view! {
            <form method="post" action=cx.path().to_owned() class="gap-s">
                <input type="hidden" name="cle" value=key_code(rule.key)/>
                <input type="hidden" name="part" value=part(rule)/>
                <button class="btn" name="geste" value="cle">{t!(tender.adopt_rule)}</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="reglages">
            <h2 id="reglages">{t!(tender.settings)}</h2>
            <form method="get" action=cx.path().to_owned()>
                {Field::radios("cle", t!(tender.key), keys).value(key_code(rule.key)).view(&unsent)}
                {Field::short("part", t!(tender.fixed_part), 5).hint(t!(tender.fixed_part_hint)).value(part(rule)).view(&unsent)}
                <button class="btn btn--second">{t!(tender.simulate)}</button>
            </form>
            {adopt}
        </section>
    }
    .into_any()
}

fn result(tender: &Tender, rule: &Rule) -> AnyView {
    let total = tender.plan.estimate;
    let (Ok(asked), adopted) = (tender.shares(total, rule), tender.shares(total, &tender.rule).unwrap_or_default())
    else {
        return ui::note("warn", t!(tender.shares_impossible), t!(tender.shares_impossible_text));
    };
    let simulated = *rule != tender.rule;
    let rows: Vec<_> = tender
        .counted()
        .map(|participant| {
            let of = |shares: &std::collections::BTreeMap<domain::tender::ShareId, Money>| {
                shares.iter().find(|((_, id), _)| *id == participant.organisation).map(|(_, share)| *share)
            };
            let (new, old) = (of(&asked).unwrap_or_default(), of(&adopted).unwrap_or_default());
            let difference = simulated.then(|| {
                let change = new.checked_sub(old).unwrap_or_default();
                let sign = if change.cents() > 0 { "+" } else { "" };
                view! { <td class="num" data-l=t!(tender.difference)>{format!("{sign}{change}")}</td> }
            });
            let inhabitants = participant.population.map_or_else(|| t!(tender.unknown).to_owned(), grouped);
            view! {
                <tr>
                    <th scope="row">{participant.name.clone()}</th>
                    <td class="num" data-l=t!(tender.population)>{inhabitants}</td>
                    <td class="num" data-l=t!(tender.own_need)>{participant.estimate.to_string()}</td>
                    <td class="num" data-l=t!(tender.share)>{new.to_string()}</td>
                    {difference}
                </tr>
            }
        })
        .collect();
    view! {
        <section class="card card--flush" aria-labelledby="resultat">
            <div class="row row--apart">
                <h2 id="resultat">{t!(tender.shares)}</h2>
                {if simulated { ui::tag("", t!(tender.not_sent)) } else { ui::tag("done", t!(tender.rule_adopted)) }}
            </div>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="resultat">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(need.organisation)}</th>
                            <th scope="col" class="num">{t!(tender.population)}</th>
                            <th scope="col" class="num">{t!(tender.own_need)}</th>
                            <th scope="col" class="num">{t!(tender.share)}</th>
                            {simulated.then(|| view! { <th scope="col" class="num">{t!(tender.difference)}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{t!(tender.total)}</th><td></td>
                            <td class="num" data-l=t!(tender.own_need)>{tender.needs_total().unwrap_or_default().to_string()}</td>
                            <td class="num" data-l=t!(tender.share)>{total.to_string()}</td>
                            {simulated.then(|| view! { <td></td> })}
                        </tr>
                    </tfoot>
                </table>
            </div>
            <p class="pad small quiet gap-s">{rule_sentence(rule)}</p>
        </section>
    }
    .into_any()
}

/// `63 355`, with the narrow no-break space.
fn grouped(number: i64) -> String {
    let text = Money::from_cents(number.saturating_mul(100)).amount_french();
    text.split(',').next().unwrap_or_default().to_owned()
}

fn invite_card(cx: &Cx, form: &Form, choices: Vec<(String, String)>) -> AnyView {
    view! {
        <section class="prose stack" aria-labelledby="inviter">
            <h2 id="inviter">{t!(tender.invite)}</h2>
            {ui::form(cx, view! {
                {Field::select("organisation", t!(need.organisation), choices).view(form)}
                {Field::money("estimation", t!(tender.their_need)).hint(t!(need.estimate_hint)).view(form)}
                {Field::text("quantite", t!(need.quantity)).hint(t!(need.quantity_hint)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="inviter">{t!(tender.invite)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let actor = cx.actor()?;
    let done = match form.gesture() {
        "cle" => {
            tender::set_rule(cx.services(), actor, reference, &rule_of(&form)?).await?;
            "cle"
        }
        "inviter" => {
            let mut read = form.read();
            let organisation = read.choice(
                "organisation",
                |text| text.parse().ok(),
                domain::kernel::ids::OrganisationId::from_uuid(uuid::Uuid::nil()),
            );
            let need = read.positive_money("estimation");
            let quantity = read.text("quantite", domain::need::QUANTITY_MOST);
            let (organisation, need, quantity) = read.errors.or((organisation, need, quantity))?;
            tender::invite_participant(cx.services(), actor, reference, organisation, need, &quantity).await?;
            "invite"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("/marches/{reference}/participants?fait={done}"))
}
