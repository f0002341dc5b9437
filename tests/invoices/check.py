"""Has an outside validator judge the examples that the reader of invoices is tested with.

    python3 tests/invoices/check.py

The good ones must be sound; each broken one must be told by the rule that its name is about; those that we refuse for
reasons of our own are sound for the standard. Ends with status 1 when one is judged otherwise.
"""

import sys
from pathlib import Path

import peppol

FOLDER = Path(__file__).parent

# The rule of EN 16931 that each is against, or the schema.
BROKEN = {
    "cut": "schema",
    "doubled-issue-date": "schema",
    "line-net": "BR-CO-10",
    "line-sum": "BR-CO-10",
    "no-line": "BR-16",
    "no-number": "BR-02",
    "no-supplier": "BR-06",
    "payable": "BR-CO-16",
    "rate-not-in-breakdown": "BR-CO-04",
    "total-including": "BR-CO-15",
    "vat-rounded-per-line": "BR-CO-17",
    "vat-sum": "BR-CO-14",
    "wrong-namespace": "schema",
    "zero-in-standard-category": "BR-S-05",
}


def main() -> int:
    wrong = [sentence for sentence in judged() if sentence]
    for sentence in wrong:
        print(f"BAD {sentence}", file=sys.stderr)
    return 1 if wrong else 0


def judged():
    """A sentence for each example that is judged otherwise than it should, None for the others."""
    for kind in ("good", "refused"):
        for path in examples(kind):
            found = findings(path)
            print(f"{kind:8} {path.stem}: {'sound' if not found else ', '.join(sorted(found))}")
            yield f"{kind}/{path.name} should be sound" if found else None

    paths = examples("broken")
    if {path.stem for path in paths} != BROKEN.keys():
        yield "the examples in broken/ and their rules are not the same"
    for path in paths:
        found = findings(path)
        print(f"{'broken':8} {path.stem}: {', '.join(sorted(found)) or 'sound'}")
        rule = BROKEN.get(path.stem)
        yield None if rule in found else f"broken/{path.name} should be against {rule}"


def examples(kind: str) -> list[Path]:
    found = sorted((FOLDER / kind).glob("*.xml"))
    if not found:
        raise SystemExit(f"no example in {kind}/")
    return found


def findings(path: Path) -> set[str]:
    """The rules that the file is against; a warning breaks none."""
    content = path.read_bytes()
    valid, _ = peppol.validate_xsd(content)
    rules = {finding.rule_id for finding in peppol.check_rules(content) if finding.severity == "fatal"}
    return rules if valid else rules | {"schema"}


if __name__ == "__main__":
    sys.exit(main())
