"""Writing a chunk: duplicates found, parcels copied in, one ledger row over all verdicts, the batch moved on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import connection

from thongquan.base.accounts.queries import Actor
from thongquan.base.ledger.merkle import tree_head
from thongquan.base.ledger.operations import record
from thongquan.clearance.express.models import Batch, Chunk, Parcel
from thongquan.clearance.express.numbers import name_of, subject_of
from thongquan.clearance.express.operations.verdicts import Found
from thongquan.clearance.express.packing import encoded_faults, encoded_given, encoded_law, leaf_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO
from thongquan.rules.parcels import ParcelLaw, Verdict

_COPY = """
    COPY express_parcel (batch_id, chunk, place, line, consignment, tax_code, accepted, channel, value_vnd, duty_vnd,
        vat_vnd, fee_vnd, given, faults, leaf) FROM STDIN
"""
# One carrier's parcels are written by one worker at a time: a second would meet the unique index and start over.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('express:' || %s))"
LONGEST = 35


class Judged(msgspec.Struct, frozen=True):
    """A chunk as judged: the law, the salt of its hashes, the verdicts, the offset and the row behind it."""

    law: ParcelLaw
    salt: bytes
    found: list[Found]
    end: int
    after: int


def store_chunk(batch: Batch, piece: Judged, *, actor: Actor, at: datetime) -> None:
    """Write a chunk of a locked batch and move the batch behind it; the caller saves the batch."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [batch.tax_code])
    found = _once_each(batch, piece)
    batch.chunks += 1
    root = tree_head([one.leaf for one in found])
    Chunk.objects.create(
        batch=batch, number=batch.chunks, at=at, law=encoded_law(piece.law), salt=piece.salt, root=root
    )
    _copy_in(batch, found)
    accepted = [one.verdict for one in found if one.verdict.accepted]
    details = {
        "chunk": batch.chunks,
        "from": batch.done + 1,
        "to": batch.done + len(found),
        "accepted": len(accepted),
        "due_vnd": str(sum((verdict.due_vnd for verdict in accepted), ZERO)),
        "law": piece.law.version,
        "root": root.hex(),
    }
    record(action="parcels.chunk", subject=subject_of(batch.pk), actor=actor.reference, at=at, details=details)
    _count(batch, accepted, len(found))
    batch.offset, batch.line = piece.end, piece.after


def _once_each(batch: Batch, piece: Judged) -> list[Found]:
    """TQ-EXP-002, TQ-EXP-003: a consignment accepted before, in another batch or higher up, is not accepted again."""
    numbers = [_number(one) for one in piece.found if one.verdict.accepted]
    rows = Parcel.objects.filter(consignment__in=numbers, tax_code=batch.tax_code, accepted=True)
    known = {row[0]: (row[1], row[2]) for row in rows.values_list("consignment", "batch_id", "line")}
    once = []
    for one in piece.found:
        number = _number(one)
        if one.verdict.accepted and number in known:
            one = _refused(one, batch.pk, *known[number], salt=piece.salt)
        elif one.verdict.accepted:
            known[number] = (batch.pk, one.record.line)
        once.append(one)
    return once


def _number(one: Found) -> str:
    return one.record.parcel.consignment.upper()


def _refused(one: Found, batch: int, earlier: int, line: int, *, salt: bytes) -> Found:
    same = earlier == batch
    fault = Fault(
        code=Code.TQ_EXP_003 if same else Code.TQ_EXP_002,
        path="consignment",
        line=one.record.line,
        value=one.record.parcel.consignment,
        values={"first": str(line)} if same else {"batch": name_of(earlier)},
    )
    verdict = Verdict(accepted=False, faults=(fault,))
    return Found(one.record, one.given, verdict, leaf_of(salt, one.given, verdict))


def _copy_in(batch: Batch, found: list[Found]) -> None:
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in _rows(batch, found):
            copy.write_row(row)


def _rows(batch: Batch, found: list[Found]) -> Iterator[tuple[object, ...]]:
    for place, one in enumerate(found, batch.done + 1):
        verdict = one.verdict
        vat = verdict.totals_vnd.get("vat", ZERO)
        yield (
            batch.pk,
            batch.chunks,
            place,
            one.record.line,
            _number(one)[:LONGEST],
            batch.tax_code,
            verdict.accepted,
            verdict.channel,
            verdict.value_vnd,
            verdict.due_vnd - verdict.fee_vnd - vat,
            vat,
            verdict.fee_vnd,
            encoded_given(one.given),
            encoded_faults(verdict.faults),
            one.leaf,
        )


def _count(batch: Batch, accepted: list[Verdict], judged: int) -> None:
    batch.done += judged
    batch.accepted += len(accepted)
    batch.held += sum((verdict.channel or 0) > 1 for verdict in accepted)
    batch.fee_vnd = Decimal(batch.fee_vnd) + sum((verdict.fee_vnd for verdict in accepted), ZERO)
    batch.due_vnd = Decimal(batch.due_vnd) + sum((verdict.due_vnd for verdict in accepted), ZERO)
    totals = {tax: Decimal(amount) for tax, amount in batch.totals_vnd.items()}
    for verdict in accepted:
        for tax, amount in verdict.totals_vnd.items():
            totals[tax] = totals.get(tax, ZERO) + amount
    batch.totals_vnd = {tax: str(amount) for tax, amount in totals.items()}
