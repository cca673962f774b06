"""Receiving what was typed of an act without network: each entry once, in its order, conflicts told and not written.

Legal basis: Customs Law 54/2014/QH13 Art. 33-34 (the act); that it may be typed without network is a measure of this
system. Signing is never done this way: it needs the act as the server holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.attachments.operations import file_papers
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.models import Inspection, KeptEntry
from thongquan.clearance.control.operations import acts
from thongquan.clearance.control.operations.common import locked_stand, plain_words
from thongquan.clearance.control.queries.inspections import (
    Measured,
    act_from,
    mark_of_line,
    mark_of_place,
    photos_of,
)
from thongquan.clearance.declarations.queries import Stand
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

PLACE, LINE, FINDING, PHOTO = "place", "line", "finding", "photo"
PHOTO_KIND = "PHO"
MOST_ENTRIES, LONGEST_KEY = 100, 64


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing typed: `said` holds the fields of its kind; see `schemas.KeptEntryBody`."""

    key: str
    kind: str
    said: dict[str, Any]
    version: int
    typed_at: datetime
    seen: str = ""


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an entry: `seen` marks what the act says there now; `theirs` and `by` tell a conflict."""

    key: str
    seen: str = ""
    faults: tuple[Fault, ...] = ()
    theirs: dict[str, Any] | None = None
    by: str = ""

    @property
    def state(self) -> str:
        """`sent`, `conflict` (both sides are told, nothing is written) or `refused`."""
        if not self.faults:
            return "sent"
        return "conflict" if self.theirs is not None else "refused"


def receive_entries(*, actor: Actor, number: str, act: int, entries: Sequence[Entry], at: datetime) -> list[Received]:
    """Write what a device kept, entry by entry: one that cannot be written keeps none of the others back.

    Raises `NotFound`, `NotAllowed`. What an entry is refused for is told of it: TQ-CTL-002, -004, -005, -006 (amended
    meanwhile), -009, -014, -020 (the act says something else there), -021 (another inspection).
    """
    return [receive_entry(actor=actor, number=number, act=act, entry=one, at=at) for one in entries[:MOST_ENTRIES]]


def receive_entry(*, actor: Actor, number: str, act: int, entry: Entry, at: datetime) -> Received:
    """Write one entry once: the same key again gives the same answer. Raises as `receive_entries`."""
    try:
        with transaction.atomic():
            before = _received(actor, number, entry.key)
            if before is not None:
                return before
            stand, inspection = _act(actor, number, act)
            if (differs := _conflict(stand, inspection, entry)) is not None:
                return differs
            _write(actor, number, entry, at)
            return _keep(actor, inspection, entry, at)
    except Refused as refused:
        return Received(key=entry.key, faults=tuple(refused.faults))


def receive_photo(
    *, actor: Actor, number: str, act: int, key: str, name: str, content: bytes, typed_at: datetime, at: datetime
) -> Received:
    """Put a picture that a device kept on the act, once. Raises `NotFound`, `NotAllowed`; faults as of files."""
    entry = Entry(key=key, kind=PHOTO, said={}, version=0, typed_at=typed_at)
    try:
        with transaction.atomic():
            before = _received(actor, number, key)
            if before is not None:
                return before
            _stand, inspection = _act(actor, number, act)
            subject = photos_of(inspection.id)
            file_papers(actor=actor, subject=subject, papers=[(name, content)], kind=PHOTO_KIND, at=at)
            return _keep(actor, inspection, entry, at)
    except Refused as refused:
        return Received(key=key, faults=tuple(refused.faults))


def _received(actor: Actor, number: str, key: str) -> Received | None:
    """What was answered to this key before; the declaration is locked, so that the same key never races itself."""
    stand = locked_stand(actor=actor, number=number, permission=acts.CHECK)
    rows = KeptEntry.objects.filter(officer=actor.reference, key=key, inspection__declaration_id=stand.key)
    row = rows.first()
    return Received(key=key, seen=row.told.get("seen", "")) if row else None


def _act(actor: Actor, number: str, act: int) -> tuple[Stand, Inspection]:
    """The open act of one's own that the entry belongs to."""
    stand, inspection = acts.open_act(actor=actor, number=number)
    if inspection.id != act:
        raise Refused([Fault(code=Code.TQ_CTL_021, value=stand.number)])
    return stand, inspection


def _conflict(stand: Stand, inspection: Inspection, entry: Entry) -> Received | None:
    """What the officer did not know when typing: an amendment, or another value at the same place."""
    seen, theirs, by = _said_now(inspection, entry)
    if entry.version != stand.version:
        fault = Fault(code=Code.TQ_CTL_006, value=stand.number)
        return Received(key=entry.key, seen=seen, faults=(fault,), theirs=theirs, by=by)
    if entry.kind == FINDING or entry.seen == seen or theirs == _plain(entry):
        return None
    return Received(key=entry.key, seen=seen, faults=(Fault(code=Code.TQ_CTL_020),), theirs=theirs, by=by)


def _said_now(inspection: Inspection, entry: Entry) -> tuple[str, dict[str, Any], str]:
    """The mark of what the act says at the place of an entry, its words, and who saved it last."""
    if entry.kind == PLACE:
        said = {"place": inspection.place, "note": inspection.note}
        return mark_of_place(**said), said, ""
    if entry.kind == LINE:
        row = inspection.lines.filter(line=int(entry.said.get("line") or 0)).first()
        if row is not None:
            measured = act_from(inspection).measured(row.line)
            told: dict[str, Any] = msgspec.to_builtins(measured)
            return mark_of_line(measured), told, names_of({row.saved_by}).get(row.saved_by, "")
    return "", {}, ""


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as the act would tell it."""
    if entry.kind != LINE:
        return {name: plain_words(value) for name, value in entry.said.items()}
    told: dict[str, Any] = msgspec.to_builtins(Measured(**entry.said))
    return told


def _write(actor: Actor, number: str, entry: Entry, at: datetime) -> None:
    if entry.kind == PLACE:
        acts.save_place(actor=actor, number=number, at=at, **entry.said)
    elif entry.kind == LINE:
        acts.save_line(actor=actor, number=number, measured=Measured(**entry.said), at=at)
    else:
        acts.note_finding(actor=actor, number=number, at=at, **entry.said)


def _keep(actor: Actor, inspection: Inspection, entry: Entry, at: datetime) -> Received:
    """Remember that it was received, with what the act says there now."""
    inspection.refresh_from_db()
    seen, _theirs, _by = _said_now(inspection, entry)
    KeptEntry.objects.create(
        inspection=inspection,
        officer=actor.reference,
        key=entry.key,
        kind=entry.kind,
        typed_at=entry.typed_at,
        received_at=at,
        told={"seen": seen},
    )
    return Received(key=entry.key, seen=seen)
