"""Who looks at a declaration now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from thongquan.base.accounts.queries import names_of
from thongquan.clearance.casework.models import Presence

EXPIRES = timedelta(seconds=50)
"""Two heartbeats and a half: one may be lost."""
MOST = 12


class Watcher(msgspec.Struct, frozen=True, kw_only=True):
    """An officer who is there, and at which work."""

    name: str
    work: str


def others_at(key: int, officer: str, at: datetime) -> list[Watcher]:
    """The others who look at a declaration now; those at work first. The caller has checked who may ask."""
    rows = Presence.objects.filter(key=key, seen_at__gt=at - EXPIRES).exclude(officer=officer)
    found = list(rows.order_by("officer")[:MOST])
    names = names_of(row.officer for row in found)
    return _by_work(Watcher(name=names.get(row.officer, row.officer), work=row.work) for row in found)


def _by_work(found: Iterable[Watcher]) -> list[Watcher]:
    return sorted(found, key=lambda one: (not one.work, one.name))
