"""The specimen book: signatures and stamps entered from what issuers notified, and withdrawn when they err.

Legal basis: Circular 33/2023/TT-BTC Art. 15 (signature and stamp compared with the specimens notified).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments.reading import read_content
from thongquan.base.attachments.types import PICTURES, type_of
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.ledger.operations import record
from thongquan.clearance.origin.models import Specimen
from thongquan.clearance.origin.operations.steps import needed_words
from thongquan.clearance.origin.permissions import offices_for
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import normalise


def enter_specimen(
    *,
    actor: Actor,
    country: str,
    issuer: str,
    kind: str,
    holder: str,
    valid_from: date,
    valid_to: date | None,
    source: str,
    name: str,
    content: bytes,
    at: datetime,
) -> int:
    """Put a specimen into the book; the picture is kept without place and device. Gives its number.

    Raises `NotAllowed`; `Refused`: TQ-ORI-080 (period), -081 (no picture), and what the reader says of the file.
    """
    _check_may_keep(actor)
    faults = [Fault(code=Code.TQ_ORI_080, path="valid_to")] if valid_to is not None and valid_to <= valid_from else []
    content_type, unknown = type_of(content, name)
    if unknown or content_type not in PICTURES:
        faults.append(Fault(code=Code.TQ_ORI_081, path="picture"))
    picture = b""
    if not faults:
        reading = read_content(content, content_type)
        picture = reading.view
        faults = [Fault(code=reading.found.fault, path="picture")] if reading.found.fault else []
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = Specimen.objects.create(
            country=country.upper(),
            issuer=normalise(issuer),
            kind=kind,
            holder=normalise(holder),
            picture=picture,
            valid_from=valid_from,
            valid_to=valid_to,
            source=normalise(source),
            entered_at=at,
            entered_by=actor.reference,
        )
        _told("origin.specimen_entered", row, actor, at)
        return row.pk


def withdraw_specimen(*, actor: Actor, specimen: int, words: str, at: datetime) -> None:
    """Withdraw a specimen: it stays in the book and is shown beside no paper. Raises `NotFound`, TQ-ORI-082, -055."""
    _check_may_keep(actor)
    with transaction.atomic():
        row = Specimen.objects.select_for_update().filter(id=specimen).first() if 0 < specimen < 2**63 else None
        if row is None:
            raise NotFound(str(specimen))
        if row.withdrawn_at is not None:
            raise Refused([Fault(code=Code.TQ_ORI_082, path="state")])
        row.words = needed_words(words)
        row.withdrawn_at, row.withdrawn_by = at, actor.reference
        row.save(update_fields=["words", "withdrawn_at", "withdrawn_by"])
        _told("origin.specimen_withdrawn", row, actor, at)


def _check_may_keep(actor: Actor) -> None:
    """The book is one for all offices; whoever works on certificates of any keeps it."""
    if not offices_for(actor, "origin.work"):
        raise NotAllowed("origin.work")


def _told(action: str, row: Specimen, actor: Actor, at: datetime) -> None:
    details = {"country": row.country, "kind": row.kind, "valid_from": row.valid_from.isoformat()}
    record(action=action, subject=f"specimen:{row.pk}", actor=actor.reference, at=at, details=details)
