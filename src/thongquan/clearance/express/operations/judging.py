"""Judging the parcels of a file, a chunk at a time, each chunk in one short transaction.

A chunk's parcels, their verdicts, the ledger row over them and where the batch stands are committed together: a worker
that is killed loses nothing and judges no parcel twice. The rules run before the transaction, which is kept short so
that the outbox and the ledger, which read only below the oldest transaction, never wait for it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import msgspec
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.core.secrets import secret
from thongquan.base.ledger.operations import record
from thongquan.clearance.express.formats import Lines, count_parcels, head_of, records
from thongquan.clearance.express.models import Batch, Part
from thongquan.clearance.express.numbers import name_of, subject_of
from thongquan.clearance.express.operations.storing import Judged, store_chunk
from thongquan.clearance.express.operations.verdicts import judged_records, law_for
from thongquan.clearance.express.packing import encoded_faults
from thongquan.clearance.express.states import LIVE, QUEUED, BatchState
from thongquan.clearance.revenue.operations import assess
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO

JUDGE = system_actor("express")


class Worked(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of work on a batch: how many parcels were judged, and whether the batch is done."""

    batch: int
    parcels: int = 0
    done: bool = False


def judge_next(*, at: datetime, chunk: int = 0) -> Worked | None:
    """Do the next piece of work: open a file that waits, or judge some parcels of one; None when nothing waits.

    Carriers take turns: the batch that was worked on longest ago comes first.
    """
    row = Batch.objects.filter(state__in=QUEUED).order_by(F("worked_at").asc(nulls_first=True), "received_at").first()
    if row is None:
        return None
    if row.state == BatchState.WAITING:
        return _opened(row, at)
    return _judged(row, at, chunk or settings.EXPRESS_CHUNK)


def _fetch(batch: int) -> Callable[[int], bytes]:
    def fetch(offset: int) -> bytes:
        part = Part.objects.filter(batch_id=batch, start__lte=offset).order_by("-start").first()
        return bytes(part.content)[offset - part.start :] if part else b""

    return fetch


def _opened(row: Batch, at: datetime) -> Worked:
    """Look at the whole file before any parcel is judged."""
    try:
        fields = _looked_at(row)
    except Refused as refused:
        return _refused(row, refused.faults, at)
    try:
        with transaction.atomic():
            waiting = Batch.objects.filter(pk=row.pk, state=BatchState.WAITING)
            waiting.update(state=BatchState.WORKING, worked_at=at, **fields)
    except IntegrityError:
        twins = Batch.objects.filter(tax_code=row.tax_code, digest=fields["digest"], state__in=LIVE)
        names = [name_of(twin) for twin in twins.exclude(pk=row.pk).values_list("pk", flat=True)]
        fault = Fault(code=Code.TQ_EXP_017, path="file", values={"batch": ", ".join(names)})
        return _refused(row, (fault,), at)
    return Worked(batch=row.pk)


def _looked_at(row: Batch) -> dict[str, Any]:
    """What a whole file tells: digest, kind, columns, where its parcels begin and how many they are.

    Raises `Refused`: TQ-EXP-005, -006, -007, -012.
    """
    digest = _digest(row)
    lines = Lines(_fetch(row.pk))
    kind, columns = head_of(lines)
    if not columns:
        lines = Lines(_fetch(row.pk))
    offset, number = lines.place()
    most = settings.EXPRESS_MAX_PARCELS
    count = count_parcels(lines, kind, columns, most=most)
    if not 0 < count <= most:
        code = Code.TQ_EXP_005 if count else Code.TQ_EXP_006
        raise Refused([Fault(code=code, path="file", values={"limit": str(most)})])
    return {"kind": kind, "columns": columns, "offset": offset, "line": number, "parcels": count, "digest": digest}


def _digest(row: Batch) -> bytes:
    """The SHA-256 of the whole. Raises `Refused` (TQ-EXP-012) when another one was announced."""
    found = hashlib.sha256()
    for content in Part.objects.filter(batch=row).order_by("start").values_list("content", flat=True).iterator(1):
        found.update(content)
    announced = bytes(row.digest)
    if announced and announced != found.digest():
        raise Refused([Fault(code=Code.TQ_EXP_012, path="file")])
    return found.digest()


def _refused(row: Batch, faults: tuple[Fault, ...], at: datetime) -> Worked:
    with transaction.atomic():
        Batch.objects.filter(pk=row.pk).update(
            state=BatchState.REFUSED, judged_at=at, worked_at=at, faults=encoded_faults(faults)
        )
        Part.objects.filter(batch=row).delete()
        _tell("parcels.refused", row, {"codes": sorted({str(fault.code) for fault in faults})}, at)
    return Worked(batch=row.pk, done=True)


def _tell(action: str, row: Batch, details: dict[str, object], at: datetime) -> None:
    subject = subject_of(row.pk)
    record(action=action, subject=subject, actor=JUDGE.reference, at=at, details=details)
    announce(kind=action, subject=subject, payload={"office": row.office, "tax_code": row.tax_code, **details}, at=at)


def _judged(row: Batch, at: datetime, chunk: int) -> Worked:
    lines = Lines(_fetch(row.pk), offset=row.offset, number=row.line)
    read = list(islice(records(lines, row.kind, row.columns), chunk))
    law = law_for([one.parcel for one in read], tax_code=row.tax_code, at=at)
    salt = secrets.token_bytes(16)
    found = judged_records(read, law, salt=salt, draw_secret=secret(settings.DRAW_SECRET_NAME))
    ends = len(read) < chunk
    with transaction.atomic():
        _be_quick(durable=ends)
        held = Batch.objects.select_for_update().get(pk=row.pk)
        if held.state != BatchState.WORKING or held.offset != row.offset:
            return Worked(batch=row.pk)  # another worker was here meanwhile
        if read:
            piece = Judged(law=law, salt=salt, found=found, end=read[-1].end, after=read[-1].after)
            store_chunk(held, piece, actor=JUDGE, at=at)
        if ends:
            _finish(held, at)
        held.worked_at = at
        held.save()
    return Worked(batch=row.pk, parcels=len(read), done=ends)


def _be_quick(*, durable: bool) -> None:
    """No chunk waits for the disk but the last one of a file, whose commit brings all before it along.

    A server that crashes between forgets whole chunks, never parts of one, and they are judged again.
    """
    if not durable:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def _finish(row: Batch, at: datetime) -> None:
    """The file is judged: its liability is posted as one, its bytes are given up."""
    row.state, row.judged_at = BatchState.JUDGED, at
    Part.objects.filter(batch=row).delete()
    if row.accepted:
        assess(
            subject=subject_of(row.pk),
            tax_code=row.tax_code,
            office=row.office,
            totals_vnd={tax: Decimal(amount) for tax, amount in row.totals_vnd.items()},
            fee_vnd=Decimal(row.fee_vnd),
            secured_vnd=ZERO,
            reason="parcels",
            actor=JUDGE,
            at=at,
        )
    details: dict[str, object] = {
        "parcels": row.done,
        "accepted": row.accepted,
        "held": row.held,
        "chunks": row.chunks,
        "due_vnd": str(row.due_vnd),
        "file": bytes(row.digest).hex(),
    }
    _tell("parcels.judged", row, details, at)
