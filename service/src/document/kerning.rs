//! Reads the `kern` table, format 0, of the embedded fonts: printpdf places glyphs without kerning.

/// Sorted pairs of glyphs with the adjustment of the second, in thousandths of an em.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Kerning(Vec<(u32, i16)>);

impl Kerning {
    /// Empty when the font has no such table: a monospace.
    pub(super) fn read(font: &[u8]) -> Self {
        table(font, *b"kern").and_then(pairs).map(Self).unwrap_or_default()
    }

    pub(super) fn between(&self, left: u16, right: u16) -> i16 {
        let pair = u32::from(left) << 16 | u32::from(right);
        self.0.binary_search_by_key(&pair, |(key, _)| *key).map_or(0, |at| self.0[at].1)
    }
}

fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = usize::from(u16_at(font, 4)?);
    let record = font.get(12..)?.chunks_exact(16).take(count).find(|record| record.starts_with(&tag))?;
    let offset = u32_at(record, 8)? as usize;
    font.get(offset..offset + u32_at(record, 12)? as usize)
}

fn pairs(table: &[u8]) -> Option<Vec<(u32, i16)>> {
    const HEADERS: usize = 18;
    let count = usize::from(u16_at(table, 10)?);
    let records = table.get(HEADERS..)?.chunks_exact(6).take(count);
    records.map(|record| Some((u32_at(record, 0)?, u16_at(record, 4)?.cast_signed()))).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
