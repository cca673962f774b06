"""What an exporter or an issuer has brought so far, as far as the reader may see: certificates, outcomes, doubts.

Legal basis: Circular 33/2023/TT-BTC Art. 19 (verification looks at what came before); Circular 81/2019 Art. 17 (origin
among the factors of risk).
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Substr, TruncMonth

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.origin.models import Certificate, Event, Item
from thongquan.clearance.origin.queries.files import certificates_in_scope
from thongquan.clearance.origin.states import Step

Whose = Literal["exporter", "issuer"]
NEWEST, DOUBTS, MONTHS = 20, 50, 24


class OfMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month with how many certificates were registered in it, and how many of them are doubted or refused now."""

    month: date
    certificates: int
    bad: int


class OfGoods(msgspec.Struct, frozen=True, kw_only=True):
    """A chapter and unit with what was certified and what of it was used."""

    chapter: str
    unit: str
    lines: int
    quantity: Decimal
    used: Decimal


class Doubted(msgspec.Struct, frozen=True, kw_only=True):
    """A doubt and how it ended: `state` is that of the certificate now."""

    certificate: int
    number: str
    at: datetime
    words: str
    state: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate among the newest."""

    id: int
    number: str
    agreement: str
    form: str
    office: str
    issued_on: date | None
    trader_name: str
    tax_code: str
    state: str
    grade: str


class History(msgspec.Struct, frozen=True, kw_only=True):
    """All of one exporter or issuer of a country, within the reader's scope."""

    whose: Whose
    name: str
    country: str
    certificates: int
    first: datetime
    last: datetime
    states: dict[str, int]
    grades: dict[str, int]
    agreements: dict[str, int]
    traders: int
    months: tuple[OfMonth, ...]
    goods: tuple[OfGoods, ...]
    doubts: tuple[Doubted, ...]
    newest: tuple[Seen, ...]


def history_of(*, actor: Actor, whose: Whose, name: str, country: str) -> History:
    """The history of a name as it stands on the papers. Raises `NotFound` where the reader sees none of it."""
    column = "exporter" if whose == "exporter" else "content__issuer"
    rows = certificates_in_scope(actor).filter(**{column: name, "country": country}) if name else None
    if rows is None or not rows.exists():
        raise NotFound(whose)
    every = list(rows.values_list("registered_at", "state", "grade", "agreement", "tax_code"))
    return History(
        whose=whose,
        name=name,
        country=country,
        certificates=len(every),
        first=min(one[0] for one in every),
        last=max(one[0] for one in every),
        states=dict(Counter(one[1] for one in every)),
        grades=dict(Counter(one[2] for one in every)),
        agreements=dict(Counter(one[3] for one in every).most_common()),
        traders=len({one[4] for one in every}),
        months=_months(rows),
        goods=_goods(rows),
        doubts=_doubts(rows),
        newest=tuple(_seen(row) for row in rows.order_by("-id")[:NEWEST]),
    )


def _months(rows: QuerySet[Certificate]) -> tuple[OfMonth, ...]:
    """The last months that have certificates, oldest first."""
    found = rows.annotate(month=TruncMonth("registered_at")).values("month", "state").annotate(n=Count("id"))
    totals: Counter[date] = Counter()
    bad: Counter[date] = Counter()
    for row in found:
        month = row["month"].date()
        totals[month] += row["n"]
        bad[month] += row["n"] if row["state"] in ("doubted", "refused") else 0
    months = sorted(totals)[-MONTHS:]
    return tuple(OfMonth(month=one, certificates=totals[one], bad=bad[one]) for one in months)


def _goods(rows: QuerySet[Certificate]) -> tuple[OfGoods, ...]:
    found = (
        Item.objects.filter(certificate__in=rows)
        .annotate(chapter=Substr("hs", 1, 2))
        .values("chapter", "unit")
        .annotate(lines=Count("id"), certified=Sum("quantity"), taken=Sum("used"))
        .order_by("-lines", "chapter", "unit")
    )
    return tuple(
        OfGoods(
            chapter=row["chapter"], unit=row["unit"], lines=row["lines"], quantity=row["certified"], used=row["taken"]
        )
        for row in found
    )


def _doubts(rows: QuerySet[Certificate]) -> tuple[Doubted, ...]:
    found = (
        Event.objects.filter(certificate__in=rows, step=Step.DOUBT)
        .values("at", "words", key=F("certificate_id"), number=F("certificate__number"), now=F("certificate__state"))
        .order_by("-at")[:DOUBTS]
    )
    return tuple(
        Doubted(certificate=row["key"], number=row["number"], at=row["at"], words=row["words"], state=row["now"])
        for row in found
    )


def _seen(row: Certificate) -> Seen:
    return Seen(**{name: getattr(row, name) for name in Seen.__struct_fields__})
