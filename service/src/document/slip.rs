//! A slip of one page: its number large at the top right, facts, amounts, then the signatures in a frame.

use domain::document::{Block, Document, Fact};

use super::compose::{Column, Composer};
use super::measure::width;
use super::paginate::{Area, paginate};
use super::paper::Paper;
use super::step::{Ink, Step, Strip};
use super::style::{ACT_TITLE, BOTTOM, MEASURE, SUBTITLE, TOP, mm};
use super::tags::Element;
use super::{facts, furniture, signatures};

pub(super) fn draw(document: &Document, number: &str, slip_facts: &[Fact], paper: &mut Paper) {
    let mut composer = Composer::default();
    let room = MEASURE - width(number, ACT_TITLE) - mm(8.0);
    composer.steps.push(Step::Strip(number_strip(number)));
    composer.titled(&document.title, ACT_TITLE, Column { x: 0.0, width: room });
    composer.space(mm(1.0));
    composer.text(&document.subtitle, SUBTITLE);
    composer.space(mm(6.0));
    facts::compose(&mut composer, slip_facts, Column::WHOLE);
    for block in &document.blocks {
        match block {
            Block::Signatures(people) => {
                composer.keep_with_next();
                signatures::compose_framed(&mut composer, people, Column::WHOLE);
            }
            other => composer.blocks(std::slice::from_ref(other), Column::WHOLE),
        }
    }

    let places = paginate(&composer.steps, Area { first_top: TOP, top: TOP, bottom: BOTTOM });
    paper.steps(0, &composer.steps, &places, &composer.links);
    furniture::draw(document, 0, paper);
}

/// Of no height: the title stands on the same line.
fn number_strip(number: &str) -> Strip {
    let inks = vec![Ink::Open(Element::new("P")), Ink::text_left_of(MEASURE, 0.0, number, ACT_TITLE), Ink::Close];
    Strip { keep: true, inks, ..Strip::default() }
}
