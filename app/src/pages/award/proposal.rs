//! The award: the officer's proposal, the legality opinion, the executive's decision.

use domain::{
    authz::{Action as _, DecideAward, ProposeAward, ReadEvaluation},
    award::{Award, AwardFile, Organ, draft_reasons},
    fault::Fault,
    kernel::{
        ids::OfferId,
        time::{brussels, date_french},
    },
    tender::{LegalityOpinion, OpinionResult, Stage},
};
use leptos::prelude::*;
use service::{
    award::{self, Gathered, ProposalDraft},
    store::tenders,
};

use super::{decide, gathered, head, past_day, ranking, reason, too_early};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    tenders::{REASON_MOST, some},
    ui,
    ui::Field,
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let Some(gathered) = gathered(&cx, params.parse("reference")?).await? else {
        return not_evaluated(&cx, &params).await;
    };
    let actor = cx.actor()?;
    let tender = &gathered.view.tender;
    let proposes =
        ProposeAward::permits(actor, tender) && matches!(tender.stage, Stage::Evaluation | Stage::AwardProposed);
    let decides = DecideAward::permits(actor, tender) && tender.stage == Stage::AwardProposed;
    let today = brussels(cx.services().now()).date();
    let decision = decides.then(|| decide::form(&cx, &gathered, &Organ::held_by(actor), &form));
    Ok(Page::new(t!(award.title), "/marches", move || {
        let propose = proposes.then(|| proposal(&cx, &gathered, &form));
        let opinion = proposes.then(|| opinion(&cx, &gathered, today)).flatten();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.title), &gathered.view, t!(award.lede)).view()}
            <div class="stack">
                {ranking::table(&gathered.file)}
                {proposed(&gathered.file)}
                {decide::done(&gathered.file)}
                {decision}
                {opinion}
                {propose}
            </div>
        }
        .into_any()
    }))
}

/// Before the ranking stands, the way to the evaluation, for who may read it.
async fn not_evaluated(cx: &Cx, params: &Params) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let may_read = ReadEvaluation::permits(cx.actor()?, &view.tender);
    Ok(Page::new(t!(award.title), "/marches", move || {
        let evaluation = format!("/marches/{}/evaluation", view.tender.reference);
        let link = may_read.then(|| {
            view! { <p class="row actions"><a class="btn btn--second" href=evaluation>{t!(award.comparison)}</a></p> }
        });
        view! {
            {too_early(t!(award.title), &view, t!(award.lede), t!(award.not_evaluated), t!(award.not_evaluated_text))}
            {link}
        }
        .into_any()
    }))
}

/// What is proposed, and why, until it is decided.
fn proposed(file: &AwardFile) -> Option<AnyView> {
    let award = file.award.as_ref()?;
    let winner = award.winner(&file.tenderers)?;
    let reasons: Vec<_> = award.reasons.lines().map(|line| view! { <li>{line.to_owned()}</li> }).collect();
    let deviation = award.deviation.as_ref().map(|why| ui::note("warn", t!(award.deviates), why.clone()));
    Some(
        view! {
            <section class="card stack" aria-labelledby="proposition">
                <h2 id="proposition">{t!(award.proposed)}</h2>
                <dl class="facts facts--row">
                    <div><dt>{t!(award.tenderer)}</dt><dd class="strong">{winner.name.clone()}</dd></div>
                    <div><dt>{t!(award.excluding)}</dt><dd>{award.excluding.to_string()}</dd></div>
                    <div><dt>{t!(award.including)}</dt><dd>{award.including.to_string()}</dd></div>
                    <div><dt>{t!(award.proposed_on)}</dt><dd>{date_french(brussels(award.proposed_at).date())}</dd></div>
                </dl>
                <ul class="stack-s">{reasons}</ul>
                {deviation}
            </section>
        }
        .into_any(),
    )
}

/// Asked above the amount of the law; the page says where it stands.
fn opinion(cx: &Cx, gathered: &Gathered, today: chrono::NaiveDate) -> Option<AnyView> {
    gathered.file.award.as_ref()?;
    let ask = |strong: Option<AnyView>| {
        view! {
            {strong}
            <p>{t!(award.opinion_text)}</p>
            <form method="post" action=cx.path().to_owned()>
                <button class="btn btn--second" name="geste" value="avis">{t!(award.ask_opinion)}</button>
            </form>
        }
        .into_any()
    };
    let body = match gathered.opinion().ok()? {
        LegalityOpinion::Given { result: OpinionResult::Unfavourable, .. } => {
            ui::note("warn", t!(award.opinion_unfavourable), "")
        }
        LegalityOpinion::Given { result: OpinionResult::Favourable | OpinionResult::FavourableWithRemarks, .. } => {
            ui::note("good", t!(award.opinion_given), "")
        }
        LegalityOpinion::Awaited { until } if today <= until => {
            ui::note("", t!(award.opinion_awaited, until = date_french(until)), "")
        }
        LegalityOpinion::Awaited { .. } => ui::note("warn", t!(award.opinion_absent), ""),
        LegalityOpinion::Outdated => ask(Some(ui::note("warn", t!(award.opinion_outdated), ""))),
        LegalityOpinion::NotAsked => ask(None),
    };
    Some(
        view! {
            <section class="card stack" aria-labelledby="avis">
                <h2 id="avis">{t!(opinion.title)}</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

fn proposal(cx: &Cx, gathered: &Gathered, form: &Form) -> AnyView {
    let file = &gathered.file;
    let ranked = file.ranked();
    let Some(first) = ranked.first() else {
        return ui::note("warn", t!(award.nobody), t!(award.nobody_text));
    };
    let choices = ranked
        .iter()
        .map(|tenderer| {
            let rank = tenderer.rank().unwrap_or_default();
            let word = t!(award.choice, rank = rank, name = tenderer.name, amount = tenderer.excluding);
            (tenderer.offer.to_string(), word)
        })
        .collect();
    let standing = file.award.as_ref();
    let chosen = standing.map_or(first.offer, |award| award.offer);
    let reasons = standing.map_or_else(|| draft_reasons(file, first), |award| award.reasons.clone());
    let deviation = standing.and_then(|award| award.deviation.clone()).unwrap_or_default();
    let title = if standing.is_some() { t!(award.correct_proposal) } else { t!(award.propose) };
    view! {
        <section class="stack-s" aria-labelledby="proposer">
            <h2 id="proposer">{title}</h2>
            {ui::form(cx, view! {
                {version(form, standing)}
                {Field::radios("offre", t!(award.offer), choices).value(chosen.to_string()).view(form)}
                {Field::long("motifs", t!(award.reasons), 8).hint(t!(award.reasons_hint)).value(reasons).view(form)}
                {Field::long("derogation", t!(award.deviation), 3).hint(t!(award.deviation_hint)).value(deviation).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="proposer">{t!(award.save_proposal)}</button></div>
            })}
        </section>
    }
    .into_any()
}

/// The proposal that the form was filled in upon: one that was not accepted for another reason keeps it.
pub(super) fn version(form: &Form, award: Option<&Award>) -> AnyView {
    let now = award.map_or(0, |award| award.version).to_string();
    let version = form.raw("version").filter(|_| !form.stale).map_or(now, str::to_owned);
    view! { <input type="hidden" name="version" value=version/> }.into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let done = match form.gesture() {
        "avis" => {
            award::ask_opinion(cx.services(), cx.actor()?, reference).await?;
            "avis-attribution"
        }
        "proposer" => {
            let draft = read(&form)?;
            award::propose(cx.services(), cx.actor()?, reference, &draft).await?;
            "proposition"
        }
        "decider" => {
            let today = brussels(cx.services().now()).date();
            let mut read = form.read();
            let draft = award::DecisionDraft {
                organ: read.choice("organe", Organ::from_code, Organ::Executive),
                decided_on: past_day(&mut read, "decision", today),
                number: read.text("numero", 100),
                to_supervision: read.choice("tutelle", decide::goes_to_supervision, false),
                reason: reason(&mut read),
                version: version_of(&form)?,
            };
            let draft = read.errors.or(draft)?;
            award::decide(cx.services(), cx.actor()?, reference, &draft).await?;
            "attribue"
        }
        _ => return Err(service::Error::NotFound),
    };
    Done::see(format!("/marches/{reference}/attribution?fait={done}"))
}

fn read(form: &Form) -> Result<ProposalDraft, service::Error> {
    let version = version_of(form)?;
    let mut read = form.read();
    let offer: Option<OfferId> = read.value("offre", Fault::NotAChoice);
    let reasons = read.text("motifs", 10_000);
    let deviation = some(read.optional_text("derogation", REASON_MOST));
    let read = read.errors.or((offer, reasons, deviation))?;
    match read {
        (Some(offer), reasons, deviation) => Ok(ProposalDraft { offer, reasons, deviation, version }),
        (None, _, _) => Err(service::Error::NotFound),
    }
}

fn version_of(form: &Form) -> Result<i32, service::Error> {
    form.text("version").parse().map_err(|_| service::Error::NotFound)
}
