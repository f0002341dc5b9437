//! Sheets of paper: paints placed strips and keeps the structure tree beside.

use printpdf::Op;

use super::ops;
use super::paginate::Place;
use super::step::{Ink, Step, Strip};
use super::style::{BLUE, LEFT, PAGE_HEIGHT};
use super::tags::{Element, Link, Tags, artefact};
use super::wrap::{Span, line_width};

#[derive(Default)]
pub(super) struct Paper {
    pub pages: Vec<Vec<Op>>,
    pub tags: Tags,
}

impl Paper {
    /// Paints steps where `paginate` put them, counting pages from `first_page`.
    pub(super) fn steps(&mut self, first_page: usize, steps: &[Step], places: &[Option<Place>], links: &[Link]) {
        for (step, place) in steps.iter().zip(places) {
            match (step, place) {
                (Step::Open(element), _) => self.tags.open(element),
                (Step::Close, _) => self.tags.close(),
                (Step::Strip(strip), Some(place)) => {
                    let page = first_page + place.page;
                    if let Some(head) = strip.running_head.as_deref().filter(|_| place.with_head) {
                        self.outside(page, place.y - head.height, head);
                    }
                    self.strip(page, place.y, strip, links);
                }
                (Step::Space(_) | Step::Break | Step::Strip(_), _) => {}
            }
        }
    }

    /// Paints a strip whose upper edge is at `y` points from the top of the page.
    pub(super) fn strip(&mut self, page: usize, y: f32, strip: &Strip, links: &[Link]) {
        for ink in &strip.inks {
            match ink {
                Ink::Open(element) => self.tags.open(element),
                Ink::Close => self.tags.close(),
                Ink::Text { x, baseline, line } => self.line(page, LEFT + x, (y, y + baseline), line, links),
                Ink::Area { x, y: top, width, height, link } => {
                    self.tags.annotate(page, ops::area(LEFT + x, y + top, *width, *height), links[*link].clone());
                }
                drawing => self.artefact(page, None, drawn(drawing, y)),
            }
        }
    }

    pub(super) fn artefact(&mut self, page: usize, pagination: Option<&str>, inner: Vec<Op>) {
        let ops = artefact(pagination, inner);
        self.page(page).extend(ops);
    }

    /// Paints a strip again, outside the structure.
    fn outside(&mut self, page: usize, y: f32, strip: &Strip) {
        let inner = strip.inks.iter().flat_map(|ink| drawn(ink, y)).collect();
        self.artefact(page, Some("Header"), inner);
    }

    /// Text and links of one line: each link's part belongs to the link's element.
    fn line(&mut self, page: usize, mut x: f32, (top, baseline): (f32, f32), line: &[Span], links: &[Link]) {
        for part in line.chunk_by(|a, b| a.link == b.link) {
            let width = line_width(part);
            let ops = ops::text(x, baseline, part);
            let Some(target) = part.first().and_then(|span| links.get(span.link?)) else {
                self.content(page, top, ops);
                x += full_width(part);
                continue;
            };
            self.tags.open(&Element::new("Link").key(target.key));
            self.content(page, top, ops);
            self.tags.annotate(page, ops::area(x, top, width, baseline - top + 3.0), target.clone());
            self.tags.close();
            self.artefact(page, None, ops::rule(x, baseline + 1.6, width, 0.4, BLUE));
            x += full_width(part);
        }
    }

    fn content(&mut self, page: usize, top: f32, inner: Vec<Op>) {
        let ops = self.tags.content(page, (PAGE_HEIGHT - top + 6.0).round(), inner);
        self.page(page).extend(ops);
    }

    fn page(&mut self, page: usize) -> &mut Vec<Op> {
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, Vec::new);
        }
        &mut self.pages[page]
    }
}

fn full_width(part: &[Span]) -> f32 {
    part.iter().map(|span| super::measure::width(&span.text, span.style)).sum()
}

fn drawn(ink: &Ink, top: f32) -> Vec<Op> {
    match ink {
        Ink::Open(_) | Ink::Close | Ink::Area { .. } => Vec::new(),
        Ink::Text { x, baseline, line } => ops::text(LEFT + x, top + baseline, line),
        Ink::Rule { x, y, width, thickness, colour } => ops::rule(LEFT + x, top + y, *width, *thickness, *colour),
        Ink::Dots { x, y, right } => ops::dots(LEFT + x, top + y, LEFT + right),
        Ink::Frame { x, y, width, height } => ops::frame(LEFT + x, top + y, *width, *height),
    }
}
