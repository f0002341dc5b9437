//! The first page: for visitors what Beffroi is, for everybody else what waits for them.

mod agenda;
mod bodies;
mod contracts;
mod deadlines;
mod files;
mod firm;
mod roles;
mod visitor;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action as _, AnswerQuestion, Reach},
    kernel::{
        ids::OrganisationId,
        time::{brussels, weekday_date_french},
    },
    organisation::{OrganisationKind, Role},
    tender::{Stage, advised_questions_day},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{
        self, acts, questions,
        tenders::{self, TenderView},
    },
};

use super::{
    Cx, Form, Page, Params, Shown, Who, evaluation,
    tenders::{Next, next},
    ui, vouchers,
    words::t,
};
use agenda::Line;
use files::Turn;

/// How many of one's files stand on the page, the newest first.
const FILES: u64 = 25;
/// How many lines a card of dated things shows, the most urgent first.
const LINES: usize = 25;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    match cx.who().cloned() {
        None => visitor::page(cx).await,
        Some(who) if who.actor.kind() == OrganisationKind::Sme => firm::page(cx, params, who).await,
        Some(who) => office(cx, params, who).await,
    }
}

/// One file and what comes next in it.
struct Task {
    reference: String,
    object: String,
    next: Next,
}

async fn office(cx: Cx, params: Params, who: Who) -> Shown {
    let reads_everything = who.actor.scope().reach() == Reach::Everything;
    let own = (!reads_everything).then_some(who.acting.organisation.id);
    let filter = tenders::Filter { own, per_page: FILES, ..tenders::Filter::default() };
    let (found, count) = tenders::list(cx.services(), cx.scope(), &filter).await?;
    let now = cx.services().now();
    let today = brussels(now).date();
    let open = open(&cx, own, now).await?;
    let mut waiting = tasks(&cx, &open).await?;
    let is_open = |view: &TenderView| open.iter().any(|one| one.tender.id == view.tender.id);
    let others: Vec<_> = found.iter().filter(|view| !is_open(view)).cloned().collect();
    waiting.extend(tasks(&cx, &others).await?);
    let turns = found.iter().map(|view| turn(view, &waiting)).collect();
    waiting.extend(orders(&cx).await?);
    let mut mine: Vec<Line> = waiting.into_iter().filter(|task| task.next.link.is_some()).map(line).collect();
    mine.extend(questions(&cx, own, now).await?);
    mine.extend(bodies::lines(&cx).await?);
    mine.extend(contracts::loans(&cx).await?);
    // Dated ones first, the most urgent at the top.
    mine.sort_by_key(|line| (line.until.is_none(), line.until));
    let soon = deadlines::soon(&ending(&cx, own, now).await?, now);
    Ok(Page::new(t!(common.home), "/", move || {
        let all = (count > FILES).then(|| {
            view! { <p class="row actions"><a class="btn btn--second" href="/marches">{t!(home.all_files, n = count)}</a></p> }
        });
        view! {
            {ui::flash(&params)}
            {head(&who, mine.len(), today)}
            <div class="cols cols--even">
                {agenda::first("faire", t!(home.to_do), mine, today, nothing_to_do(&who), LINES)}
                {agenda::first("echeances", t!(home.soon), soon, today, t!(home.nothing_soon), LINES)}
            </div>
            <div class="gap stack">{files(found, turns, now, count, reads_everything)}{all}</div>
        }
        .into_any()
    }))
}

/// The files that may wait for this reader, whatever their number. Nobody of an authority acts while a call runs.
async fn open(cx: &Cx, own: Option<OrganisationId>, now: DateTime<Utc>) -> Result<Vec<TenderView>, Error> {
    let stages = roles::stages(cx.actor()?.roles());
    if stages.is_empty() {
        return Ok(Vec::new());
    }
    let filter = tenders::Filter { own, stages, ..tenders::Filter::default() };
    let mut found = tenders::every(cx.services(), cx.scope(), &filter).await?;
    found.retain(|view| !is_called(view, now));
    Ok(found)
}

fn is_called(view: &TenderView, now: DateTime<Utc>) -> bool {
    matches!(view.tender.stage_at(now), Stage::Called | Stage::QuestionsClosed)
}

/// The files in which something ends soon.
async fn ending(cx: &Cx, own: Option<OrganisationId>, now: DateTime<Utc>) -> Result<Vec<TenderView>, Error> {
    let ends = Some((now, deadlines::horizon(now)));
    let filter = tenders::Filter { own, ends, ..tenders::Filter::default() };
    tenders::every(cx.services(), cx.scope(), &filter).await
}

fn turn(view: &TenderView, tasks: &[Task]) -> Turn {
    let reference = view.tender.reference.to_string();
    Turn::of(tasks.iter().find(|task| task.reference == reference).map(|task| &task.next))
}

fn head(who: &Who, waiting: usize, today: NaiveDate) -> AnyView {
    let title = if waiting == 0 {
        t!(home.title_nothing, person = who.person.name)
    } else {
        t!(home.title, person = who.person.name, n = waiting, count = in_words(waiting))
    };
    let head = ui::head(title).above(view! { <span class="quiet small">{weekday_date_french(today)}</span> });
    let may_describe = who.actor.kind().is_contracting_authority() && who.actor.holds(Role::ProcurementOfficer);
    if may_describe {
        head.action(view! { <a class="btn" href="/besoins/nouveau">{t!(home.describe)}</a> }).view()
    } else {
        head.view()
    }
}

/// « quatre choses »: small numbers are written out.
fn in_words(n: usize) -> String {
    let word = match n {
        1 => t!(home.n1),
        2 => t!(home.n2),
        3 => t!(home.n3),
        4 => t!(home.n4),
        5 => t!(home.n5),
        6 => t!(home.n6),
        7 => t!(home.n7),
        8 => t!(home.n8),
        9 => t!(home.n9),
        _ => return n.to_string(),
    };
    word.to_owned()
}

/// An empty list says what would stand in it for this role.
fn nothing_to_do(who: &Who) -> &'static str {
    let holds = |role| who.actor.holds(role);
    if holds(Role::FinanceDirector) {
        t!(home.nothing_finance_director)
    } else if holds(Role::Council) || holds(Role::Executive) {
        t!(home.nothing_council)
    } else if holds(Role::Coordinator) {
        t!(home.nothing_coordinator)
    } else if holds(Role::Auditor) {
        t!(home.nothing_auditor)
    } else if holds(Role::PlatformAdministrator) {
        t!(home.nothing_administrator)
    } else {
        t!(home.nothing_to_do)
    }
}

/// One's own files with their stage; whoever reads everything sees the latest.
fn files(found: Vec<TenderView>, turns: Vec<Turn>, now: DateTime<Utc>, count: u64, reads_everything: bool) -> AnyView {
    if !found.is_empty() {
        return files::table(found, turns, count, now);
    }
    let text = if reads_everything { t!(home.no_file_yet) } else { t!(home.no_file_text) };
    ui::empty(t!(home.no_file), text, (!reads_everything).then(|| ("/besoins".to_owned(), t!(tender.empty_action))))
}

/// What comes next in each of these files, in their order.
async fn tasks(cx: &Cx, found: &[TenderView]) -> Result<Vec<Task>, Error> {
    let parameters = store::parameters::set(cx.services()).await?;
    let mut tasks = Vec::new();
    for view in found {
        let acts = acts::of_tender(cx.services(), view.tender.id).await?;
        let answers = store::specifications::find(cx.services(), view.tender.id).await?.version;
        let next = match evaluation::next(cx, view).await? {
            Some(next) => next,
            None => {
                let accepted = service::award::after_acceptance(cx.services(), cx.scope(), &view.tender).await?;
                next(view, &acts, cx.actor()?, answers, accepted, &parameters, cx.services().now())
            }
        };
        tasks.push(Task {
            reference: view.tender.reference.to_string(),
            object: view.tender.plan.object.clone(),
            next,
        });
    }
    Ok(tasks)
}

/// Order vouchers that wait for this reader.
async fn orders(cx: &Cx) -> Result<Vec<Task>, Error> {
    let waiting = vouchers::tasks(cx).await?.into_iter();
    Ok(waiting.map(|task| Task { reference: task.reference, object: task.object, next: task.next }).collect())
}

fn line(task: Task) -> Line {
    let address = task.next.link.map_or_else(|| format!("/marches/{}", task.reference), |(address, _)| address);
    Line { title: task.next.what, address, reference: task.reference, object: task.object, until: task.next.until }
}

/// Questions of firms that wait for this reader's answer, until the last day on which it still reaches everybody in time
/// (loi du 17 juin 2016, art. 64).
async fn questions(cx: &Cx, own: Option<OrganisationId>, now: DateTime<Utc>) -> Result<Vec<Line>, Error> {
    if own.is_none() {
        return Ok(Vec::new());
    }
    let parameters = store::parameters::set(cx.services()).await?;
    let mut lines = Vec::new();
    let stages = vec![Stage::Called];
    let filter = tenders::Filter { own, stages, ..tenders::Filter::default() };
    let called = tenders::every(cx.services(), cx.scope(), &filter).await?;
    for view in called.iter().filter(|view| is_called(view, now)) {
        if !AnswerQuestion::permits(cx.actor()?, &view.tender) {
            continue;
        }
        let asked = questions::of_tender(cx.services(), view.tender.id).await?;
        let waiting = asked.iter().filter(|question| question.answer.is_none()).count();
        if waiting > 0 {
            let deposit = view.tender.clock.deposit_until.map(|until| brussels(until).date());
            let last = deposit
                .and_then(|deposit| advised_questions_day(&parameters, brussels(now).date(), deposit).ok().flatten())
                .map(|advice| advice.last_answers);
            lines.push(Line {
                title: t!(home.questions, n = waiting),
                address: format!("/marches/{}/questions", view.tender.reference),
                reference: view.tender.reference.to_string(),
                object: view.tender.plan.object.clone(),
                until: last.or(deposit),
            });
        }
    }
    Ok(lines)
}
