"""The certificates that the lines of a declaration name, for its decision: one query, whatever the number of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from thongquan.base.core.asking import Asked, answers
from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.document import Document
from thongquan.rules.origin.certificate import Paper
from thongquan.rules.origin.claims import named_certificates
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.numbers import likeness
from thongquan.rules.origin.presented import Alike, Presented

# Written by hand: papers, balances and likenesses of all certificates at once, as JSON that msgspec reads, and asked
# together with what other rooms know (`base.core.asking`). Others that are alike are looked for only while nobody has
# accepted the certificate: its acceptance rests on a check that told.
CERTIFICATES = """
    (SELECT json_agg(json_build_array(c.id, c.folded, c.state, c.office, c.tax_code = asked.tax_code, c.country,
        c.content,
        (SELECT json_agg(json_build_array(i.number, i.is_refused, (i.quantity - i.used + coalesce(
                (SELECT sum(u.quantity) FROM origin_use u
                 WHERE u.item_id = i.id AND u.subject = asked.subject AND u.given_back_at IS NULL), 0))::text)
                ORDER BY i.number)
         FROM origin_item i WHERE i.certificate_id = c.id),
        CASE WHEN c.state = 'registered' THEN
            (SELECT json_agg(t.content) FROM (
                SELECT t.content FROM origin_certificate t
                WHERE t.id <> c.id AND t.state <> 'withdrawn'
                    AND (t.keys && c.keys OR (c.goods_print <> '' AND t.goods_print = c.goods_print))
                ORDER BY t.id LIMIT 50) t)
        END))::text
     FROM origin_certificate c
     WHERE c.folded IN (SELECT json_array_elements_text(asked.numbers)) AND c.state <> 'withdrawn')
"""


class Named(NamedTuple):
    """Certificates for the facts of a decision, and the law of each."""

    certificates: tuple[Presented, ...] = ()
    laws: tuple[OriginLaw, ...] = ()


class _Item(NamedTuple):
    number: int
    is_refused: bool
    left: Decimal


class _Row(NamedTuple):
    id: int
    folded: str
    state: str
    office: str
    own: bool
    country: str
    paper: Paper
    items: list[_Item] | None
    alike: list[Paper] | None


_ROWS = msgspec.json.Decoder(list[_Row])


def certificates_named(document: Document, *, on: date, subject: str = "") -> Named:
    """The live certificates that the lines of an import name, with what they have left and the law of the day.

    What `subject` uses already counts as left to it. A declaration that names none costs no query. A number that only
    another trader registered is given without its paper.
    """
    asked = asked_by(document, on=on, subject=subject)
    if not asked.numbers:
        return Named()
    (told,) = answers(asked, CERTIFICATES)
    return named_told(told, document, on=on)


def asked_by(document: Document, *, on: date, subject: str = "") -> Asked:
    """What a declaration asks of its trader and of the certificates that its lines name."""
    tax_code = (document.trader and document.trader.tax_code) or ""
    return Asked(tax_code=tax_code, day=on, subject=subject, numbers=tuple(named_certificates(document)))


def named_told(told: str | None, document: Document, *, on: date) -> Named:
    """What the part `CERTIFICATES` answered."""
    if told is None:
        return Named()
    laws: dict[tuple[str, str, date | None], int] = {}
    found = tuple(_presented(row, laws) for row in _one_of_each(_ROWS.decode(told), document))
    return Named(found, tuple(origin_law_on(agreement, form, on, issued) for agreement, form, issued in laws))


def _one_of_each(rows: Iterable[_Row], document: Document) -> list[_Row]:
    """One certificate of a number: that of the trader before others', that of the declared origin before others'."""
    origins = {line.origin for line in document.lines}
    best: dict[str, _Row] = {}
    for row in sorted(rows, key=lambda row: (row.own, row.country in origins, row.id)):
        best[row.folded] = row
    return sorted(best.values(), key=lambda row: row.id)


def _presented(row: _Row, laws: dict[tuple[str, str, date | None], int]) -> Presented:
    paper = row.paper
    law = laws.setdefault((paper.agreement, paper.form, paper.issued_on), len(laws))
    if not row.own:
        bare = Paper(agreement=paper.agreement, form=paper.form, number=paper.number)
        return Presented(id=row.id, state=row.state, paper=bare, own=False, law=law)
    items = row.items or []
    return Presented(
        id=row.id,
        state=row.state,
        office=row.office,
        paper=paper,
        law=law,
        left={str(item.number): item.left for item in items},
        refused=tuple(item.number for item in items if item.is_refused),
        alike=tuple(_alike(paper, row.alike or ())),
    )


def _alike(paper: Paper, others: Iterable[Paper]) -> Iterator[Alike]:
    for other in others:
        kind = likeness(paper, other)
        if kind is not None:
            yield Alike(number=other.number, kind=kind)
