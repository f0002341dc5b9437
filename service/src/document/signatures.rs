//! Signatures side by side: role, room to sign, name.

use domain::document::Fact;

use super::compose::{Column, Composer};
use super::facts::stacked;
use super::step::{Ink, Step, Strip};
use super::style::{LABEL, STRONG, mm};
use super::tags::Element;
use super::wrap::{Line, Span, wrap};

pub(super) fn compose(composer: &mut Composer, people: &[Fact], column: Column) {
    composer.space(mm(8.0));
    for row in rows(people) {
        composer.steps.push(Step::Strip(signed(row, column, 0.0)));
        composer.space(mm(6.0));
    }
}

/// As on vouchers: inside a frame, whose foot is the strip's.
pub(super) fn compose_framed(composer: &mut Composer, people: &[Fact], column: Column) {
    composer.space(mm(8.0));
    for row in rows(people) {
        let mut strip = signed(row, Column { x: column.x + PADDING, width: column.width - PADDING }, PADDING);
        strip.height += PADDING;
        strip.inks.insert(0, Ink::Frame { x: column.x, y: 0.0, width: column.width, height: strip.height });
        composer.steps.push(Step::Strip(strip));
        composer.space(mm(4.0));
    }
}

/// Three abreast at most, and four as two and two.
fn rows(people: &[Fact]) -> impl Iterator<Item = &[Fact]> {
    people.chunks(if people.len() == 4 { 2 } else { 3 })
}

fn signed(people: &[Fact], column: Column, top: f32) -> Strip {
    let places: u8 = if people.len() == 3 { 3 } else { 2 };
    let place = column.width / f32::from(places);
    let roles: Vec<_> = people.iter().map(|fact| role_lines(&fact.label, place - mm(4.0))).collect();
    let most_lines = roles.iter().map(Vec::len).max().unwrap_or_default();
    let name_top = top + LABEL.leading * f32::from(u8::try_from(most_lines).unwrap_or(u8::MAX)) + ROOM_TO_SIGN;

    let mut inks = Vec::new();
    let mut x = column.x;
    let mut name_lines: u8 = 1;
    for (person, role) in people.iter().zip(roles) {
        inks.push(Ink::Open(Element::new("P")));
        inks.extend(lowered(stacked(role, x, LABEL), top));
        let names = wrap(&[Span::new(&person.value, STRONG)], place - mm(4.0), 0.0);
        name_lines = name_lines.max(u8::try_from(names.len()).unwrap_or(u8::MAX));
        if !person.value.is_empty() {
            inks.extend(lowered(stacked(names, x, STRONG), name_top));
        }
        inks.push(Ink::Close);
        x += place;
    }
    Strip { height: name_top + STRONG.leading * f32::from(name_lines), inks, ..Strip::default() }
}

const PADDING: f32 = mm(4.0);
const ROOM_TO_SIGN: f32 = mm(18.0);

/// Each line ends with a space, since the name is read after them.
fn role_lines(role: &str, width: f32) -> Vec<Line> {
    let mut lines = wrap(&[Span::new(format!("{role}\n"), LABEL)], width, 0.0);
    lines.pop();
    lines
}

fn lowered(inks: impl Iterator<Item = Ink>, by: f32) -> impl Iterator<Item = Ink> {
    inks.map(move |ink| match ink {
        Ink::Text { x, baseline, line } => Ink::Text { x, baseline: baseline + by, line },
        other => other,
    })
}
