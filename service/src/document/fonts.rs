//! The four embedded faces: which characters they have, how wide these are and how pairs are kerned.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use printpdf::{FontId, ParsedFont};

use super::kerning::Kerning;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Semibold,
    Italic,
    Mono,
}

impl Face {
    pub(super) const ALL: [Self; 4] = [Self::Regular, Self::Semibold, Self::Italic, Self::Mono];

    pub(super) fn font(self) -> &'static Font {
        &FONTS[self as usize]
    }

    /// Six capitals: they become the subset tag that PDF asks for before the font's name.
    pub(super) fn id(self) -> FontId {
        let tag = match self {
            Self::Regular => "BEFRGL",
            Self::Semibold => "BEFSMB",
            Self::Italic => "BEFITA",
            Self::Mono => "BEFMNO",
        };
        FontId(tag.to_owned())
    }

    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/fonts/PublicSans-Regular.ttf"),
            Self::Semibold => include_bytes!("../../assets/fonts/PublicSans-SemiBold.ttf"),
            Self::Italic => include_bytes!("../../assets/fonts/PublicSans-Italic.ttf"),
            Self::Mono => include_bytes!("../../assets/fonts/DejaVuSansMono.ttf"),
        }
    }
}

/// Index in the font file, and advance in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub index: u16,
    pub advance: u16,
}

pub(super) struct Font {
    pub parsed: ParsedFont,
    glyphs: Vec<Option<Glyph>>,
    tabular: BTreeMap<char, Glyph>,
    kerning: Kerning,
}

impl Font {
    pub(super) fn glyph(&self, character: char) -> Option<Glyph> {
        self.glyphs.get(character as usize).copied().flatten()
    }

    /// The figure, comma, point or euro sign whose width is the same for all.
    pub(super) fn tabular(&self, character: char) -> Option<Glyph> {
        self.tabular.get(&character).copied()
    }

    /// By how much the right glyph moves, in thousandths of an em; negative is closer.
    pub(super) fn kern(&self, left: Glyph, right: Glyph) -> i16 {
        self.kerning.between(left.index, right.index)
    }

    fn load(face: Face) -> Self {
        let parsed = ParsedFont::from_bytes(face.bytes(), 0, &mut Vec::new()).expect("the embedded fonts are valid");
        let glyph = |code: u32| {
            let index = parsed.lookup_glyph_index(code).filter(|index| *index != 0)?;
            Some(Glyph { index, advance: parsed.get_horizontal_advance(index) })
        };
        let glyphs = (0..END_OF_CHARACTERS).map(glyph).collect();
        let tabular = "0123456789.,€".chars().filter_map(|c| Some((c, glyph(TABULAR + (c as u32 & 0xff))?))).collect();

        Self { glyphs, tabular, kerning: Kerning::read(face.bytes()), parsed }
    }
}

/// No character beyond this code is in our fonts.
const END_OF_CHARACTERS: u32 = 0x2800;
/// The private codes at which the fonts' build script puts the tabular figures.
const TABULAR: u32 = 0xe000;

static FONTS: LazyLock<[Font; 4]> = LazyLock::new(|| Face::ALL.map(Font::load));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_what_french_dutch_and_german_need() {
        let needed = "AZaz09ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿßñáíóú«»‹›“”„‘’–—…·•€%‰°§№ºª²³×÷±−≤≥≠≈→☐☑✓\u{a0}\u{202f}\u{2011}\u{ad}";
        let missing = |face: Face| needed.chars().filter(|c| face.font().glyph(*c).is_none()).collect::<String>();

        assert_eq!(Face::ALL.map(missing), [const { String::new() }; 4]);
    }

    #[test]
    fn tabular_figures_share_one_width_and_the_narrow_space_has_its_own() {
        for face in [Face::Regular, Face::Semibold, Face::Italic] {
            let font = face.font();
            let width = font.tabular('0').map(|g| g.advance);
            assert!("123456789€".chars().all(|c| font.tabular(c).map(|g| g.advance) == width), "{face:?}");
            assert_eq!(font.glyph('\u{202f}').map(|g| g.advance), Some(300));
            assert_eq!(font.glyph('\u{a0}').map(|g| g.advance), font.glyph(' ').map(|g| g.advance));
        }
    }

    #[test]
    fn no_two_characters_share_a_glyph_so_that_copied_text_is_the_text_written() {
        for face in Face::ALL {
            let mut indices: Vec<u16> = face.font().glyphs.iter().flatten().map(|g| g.index).collect();
            let all = indices.len();
            indices.sort_unstable();
            indices.dedup();
            assert_eq!(indices.len(), all, "{face:?}");
        }
    }

    #[test]
    fn a_leaning_pair_is_kerned() {
        let font = Face::Regular.font();
        let glyph = |c| font.glyph(c).expect("a basic letter");

        assert!(font.kern(glyph('A'), glyph('V')) < -20);
        assert_eq!(font.kern(glyph('n'), glyph('n')), 0);
    }
}
