//! The contents pages: titles, leader dots and page numbers, each line a link.

use super::compose::{Column, Composer, Entry};
use super::measure::width;
use super::step::{Ink, Step, Strip};
use super::style::{CHAPTER, HANG, MEASURE, STRONG, Style, TEXT, mm};
use super::tags::{Element, Key, Target};
use super::wrap::{Span, line_width, wrap};

/// Room for the page number and the white before it.
const NUMBERS: f32 = mm(14.0);

/// The contents as steps; the pages are counted before they are known, since their width is reserved.
pub(super) fn compose(entries: &[Entry], title_key: Key, page_of: impl Fn(Key) -> usize) -> Composer {
    let mut composer = Composer::default();
    let title = Element::new("H2").key(title_key);
    composer.element(title, &[Span::new(TITLE, CHAPTER)], CHAPTER, Column::WHOLE);
    composer.keep_with_next();
    composer.space(mm(4.0));
    composer.steps.push(Step::Open(Element::new("TOC")));
    let widest = entries.iter().map(|entry| width(&entry.number, TEXT)).fold(0.0, f32::max);
    let hang = HANG.max(widest + mm(2.5));
    for entry in entries {
        composer.space(white_above(entry));
        let strip = strip(&mut composer, entry, hang, page_of(entry.key));
        composer.steps.push(Step::Open(Element::new("TOCI")));
        composer.steps.push(Step::Strip(strip));
        composer.steps.push(Step::Close);
    }
    composer.steps.push(Step::Close);
    composer
}

pub(super) const TITLE: &str = "Table des matières";

fn white_above(entry: &Entry) -> f32 {
    match (entry.level, entry.number.is_empty()) {
        (1, true) => mm(4.0),
        (_, true) => mm(1.4),
        (_, false) => 0.0,
    }
}

fn strip(composer: &mut Composer, entry: &Entry, hang: f32, page: usize) -> Strip {
    let style = if entry.level == 1 && entry.number.is_empty() { STRONG } else { TEXT };
    let left = if entry.level > 2 { mm(5.0) } else { 0.0 };
    let hang = if entry.number.is_empty() { left } else { left + hang };
    let page = page.to_string();
    let link = composer.link(Target::Element(entry.key), &format!("{}, page {page}", entry.title));

    let lines = wrap(&[Span::new(&entry.title, style)], MEASURE - NUMBERS - hang, 0.0);
    let mut inks = ["Reference", "Link"].map(|role| Ink::Open(Element::new(role))).to_vec();
    if !entry.number.is_empty() {
        inks.push(Ink::text(left, 0.0, format!("{} ", entry.number), style));
    }
    let (mut y, mut end) = (0.0, 0.0);
    for mut line in lines {
        end = hang + line_width(&line);
        if let Some(span) = line.last_mut().filter(|span| !span.text.ends_with(' ')) {
            span.text.push(' ');
        }
        inks.push(Ink::line(hang, y, line, style));
        y += style.leading;
    }
    let last = y - style.leading;
    inks.push(dots(end, last, &page, style));
    inks.push(Ink::text_left_of(MEASURE, last, &page, style));
    inks.push(Ink::Area { x: 0.0, y: 0.0, width: MEASURE, height: y, link });
    inks.extend([Ink::Close, Ink::Close]);
    Strip { height: y + mm(0.4), keep: entry.number.is_empty(), inks, ..Strip::default() }
}

fn dots(from: f32, top: f32, page: &str, style: Style) -> Ink {
    let right = MEASURE - width(page, style).max(mm(5.0)) - mm(1.5);
    Ink::Dots { x: (from + mm(2.0)).min(right), y: top + style.baseline(), right }
}
