"""Reading what waits: each file once, in the sandbox, outside of any transaction; what was found is kept in one."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from thongquan.base.attachments import storage
from thongquan.base.attachments.models import File
from thongquan.base.attachments.operations.filing import tell
from thongquan.base.attachments.reading import Found, Reading, read_content
from thongquan.base.attachments.states import MAX_TRIES, MOVES, State
from thongquan.base.core.errors import Conflict
from thongquan.rules.codes import Code

log = logging.getLogger(__name__)
SYSTEM = "system:reader"
GIVEN_UP_AFTER = timedelta(minutes=5)
"""A reader that said nothing for so long has died with its worker; the file is taken up again."""


def read_next(*, at: datetime) -> bool:
    """Read the file that waits longest; False when none waits. A worker may die at any point: nothing is lost."""
    row = _take(at)
    if row is None:
        return False
    if row.tries > MAX_TRIES:
        keep_reading(file_id=row.pk, reading=Reading(found=Found(fault=Code.TQ_ATT_014)), at=at)
        return True
    try:
        content = storage.content_at(row.key, row.sha256)
    except Conflict:
        keep_reading(file_id=row.pk, reading=Reading(found=Found(fault=Code.TQ_ATT_016)), at=at)
        return True
    except Exception:
        log.exception("the storage does not answer; file %d is read later", row.pk)
        File.objects.filter(pk=row.pk).update(tries=F("tries") - 1)
        return False
    keep_reading(file_id=row.pk, reading=read_content(content, row.content_type), at=at)
    return True


def _take(at: datetime) -> File | None:
    """The next file for this reader alone; owners take turns, so that nobody's thousand files keep others waiting."""
    free = Q(taken_at=None) | Q(taken_at__lt=at - GIVEN_UP_AFTER)
    served = File.objects.filter(owner=OuterRef("owner"), taken_at__isnull=False).order_by("-taken_at")
    with transaction.atomic():
        waiting = File.objects.select_for_update(skip_locked=True).filter(free, state=State.WAITING)
        turns = waiting.annotate(served_at=Subquery(served.values("taken_at")[:1]))
        row = turns.order_by(F("served_at").asc(nulls_first=True), "id").first()
        if row is not None:
            row.taken_at, row.tries = at, row.tries + 1
            row.save(update_fields=["taken_at", "tries"])
        return row


def keep_reading(*, file_id: int, reading: Reading, at: datetime) -> None:
    """Keep what was found, once: a file that was read already stays as it is."""
    found, goal = reading.found, State.UNREADABLE if reading.found.fault else State.READ
    with transaction.atomic():
        row = File.objects.select_for_update().get(pk=file_id)
        if goal not in MOVES.get(State(row.state), frozenset()):
            return
        if reading.thumb and reading.view:
            storage.keep_pictures(row.key, reading.thumb, reading.view)
            row.has_pictures = True
        row.state, row.fault, row.read_at = goal, found.fault, at
        row.pages, row.width, row.height = found.pages, found.width, found.height
        row.sheets, row.is_active, row.text = found.sheets, found.is_active, found.text
        row.save()
        tell(f"file.{goal}", f"file:{row.pk}", SYSTEM, at, row, **({"fault": found.fault} if found.fault else {}))
