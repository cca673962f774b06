"""Parcels: the results of a batch, one parcel with its reasons, those that are held, and the search by number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.express.models import Batch, Check, Chunk, Parcel
from thongquan.clearance.express.numbers import name_of
from thongquan.clearance.express.packing import decoded_faults, decoded_given, decoded_law, leaf_of
from thongquan.clearance.express.permissions import check_sees, checking_offices
from thongquan.rules.decision import Fault
from thongquan.rules.parcel_checks import judge
from thongquan.rules.parcels import Parcel as Declared
from thongquan.rules.parcels import ParcelLaw, Verdict

PIECE = 1000
ONLY = ("", "accepted", "refused", "held")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel with its result. `state`: refused, due (waits for the money), held, stopped, released."""

    batch: int
    batch_name: str
    place: int
    line: int
    consignment: str
    tax_code: str
    office: str
    accepted: bool
    channel: int | None
    state: str
    value_vnd: Decimal
    duty_vnd: Decimal
    vat_vnd: Decimal
    fee_vnd: Decimal
    faults: tuple[Fault, ...] = ()
    reason: str = ""

    @property
    def due_vnd(self) -> Decimal:
        """All that is to be paid for it."""
        return self.duty_vnd + self.vat_vnd + self.fee_vnd


class ParcelFile(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel as given, with its verdict made again from the stored facts; `same` when it is the stored one."""

    found: Found
    parcel: Declared
    verdict: Verdict
    law: ParcelLaw
    same: bool
    root: str
    judged_at: datetime
    checked_by: str = ""
    checked_at: datetime | None = None


def results_of(*, actor: Actor, batch: int, only: str = "", after: int = 0, limit: int = 100) -> list[Found]:
    """Results in the order of the file, behind the parcel at place `after`. Raises `NotFound` outside the scope."""
    row = _batch(actor, batch)
    return list(_results(row, only, after, limit))


def all_results(*, actor: Actor, batch: int, only: str = "") -> Iterator[Found]:
    """Every result, read a thousand at a time. Raises `NotFound` outside the scope."""
    row = _batch(actor, batch)
    after = 0
    while piece := list(_results(row, only, after, PIECE)):
        yield from piece
        after = piece[-1].place


def _batch(actor: Actor, batch: int) -> Batch:
    row = Batch.objects.filter(pk=batch).first()
    if row is None:
        raise NotFound(str(batch))
    check_sees(actor, office=row.office, tax_code=row.tax_code)
    return row


def _results(batch: Batch, only: str, after: int, limit: int) -> Iterator[Found]:
    rows = Parcel.objects.filter(batch=batch, place__gt=after).select_related("check_made").defer("given", "leaf")
    for row in _narrowed(rows, only).order_by("place")[:limit]:
        yield _found(row, batch)


def _narrowed(rows: QuerySet[Parcel], only: str) -> QuerySet[Parcel]:
    if only == "held":
        return rows.filter(channel__gt=1)
    return rows.filter(accepted=only == "accepted") if only in ("accepted", "refused") else rows


def _found(row: Parcel, batch: Batch) -> Found:
    check: Check | None = getattr(row, "check_made", None)
    return Found(
        batch=batch.pk,
        batch_name=name_of(batch.pk),
        place=row.place,
        line=row.line,
        consignment=row.consignment,
        tax_code=row.tax_code,
        office=batch.office,
        accepted=row.accepted,
        channel=row.channel,
        state=_state(row, batch, check),
        value_vnd=row.value_vnd,
        duty_vnd=row.duty_vnd,
        vat_vnd=row.vat_vnd,
        fee_vnd=row.fee_vnd,
        faults=decoded_faults(bytes(row.faults)),
        reason=check.reason if check else "",
    )


def _state(row: Parcel, batch: Batch, check: Check | None) -> str:
    """Nothing but what was decided and paid tells where a parcel stands."""
    if not row.accepted:
        return "refused"
    if check is not None and check.outcome == "refused":
        return "stopped"
    if (row.channel or 1) > 1 and check is None:
        return "held"
    return "released" if batch.released_at else "due"


def parcel_file(*, actor: Actor, batch: int, place: int) -> ParcelFile:
    """One parcel with what was given, found and why. Raises `NotFound` outside the scope."""
    whole = _batch(actor, batch)
    row = Parcel.objects.filter(batch=whole, place=place).select_related("check_made").first()
    if row is None:
        raise NotFound(str(place))
    chunk = Chunk.objects.get(batch=whole, number=row.chunk)
    verdict, same = _again(row, chunk)
    check: Check | None = getattr(row, "check_made", None)
    return ParcelFile(
        found=_found(row, whole),
        parcel=decoded_given(bytes(row.given)).parcel,
        verdict=verdict,
        law=decoded_law(bytes(chunk.law)),
        same=same,
        root=bytes(chunk.root).hex(),
        judged_at=chunk.at,
        checked_by=check.by if check else "",
        checked_at=check.at if check else None,
    )


def verdict_of(row: Parcel) -> Verdict:
    """The verdict on a parcel, made again from the stored facts."""
    return _again(row, Chunk.objects.get(batch=row.batch_id, number=row.chunk))[0]


def _again(row: Parcel, chunk: Chunk) -> tuple[Verdict, bool]:
    """Judge again. What was refused for another parcel's sake, or never became one, is held by its faults alone."""
    given, salt, leaf = decoded_given(bytes(row.given)), bytes(chunk.salt), bytes(row.leaf)
    verdict = judge(given.parcel, decoded_law(bytes(chunk.law)), given.draw)
    if row.accepted or leaf_of(salt, given, verdict) == leaf:
        return verdict, leaf_of(salt, given, verdict) == leaf
    told = Verdict(accepted=False, faults=decoded_faults(bytes(row.faults)))
    return told, leaf_of(salt, given, told) == leaf


def found_parcels(*, actor: Actor, consignment: str, limit: int = 20) -> list[Found]:
    """Accepted parcels of this number in scope, the newest first."""
    number = consignment.strip().upper()
    if not number or "\x00" in number:
        return []
    mine = Q(tax_code__in=readable_enterprises(actor)) | Q(batch__office__in=readable_offices(actor))
    rows = Parcel.objects.filter(mine, consignment=number, accepted=True).select_related("batch", "check_made")
    return [_found(row, row.batch) for row in rows.order_by("-pk")[:limit]]


def held_parcels(*, actor: Actor, limit: int = 100) -> list[Found]:
    """Parcels that wait for a decision at the actor's offices, the oldest first."""
    rows = _held(actor).select_related("batch")
    return [_found(row, row.batch) for row in rows.order_by("pk")[:limit]]


def count_held(actor: Actor) -> int:
    """How many wait."""
    return _held(actor).count()


def _held(actor: Actor) -> QuerySet[Parcel]:
    decided = Check.objects.filter(parcel=OuterRef("pk"))
    waiting = Batch.objects.filter(office__in=checking_offices(actor), held__gt=F("checked"))
    return Parcel.objects.filter(~Exists(decided), channel__gt=1, batch__in=waiting)
