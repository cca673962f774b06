"""Concluded checks of many declarations at once, as values: for copies that other rooms keep, never for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from thongquan.clearance.control.models import DocumentCheck, Finding, Inspection

DOCUMENTS, GOODS = "documents", "goods"
CONCLUDED = Q(outcome__in=("agrees", "differs"), concluded_at__isnull=False)
_FOUND = ~Q(kind="none")


class CheckRow(NamedTuple):
    """A concluded check of documents or goods and the kinds of what it found, one for each finding."""

    kind: str
    id: int
    declaration: int
    version: int
    flow: str
    office: str
    opened_at: datetime
    concluded_at: datetime
    outcome: str
    found: tuple[str, ...]


def check_rows(keys: Collection[int]) -> list[CheckRow]:
    """All concluded checks of these declarations."""
    return [*_rows(DOCUMENTS, keys), *_rows(GOODS, keys)]


def _rows(kind: str, keys: Collection[int]) -> Iterable[CheckRow]:
    model, opened, findings = (
        (DocumentCheck, "opened_at", "check_of_id")
        if kind == DOCUMENTS
        else (Inspection, "assigned_at", "inspection_id")
    )
    found: dict[int, list[str]] = defaultdict(list)
    noted = Finding.objects.filter(_FOUND, declaration__in=keys, **{f"{findings}__isnull": False}).order_by("pk")
    for of, what in noted.values_list(findings, "kind"):
        found[of].append(what)
    columns = ("id", "declaration_id", "version", "declaration__flow", "declaration__office", opened, "concluded_at")
    rows = model.objects.filter(CONCLUDED, declaration__in=keys).values_list(*columns, "outcome")
    return [CheckRow._make([kind, *row, tuple(found[row[0]])]) for row in rows]


class CheckedRow(NamedTuple):
    """What concluded checks of a declaration found: since when it is known, kinds by line (None: of no line alone)."""

    known_at: datetime
    kinds: dict[int | None, frozenset[str]]


def finding_rows(keys: Collection[int]) -> dict[int, CheckedRow]:
    """Of those of these declarations that were checked to the end: what was found, line by line."""
    known: dict[int, datetime] = {}
    for one in check_rows(keys):
        known[one.declaration] = max(one.concluded_at, known.get(one.declaration, one.concluded_at))
    found: dict[int, dict[int | None, set[str]]] = defaultdict(lambda: defaultdict(set))
    noted = Finding.objects.filter(_FOUND, declaration__in=known.keys())
    for declaration, line, kind in noted.values_list("declaration_id", "line", "kind"):
        found[declaration][line].add(kind)
    return {
        key: CheckedRow(at, {line: frozenset(kinds) for line, kinds in found[key].items()}) for key, at in known.items()
    }


def monthly_checks() -> list[dict[str, Any]]:
    """By `month` of conclusion: how many checks (`count`), and how much they found (`findings`)."""
    return [*_monthly(DocumentCheck.objects.filter(CONCLUDED)), *_monthly(Inspection.objects.filter(CONCLUDED))]


def _monthly(rows: Any) -> list[dict[str, Any]]:
    months = rows.annotate(month=TruncMonth("concluded_at")).order_by().values("month")
    found = Count("findings", filter=~Q(findings__kind="none"))
    return list(months.annotate(count=Count("pk", distinct=True), findings=found))
