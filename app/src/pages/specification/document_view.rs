//! A composed document as HTML: the same blocks as in the PDF, in the same order.

use domain::{
    document::{Block, Document, Fact, Inline, Layout, Table},
    kernel::reference::TenderRef,
    specification::{Model, SectionProgress},
};
use leptos::prelude::*;
use service::specification::Reading;

use super::address_of;
use crate::pages::words::t;

/// Which questions are asked now: an article leads to those that feed it.
pub(super) struct Asked {
    reference: Option<TenderRef>,
    sections: Vec<SectionProgress<'static>>,
}

impl Asked {
    /// Nobody answers once the conditions are adopted.
    pub(super) fn of(reading: &Reading) -> Self {
        let sections = if reading.is_draft() {
            Model::shipped().questions_for(&reading.facts, &reading.draft.answers)
        } else {
            Vec::new()
        };
        Self { reference: Some(reading.view.tender.reference), sections }
    }

    /// Of a document that no question feeds.
    fn nobody() -> Self {
        Self { reference: None, sections: Vec::new() }
    }

    /// Each section that feeds this article, at its first question for it.
    fn feeding(&self, article: &str) -> Vec<(String, String)> {
        self.sections
            .iter()
            .filter_map(|section| {
                let feeds = |number: &String| number == article;
                let first = section.questions.iter().find(|asked| asked.question.articles.iter().any(feeds))?;
                let address = address_of(self.reference?, &section.section.id, &first.question.id);
                Some((address, section.section.title.clone()))
            })
            .collect()
    }
}

/// Parts and articles, each a link into the sheet.
pub(super) fn contents(document: &Document) -> AnyView {
    let entries: Vec<_> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(place, block)| match block {
            Block::Heading { level: 1, text } => {
                let address = format!("#{}", part(place));
                Some(view! { <li class="strong gap-s"><a class="bare" href=address>{text.clone()}</a></li> }.into_any())
            }
            Block::Article { number, title, .. } => {
                let address = format!("#{}", anchor(number));
                Some(view! { <li><a class="bare" href=address>{format!("{number}. {title}")}</a></li> }.into_any())
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::List { .. }
            | Block::Table(_)
            | Block::Facts(_)
            | Block::Signatures(_)
            | Block::Code(_) => None,
        })
        .collect();
    view! {
        <nav class="card contents" aria-labelledby="sommaire">
            <h2 id="sommaire">{t!(specification.contents)}</h2>
            <ul class="plain small">{entries}</ul>
        </nav>
    }
    .into_any()
}

/// A document that is not the specification, on its white sheet.
pub(crate) fn plain_sheet(document: &Document) -> AnyView {
    let address = match &document.layout {
        Layout::Letter { to, place_and_date } => {
            let lines: Vec<_> = to.iter().map(|line| view! { {line.clone()}<br/> }).collect();
            view! { <p class="gap-s">{lines}</p><p class="gap-s">{place_and_date.clone()}</p> }.into_any()
        }
        Layout::Book { .. } | Layout::Act | Layout::Slip { .. } => ().into_any(),
    };
    let top = view! {
        {address}
        <h2 class="gap">{document.title.clone()}</h2>
        <p class="quiet">{document.subtitle.clone()}</p>
    };
    paper(document, &Asked::nobody(), top.into_any())
}

/// The document on its white sheet.
pub(super) fn sheet(document: &Document, asked: &Asked) -> AnyView {
    let cover = match &document.layout {
        Layout::Book { facts } | Layout::Slip { facts, .. } => self::facts(facts),
        Layout::Act | Layout::Letter { .. } => ().into_any(),
    };
    paper(document, asked, cover)
}

/// Whose it is, what stands above the text, and the text.
fn paper(document: &Document, asked: &Asked, top: AnyView) -> AnyView {
    let blocks: Vec<_> = document.blocks.iter().enumerate().map(|(place, found)| block(found, place, asked)).collect();
    view! {
        <article class="sheet" aria-label=document.title.clone()>
            <p class="row row--apart small quiet">
                <span>{document.authority.replace('\n', ", ")}</span>
                <span class="ref">{document.reference.clone()}</span>
            </p>
            {top}
            {blocks}
        </article>
    }
    .into_any()
}

fn block(block: &Block, place: usize, asked: &Asked) -> AnyView {
    match block {
        Block::Heading { level: 1, text } => view! { <h2 class="gap" id=part(place)>{text.clone()}</h2> }.into_any(),
        Block::Heading { text, .. } => view! { <h4 class="gap-s">{text.clone()}</h4> }.into_any(),
        Block::Article { number, title, blocks, legal_basis, .. } => {
            let inside: Vec<_> =
                blocks.iter().enumerate().map(|(place, found)| self::block(found, place, asked)).collect();
            let word = if number.starts_with(|first: char| first.is_ascii_digit()) {
                t!(specification.article, n = number)
            } else {
                t!(specification.annex, n = number)
            };
            view! {
                <section id=anchor(number)>
                    <h3>{word}" "{title.clone()}</h3>
                    {inside}
                    {legal(legal_basis)}
                    {answers(&asked.feeding(number))}
                </section>
            }
            .into_any()
        }
        Block::Paragraph(inlines) => view! { <p class="gap-s">{self::inlines(inlines)}</p> }.into_any(),
        Block::List { numbered, items } => {
            let items: Vec<_> = items.iter().map(|item| view! { <li>{inlines(item)}</li> }).collect();
            if *numbered {
                view! { <ol class="gap-s">{items}</ol> }.into_any()
            } else {
                view! { <ul class="gap-s">{items}</ul> }.into_any()
            }
        }
        Block::Table(content) => table(content),
        Block::Facts(content) => facts(content),
        Block::Signatures(people) => facts(people),
        Block::Code(text) => view! { <p class="hash">{text.clone()}</p> }.into_any(),
    }
}

fn legal(basis: &[String]) -> Option<AnyView> {
    (!basis.is_empty()).then(|| {
        let said = basis.join(" ; ");
        view! { <p class="gap-s small quiet">{t!(specification.legal_basis)}" "{said.replace(" ;", "\u{202f};")}</p> }
            .into_any()
    })
}

fn answers(links: &[(String, String)]) -> Option<AnyView> {
    (!links.is_empty()).then(|| {
        let links: Vec<_> = links
            .iter()
            .map(|(address, title)| view! { <a href=address.clone()>{title.clone()}</a> })
            .collect();
        view! { <p class="gap-s small row no-print"><span class="quiet">{t!(specification.answer_here)}</span>{links}</p> }.into_any()
    })
}

fn inlines(inlines: &[Inline]) -> Vec<AnyView> {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone().into_any(),
            Inline::Strong(text) => view! { <b>{text.clone()}</b> }.into_any(),
            Inline::Missing(what) => {
                view! { <mark class="todo">{t!(specification.to_fill, what = what)}</mark> }.into_any()
            }
            Inline::Link { text, address } => view! { <a href=address.clone()>{text.clone()}</a> }.into_any(),
        })
        .collect()
}

fn table(content: &Table) -> AnyView {
    let class = |column: usize| content.columns.get(column).filter(|found| found.numeric).map(|_| "num");
    let heads: Vec<_> = content
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| view! { <th scope="col" class=class(place)>{column.head.clone()}</th> })
        .collect();
    let head = |column: usize| content.columns.get(column).map(|found| found.head.clone());
    let rows: Vec<_> = content.rows.iter().map(|cells| row(cells, &class, &head)).collect();
    let total = content.total.as_ref().map(|cells| view! { <tfoot>{row(cells, &class, &head)}</tfoot> });
    view! {
        <div class="scroll gap-s" tabindex="0" role="group" aria-label=content.caption.clone()>
            <table class="table table--cards">
                <caption>{content.caption.clone()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
                {total}
            </table>
        </div>
    }
    .into_any()
}

fn row(
    cells: &[String],
    class: &impl Fn(usize) -> Option<&'static str>,
    head: &impl Fn(usize) -> Option<String>,
) -> AnyView {
    let cells: Vec<_> = cells
        .iter()
        .enumerate()
        .map(|(place, cell)| match place {
            // An empty cell, to be filled in by hand, heads nothing.
            0 if !cell.trim().is_empty() => view! { <th scope="row" class=class(0)>{cell.clone()}</th> }.into_any(),
            place => view! { <td class=class(place) data-l=head(place)><span>{cell.clone()}</span></td> }.into_any(),
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}

fn facts(facts: &[Fact]) -> AnyView {
    let rows: Vec<_> = facts
        .iter()
        .map(|fact| view! { <div><dt>{fact.label.clone()}</dt><dd>{fact.value.clone()}</dd></div> })
        .collect();
    view! { <dl class="facts facts--row gap-s">{rows}</dl> }.into_any()
}

/// `art-29`, `art-A`: the same address in every edition, because the numbers of the common model never change.
fn anchor(number: &str) -> String {
    format!("art-{number}")
}

fn part(place: usize) -> String {
    format!("partie-{place}")
}
