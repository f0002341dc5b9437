//! A document laid out but not yet placed: unbreakable strips in reading order, between the opening and closing of elements.

use std::rc::Rc;

use super::style::{Colour, Style};
use super::tags::Element;
use super::wrap::{Line, Span};

#[derive(Debug, Clone)]
pub(super) enum Step {
    Open(Element),
    Close,
    /// White between strips, in points; of neighbours the largest counts, and none at the top of a page.
    Space(f32),
    /// What follows starts a new page.
    Break,
    Strip(Strip),
}

/// Something as high as one line or one row, that no page break may cut.
#[derive(Debug, Clone, Default)]
pub(super) struct Strip {
    pub height: f32,
    /// Stands on the same page as the strip after it.
    pub keep: bool,
    pub inks: Vec<Ink>,
    /// Painted again, outside the structure, when this strip comes first on a page: the head of its table.
    pub running_head: Option<Rc<Strip>>,
}

/// Places are in points from the strip's top left corner: the left margin of the text, downwards.
#[derive(Debug, Clone)]
pub(super) enum Ink {
    Open(Element),
    Close,
    Text {
        x: f32,
        baseline: f32,
        line: Line,
    },
    Rule {
        x: f32,
        y: f32,
        width: f32,
        thickness: f32,
        colour: Colour,
    },
    /// Leader dots, up to `right`.
    Dots {
        x: f32,
        y: f32,
        right: f32,
    },
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    /// The area of a link whose text is drawn by other inks; the index is the one that spans carry.
    Area {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        link: usize,
    },
}

impl Ink {
    /// A line of text in one style whose line box starts at `y`.
    pub(super) fn text(x: f32, y: f32, text: impl Into<String>, style: Style) -> Self {
        Self::Text { x, baseline: y + style.baseline(), line: vec![Span::new(text, style)] }
    }

    pub(super) fn line(x: f32, y: f32, line: Line, style: Style) -> Self {
        Self::Text { x, baseline: y + style.baseline(), line }
    }

    /// The same text with its right end at `x`.
    pub(super) fn text_left_of(x: f32, y: f32, text: &str, style: Style) -> Self {
        Self::text(x - super::measure::width(text, style), y, text, style)
    }
}

/// One strip per line; a text is never cut so that a single line stands alone before or after a page break.
pub(super) fn line_strips(lines: Vec<Line>, x: f32, style: Style) -> Vec<Strip> {
    let count = lines.len();
    let strip = |(at, line): (usize, Line)| Strip {
        height: style.leading,
        keep: count > 1 && (at == 0 || at + 2 == count),
        inks: vec![Ink::line(x, 0.0, line, style)],
        running_head: None,
    };
    lines.into_iter().enumerate().map(strip).collect()
}
