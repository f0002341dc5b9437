//! A letter for an envelope with its window at the right: sender, address, references, subject, text.

use domain::document::{Document, Fact};

use super::compose::{Column, Composer};
use super::facts;
use super::paginate::{Area, paginate};
use super::paper::Paper;
use super::step::{Ink, Strip};
use super::style::{BOTTOM, CHAPTER, LEFT, STRONG, TEXT, TOP, mm};
use super::tags::Element;
use super::wrap::{Span, wrap};

/// The window's left and upper edge on the sheet.
const WINDOW_LEFT: f32 = mm(105.0) - LEFT;
const WINDOW_TOP: f32 = mm(50.0);
const DATE_TOP: f32 = mm(86.0);

pub(super) fn draw(document: &Document, to: &[String], place_and_date: &str, paper: &mut Paper) {
    let window = Column { x: WINDOW_LEFT, width: Column::WHOLE.width - WINDOW_LEFT };
    let sender = Column { x: 0.0, width: WINDOW_LEFT - mm(8.0) };
    let address = block(&to.join("\n"), TEXT, window);
    let date_top = DATE_TOP.max(WINDOW_TOP + address.height + mm(6.0));
    let (name, from) = document.authority.split_once('\n').unwrap_or((&document.authority, ""));
    let name = block(name, STRONG, sender);
    paper.strip(0, WINDOW_TOP, &name, &[]);
    if !from.is_empty() {
        paper.strip(0, WINDOW_TOP + name.height, &block(from, TEXT, sender), &[]);
    }
    paper.strip(0, WINDOW_TOP, &address, &[]);
    paper.strip(0, date_top, &block(place_and_date, TEXT, window), &[]);

    let mut composer = Composer::default();
    let references =
        [Fact::new("Nos références", document.reference.as_str()), Fact::new("Objet", document.subtitle.as_str())];
    let told: Vec<Fact> = references.into_iter().filter(|fact| !fact.value.is_empty()).collect();
    facts::compose(&mut composer, &told, Column::WHOLE);
    composer.space(mm(6.0));
    composer.title(&document.title, CHAPTER);
    composer.space(mm(3.0));
    composer.blocks(&document.blocks, Column::WHOLE);

    let places = paginate(&composer.steps, Area { first_top: date_top + mm(12.0), top: TOP, bottom: BOTTOM });
    paper.steps(0, &composer.steps, &places, &composer.links);
    super::furniture::draw(document, 0, paper);
}

/// Lines of one paragraph, placed as a whole.
fn block(text: &str, style: super::style::Style, column: Column) -> Strip {
    let lines = wrap(&[Span::new(text, style)], column.width, 0.0);
    let mut inks = vec![Ink::Open(Element::new("P"))];
    let count = lines.len();
    inks.extend(facts::stacked(lines, column.x, style));
    inks.push(Ink::Close);
    Strip { height: style.leading * f32::from(u16::try_from(count).unwrap_or(u16::MAX)), inks, ..Strip::default() }
}
