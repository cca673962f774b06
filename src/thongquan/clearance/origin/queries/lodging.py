"""The certificates that the lines of a declaration name, for its decision: one query, whatever the number of lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec
from django.db import connection

from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.document import Document
from thongquan.rules.origin.certificate import Paper
from thongquan.rules.origin.claims import named_certificates
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.numbers import likeness
from thongquan.rules.origin.presented import Alike, Presented

# Written by hand: papers, balances and likenesses of all certificates at once, as text that msgspec reads. Others that
# are alike are looked for only while nobody has accepted the certificate: its acceptance rests on a check that told.
_QUESTION = """
    SELECT c.id, c.folded, c.state, c.office, c.tax_code = %(tax_code)s, c.country, c.content::text,
        (SELECT json_object_agg(i.number, (i.quantity - i.used + coalesce(
                (SELECT sum(u.quantity) FROM origin_use u
                 WHERE u.item_id = i.id AND u.subject = %(subject)s AND u.given_back_at IS NULL), 0))::text)
         FROM origin_item i WHERE i.certificate_id = c.id)::text,
        ARRAY(SELECT i.number FROM origin_item i WHERE i.certificate_id = c.id AND i.is_refused ORDER BY i.number),
        CASE WHEN c.state = 'registered' THEN
            (SELECT json_agg(t.content) FROM (
                SELECT t.content FROM origin_certificate t
                WHERE t.id <> c.id AND t.state <> 'withdrawn'
                    AND (t.keys && c.keys OR (c.goods_print <> '' AND t.goods_print = c.goods_print))
                ORDER BY t.id LIMIT 50) t)::text
        END
    FROM origin_certificate c
    WHERE c.folded = ANY(%(numbers)s) AND c.state <> 'withdrawn'
    ORDER BY c.id
"""
_PAPER = msgspec.json.Decoder(Paper)
_PAPERS = msgspec.json.Decoder(list[Paper])
_LEFT = msgspec.json.Decoder(dict[str, Decimal])


class Named(NamedTuple):
    """Certificates for the facts of a decision, and the law of each."""

    certificates: tuple[Presented, ...] = ()
    laws: tuple[OriginLaw, ...] = ()


class _Row(NamedTuple):
    id: int
    folded: str
    state: str
    office: str
    own: bool
    country: str
    content: str
    left: str | None
    refused: list[int]
    alike: str | None


def certificates_named(document: Document, *, on: date, subject: str = "") -> Named:
    """The live certificates that the lines of an import name, with what they have left and the law of the day.

    What `subject` uses already counts as left to it. A declaration that names none costs no query. A number that only
    another trader registered is given without its paper.
    """
    numbers = named_certificates(document)
    if not numbers:
        return Named()
    tax_code = (document.trader and document.trader.tax_code) or ""
    with connection.cursor() as sql:
        sql.execute(_QUESTION, {"tax_code": tax_code, "subject": subject, "numbers": numbers})
        rows = [_Row(*row) for row in sql.fetchall()]
    laws: dict[tuple[str, str, date | None], int] = {}
    found = tuple(_presented(row, laws) for row in _one_of_each(rows, document))
    return Named(found, tuple(origin_law_on(agreement, form, on, issued) for agreement, form, issued in laws))


def _one_of_each(rows: Iterable[_Row], document: Document) -> list[_Row]:
    """One certificate of a number: that of the trader before others', that of the declared origin before others'."""
    origins = {line.origin for line in document.lines}
    best: dict[str, _Row] = {}
    for row in sorted(rows, key=lambda row: (row.own, row.country in origins)):
        best[row.folded] = row
    return sorted(best.values())


def _presented(row: _Row, laws: dict[tuple[str, str, date | None], int]) -> Presented:
    paper = _PAPER.decode(row.content)
    law = laws.setdefault((paper.agreement, paper.form, paper.issued_on), len(laws))
    if not row.own:
        bare = Paper(agreement=paper.agreement, form=paper.form, number=paper.number)
        return Presented(id=row.id, state=row.state, paper=bare, own=False, law=law)
    left = _LEFT.decode(row.left) if row.left else {}
    return Presented(
        id=row.id,
        state=row.state,
        office=row.office,
        paper=paper,
        law=law,
        left=left,
        refused=tuple(row.refused),
        alike=_alike(paper, row.alike),
    )


def _alike(paper: Paper, others: str | None) -> tuple[Alike, ...]:
    found = _PAPERS.decode(others) if others else []
    kinds = ((other.number, likeness(paper, other)) for other in found)
    return tuple(Alike(number=number, kind=kind) for number, kind in kinds if kind is not None)
