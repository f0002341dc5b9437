//! The head and foot of every page: who speaks, about what, which version, which page.

use domain::document::Document;
use printpdf::Op;

use super::measure::width;
use super::ops;
use super::paper::Paper;
use super::style::{BRASS, BRICK, EDGE, LEFT, MEASURE, PAGE_HEIGHT, RIGHT, RUNNING, Style, mm};
use super::typography;
use super::wrap::Span;

pub(super) const DRAFT: &str = "PROJET";

const HEAD_TOP: f32 = mm(13.0);
const HEAD_RULE: f32 = HEAD_TOP + RUNNING.leading + mm(2.0);
const FOOT_TOP: f32 = PAGE_HEIGHT - mm(12.0) - RUNNING.leading;
const FOOT_RULE: f32 = FOOT_TOP - mm(2.0);

/// Draws the heads and feet of all pages from `first` on, once their number is known.
pub(super) fn draw(document: &Document, first: usize, paper: &mut Paper) {
    let total = paper.pages.len();
    for page in first..total {
        paper.artefact(page, Some("Header"), head(document));
        paper.artefact(page, Some("Footer"), foot(document, page + 1, total));
    }
}

fn head(document: &Document) -> Vec<Op> {
    let reference = RIGHT - width(&document.reference, RUNNING);
    // A letter's authority is its name, then its address, which stands on the first page already.
    let authority = document.authority.lines().next().unwrap_or_default();
    let mut ops = text(LEFT, HEAD_TOP, &fitted(authority, MEASURE * 0.4), RUNNING);
    if document.draft {
        let style = RUNNING.face(super::fonts::Face::Semibold).colour(BRICK);
        ops.extend(text(LEFT + (MEASURE - width(DRAFT, style)) / 2.0, HEAD_TOP, DRAFT, style));
    }
    ops.extend(text(reference, HEAD_TOP, &document.reference, RUNNING));
    ops.extend(ops::rule(LEFT, HEAD_RULE, MEASURE, 0.5, BRASS));
    ops
}

fn foot(document: &Document, page: usize, total: usize) -> Vec<Op> {
    let number = format!("{page} / {total}");
    let number_left = RIGHT - width(&number, RUNNING);
    let mut ops = ops::rule(LEFT, FOOT_RULE, MEASURE, 0.5, EDGE);
    ops.extend(text(LEFT, FOOT_TOP, &fitted(&edition(document), number_left - LEFT - mm(6.0)), RUNNING));
    ops.extend(text(number_left, FOOT_TOP, &number, RUNNING));
    ops
}

/// « Cahier spécial des charges, version 3 du 29 octobre 2026 »
fn edition(document: &Document) -> String {
    let date = typography::date(document.date);
    let title = document.title.replace('\n', " ");
    if document.version.is_empty() {
        format!("{title}, {date}")
    } else {
        format!("{title}, {} du {date}", document.version)
    }
}

fn text(x: f32, top: f32, content: &str, style: Style) -> Vec<Op> {
    ops::text(x, top + style.baseline(), &[Span::new(content, style)])
}

/// As much of a text as fits in one line.
fn fitted(content: &str, room: f32) -> String {
    let mut fitted = content.to_owned();
    if width(&fitted, RUNNING) <= room {
        return fitted;
    }
    while !fitted.is_empty() && width(&format!("{fitted}…"), RUNNING) > room {
        fitted.pop();
    }
    format!("{}…", fitted.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_too_long_for_the_head_ends_in_an_ellipsis_within_its_room() {
        let long = fitted(&"Intercommunale ".repeat(20), 100.0);

        assert!(long.ends_with('…') && width(&long, RUNNING) <= 100.0);
        assert_eq!(fitted("Ville de Namur", 100.0), "Ville de Namur");
    }
}
