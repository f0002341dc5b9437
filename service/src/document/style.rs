//! Colours, type sizes and page measures. Lengths are in points unless a name says millimetres.

use super::fonts::Face;

pub(super) const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// Red, green, blue, as in the style sheet of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

pub(super) const INK: Colour = Colour(0x18, 0x23, 0x2b);
pub(super) const SECONDARY: Colour = Colour(0x43, 0x4e, 0x57);
pub(super) const EDGE: Colour = Colour(0x6d, 0x78, 0x80);
pub(super) const HAIRLINE: Colour = Colour(0xdc, 0xda, 0xd1);
pub(super) const STONE: Colour = Colour(0x1b, 0x2b, 0x36);
pub(super) const BRASS: Colour = Colour(0xb0, 0x7d, 0x1f);
pub(super) const BELL: Colour = Colour(0xdc, 0xae, 0x58);
pub(super) const BRICK: Colour = Colour(0x8a, 0x2c, 0x1a);
/// Links, as on screen.
pub(super) const BLUE: Colour = Colour(0x1a, 0x4f, 0x6e);
pub(super) const WHITE: Colour = Colour(0xff, 0xff, 0xff);

pub(super) const PAGE_WIDTH: f32 = mm(210.0);
pub(super) const PAGE_HEIGHT: f32 = mm(297.0);
/// The binding edge; wider than the outer one.
pub(super) const LEFT: f32 = mm(25.0);
pub(super) const RIGHT: f32 = PAGE_WIDTH - mm(20.0);
pub(super) const TOP: f32 = mm(26.0);
pub(super) const BOTTOM: f32 = PAGE_HEIGHT - mm(24.0);
/// Width of the text block, 165 mm.
pub(super) const MEASURE: f32 = RIGHT - LEFT;
/// Where the numbers of articles hang, left of the text.
pub(super) const HANG: f32 = mm(12.0);
/// Column of labels in lists of facts.
pub(super) const LABELS: f32 = mm(42.0);

/// How a run of text looks: sizes in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub face: Face,
    pub size: f32,
    /// Distance between two base lines.
    pub leading: f32,
    pub colour: Colour,
    /// Figures of equal width, for columns of amounts.
    pub tabular: bool,
}

impl Style {
    const fn new(face: Face, size: f32, leading: f32, colour: Colour) -> Self {
        Self { face, size, leading, colour, tabular: false }
    }

    pub(super) const fn face(self, face: Face) -> Self {
        Self { face, ..self }
    }

    pub(super) const fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub(super) const fn tabular(self) -> Self {
        Self { tabular: true, ..self }
    }

    /// From the top of the line box down to the base line.
    pub(super) fn baseline(self) -> f32 {
        const ASCENT: f32 = 0.95;
        const DESCENT: f32 = 0.225;
        (self.leading - (ASCENT + DESCENT) * self.size) / 2.0 + ASCENT * self.size
    }
}

pub(super) const TITLE: Style = Style::new(Face::Semibold, 26.0, 31.0, INK);
pub(super) const ACT_TITLE: Style = Style::new(Face::Semibold, 20.0, 25.0, INK);
pub(super) const SUBTITLE: Style = Style::new(Face::Regular, 13.0, 18.0, SECONDARY);
pub(super) const PART: Style = Style::new(Face::Semibold, 18.0, 23.0, INK);
pub(super) const CHAPTER: Style = Style::new(Face::Semibold, 14.0, 18.0, INK);
pub(super) const SECTION: Style = Style::new(Face::Semibold, 11.0, 14.0, INK);
pub(super) const TEXT: Style = Style::new(Face::Regular, 10.0, 14.0, INK);
pub(super) const LABEL: Style = TEXT.colour(SECONDARY);
pub(super) const STRONG: Style = TEXT.face(Face::Semibold);
pub(super) const NUMBER: Style = STRONG;
pub(super) const CELL: Style = Style::new(Face::Regular, 9.0, 12.0, INK);
pub(super) const CAPTION: Style = CELL.face(Face::Semibold);
pub(super) const COLUMN_HEAD: Style = CAPTION.colour(SECONDARY);
pub(super) const NOTE: Style = Style::new(Face::Regular, 8.0, 11.0, SECONDARY);
pub(super) const RUNNING: Style = Style::new(Face::Regular, 8.0, 10.0, SECONDARY);
pub(super) const CODE: Style = Style::new(Face::Mono, 7.5, 10.0, SECONDARY);
