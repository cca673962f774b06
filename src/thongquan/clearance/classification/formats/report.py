"""Reports of this room as a paper to print, in the reader's language; no legal form, and they say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongquan.base.core.papers import pdf

TEMPLATE = Path(__file__).parent / "report.typ"


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a report: a text, a table, or both. `widths` are shares of the line (0: as wide as it needs), one for
    each head; `right` are the columns of numbers."""

    title: str
    text: str = ""
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()
    right: Sequence[int] = ()


def report_pdf(*, title: str, on: date, facts: Sequence[tuple[str, str]], sections: Sequence[Section]) -> bytes:
    """The report as PDF/A; `on` is its day. Sections without text and rows are left out."""
    return pdf(
        TEMPLATE,
        {
            "language": (get_language() or "vi").split("-")[0],
            "on": on.isoformat(),
            "title": title,
            "practice": _("PRACTICE"),
            "footer": _("A working paper, no official document."),
            "facts": facts,
            "sections": [one for one in sections if one.text or one.rows],
        },
    )
