"""Write docs/errors.md: every code with its sentence, remedy, example and legal basis.

python tools/error_docs.py          writes the page
python tools/error_docs.py check    fails when the page is not current
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=False)  # message ids only; no language, no database

from thongquan.base.core.sentences import SENTENCES
from thongquan.rules.codes import Code

PAGE = Path(__file__).resolve().parent.parent / "docs" / "errors.md"
FAMILIES = {
    "DEC": "Form and presence",
    "REG": "Regimes",
    "VAL": "Customs value",
    "CVL": "Consultation on customs value",
    "ITG": "Integrity",
    "TAX": "Duties",
    "ORI": "Origin",
    "LAW": "Missing reference data",
    "CHN": "Reasons of a channel",
    "CLS": "Codes of goods",
    "FMT": "Files and formats",
    "LIF": "Life of a declaration",
    "CTL": "Control, release and exit",
    "VIO": "Violations",
    "AUD": "Audit after clearance",
    "RES": "Border residents",
    "ACA": "Exercise room",
    "LWD": "Law desk",
    "PUB": "Public services",
    "EXP": "Express parcels and lanes",
    "CSW": "Notes, questions and team",
    "VIE": "Queues and saved filters",
    "API": "Requests",
    "ACC": "Accounts",
    "LED": "Ledger",
    "ATT": "Attachments",
    "NOT": "Notices and webhooks",
}
HEAD = """# Errors and reasons

Written by `python tools/error_docs.py`; do not edit by hand. A code never changes its meaning. The same sentences are
shown in Vietnamese, English, Chinese and French; words in braces are filled in.
"""


def page() -> str:
    """Give the page as text."""
    parts = [HEAD]
    for family, codes in groupby(Code, key=lambda code: code.value.split("-")[1]):
        parts.append(f"\n## {FAMILIES.get(family, family)} (TQ-{family})\n\n")
        parts.append("| Code | What it says | What to do | Example | Basis |\n|---|---|---|---|---|\n")
        parts += [_row(code) for code in codes]
    return "".join(parts)


def _row(code: Code) -> str:
    told = SENTENCES.get(code)
    cells = (code.value, *told) if told else (code.value, "", "", "", "")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def main(words: list[str]) -> int:
    """Write or check the page; 1 when it is not current."""
    if words == ["check"]:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()
        print("docs/errors.md is current" if current else "docs/errors.md is not current: run tools/error_docs.py")
        return 0 if current else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
