//! A numbered article: its number hangs left of the text, its legal basis stands small under it.

use domain::document::Block;

use super::compose::{Column, Composer, Entry};
use super::measure::width;
use super::step::{Ink, Step, Strip, line_strips};
use super::style::{HANG, NOTE, NUMBER, SECTION, Style, mm};
use super::tags::Element;
use super::wrap::{Span, wrap};

pub(super) struct Article<'a> {
    pub number: &'a str,
    pub title: &'a str,
    pub blocks: &'a [Block],
    pub legal_basis: &'a [String],
}

pub(super) fn compose(composer: &mut Composer, article: &Article) {
    let section = composer.section_level;
    let hangs = width(article.number, NUMBER) <= HANG - mm(1.5);
    let column = if hangs { Column::HANGING } else { Column::WHOLE };
    let start = match article.title {
        "" if hangs => untitled(composer, article),
        _ => titled(composer, article, column),
    };

    let (text, signatures) = signed_apart(article.blocks);
    composer.section_level = section.saturating_add(1);
    composer.blocks(text, column);
    composer.section_level = section;

    legal_basis(composer, article.legal_basis, column);
    composer.blocks(signatures, column);
    if let Some(start) = start {
        hang_number(&mut composer.steps[start..], article.number);
    }
    composer.space(mm(2.0));
}

/// The legal basis stands above the signatures, not below the room for them.
fn signed_apart(blocks: &[Block]) -> (&[Block], &[Block]) {
    let signed = usize::from(matches!(blocks.last(), Some(Block::Signatures(_))));
    blocks.split_at(blocks.len() - signed)
}

/// Number and title are one heading; « Article 1er », too wide to hang, is one by itself.
fn titled(composer: &mut Composer, article: &Article, column: Column) -> Option<usize> {
    let key = composer.new_key();
    let whole = format!("{} {}", article.number, article.title);
    let level = composer.section_level;
    let element = composer.heading_element(level.saturating_add(1), whole.trim()).key(key);
    composer.entries.push(Entry {
        key,
        level: level.max(1),
        number: article.number.to_owned(),
        title: article.title.to_owned(),
    });

    let room = if column.x > 0.0 { 0.0 } else { width(article.number, SECTION) + mm(2.5) };
    let lines = wrap(&[Span::new(article.title, SECTION)], column.width, room);
    let mut strips = line_strips(lines, column.x, SECTION);
    if let Some(first) = strips.first_mut() {
        move_right(first, room);
        first.inks.insert(0, number_ink(article.number, SECTION));
    }
    for strip in &mut strips {
        strip.keep = true;
    }
    composer.space(mm(5.0));
    composer.strips(element, strips);
    composer.space(mm(1.5));
    None
}

/// The number will stand beside the first line of the text, which starts at this step.
fn untitled(composer: &mut Composer, article: &Article) -> Option<usize> {
    composer.space(mm(2.0));
    (!article.number.is_empty()).then_some(composer.steps.len())
}

fn hang_number(steps: &mut [Step], number: &str) {
    let first = steps.iter_mut().find_map(|step| match step {
        Step::Strip(strip) => Some(strip),
        Step::Open(_) | Step::Close | Step::Space(_) | Step::Break => None,
    });
    if let Some(strip) = first {
        let at = strip.inks.iter().position(|ink| matches!(ink, Ink::Text { .. })).unwrap_or_default();
        strip.inks.insert(at, number_ink(number, NUMBER));
    }
}

/// With a space at its end, so that a reader does not join it to the text.
fn number_ink(number: &str, style: Style) -> Ink {
    Ink::text(0.0, 0.0, format!("{number} "), style)
}

fn move_right(strip: &mut Strip, by: f32) {
    for ink in &mut strip.inks {
        if let Ink::Text { x, .. } = ink {
            *x += by;
        }
    }
}

fn legal_basis(composer: &mut Composer, lines: &[String], column: Column) {
    for line in lines {
        composer.keep_with_next();
        composer.space(mm(0.8));
        composer.element(Element::new("P"), &[Span::new(line, NOTE)], NOTE, column);
    }
}
