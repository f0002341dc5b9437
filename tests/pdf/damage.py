"""Damages good PDF files on purpose, one thing at a time, and asserts that the checks report each.

    python3 tests/pdf/damage.py target/pdf-samples/cahier-projet.pdf target/pdf-samples/bon.pdf

A check that never fails proves nothing. Needs a file with a link and one with a table: the damages that a file offers no
place for are passed over, but each must have been made on one file at least.
"""

import sys
import tempfile
from pathlib import Path

import pikepdf
from pikepdf import Name

from check import findings

NOT_HERE = "no place for it in this file"


def elements(pdf, role=None):
    """All elements of the structure tree, or those of one role."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        for kid in element.get("/K", []) if isinstance(element.get("/K"), pikepdf.Array) else []:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                waiting.append(kid)
                if role is None or kid.S == role:
                    yield kid


def first(pdf, role):
    found = next(elements(pdf, role), None)
    if found is None:
        raise LookupError(NOT_HERE)
    return found


def fonts(pdf):
    return pdf.pages[0].Resources.Font.values()


def edit_content(pdf, change):
    sheet = pdf.pages[len(pdf.pages) - 1]
    sheet.Contents = pdf.make_stream(change(sheet.Contents.read_bytes()))


def no_language(pdf):
    del pdf.Root.Lang


def no_mark_info(pdf):
    del pdf.Root.MarkInfo


def no_document_title_shown(pdf):
    del pdf.Root.ViewerPreferences


def no_metadata(pdf):
    del pdf.Root.Metadata


def no_colour_profile(pdf):
    del pdf.Root.OutputIntents


def no_tab_order(pdf):
    if not any("/Annots" in sheet for sheet in pdf.pages):
        raise LookupError(NOT_HERE)
    for sheet in pdf.pages:
        if "/Tabs" in sheet:
            del sheet.Tabs


def untagged_text(pdf):
    edit_content(pdf, lambda content: content + b"\nBT /BEFRGL 10 Tf 100 100 Td <0001> Tj ET")


def missing_glyph(pdf):
    edit_content(pdf, lambda content: content.replace(b"[<", b"[<0000", 1))


def no_unicode_map(pdf):
    for font in fonts(pdf):
        del font.ToUnicode


def font_not_embedded(pdf):
    for font in fonts(pdf):
        del font.DescendantFonts[0].FontDescriptor.FontFile2


def link_without_sentence(pdf):
    links = [annotation for sheet in pdf.pages for annotation in sheet.get("/Annots", [])]
    if not links:
        raise LookupError(NOT_HERE)
    for link in links:
        del link.Contents


def link_without_its_object(pdf):
    link = first(pdf, "/Link")
    link.K = pikepdf.Array([kid for kid in link.K if not isinstance(kid, pikepdf.Dictionary)])


def heads_without_scope(pdf):
    first(pdf, "/TH")
    for head in elements(pdf, "/TH"):
        del head.A


def heads_become_cells(pdf):
    first(pdf, "/TH")
    for head in elements(pdf, "/TH"):
        head.S = Name.TD


def cell_of_another_role(pdf):
    first(pdf, "/TD").S = Name.P


def row_with_too_few_cells(pdf):
    del first(pdf, "/TR").K[0]


def unknown_role(pdf):
    first(pdf, "/P").S = Name.Paragraphe


def heading_level_skipped(pdf):
    first(pdf, "/H1").S = Name.H4


def swapped_parents(pdf):
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


DAMAGES = [no_language, no_mark_info, no_document_title_shown, no_metadata, no_colour_profile, no_tab_order, untagged_text,
           missing_glyph, no_unicode_map, font_not_embedded, link_without_sentence, link_without_its_object,
           heads_without_scope, heads_become_cells, cell_of_another_role, row_with_too_few_cells, unknown_role,
           heading_level_skipped, swapped_parents]


def main(paths: list[str]) -> int:
    unseen = []
    for damage in DAMAGES:
        seen_by, made = set(), False
        for path in paths:
            try:
                found = damaged_findings(Path(path), damage)
            except LookupError:
                continue
            made = True
            seen_by |= {checker for checker, _ in found}
            if not found:
                unseen.append(f"{damage.__name__} on {Path(path).name}")
        print(f"{damage.__name__.replace('_', ' ')}: {', '.join(sorted(seen_by)) or 'NOT SEEN'}")
        if not made:
            unseen.append(f"{damage.__name__}: no file to make it on")
    for line in unseen:
        print("NOT SEEN:", line)
    return 1 if unseen else 0


def damaged_findings(path: Path, damage) -> list:
    assert not findings(path), f"{path} must be good before it is damaged"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "damaged.pdf"
        with pikepdf.open(path) as pdf:
            damage(pdf)
            pdf.save(target)
        return findings(target)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
