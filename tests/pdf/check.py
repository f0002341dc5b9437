"""Checks PDF files for PDF/UA-1, PDF/A-2a, reading aloud, and the parent tree that no public checker looks at.

    pip install -r tests/pdf/requirements.txt
    python3 tests/pdf/check.py target/pdf-samples/*.pdf

Prints one line per file, and the findings under it. Ends with status 1 when there is any finding, warnings included.
"""

import sys
from pathlib import Path

import outloud
import page
import pikepdf

PROFILES = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-2a": page.ValidationProfile.PDF_A_2A}

# The text block, in points from the top of the page: 26 mm to 273 mm.
TEXT_TOP, TEXT_BOTTOM = 73.7, 773.9


def main(paths: list[str]) -> int:
    if not paths:
        print("no file to check", file=sys.stderr)
        return 2
    return 1 if sum(report(Path(path)) for path in paths) else 0


def report(path: Path) -> int:
    found = findings(path)
    with pikepdf.open(path) as pdf:
        pages = len(pdf.pages)
    state = "ok " if not found else "BAD"
    print(f"{state} {path.name}: {pages} pages, {path.stat().st_size / 1000:.0f} kB, {len(found)} findings")
    for checker, sentence in found:
        print(f"      {checker}: {sentence}")
    return len(found)


def findings(path: Path) -> list[tuple[str, str]]:
    """Each finding with the name of the checker that made it."""
    found = []
    for name, profile in PROFILES.items():
        result = page.validate_pdf(str(path), profile=profile)
        found += [(name, f"{failure.rule_id} {failure.message}") for failure in result.failures]
        if not result.is_compliant and not result.failures:
            found.append((name, "not compliant"))
    aloud = outloud.check(str(path))
    worth_telling = [f for f in aloud.findings if f.severity != "info" and not is_repeated_text(f)]
    found += [("outloud", f"{f.rule} p. {f.page}: {f.message}") for f in worth_telling]
    if aloud.error:
        found.append(("outloud", str(aloud.error)))
    return found + [("parent tree", sentence) for sentence in parent_tree_faults(path)]


def is_repeated_text(finding) -> bool:
    """PAG-001 takes lines that come back near the edge of pages for heads and feet; inside the text block they are text."""
    inside = all(TEXT_TOP <= box["y0"] and box["y1"] <= TEXT_BOTTOM for box in finding.boxes)
    return finding.rule == "PAG-001" and bool(finding.boxes) and inside


def parent_tree_faults(path: Path) -> list[str]:
    """For each page, the entry of the parent tree under a content's number must be the element that holds the content."""
    faults = []
    with pikepdf.open(path) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            return ["no structure tree"]
        nums = root.ParentTree.Nums
        parents = {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}
        for number, sheet in enumerate(pdf.pages, 1):
            owners = parents.get(int(sheet.obj.get("/StructParents", -1)), [])
            for mcid, owner in enumerate(owners):
                if (sheet.obj.objgen, mcid) not in held(owner):
                    faults.append(f"page {number}: content {mcid} is not held by the element it names")
            for annotation in sheet.obj.get("/Annots", []):
                owner = parents.get(int(annotation.get("/StructParent", -1)))
                if owner is None or annotation.objgen not in objects(owner):
                    faults.append(f"page {number}: a link is not held by the element it names")
    return faults


def kids(element) -> list:
    content = element.get("/K", [])
    return list(content) if isinstance(content, pikepdf.Array) else [content]


def held(element) -> set:
    found = set()
    for kid in kids(element):
        if isinstance(kid, int):
            found.add((element.Pg.objgen, kid))
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            found.add((kid.Pg.objgen, int(kid.MCID)))
    return found


def objects(element) -> set:
    return {kid.Obj.objgen for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
