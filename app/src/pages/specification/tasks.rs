use domain::{
    authz::{Action as _, ChangeTender},
    kernel::{
        reference::TenderRef,
        time::{brussels, date_french},
    },
    specification::{Composition, Model, SectionProgress, State},
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    specification::{self, Reading},
    store::{files::StoredFile, specifications::Edition},
    tender,
};

use super::{
    address, may_write,
    missing::{self, Lack},
    question,
};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let reading = specification::read(cx.services(), cx.scope(), reference).await?;
    let composition = reading.compose().await?;
    let starts = ChangeTender::permits(cx.actor()?, &reading.view.tender);
    let writes = may_write(cx.actor()?, &reading);
    Ok(Page::new(t!(specification.title), "/marches", move || {
        let body = if reading.view.tender.progress() < Stage::Drafting {
            closed(&cx, &reading, starts)
        } else {
            open(&reading, &composition, writes)
        };
        view! { {ui::flash(&params)}{ui::errors(&form)}{body} }.into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    if form.gesture() == "rediger" {
        tender::start_drafting(cx.services(), cx.actor()?, reference).await?;
        return Done::see(format!("{}?fait=redaction", address(reference)));
    }
    Err(service::Error::NotFound)
}

fn head(reading: &Reading) -> ui::Head {
    let tender = &reading.view.tender;
    let state = if reading.is_draft() {
        ui::tag("", t!(specification.draft))
    } else {
        ui::tag("done", t!(specification.adopted))
    };
    ui::head(t!(specification.title))
        .back(
            format!("/marches/{}", tender.reference),
            t!(specification.back_to_tender, reference = tender.reference, object = tender.plan.object),
        )
        .above(view! { <span class="ref">{tender.reference.to_string()}</span>{state} })
}

/// Before the drafting: why it is not open, and who opens it.
fn closed(cx: &Cx, reading: &Reading, starts: bool) -> AnyView {
    let (text, action) = if starts {
        let button = view! {
            <form method="post" action=cx.path().to_owned()>
                <button class="btn" name="geste" value="rediger">{t!(specification.start)}</button>
            </form>
        };
        (t!(specification.empty_text), Some(button.into_any()))
    } else {
        (t!(specification.empty_reader), None)
    };
    view! {
        {head(reading).view()}
        <div class="empty">
            <h2 class="h3">{t!(specification.empty)}</h2>
            <p>{text}</p>
            {action}
        </div>
    }
    .into_any()
}

fn open(reading: &Reading, composition: &Composition, writes: bool) -> AnyView {
    let reference = reading.view.tender.reference;
    let sections = Model::shipped().questions_for(&reading.facts, &reading.draft.answers);
    let lacks = if reading.is_draft() { missing::lacks(&reading.view.tender, composition) } else { Vec::new() };
    let next = lacks.first().and_then(|lack| lack.address.clone()).filter(|_| writes);
    let next = next.map(|address| view! { <a class="btn" href=address>{t!(specification.next_question)}</a> });
    let reading_class = if next.is_some() { "btn btn--second" } else { "btn" };
    let download = if reading.is_draft() { t!(specification.download_draft) } else { t!(specification.download) };
    let mut head = head(reading).lede(lede(reading, &sections, &lacks, writes));
    if let Some(next) = next {
        head = head.action(next);
    }
    let head = head
        .action(view! {
            <a class=reading_class href=format!("{}/document", address(reference))>{t!(specification.read_document)}</a>
        })
        .action(view! {
            <a class="btn btn--second" href=format!("{}.pdf", address(reference))>{ui::icon::view(ui::icon::DOWNLOAD)}{download}</a>
        });
    let waiting = reading.is_draft().then(|| {
        if lacks.is_empty() {
            ui::note("good", t!(specification.missing_none), t!(specification.missing_none_text))
        } else {
            missing::card(lacks)
        }
    });
    let clauses = reading.editions.first().filter(|_| !reading.is_draft()).map(|(edition, _)| clauses(edition));
    view! {
        {head.view()}
        <div class="cols">
            <div class="stack">
                <section class="card" aria-labelledby="questions">
                    <h2 id="questions">{t!(specification.sections)}</h2>
                    <ul class="govuk-task-list">{tasks(reference, &sections)}</ul>
                </section>
                {clauses}
            </div>
            <div class="stack">{waiting}{editions(reference, &reading.editions)}</div>
        </div>
    }
    .into_any()
}

fn lede(reading: &Reading, sections: &[SectionProgress<'_>], lacks: &[Lack], writes: bool) -> String {
    if !reading.is_draft() {
        return t!(specification.adopted_lede).to_owned();
    }
    if !writes {
        return t!(specification.reader_lede).to_owned();
    }
    if lacks.is_empty() {
        return t!(specification.complete_lede).to_owned();
    }
    let asked: usize = sections.iter().map(|section| section.questions.len()).sum();
    let settled: usize = sections.iter().map(SectionProgress::settled).sum();
    t!(specification.progress, settled = settled, asked = asked)
}

fn tasks(reference: TenderRef, sections: &[SectionProgress<'_>]) -> Vec<AnyView> {
    sections.iter().map(|section| task(reference, section)).collect()
}

fn task(reference: TenderRef, section: &SectionProgress<'_>) -> AnyView {
    let waiting: Vec<_> = section.questions.iter().filter(|asked| question::waits(asked)).collect();
    let given = section.questions.iter().filter(|asked| asked.state == State::Answered).count();
    let (tag, hint) = match waiting.as_slice() {
        [] if given == 0 => (ui::tag("", t!(specification.by_default)), t!(specification.all_by_default).to_owned()),
        [] => (ui::tag("done", t!(specification.complete)), t!(specification.nothing_remaining, n = given)),
        waiting => {
            let labels: Vec<_> = waiting.iter().take(LABELS).map(|asked| asked.question.label.clone()).collect();
            let hint = match waiting.len().saturating_sub(LABELS) {
                0 => t!(specification.remaining, labels = labels.join(", ")),
                more => t!(specification.remaining_more, labels = labels.join(", "), n = more),
            };
            (ui::tag("now", t!(specification.to_answer, n = waiting.len())), hint)
        }
    };
    let described = format!("{}-etat", section.section.id);
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href=format!("{}/{}", address(reference), section.section.id)
                    aria-describedby=described.clone()>{section.section.title.clone()}</a>
                <div class="govuk-task-list__hint">{hint}</div>
            </div>
            <div class="govuk-task-list__status" id=described>{tag}</div>
        </li>
    }
    .into_any()
}

/// How many waiting questions are named under a section.
const LABELS: usize = 2;

fn editions(reference: TenderRef, editions: &[(Edition, StoredFile)]) -> AnyView {
    let items: Vec<_> = editions
        .iter()
        .map(|(edition, file)| {
            let on = date_french(brussels(edition.created_at).date());
            let kilobytes = (file.size_bytes + 999) / 1_000;
            view! {
                <li class="stack-s">
                    <p class="strong">{t!(specification.edition, n = edition.number)}</p>
                    <p class="small">{t!(specification.edition_date, date = on)}</p>
                    <p class="small quiet">
                        {t!(specification.edition_pages, n = edition.pages)}" · "{t!(specification.edition_size, size = kilobytes)}
                    </p>
                    <p class="small quiet">{t!(specification.edition_hash)}</p>
                    <p class="hash">{file.sha256.clone()}</p>
                    <p>
                        <a href=format!("/marches/{reference}/editions/{}", edition.number)>
                            {t!(specification.edition_download, n = edition.number)}
                        </a>
                    </p>
                </li>
            }
        })
        .collect();
    let inside = if items.is_empty() {
        view! { <p class="small quiet">{t!(specification.editions_none_text)}</p> }.into_any()
    } else {
        view! { <ul class="plain stack">{items}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="editions">
            <h2 id="editions">{t!(specification.editions)}</h2>
            {inside}
        </section>
    }
    .into_any()
}

/// The clause versions that the adopted text rests on.
fn clauses(edition: &Edition) -> AnyView {
    let columns = [ui::column(t!(specification.clause)), ui::number(t!(specification.clause_version))];
    let rows = edition.clauses.iter().map(|clause| {
        let known =
            Model::shipped().clauses().iter().find(|known| known.id == clause.id && known.version == clause.version);
        let title = known.map_or_else(|| clause.id.clone(), |known| format!("{}. {}", known.number, known.title));
        ui::row(title).cell(clause.version)
    });
    let table = ui::table("clauses", columns, rows).view();
    view! {
        <details class="card">
            <summary class="strong" id="clauses">{t!(specification.clauses)}</summary>
            <p class="small quiet gap-s">{t!(specification.clauses_text, n = edition.number)}</p>
            {table}
        </details>
    }
    .into_any()
}
