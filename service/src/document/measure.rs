//! How wide a text is.

use super::fonts::Glyph;
use super::style::Style;

/// One character as it will be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Set {
    pub character: char,
    pub glyph: Glyph,
    /// Drawn with a glyph other than the character's own: a tabular figure.
    pub substituted: bool,
    /// Move before this glyph, in thousandths of an em.
    pub kern: i16,
}

/// The glyphs of a text in order. Characters without glyph were refused before: see `checked`.
pub(super) fn set(text: &str, style: Style) -> impl Iterator<Item = Set> {
    let font = style.face.font();
    let mut before: Option<Glyph> = None;
    text.chars().filter_map(move |character| {
        let tabular = if style.tabular { font.tabular(character) } else { None };
        let glyph = tabular.or_else(|| font.glyph(character))?;
        let kern = before.map_or(0, |left| font.kern(left, glyph));
        before = Some(glyph);
        Some(Set { character, glyph, substituted: tabular.is_some(), kern })
    })
}

/// Width in points.
pub(super) fn width(text: &str, style: Style) -> f32 {
    let thousandths: i32 = set(text, style).map(|set| i32::from(set.glyph.advance) + i32::from(set.kern)).sum();
    points(thousandths, style)
}

#[expect(clippy::cast_precision_loss, reason = "a line is far shorter than 2^24 thousandths of an em")]
pub(super) fn points(thousandths: i32, style: Style) -> f32 {
    thousandths as f32 * style.size / 1000.0
}
