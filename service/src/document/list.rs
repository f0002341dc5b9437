//! Bulleted and numbered lists.

use domain::document::Inline;

use super::compose::{AFTER_PARAGRAPH, Column, Composer};
use super::step::{Ink, Step, line_strips};
use super::style::{TEXT, mm};
use super::tags::Element;
use super::wrap::wrap;

pub(super) fn compose(composer: &mut Composer, numbered: bool, items: &[Vec<Inline>], column: Column) {
    if items.is_empty() {
        return;
    }

    let (numbering, indent) = if numbered { ("Decimal", mm(7.0)) } else { ("Disc", mm(5.0)) };
    composer.space(AFTER_PARAGRAPH);
    composer.steps.push(Step::Open(Element::list(numbering)));
    for (at, content) in items.iter().enumerate() {
        let label = if numbered { format!("{}. ", at + 1) } else { "• ".to_owned() };
        item(composer, &label, content, column, indent);
        composer.space(mm(1.0));
    }
    composer.steps.push(Step::Close);
    composer.space(AFTER_PARAGRAPH);
}

fn item(composer: &mut Composer, label: &str, content: &[Inline], column: Column, indent: f32) {
    let body = column.indented(indent);
    let spans = composer.spans(content);
    let mut strips = line_strips(wrap(&spans, body.width, 0.0), body.x, TEXT);
    let opening = [
        Ink::Open(Element::new("Lbl")),
        Ink::text(column.x, 0.0, label, TEXT.tabular()),
        Ink::Close,
        Ink::Open(Element::new("LBody")),
    ];
    if let Some(first) = strips.first_mut() {
        first.inks.splice(0..0, opening);
    }

    composer.steps.push(Step::Open(Element::new("LI")));
    composer.steps.extend(strips.into_iter().map(Step::Strip));
    composer.steps.extend([Step::Close, Step::Close]);
}
