"""Selections and what they chose: for those who select, never for a declarant."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.queries import declarations_in_scope
from thongquan.clearance.declarations.states import STEPS, Step
from thongquan.clearance.postaudit.criteria import Criteria
from thongquan.clearance.postaudit.models import Audit, Candidate, Selection
from thongquan.clearance.postaudit.permissions import offices_for


class SelectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A selection of a list."""

    id: int
    name: str
    random_share: Decimal
    score_at_least: Decimal | None
    made_at: datetime
    made_by: str
    run_at: datetime | None


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration that was chosen. `audit` is the case opened on it, if any; `why`: criteria, random, score."""

    id: int
    number: str
    office: str
    trader_name: str
    registered_at: datetime
    why: str
    draw: Decimal
    score: Decimal | None
    audit: int | None


class SelectionFile(msgspec.Struct, frozen=True, kw_only=True):
    """A selection with its criteria and what it chose within the reader's offices."""

    row: SelectionRow
    criteria: Criteria
    chosen: tuple[Chosen, ...]


def selections_in_scope(actor: Actor) -> list[SelectionRow]:
    """Selections over any office the actor selects for, newest first."""
    return [_row(row) for row in _in_scope(actor).order_by("-id")[:200]]


def _in_scope(actor: Actor) -> QuerySet[Selection]:
    query = Q(pk__in=[])
    for office in offices_for(actor, "postaudit.select"):
        query |= Q(offices__contains=[office])
    return Selection.objects.filter(query)


def selection_file(*, actor: Actor, selection: int) -> SelectionFile:
    """A selection. Raises `NotFound` also for those who do not select for any of its offices."""
    row = _in_scope(actor).filter(id=selection).first()
    if row is None:
        raise NotFound(str(selection))
    found = row.candidates.filter(office__in=offices_for(actor, "postaudit.select"))
    return SelectionFile(
        row=_row(row),
        criteria=msgspec.convert(row.criteria, Criteria, strict=False),
        chosen=tuple(map(_chosen, found.select_related("declaration").prefetch_related("audits").order_by("draw"))),
    )


def _row(row: Selection) -> SelectionRow:
    return SelectionRow(**{name: getattr(row, name) for name in _ROW})


def _chosen(row: Candidate) -> Chosen:
    audit = next(iter(row.audits.all()), None)
    return Chosen(
        id=row.id,
        number=row.declaration.number,
        office=row.office,
        trader_name=row.declaration.trader_name,
        registered_at=row.declaration.registered_at,
        why=row.why,
        draw=row.draw,
        score=row.score,
        audit=audit.id if audit else None,
    )


def candidates_for(actor: Actor, offices: list[str], criteria: Criteria) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Declarations that may be audited now, of these offices and of the period: all of them, and those that match."""
    states = [state.value for state in STEPS[Step.OPEN_AUDIT].moves]
    rows = declarations_in_scope(actor).filter(office__in=offices, state__in=states)
    rows = rows.exclude(Exists(Audit.objects.filter(declaration=OuterRef("pk"))))
    if criteria.since:
        rows = rows.filter(registered_at__date__gte=criteria.since)
    if criteria.until:
        rows = rows.filter(registered_at__date__lte=criteria.until)
    return rows, _matching(rows, criteria)


def _matching(rows: QuerySet[Any], criteria: Criteria) -> QuerySet[Any]:
    """Those that meet every criterion that is set."""
    for name in ("flow", "regime", "tax_code", "office"):
        if value := getattr(criteria, name):
            rows = rows.filter(**{name: value})
    line = rows.model._meta.get_field("lines").related_model.objects.filter(
        declaration=OuterRef("pk"), version=OuterRef("version")
    )
    if criteria.hs_prefix:
        rows = rows.filter(Exists(line.filter(hs__startswith=criteria.hs_prefix)))
    if criteria.origin:
        rows = rows.filter(Exists(line.filter(origin=criteria.origin)))
    return _valued(rows, line, criteria)


def _valued(rows: QuerySet[Any], line: QuerySet[Any], criteria: Criteria) -> QuerySet[Any]:
    """By the customs value of the lines of the version in force."""
    if criteria.value_from_vnd is None and criteria.value_to_vnd is None:
        return rows
    total = line.values("declaration").annotate(total=Sum("value_vnd")).values("total")
    rows = rows.annotate(value_vnd=Coalesce(total, Decimal(0)))
    if criteria.value_from_vnd is not None:
        rows = rows.filter(value_vnd__gte=criteria.value_from_vnd)
    if criteria.value_to_vnd is not None:
        rows = rows.filter(value_vnd__lte=criteria.value_to_vnd)
    return rows


_ROW = [field.name for field in msgspec.structs.fields(SelectionRow)]
