"""A file of parcels arrives: announced, then part by part, each at the byte where the upload stands.

An upload that broke off goes on from `received`; a part sent twice is taken once. What stands here survives a crash:
a part is answered after its commit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core import lanes
from thongquan.base.core.errors import Conflict, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.express.formats import Lines, head_of
from thongquan.clearance.express.models import Batch, Carrier, Part
from thongquan.clearance.express.numbers import subject_of
from thongquan.clearance.express.permissions import check_may_send, check_sees
from thongquan.clearance.express.queries.queue import check_room
from thongquan.clearance.express.states import LIVE, BatchState
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

ABANDONED_AFTER = timedelta(days=7)


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An upload: its batch, how many bytes are here, of how many; `repeated` when this file was announced before."""

    batch: int
    received: int
    size: int
    state: str
    repeated: bool = False


def open_batch(
    *, actor: Actor, tax_code: str, office: str, name: str, size: int, sha256: str = "", at: datetime
) -> Opened:
    """Announce a file of `size` bytes. The same file (by its SHA-256, in hex) of the carrier gives its batch again.

    Raises `NotAllowed`; `Refused`: TQ-EXP-009 no carrier here, -004 too large, -006 empty or no digest;
    `lanes.Saturated` when too many batches wait.
    """
    check_may_send(actor, tax_code)
    carrier = _carrier(tax_code, office)
    digest = _digest(sha256)
    _check_size(size)
    if digest and (known := _live(tax_code, digest)):
        return _opened(known, repeated=True)
    check_room(tax_code=tax_code, at=at)
    try:
        with transaction.atomic():
            row = Batch.objects.create(
                tax_code=tax_code,
                office=office,
                carrier=carrier.name,
                name=storable(name)[:200],
                size=size,
                digest=digest,
                by=actor.reference,
                at=at,
                worked_at=at,
            )
    except IntegrityError:
        known = _live(tax_code, digest)
        if known is None:
            raise
        return _opened(known, repeated=True)
    return _opened(row)


def _carrier(tax_code: str, office: str) -> Carrier:
    row = Carrier.objects.filter(tax_code=tax_code, office=office, ended_at=None).first()
    if row is None:
        raise Refused([Fault(code=Code.TQ_EXP_009, path="tax_code", value=tax_code, values={"office": office[:10]})])
    return row


def _digest(sha256: str) -> bytes:
    try:
        digest = bytes.fromhex(sha256)
    except ValueError:
        digest = b"?"
    if len(digest) not in (0, 32):
        raise Refused([Fault(code=Code.TQ_DEC_003, path="sha256", value=sha256[:40], values={"field": "sha256"})])
    return digest


def _check_size(size: int) -> None:
    if size <= 0:
        raise Refused([Fault(code=Code.TQ_EXP_006, path="file")])
    if size > settings.EXPRESS_MAX_BYTES:
        values = {"limit": str(settings.EXPRESS_MAX_BYTES // 2**20)}
        raise Refused([Fault(code=Code.TQ_EXP_004, path="size", value=str(size), values=values)])


def _live(tax_code: str, digest: bytes) -> Batch | None:
    return Batch.objects.filter(tax_code=tax_code, digest=digest, state__in=LIVE).first()


def _opened(row: Batch, *, repeated: bool = False) -> Opened:
    return Opened(batch=row.pk, received=row.received, size=row.size, state=row.state, repeated=repeated)


def add_part(*, actor: Actor, batch: int, offset: int, content: bytes, at: datetime) -> Opened:
    """Take the bytes from `offset` on; the last ones put the file into the queue.

    Raises `NotFound`; `NotAllowed`; `Refused`: TQ-API-003 part too large, TQ-EXP-012 more than announced, -006 and -007
    for a file whose beginning no reader knows; `Conflict` (TQ-EXP-011, detail: where the upload stands).
    """
    if len(content) > settings.EXPRESS_PART_BYTES or not content:
        values = {"limit": str(settings.EXPRESS_PART_BYTES // 2**20)}
        raise Refused([Fault(code=Code.TQ_API_003, path="content", values=values)])
    with lanes.entered(lanes.EXPRESS), transaction.atomic():
        row = _locked(actor, batch)
        if row.state != BatchState.RECEIVING or offset + len(content) <= row.received:
            return _opened(row, repeated=True)
        if offset != row.received:
            raise Conflict(str(row.received), code=Code.TQ_EXP_011)
        if offset + len(content) > row.size:
            raise Refused([Fault(code=Code.TQ_EXP_012, path="content", value=str(offset + len(content)))])
        if not offset and b"\n" in content:
            head_of(Lines(lambda place: content[place:]))
        Part.objects.create(batch=row, start=offset, content=content)
        row.received, row.worked_at = offset + len(content), at
        if row.received == row.size:
            _queue(row, actor, at)
        row.save(update_fields=["received", "worked_at", "state", "received_at"])
    return _opened(row)


def _locked(actor: Actor, batch: int) -> Batch:
    row = Batch.objects.select_for_update().filter(pk=batch).first()
    if row is None:
        raise NotFound(str(batch))
    check_sees(actor, office=row.office, tax_code=row.tax_code)
    check_may_send(actor, row.tax_code)
    return row


def _queue(row: Batch, actor: Actor, at: datetime) -> None:
    row.state, row.received_at, row.worked_at = BatchState.WAITING, at, None
    subject, details = subject_of(row.pk), {"bytes": row.size, "office": row.office}
    record(action="parcels.received", subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind="parcels.received", subject=subject, payload=details, at=at)


def forget_abandoned(*, at: datetime) -> int:
    """Uploads that nobody went on with for a week are dropped; nothing of them was judged. Returns how many."""
    stale = Batch.objects.filter(state=BatchState.RECEIVING, worked_at__lt=at - ABANDONED_AFTER)
    return stale.delete()[1].get("express.Batch", 0)
