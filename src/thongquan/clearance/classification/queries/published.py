"""What customs published on codes of goods: advance rulings, and notices given on cases of two codes."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from thongquan.clearance.classification.models import Precedent
from thongquan.clearance.classification.queries.ruling_values import PublishedRuling
from thongquan.clearance.classification.queries.rulings import published_ruling, published_rulings
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.rules.redaction import redacted
from thongquan.rules.text import fold

MOST = 200


def published_documents(*, text: str = "", code: str = "", on: date, most: int = MOST) -> list[PublishedRuling]:
    """Rulings and notices for everyone, newest first: narrowed by what may be read of them."""
    rulings = published_rulings(text=text, code=code, on=on, most=most)
    wanted = fold(text).split()[:8]
    rows = _notices()
    if digits := digits_of(code):
        rows = rows.filter(hs__startswith=digits)
    notices = [one for row in rows[: 5 * most] if _speaks(one := _notice(row, on), wanted)]
    return sorted([*rulings, *notices], key=lambda one: one.valid_from, reverse=True)[:most]


def published_document(number: str, *, on: date) -> PublishedRuling | None:
    """One of them by its number."""
    found = published_ruling(number, on=on)
    if found is not None:
        return found
    row = _notices().filter(number=number[:60].replace("\x00", "")).first()
    return _notice(row, on) if row else None


def _speaks(one: PublishedRuling, wanted: list[str]) -> bool:
    words = fold(f"{one.number} {one.hs} {one.description} {one.reasons}")
    return all(word in words for word in wanted)


def _notices() -> QuerySet[Precedent]:
    return Precedent.objects.filter(case_request__isnull=False).select_related("case_request").order_by("-pk")


def _notice(row: Precedent, on: date) -> PublishedRuling:
    """A notice with the names of all traders of the case blanked wherever they stand."""
    asked = row.case_request
    return PublishedRuling(
        kind="notice",
        number=row.number,
        office=asked.office,
        hs=row.hs,
        goods="",
        description=redacted(row.description, asked.names),
        composition="",
        process="",
        use="",
        maker="",
        reasons=redacted(row.reasons, asked.names),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        in_force=row.withdrawn_at is None and row.valid_from <= on and (row.valid_to is None or on < row.valid_to),
    )
