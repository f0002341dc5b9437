use domain::{
    kernel::reference::TenderRef,
    specification::{Asked, Model, SectionProgress},
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    specification::{self, Reading},
    store::specifications::Answers,
};

use super::{address, answers, may_write, question};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let reading = specification::read(cx.services(), cx.scope(), reference).await?;
    let mut sections = asked(&reading);
    let of = sections.len();
    let place = place(&sections, params.text("section"))?;
    let section = sections.swap_remove(place);
    let writes = may_write(cx.actor()?, &reading);
    Ok(Page::new(section.section.title.clone(), "/marches", move || {
        let head = ui::head(section.section.title.clone())
            .back(address(reference), t!(specification.back_to_list))
            .above(view! {
                <span class="ref">{reference.to_string()}</span>
                <span class="small quiet">{t!(specification.step, n = place + 1, of = of)}</span>
            })
            .lede(section.section.hint.clone());
        let inside =
            if writes { questions(&cx, &reading, &section, &form) } else { read_only(&reading, &section.questions) };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head.view()}
            {inside}
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let reading = specification::read(cx.services(), cx.scope(), reference).await?;
    let sections = asked(&reading);
    let section = &sections[place(&sections, params.text("section"))?];
    // Whoever may not write is told so before anything is said of the answers.
    let typed =
        if may_write(cx.actor()?, &reading) { answers::typed(&reading, section, &form)? } else { Answers::new() };
    let version = form.text("version").parse().unwrap_or(-1);

    specification::save_answers(cx.services(), cx.actor()?, reference, version, &typed).await?;

    let saved = specification::read(cx.services(), cx.scope(), reference).await?;
    let list = format!("{}?fait=reponses", address(reference));
    Done::see(if form.gesture() == "liste" { list } else { next(reference, &saved, section).unwrap_or(list) })
}

/// The sections of this tender that ask something.
fn asked(reading: &Reading) -> Vec<SectionProgress<'static>> {
    Model::shipped().questions_for(&reading.facts, &reading.draft.answers)
}

fn place(sections: &[SectionProgress<'_>], id: &str) -> Result<usize, Error> {
    sections.iter().position(|section| section.section.id == id).ok_or(Error::NotFound)
}

/// The same section when the answers made it ask more, else the next one that waits for something.
fn next(reference: TenderRef, saved: &Reading, before: &SectionProgress<'_>) -> Option<String> {
    let sections = asked(saved);
    let here = place(&sections, &before.section.id).ok()?;
    let was_asked = |asked: &Asked<'_>| before.questions.iter().any(|earlier| earlier.question.id == asked.question.id);
    if sections[here].questions.iter().any(|asked| question::waits(asked) && !was_asked(asked)) {
        return Some(format!("{}/{}?fait=questions", address(reference), before.section.id));
    }
    let (until, after) = sections.split_at(here + 1);
    let waiting = after.iter().chain(&until[..here]).find(|section| !section.is_complete())?;
    Some(format!("{}/{}?fait=reponses", address(reference), waiting.section.id))
}

fn questions(cx: &Cx, reading: &Reading, section: &SectionProgress<'_>, form: &Form) -> AnyView {
    let fields: Vec<_> = section.questions.iter().map(|asked| question::field(reading, asked, form)).collect();
    // After a conflict the newer version is taken up: what the other person kept stands beside each field.
    let typed_on = if form.was_sent() && !form.stale { form.text("version").to_owned() } else { String::new() };
    let version = if typed_on.is_empty() { reading.draft.version.to_string() } else { typed_on };
    ui::form(
        cx,
        view! {
            <input type="hidden" name="version" value=version/>
            {fields}
            <div class="row actions">
                <button class="btn">{t!(specification.save)}</button>
                <button class="btn btn--second" name="geste" value="liste">{t!(specification.save_and_back)}</button>
            </div>
        },
    )
}

fn read_only(reading: &Reading, questions: &[Asked<'_>]) -> AnyView {
    let why = if reading.view.tender.progress() >= Stage::Adopted {
        t!(specification.read_only_adopted)
    } else {
        t!(specification.read_only_pilot)
    };
    let rows: Vec<_> = questions
        .iter()
        .map(|asked| {
            view! {
                <section class="stack-s">
                    <h2 class="h3">{asked.question.label.clone()}</h2>
                    {question::answer(asked)}
                </section>
            }
        })
        .collect();
    view! {
        <div class="stack">
            {ui::note("", t!(specification.read_only), why)}
            <div class="card stack">{rows}</div>
        </div>
    }
    .into_any()
}
