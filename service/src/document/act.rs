//! An act: its title at the top of the first page, then the text.

use domain::document::Document;

use super::compose::{Column, Composer};
use super::furniture;
use super::paginate::{Area, paginate};
use super::paper::Paper;
use super::style::{ACT_TITLE, BOTTOM, SUBTITLE, TOP, mm};

pub(super) fn draw(document: &Document, paper: &mut Paper) {
    let mut composer = Composer::default();
    composer.title(&document.title, ACT_TITLE);
    composer.space(mm(2.0));
    composer.text(&document.subtitle, SUBTITLE);
    composer.space(mm(8.0));
    composer.blocks(&document.blocks, Column::WHOLE);

    let places = paginate(&composer.steps, Area { first_top: TOP + mm(4.0), top: TOP, bottom: BOTTOM });
    paper.steps(0, &composer.steps, &places, &composer.links);
    furniture::draw(document, 0, paper);
}
