"""Worklists of an office: documents to check, goods to inspect, and one's own inspections."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

import msgspec
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.clearance.control.models import Assignment, DocumentCheck, Inspection
from thongquan.clearance.control.permissions import inspector_offices
from thongquan.clearance.control.queries.checks import STALE
from thongquan.clearance.control.queries.due import due_of
from thongquan.clearance.declarations.queries import Stand, declarations_in_scope, stand_from
from thongquan.clearance.declarations.queries.queueing import MOST as MOST_COUNTED
from thongquan.clearance.declarations.queries.queueing import only_waiting
from thongquan.clearance.declarations.states import State
from thongquan.clearance.tariff.queries.controls import exemptions_on
from thongquan.rules.controls import DOCUMENTS, GOODS

OPEN = (State.CHANNELED, State.INSTRUCTED, State.SETTLED, State.PRESERVED)
MOST = 100


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration that waits for a check. `first`: live or perishable goods, checked before others."""

    stand: Stand
    first: bool
    presented_at: datetime | None
    begun_at: datetime | None = None
    officers: list[str] = []
    references: list[str] = []
    is_mine: bool = False


def documents_to_check(*, actor: Actor, at: datetime) -> list[Waiting]:
    """Declarations of the actor's offices whose documents wait for a check, perishables first, then the oldest."""
    rows = _ordered(_documents(actor), at)
    begun = dict(
        DocumentCheck.objects.filter(declaration_id__in=[row.pk for row in rows], concluded_at__isnull=True)
        .values_list("declaration_id", "opened_at")
    )  # fmt: skip
    found = (_waiting(row, begun_at=begun.get(row.pk)) for row in rows)
    return [one for one in found if due_of(one.stand).documents]


def goods_to_inspect(*, actor: Actor, at: datetime) -> list[Waiting]:
    """Declarations of the actor's offices whose goods wait for an inspection, in the order of inspection."""
    rows = _ordered(_goods(actor), at)
    officers = _officers_of([row.pk for row in rows])
    names = names_of({one for several in officers.values() for one in several})
    found = [
        _waiting(
            row,
            references=officers.get(row.pk, []),
            officers=[names.get(one, one) for one in officers.get(row.pk, [])],
            is_mine=actor.reference in officers.get(row.pk, []),
        )
        for row in rows
    ]
    return [one for one in found if one.references or due_of(one.stand).goods]


def inspections_of_mine(*, actor: Actor, at: datetime) -> list[Waiting]:
    """Open inspections assigned to this very officer."""
    return [one for one in goods_to_inspect(actor=actor, at=at) if one.is_mine]


def count_waiting(actor: Actor) -> int:
    """How many document checks of the actor's offices and inspections of the actor's own wait; for the desk.

    Checks are counted up to a thousand, among what stands in the queues: a count costs the same in the longest queue.
    """
    mine = Inspection.objects.filter(
        concluded_at__isnull=True, assignments__officer=actor.reference, assignments__until__isnull=True
    )
    return only_waiting(_documents(actor))[:MOST_COUNTED].count() + mine.count()


def _documents(actor: Actor) -> QuerySet[Any]:
    checked = DocumentCheck.objects.filter(
        declaration=OuterRef("pk"), version=OuterRef("version"), concluded_at__isnull=False
    ).exclude(outcome=STALE)
    return _of_offices(actor).filter(~Exists(checked), channel__gte=DOCUMENTS)


def _goods(actor: Actor) -> QuerySet[Any]:
    inspected = Inspection.objects.filter(declaration=OuterRef("pk"), concluded_at__isnull=False)
    under_way = Inspection.objects.filter(declaration=OuterRef("pk"), concluded_at__isnull=True)
    waiting = Q(channel__gte=GOODS) & ~Exists(inspected)
    return _of_offices(actor).filter(waiting | Exists(under_way))


def _of_offices(actor: Actor) -> QuerySet[Any]:
    return declarations_in_scope(actor).filter(office__in=inspector_offices(actor), state__in=OPEN)


def _ordered(rows: QuerySet[Any], at: datetime) -> list[Any]:
    """In the order of inspection: live and perishable goods, then whoever presented first, then the oldest."""
    prefixes = [one.key for one in exemptions_on(at.date()) if one.first and one.by == "hs"]
    perishable = reduce(or_, [Q(lines__hs__startswith=prefix) for prefix in prefixes], Q(pk__in=[]))
    found = rows.model.objects.filter(perishable, pk=OuterRef("pk"), lines__version=F("version"))
    presented = Max("events__at", filter=Q(events__kind="present_goods"))
    rows = rows.annotate(first=Exists(found), presented_at=presented)
    return list(rows.order_by("-first", F("presented_at").asc(nulls_last=True), "registered_at", "pk")[:MOST])


def _waiting(row: Any, **more: Any) -> Waiting:
    return Waiting(stand=stand_from(row), first=row.first, presented_at=row.presented_at, **more)


def _officers_of(keys: list[int]) -> dict[int, list[str]]:
    rows = Assignment.objects.filter(
        inspection__declaration_id__in=keys, inspection__concluded_at__isnull=True, until__isnull=True
    )
    found: dict[int, list[str]] = {}
    for key, officer in rows.order_by("id").values_list("inspection__declaration_id", "officer"):
        found.setdefault(key, []).append(officer)
    return found
