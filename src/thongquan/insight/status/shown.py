"""What the pages and the API show, put together from the queries and held for ten seconds per process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.lanes import LaneNow
from thongquan.clearance.express.queries import lanes_now
from thongquan.insight.status.queries import (
    Component,
    Hour,
    Incident,
    Period,
    Times,
    components_now,
    hours_until,
    incidents_in,
    period_of,
    times_until,
    word_of,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HELD_SECONDS = 10
DAY = 24
SHOWN_DAYS, TIMED_HOURS, KEPT_DAYS = 7, 24, 90
WORDS: dict[str, Promise] = {
    "up": _("available"),
    "impaired": _("impaired"),
    "down": _("down"),
    "unknown": _("not measured"),
    "slow": _("behind"),
}
PARTS: dict[str, Promise] = {
    "web": _("Web pages and programs' door"),
    "database": _("Database"),
    "worker": _("Background work"),
    "ledger": _("Sealing of the ledger"),
}
LANES: dict[str, Promise] = {
    "ordinary": _("Ordinary lane"),
    "perishable": _("Lane of perishable goods"),
    "express": _("Express lane"),
}


class Measured(NamedTuple):
    """Everything the status page tells, of one moment."""

    at: datetime
    components: list[Component]
    lanes: list[LaneNow]
    hours: list[Hour]
    periods: dict[str, Period]
    incidents: list[Incident]
    times: list[Times]
    groups: list[Times]


class Cell(NamedTuple):
    """One hour in the strip."""

    hour: Hour
    clock: str
    word: str
    label: Promise | str


_held: dict[tuple[str, int], Measured] = {}


def lane_state(lane: LaneNow) -> str:
    """`slow` when as much waits as may, so that more is told to come again; else `up`."""
    return "slow" if lane.quota_waiting and lane.waiting >= lane.quota_waiting else "up"


def measured(at: datetime) -> Measured:
    """All measurements at a moment, read at most every ten seconds."""
    key = (str(connection.settings_dict["NAME"]), int(at.timestamp()) // HELD_SECONDS)
    if key not in _held:
        found = _read(at)
        _held.clear()
        _held[key] = found
        return found
    return _held[key]


def forget() -> None:
    """Read anew next time (tests)."""
    _held.clear()


def _read(at: datetime) -> Measured:
    hours = hours_until(at, KEPT_DAYS * DAY)
    today = at.astimezone(HANOI).hour + 1
    spans = {"today": today, "days_7": 7 * DAY, "days_30": 30 * DAY, "days_90": 90 * DAY}
    times, groups = times_until(at, TIMED_HOURS)
    return Measured(
        at=at,
        components=components_now(at),
        lanes=lanes_now(at),
        hours=hours,
        periods={name: period_of(hours[-count:]) for name, count in spans.items()},
        incidents=incidents_in(hours[-30 * DAY :]),
        times=times,
        groups=groups,
    )


def days_of(hours: Sequence[Hour]) -> list[tuple[date, list[Cell | None]]]:
    """Rows of twenty-four hours in Hà Nội, newest day first; None for hours that are not there."""
    rows: dict[date, list[Cell | None]] = {}
    for hour in hours:
        local = hour.at.astimezone(HANOI)
        rows.setdefault(local.date(), [None] * DAY)[local.hour] = _cell(hour, local)
    return sorted(rows.items(), reverse=True)[:SHOWN_DAYS]


def _cell(hour: Hour, local: datetime) -> Cell:
    word = word_of(hour.availability)
    return Cell(hour, f"{local:%H:%M}", word, WORDS[word])


def hours_table(hours: Sequence[Hour]) -> Iterator[list[Any]]:
    """Rows to take away: one per measured hour; shares in percent."""
    for hour in hours:
        if hour.judged:
            shares = [_percent(one) for one in (hour.availability, hour.alive_share, hour.answered_share)]
            yield [hour.at.isoformat(), *shares, hour.requests, hour.refused, hour.failed]


def times_table(times: Sequence[Times]) -> Iterator[list[Any]]:
    """Rows to take away: one per hour and group; times in milliseconds."""
    for one in times:
        yield [one.at.isoformat() if one.at else "", one.group, one.requests, f"{one.p50_ms:.2f}", f"{one.p95_ms:.2f}"]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.4f}"
