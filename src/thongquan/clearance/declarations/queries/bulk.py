"""Everything of many declarations at once, as values: for copies that other rooms keep, never for a person.

Nothing is checked against a reader and nothing is redacted. A version is in force when it is the latest of a
declaration that was not cancelled and did not expire.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Length, TruncMonth

from thongquan.clearance.declarations.models import ENDED, Declaration, Event, Line, Version

_IN_FORCE = Q(version=F("declaration__version")) & ~Q(declaration__state__in=ENDED)
_MONTH = TruncMonth("declaration__registered_at")


class VersionRow(NamedTuple):
    """A version with its declaration; document, facts and decision as stored (`rules.encoding`)."""

    declaration: int
    version: int
    flow: str
    office: str
    regime: str
    tax_code: str
    source: str
    registered_at: datetime
    at: datetime
    actor: str
    law_version: str
    rules_release: str
    document: bytes
    facts: bytes
    decision: bytes
    in_force: bool


class LineRow(NamedTuple):
    """A line of a version, as kept for lists."""

    declaration: int
    version: int
    number: int
    hs: str
    origin: str
    schedule: str
    description: str
    quantity: Decimal
    unit: str
    net_weight_kg: Decimal | None
    value_vnd: Decimal
    due_vnd: Decimal


class EventRow(NamedTuple):
    """A step of the story, without its words."""

    event: int
    declaration: int
    flow: str
    office: str
    kind: str
    state: str
    actor: str
    at: datetime


def version_rows(keys: Collection[int]) -> list[VersionRow]:
    """All versions of these declarations."""
    in_force = Case(When(_IN_FORCE, then=Value(True)), default=Value(False))
    of_declaration = ("flow", "office", "regime", "tax_code", "source", "registered_at")
    rows = Version.objects.filter(declaration__in=keys).values_list(
        "declaration_id",
        "version",
        *(f"declaration__{name}" for name in of_declaration),
        *("at", "actor", "law_version", "rules_release", "document", "facts", "decision"),
        in_force,
    )
    return [VersionRow._make([*row[:12], *map(bytes, row[12:15]), row[15]]) for row in rows]


def line_rows(keys: Collection[int]) -> list[LineRow]:
    """The lines of all versions of these declarations."""
    rows = Line.objects.filter(declaration__in=keys)
    return [LineRow(*row) for row in rows.values_list("declaration_id", *LineRow._fields[1:])]


def event_rows(keys: Collection[int], *, since: datetime | None = None) -> list[EventRow]:
    """The steps of these declarations, all or those since a moment."""
    rows = Event.objects.filter(declaration__in=keys)
    if since is not None:
        rows = rows.filter(at__gte=since)
    columns = ("id", "declaration_id", "declaration__flow", "declaration__office", "kind", "state", "actor", "at")
    return [EventRow(*row) for row in rows.values_list(*columns)]


def keys_after(key: int, *, limit: int) -> list[int]:
    """The next keys in order: pages through all declarations."""
    return list(Declaration.objects.filter(id__gt=key).order_by("id").values_list("id", flat=True)[:limit])


def count_of_declarations() -> int:
    """How many there are."""
    return Declaration.objects.count()


Monthly = list[dict[str, Any]]


def monthly_versions(*, in_force: bool) -> Monthly:
    """By `month` of registration: how many versions (`count`), the bytes of their facts, the dong of those in force."""
    rows = Version.objects.filter(_IN_FORCE) if in_force else Version.objects.all()
    return _monthly(rows, facts_size=Sum(Length("facts")), due_vnd=Sum("declaration__due_vnd"))


def monthly_lines(*, in_force: bool) -> Monthly:
    """By `month` of registration: how many lines (`count`), their value and duties."""
    rows = Line.objects.filter(_IN_FORCE) if in_force else Line.objects.all()
    return _monthly(rows, value_vnd=Sum("value_vnd"), due_vnd=Sum("due_vnd"))


def monthly_events() -> Monthly:
    """By `month` in which they happened: how many steps (`count`)."""
    return _by_month(Event.objects.annotate(month=TruncMonth("at")))


def _monthly(rows: QuerySet[Any], **sums: Sum) -> Monthly:
    return _by_month(rows.annotate(month=_MONTH), **sums)


def _by_month(rows: QuerySet[Any], **sums: Sum) -> Monthly:
    return list(rows.order_by().values("month").annotate(count=Count("pk"), **sums))
