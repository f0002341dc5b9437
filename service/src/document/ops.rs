//! Drawing operations of a page. Places are in points from the page's upper left corner; PDF counts from the lower left.

use printpdf::{
    Codepoint, Color, Line as Path, LineCapStyle, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, Point,
    Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, WindingOrder,
};

use super::measure::set;
use super::style::{Colour, EDGE, PAGE_HEIGHT, SECONDARY, Style};
use super::wrap::Span;

/// Runs of text one after the other on one base line.
pub(super) fn text(x: f32, baseline: f32, spans: &[Span]) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection, Op::SetTextCursor { pos: point(x, baseline) }];
    let mut before: Option<Style> = None;
    for span in spans {
        let style = span.style;
        if before.is_none_or(|before| before.face != style.face || (before.size - style.size).abs() > f32::EPSILON) {
            ops.push(Op::SetFont { font: PdfFontHandle::External(style.face.id()), size: Pt(style.size) });
        }
        if before.is_none_or(|before| before.colour != style.colour) {
            ops.push(Op::SetFillColor { col: colour(style.colour) });
        }
        ops.push(Op::ShowText { items: items(span) });
        before = Some(style);
    }
    ops.push(Op::EndTextSection);
    ops
}

/// Text in as few pieces as kerning allows; a tabular figure is named by its glyph and read as the figure it shows.
fn items(span: &Span) -> Vec<TextItem> {
    let mut items = Vec::new();
    let mut plain = String::new();
    let flush = |plain: &mut String, items: &mut Vec<TextItem>| {
        if !plain.is_empty() {
            items.push(TextItem::Text(std::mem::take(plain)));
        }
    };
    for set in set(&span.text, span.style) {
        if set.kern != 0 {
            flush(&mut plain, &mut items);
            items.push(TextItem::Offset(-f32::from(set.kern)));
        }
        if set.substituted {
            flush(&mut plain, &mut items);
            let glyph = Codepoint::with_cid(set.glyph.index, 0.0, set.character.to_string());
            items.push(TextItem::GlyphIds(vec![glyph]));
        } else {
            plain.push(set.character);
        }
    }
    flush(&mut plain, &mut items);
    items
}

pub(super) fn rule(x: f32, y: f32, width: f32, thickness: f32, stroke: Colour) -> Vec<Op> {
    vec![
        Op::SetOutlineColor { col: colour(stroke) },
        Op::SetOutlineThickness { pt: Pt(thickness) },
        Op::DrawLine { line: path(&[(x, y), (x + width, y)]) },
    ]
}

/// Round leader dots, drawn from the right so that those of all lines stand below each other.
pub(super) fn dots(x: f32, y: f32, right: f32) -> Vec<Op> {
    let dash = LineDashPattern { offset: 0.0, pattern: [0.0, 4.0].into_iter().collect() };
    vec![
        Op::SaveGraphicsState,
        Op::SetOutlineColor { col: colour(EDGE) },
        Op::SetOutlineThickness { pt: Pt(0.7) },
        Op::SetLineCapStyle { cap: LineCapStyle::Round },
        Op::SetLineDashPattern { dash },
        Op::DrawLine { line: path(&[(right, y), (x, y)]) },
        Op::RestoreGraphicsState,
    ]
}

pub(super) fn frame(x: f32, y: f32, width: f32, height: f32) -> Vec<Op> {
    vec![
        Op::SetOutlineColor { col: colour(SECONDARY) },
        Op::SetOutlineThickness { pt: Pt(0.5) },
        Op::DrawRectangle { rectangle: rectangle(x, y, width, height, PaintMode::Stroke) },
    ]
}

pub(super) fn filled(x: f32, y: f32, width: f32, height: f32, fill: Colour) -> Vec<Op> {
    vec![
        Op::SetFillColor { col: colour(fill) },
        Op::DrawRectangle { rectangle: rectangle(x, y, width, height, PaintMode::Fill) },
    ]
}

/// A closed shape; a `true` beside a point makes it a control point of a Bézier curve.
pub(super) fn shape(points: impl IntoIterator<Item = (f32, f32, bool)>, fill: Colour) -> Vec<Op> {
    let points = points.into_iter().map(|(x, y, bezier)| LinePoint { p: point(x, y), bezier }).collect();
    let polygon =
        Polygon { rings: vec![PolygonRing { points }], mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
    vec![Op::SetFillColor { col: colour(fill) }, Op::DrawPolygon { polygon }]
}

/// Left, bottom, right, top, from the page's lower left corner.
pub(super) fn area(x: f32, y: f32, width: f32, height: f32) -> [f32; 4] {
    [x, PAGE_HEIGHT - y - height, x + width, PAGE_HEIGHT - y].map(hundredth)
}

fn rectangle(x: f32, y: f32, width: f32, height: f32, mode: PaintMode) -> Rect {
    let corner = point(x, y + height);
    Rect {
        x: corner.x,
        y: corner.y,
        width: Pt(hundredth(width)),
        height: Pt(hundredth(height)),
        mode: Some(mode),
        winding_order: None,
    }
}

fn path(points: &[(f32, f32)]) -> Path {
    let points = points.iter().map(|(x, y)| LinePoint { p: point(*x, *y), bezier: false }).collect();
    Path { points, is_closed: false }
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(hundredth(x)), y: Pt(hundredth(PAGE_HEIGHT - y)) }
}

/// A hundredth of a point is finer than any printer, and shorter to write.
fn hundredth(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn colour(Colour(r, g, b): Colour) -> Color {
    let part = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}
