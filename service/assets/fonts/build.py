"""Builds the three Public Sans faces and the monospace of the PDF painter, kerning tables included.

    pip install fonttools==4.68.0
    npm pack @uswds/uswds@3.14.0 dejavu-fonts-ttf@2.37.3   # unpack both as uswds/ and dejavu/
    python3 build.py uswds/package dejavu/package

What changes against the originals: only the characters below are kept; hinting and layout features go; outlines stand on
1000 units per em, so that the whole-number widths of a PDF are exact; U+202F (0.3 em), U+2011, the arrow and the tick boxes
are added where the font lacks them; every character has a glyph of its own, so that copied text is the text that was written;
tabular figures are reached at U+E030 to U+E039 and the like; kerning becomes a sorted list of pairs in a `kern` table.
"""

import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

HERE = Path(__file__).parent
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, 0x218, 0x219, 0x21A, 0x21B]
PUNCTUATION = [0x2009, 0x2010, 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2021,
               0x2022, 0x2026, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122]
MATHEMATICS = [0x394, 0x3A9, 0x3BC, 0x3C0, 0x2070, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079, 0x2153, 0x2154, 0x2202,
               0x2206, 0x220F, 0x2211, 0x2212, 0x221A, 0x221E, 0x222B, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CA]
KEPT = LATIN + PUNCTUATION + MATHEMATICS
# Characters that text is made of: pairs of these are kerned, others hardly ever meet.
KERNED = [*range(0x21, 0x7F), *range(0xC0, 0x100), 0x152, 0x153, 0xAB, 0xBB, 0x2019, 0x2013, 0x2026]
LEAST_KERN = 8  # thousandths of an em; less is not seen
TABULAR = {0xE000 + ord(c): name + ".tf" for c, name in zip(
    "0123456789.,", "zero one two three four five six seven eight nine period comma".split())}
TABULAR[0xE0AC] = "Euro.tf"


def main(uswds: Path, dejavu: Path) -> None:
    for face in ("Regular", "SemiBold", "Italic"):
        build(uswds / f"dist/fonts/public-sans/PublicSans-{face}.ttf", HERE / f"PublicSans-{face}.ttf")
    build(dejavu / "ttf/DejaVuSansMono.ttf", HERE / "DejaVuSansMono.ttf")


def build(source: Path, target: Path) -> None:
    font = TTFont(source)
    pairs = kerning(font) if "GPOS" in font else {}
    scale = 1000 / font["head"].unitsPerEm
    for table in font["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if not 0xE000 <= code < 0xF900}
        if table.isUnicode():
            table.cmap.update({code: name for code, name in TABULAR.items() if name in font.getGlyphOrder()})
    options = Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True,
                      glyph_names=True, drop_tables=["GPOS", "GSUB", "GDEF", "DSIG", "gasp", "kern", "STAT"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*KEPT, *TABULAR])
    subsetter.subset(font)
    scale_upem(font, 1000)
    add_missing(font)
    one_glyph_each(font)
    if pairs:
        names = set(font.getGlyphOrder())
        write_kerning(font, {pair: round(value * scale) for pair, value in pairs.items() if names.issuperset(pair)})
    font["post"].formatType = 3.0
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)
    print(target.name, target.stat().st_size, "bytes,", len(font.getBestCmap()), "characters,",
          len(font["kern"].kernTables[0].kernTable) if "kern" in font else 0, "pairs")


def kerning(font: TTFont) -> dict:
    """The horizontal kerning of the `kern` feature, flattened to pairs of glyph names."""
    cmap = font.getBestCmap()
    names = [cmap[code] for code in KERNED if code in cmap]
    gpos = font["GPOS"].table
    lookups = sorted({i for f in gpos.FeatureList.FeatureRecord if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex})
    pairs = {}
    for index in lookups:
        for table in gpos.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType != 2:
                continue
            for left in names:
                if left not in table.Coverage.glyphs:
                    continue
                for right in names:
                    value = pair_value(table, left, right)
                    if value is not None:
                        pairs.setdefault((left, right), value)
    return pairs


def pair_value(table, left: str, right: str):
    if table.Format == 1:
        found = [r for r in table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord if r.SecondGlyph == right]
        return (getattr(found[0].Value1, "XAdvance", 0) or 0) if found else None
    first = table.ClassDef1.classDefs.get(left, 0)
    second = table.ClassDef2.classDefs.get(right, 0)
    value = table.Class1Record[first].Class2Record[second].Value1
    return (getattr(value, "XAdvance", 0) or 0) if value else 0


def write_kerning(font: TTFont, pairs: dict) -> None:
    table = KernTable_format_0()
    table.coverage, table.format, table.tupleIndex = 1, 0, None
    table.version = 0
    table.apple = False
    table.kernTable = {pair: value for pair, value in pairs.items() if abs(value) >= LEAST_KERN}
    font["kern"] = newTable("kern")
    font["kern"].version = 0
    font["kern"].kernTables = [table]


def add_missing(font: TTFont) -> None:
    have = font.getBestCmap()
    drawn = {0x202F: ([], 300), 0x2192: ([ARROW], 900), 0x2610: (BOX, 820), 0x2611: ([*BOX, TICK], 820), 0x2713: ([TICK], 820)}
    for code, (contours, width) in drawn.items():
        if code in have:
            continue
        pen = TTGlyphPen(None)
        for contour in contours:
            pen.moveTo(contour[0])
            for point in contour[1:]:
                pen.lineTo(point)
            pen.closePath()
        add_glyph(font, code, pen.glyph(), width)


ARROW = [(60, 320), (60, 390), (680, 390), (520, 540), (615, 540), (840, 355), (615, 170), (520, 170), (680, 320)]
BOX = [[(90, 0), (90, 640), (730, 640), (730, 0)], [(145, 55), (675, 55), (675, 585), (145, 585)]]
TICK = [(215, 330), (265, 380), (365, 270), (560, 500), (610, 450), (370, 165)]


def one_glyph_each(font: TTFont) -> None:
    """Gives a copy of the glyph to each further character that shares it, and to the unbreakable hyphen."""
    seen = set()
    cmap = font.getBestCmap()
    if 0x2011 not in cmap:
        add_copy(font, 0x2011, cmap[0x2D])
    if 0xAD not in cmap:
        add_copy(font, 0xAD, cmap[0x2D])
    for code, name in sorted(font.getBestCmap().items()):
        if name in seen:
            add_copy(font, code, name)
        seen.add(name)


def add_copy(font: TTFont, code: int, name: str) -> None:
    pen = TTGlyphPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    add_glyph(font, code, pen.glyph(), font["hmtx"][name][0])


def add_glyph(font: TTFont, code: int, glyph, width: int) -> None:
    name = f"uni{code:04X}.own"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    font["maxp"].numGlyphs += 1
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
