"""What lodging needs of risk, held in the memory of the process: the past as of last night and the hour of each office.

The database is asked for newer ones at most every thirty seconds, and only while a model opens goods or informs.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from thongquan.clearance.risk.models import NightPast, OfficeHour
from thongquan.learning.risk.model import ModelError
from thongquan.learning.risk.online import State
from thongquan.learning.risk.online_files import load_state
from thongquan.rules.facts import Hour

log = logging.getLogger(__name__)
FRESH = timedelta(seconds=30)


class HeldPast(NamedTuple):
    """A night's past, ready to look up."""

    version: str
    state: State


class HeldHour(NamedTuple):
    """An hour of an office: its fact, the weight of duty in ranks, and traders of whom no more is opened today."""

    fact: Hour
    trade_off: float
    capped: frozenset[str]


class Held(NamedTuple):
    """What stands in memory. `past` is None when there is none or it is not what was written."""

    past: HeldPast | None
    hours: dict[tuple[str, datetime], HeldHour]
    looked_at: datetime


_lock = threading.Lock()
_held: Held | None = None
_refused: set[str] = set()


def folder_of_past(version: str) -> Path:
    """Where the files of a night's past lie."""
    return Path(settings.DATA_DIR) / "risk" / "past" / version


def held(at: datetime) -> Held:
    """What stands in memory at a moment; looked up anew when that is older than thirty seconds."""
    global _held
    known = _held
    if known is not None and abs(at - known.looked_at) < FRESH:
        return known
    with _lock:
        if _held is None or abs(at - _held.looked_at) >= FRESH:
            _held = Held(_past(_held.past if _held else None), _hours(at), at)
        return _held


def forget_held() -> None:
    """Drop what is held: a change in this process shows at once."""
    global _held
    with _lock:
        _held = None
        _refused.clear()


def hour_of(known: Held, office: str, at: datetime) -> HeldHour | None:
    """The hour of an office at a moment; None when none was reckoned."""
    return known.hours.get((office, at.replace(minute=0, second=0, microsecond=0)))


def _past(before: HeldPast | None) -> HeldPast | None:
    """The newest past whose files are whole."""
    for version in NightPast.objects.order_by("-at").values_list("version", flat=True)[:3]:
        if before is not None and before.version == version:
            return before
        if version in _refused:
            continue
        try:
            state, told = load_state(folder_of_past(version))
            if told == version:
                return HeldPast(version, state)
        except ModelError:
            log.exception("the past of risk %s cannot be read", version)
        _refused.add(version)
    return None


def _hours(at: datetime) -> dict[tuple[str, datetime], HeldHour]:
    """Hours that are now or soon."""
    rows = OfficeHour.objects.filter(begins_at__gt=at - timedelta(hours=1), begins_at__lte=at + timedelta(hours=1))
    return {(row.office, row.begins_at): _as_held(row) for row in rows}


def _as_held(row: OfficeHour) -> HeldHour:
    key = f"{row.office}/{row.begins_at:%Y-%m-%dT%HZ}"
    fact = Hour(key=key, share=Decimal(row.share).normalize(), threshold=row.threshold)
    return HeldHour(fact, float(row.trade_off), frozenset(row.capped))
