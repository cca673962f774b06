"""A certificate as a person types it."""

from __future__ import annotations

from typing import Any

from tests.clearance.origin.papers import paper
from tests.world import ENTERPRISE
from thongquan.clearance.origin.formats.fields import COLUMNS, HEADER
from thongquan.clearance.origin.formats.texts import Written, shown_text, written_of


def written(**changes: Any) -> Written:
    """The Form E of the good import as stored texts."""
    return written_of(paper(**changes))


def form_data(given: Written | None = None, *, language: str = "vi", **changes: str) -> dict[str, str]:
    """The same as a browser posts it, in the language of the page."""
    given = given or written()
    data = {"office": "15BB", "tax_code": ENTERPRISE, "trader_name": "", "language": language}
    data |= {key: shown_text(HEADER[key], text, language) for key, text in given.fields.items()}
    for place, line in enumerate(given.lines):
        data |= {f"lines[{place}].{key}": shown_text(COLUMNS[key], text, language) for key, text in line.items()}
    return data | changes
