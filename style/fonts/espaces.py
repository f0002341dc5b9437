"""Makes beffroi-espaces.woff2: one character, the narrow no-break space (U+202F) that Public Sans lacks.

Without it a browser takes a fallback 0.12 em wide, and "63 355" reads as "63355". The font is committed; run this
only to change it, with `pip install fonttools brotli` and SOURCE_DATE_EPOCH=0 so that the same bytes come out.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

missing = TTGlyphPen(None)
missing.moveTo((50, 0))
missing.lineTo((50, 500))
missing.lineTo((250, 500))
missing.lineTo((250, 0))
missing.closePath()

font = FontBuilder(1000, isTTF=True)
font.setupGlyphOrder([".notdef", "narrow"])
font.setupCharacterMap({0x202F: "narrow"})
font.setupGlyf({".notdef": missing.glyph(), "narrow": TTGlyphPen(None).glyph()})
font.setupHorizontalMetrics({".notdef": (300, 50), "narrow": (300, 0)})
font.setupHorizontalHeader(ascent=800, descent=-200)
font.setupOS2()
font.setupPost()
font.setupNameTable({"familyName": "Beffroi Espaces", "styleName": "Regular"})
font.font.flavor = "woff2"
font.save(Path(__file__).with_name("beffroi-espaces.woff2"))
