//! Labelled values in two columns.

use domain::document::Fact;

use super::compose::{Column, Composer};
use super::step::{Ink, Step, Strip};
use super::style::{LABEL, LABELS, STRONG, Style, mm};
use super::tags::Element;
use super::wrap::{Line, Span, wrap};

pub(super) fn compose(composer: &mut Composer, facts: &[Fact], column: Column) {
    if facts.is_empty() {
        return;
    }

    composer.space(mm(3.0));
    composer.steps.push(Step::Open(Element::list("None")));
    for (at, fact) in facts.iter().enumerate() {
        composer.steps.push(Step::Strip(strip(fact, column)));
        if at + 1 < facts.len() {
            composer.space(mm(1.0));
        }
    }
    composer.steps.push(Step::Close);
    composer.space(mm(4.0));
}

/// One fact as one strip: an item of a list, with its label.
pub(super) fn strip(fact: &Fact, column: Column) -> Strip {
    let labels = wrap(&[Span::new(&fact.label, LABEL)], LABELS - mm(4.0), 0.0);
    let values = wrap(&[Span::new(&fact.value, STRONG)], column.width - LABELS, 0.0);
    let height = STRONG.leading * f32::from(u8::try_from(labels.len().max(values.len())).unwrap_or(u8::MAX));
    let mut inks = vec![Ink::Open(Element::new("LI")), Ink::Open(Element::new("Lbl"))];
    inks.extend(stacked(labels, column.x, LABEL));
    inks.extend([Ink::Close, Ink::Open(Element::new("LBody"))]);
    inks.extend(stacked(values, column.x + LABELS, STRONG));
    inks.extend([Ink::Close, Ink::Close]);
    Strip { height, inks, ..Strip::default() }
}

/// Lines below each other within a strip.
pub(super) fn stacked(lines: Vec<Line>, x: f32, style: Style) -> impl Iterator<Item = Ink> {
    let mut y = 0.0;
    lines.into_iter().map(move |line| {
        let ink = Ink::line(x, y, line, style);
        y += style.leading;
        ink
    })
}
