"""The law in force now in this process: one snapshot, exchanged when a newer law version is seen."""

from __future__ import annotations

import threading
import time

from thongquan.clearance.tariff.models import LawVersion
from thongquan.clearance.tariff.queries.building import read_content
from thongquan.clearance.tariff.queries.snapshot import LawSnapshot

FRESH_SECONDS = 1.0
_lock = threading.Lock()
_held: LawSnapshot | None = None
_checked = 0.0


def current_law() -> LawSnapshot:
    """The snapshot of the newest law version; the database is asked for a newer one at most once a second.

    Before the first load it is empty: then no code is known and every declaration is told so.
    """
    global _held, _checked
    now = time.monotonic()
    held = _held
    if held is not None and now - _checked < FRESH_SECONDS:
        return held
    with _lock:
        number, digest = LawVersion.objects.order_by("-id").values_list("id", "digest").first() or (0, "")
        version = f"{number}.{digest[:8]}"
        if _held is None or _held.version != version:
            _held = LawSnapshot(version, read_content(number))
        _checked = now
        return _held


def law_at_version(number: int) -> LawSnapshot:
    """The law as it was known at an earlier version, read anew; corrections made later are not in it."""
    digest = LawVersion.objects.values_list("digest", flat=True).get(id=number)
    return LawSnapshot(f"{number}.{digest[:8]}", read_content(number))


def forget_law(but: LawSnapshot | None = None) -> None:
    """Drop the held snapshot: a load in this process shows at once. `but` is held instead while its version stands."""
    global _held, _checked
    with _lock:
        _held, _checked = but, 0.0
