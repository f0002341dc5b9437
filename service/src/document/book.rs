//! A book: cover, contents, then parts and articles.

use domain::document::{Document, Fact};

use super::compose::{Column, Composer};
use super::paginate::{Area, page_count, paginate};
use super::paper::Paper;
use super::step::Step;
use super::style::{BOTTOM, TOP};
use super::tags::{Bookmark, Element, Key};
use super::{contents, cover, furniture};

const PAGE: Area = Area { first_top: TOP, top: TOP, bottom: BOTTOM };

pub(super) fn draw(document: &Document, facts: &[Fact], fingerprint: &str, paper: &mut Paper) {
    let mut composer = Composer::of_book();
    cover::draw(document, facts, fingerprint, &mut composer, paper);
    composer.blocks(&document.blocks, Column::WHOLE);

    let entries = std::mem::take(&mut composer.entries);
    let listed = if entries.is_empty() { 0 } else { contents_pages(&entries) };
    let section = reserve_contents(paper, listed);
    let places = paginate(&composer.steps, PAGE);
    paper.steps(1 + listed, &composer.steps, &places, &composer.links);

    if let Some(section) = section {
        let page_of = |key| paper.tags.place_of(key).map_or(0, |(page, _)| page + 1);
        let list = contents::compose(&entries, CONTENTS_TITLE, page_of);
        paper.tags.open(&section);
        paper.steps(1, &list.steps, &paginate(&list.steps, PAGE), &list.links);
        paper.tags.close();
    }
    furniture::draw(document, 1, paper);
}

fn contents_pages(entries: &[super::compose::Entry]) -> usize {
    let list = contents::compose(entries, CONTENTS_TITLE, |_| 0);
    page_count(&paginate(&list.steps, PAGE))
}

/// Keys of the contents; those of the text count from 1.
const CONTENTS: Key = Key::MAX;
const CONTENTS_TITLE: Key = Key::MAX - 1;

/// The contents are read before the text, and written after it.
fn reserve_contents(paper: &mut Paper, pages: usize) -> Option<Element> {
    if pages == 0 {
        return None;
    }
    let section = Element::new("Sect").key(CONTENTS);
    let bookmark = Bookmark { level: 2, title: contents::TITLE.to_owned() };
    let title = Element { bookmark: Some(bookmark), ..Element::new("H2").key(CONTENTS_TITLE) };
    paper.steps(1, &[Step::Open(section.clone()), Step::Open(title), Step::Close, Step::Close], &[None; 4], &[]);
    Some(section)
}
