"""Batches and carriers as the pages and programs show them, within the reader's scope."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.express.models import Batch, Carrier
from thongquan.clearance.express.numbers import name_of
from thongquan.clearance.express.packing import decoded_faults
from thongquan.clearance.express.permissions import check_sees, registering_offices
from thongquan.clearance.express.queries.queue import place_of
from thongquan.clearance.express.states import QUEUED, BatchState
from thongquan.rules.decision import Fault


class BatchFile(msgspec.Struct, frozen=True, kw_only=True):
    """A batch as it stands. Amounts are dong; `position` is its place in the queue, 0 when in none."""

    id: int
    name: str
    file: str
    tax_code: str
    carrier: str
    office: str
    state: str
    size: int
    received: int
    parcels: int
    done: int
    accepted: int
    refused: int
    held: int
    open_checks: int = 0
    totals_vnd: dict[str, Decimal]
    fee_vnd: Decimal
    due_vnd: Decimal
    position: int = 0
    at: datetime
    received_at: datetime | None
    judged_at: datetime | None
    released_at: datetime | None
    digest: str
    faults: tuple[Fault, ...] = ()

    @property
    def percent(self) -> int:
        """How far it is: of the bytes while it is received, then of the parcels."""
        if self.state == "receiving":
            return 100 * self.received // max(self.size, 1)
        return 100 * self.done // self.parcels if self.parcels else 0

    @property
    def is_moving(self) -> bool:
        """Whether it may look different in a moment."""
        return self.state in ("waiting", "working")


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise as express carrier at an office."""

    id: int
    tax_code: str
    name: str
    office: str
    at: datetime
    by: str


def batches_in_scope(
    *, actor: Actor, state: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[BatchFile], bool]:
    """Newest first, with whether there are more."""
    rows = _scope(actor)
    if state:
        rows = rows.filter(state=state)
    found = list(rows.order_by("-at", "-pk")[offset : offset + limit + 1])
    return [_told(row) for row in found[:limit]], len(found) > limit


def _scope(actor: Actor) -> QuerySet[Batch]:
    mine = Q(tax_code__in=readable_enterprises(actor)) | Q(office__in=readable_offices(actor))
    return Batch.objects.filter(mine)


def batch_file(*, actor: Actor, batch: int) -> BatchFile:
    """One batch. Raises `NotFound` outside the scope."""
    row = Batch.objects.filter(pk=batch).first()
    if row is None:
        raise NotFound(str(batch))
    check_sees(actor, office=row.office, tax_code=row.tax_code)
    return msgspec.structs.replace(_told(row), position=place_of(row))


def _told(row: Batch) -> BatchFile:
    return BatchFile(
        id=row.pk,
        name=name_of(row.pk),
        file=row.name,
        tax_code=row.tax_code,
        carrier=row.carrier,
        office=row.office,
        state=row.state,
        size=row.size,
        received=row.received,
        parcels=row.parcels,
        done=row.done,
        accepted=row.accepted,
        refused=row.done - row.accepted,
        held=row.held,
        open_checks=row.held - row.checked,
        totals_vnd={tax: Decimal(amount) for tax, amount in row.totals_vnd.items()},
        fee_vnd=row.fee_vnd,
        due_vnd=row.due_vnd,
        at=row.at,
        received_at=row.received_at,
        judged_at=row.judged_at,
        released_at=row.released_at,
        digest=bytes(row.digest).hex(),
        faults=decoded_faults(bytes(row.faults)),
    )


def own_carriers(actor: Actor) -> list[Carried]:
    """Where the actor may send parcels now: its enterprises that an office knows as carriers."""
    rows = Carrier.objects.filter(tax_code__in=actor.enterprises, ended_at=None)
    return [_carried(row) for row in rows.order_by("name", "office")]


def carriers_in_scope(actor: Actor) -> list[Carried]:
    """Carriers of the offices whose register the actor keeps."""
    rows = Carrier.objects.filter(office__in=registering_offices(actor), ended_at=None)
    return [_carried(row) for row in rows.order_by("office", "name")]


def _carried(row: Carrier) -> Carried:
    return Carried(id=row.pk, tax_code=row.tax_code, name=row.name, office=row.office, at=row.at, by=row.by)


def count_moving(actor: Actor) -> int:
    """Batches in scope that are not judged yet."""
    return _scope(actor).filter(state__in=(BatchState.RECEIVING, *QUEUED)).count()
