"""Days of a practice world of any size, lodged through the real operations, with the truth kept beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec
from django.utils import timezone

from thongquan.academy.filing import Slot, is_filed
from thongquan.academy.models import Specimen
from thongquan.academy.operations.batches import Batches
from thongquan.academy.permissions import check_practice_realm
from thongquan.academy.worlds import LOCAL, Filing, World
from thongquan.clearance.tariff.operations import ensure_practice_rates

SOURCE = "practice"
"""Marks such declarations everywhere a source is shown."""
WEEK = 7

Progress = Callable[[int, int], None]


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What was loaded: days as they are dated here, declarations and lines, those of another kind or already there."""

    days: tuple[date, ...]
    lodged: int
    lines: int
    left_out: int
    known: int
    refused: dict[str, int]


def load_days(
    *, world: World, days: int, at: datetime, most: int = 0, together: bool = True, progress: Progress
) -> Loaded:
    """Lodge the last `days` days of a world, moved by whole weeks to end within the week before `at`.

    A declaration that is already there is not lodged again, so that a load that broke off goes on where it was; one
    that our law refuses is counted by the code of its first fault and left out. `most` bounds the declarations, 0 does
    not; `together` writes in batches by COPY; `progress` hears days done and days in all. Raises NotAllowed outside a
    practice realm: dates in the past are for invented trade only.
    """
    check_practice_realm()
    chosen = world.days()[-days:] if days > 0 else []
    moved = _moved(chosen, at)
    lodging = Batches(seed=world.about.seed, source=SOURCE, at=at, together=together)
    counts: Counter[str] = Counter()
    for place, (day, filings) in enumerate(_by_day(world, chosen), 1):
        ensure_practice_rates(on=day + moved, at=at)
        slots = [Slot(one, one.head.registered_at + moved, moved) for one in _to_lodge(world, filings, counts)]
        lodging.lodge(slots[: most - lodging.counts["lodged"]] if most else slots)
        progress(place, len(chosen))
        if most and lodging.counts["lodged"] >= most:
            break
    return Loaded(
        days=tuple(day + moved for day in chosen),
        lodged=lodging.counts["lodged"],
        lines=lodging.counts["lines"],
        left_out=counts["left out"],
        known=counts["known"],
        refused=lodging.refused,
    )


def _moved(days: list[date], at: datetime) -> timedelta:
    """Whole weeks, so that a Monday stays one, and nothing lies in the future."""
    if not days:
        return timedelta()
    yesterday = timezone.localdate(at) - timedelta(days=1)
    return timedelta(days=(yesterday - days[-1]).days // WEEK * WEEK)


def _by_day(world: World, chosen: Sequence[date]) -> Iterator[tuple[date, list[Filing]]]:
    """What was registered on each of these days, read a week at a time: a reading looks through whole part files."""
    read: dict[date, list[Filing]] = {}
    until = date.min
    for day in chosen:
        if day >= until:
            read, until = {}, day + timedelta(days=WEEK)
            for one in world.filings(day, days=WEEK):
                read.setdefault(one.head.registered_at.astimezone(LOCAL).date(), []).append(one)
        yield day, read.pop(day, [])


def _to_lodge(world: World, filings: Sequence[Filing], counts: Counter[str]) -> Iterator[Filing]:
    """Those that are lodged at our gates and are not here yet; counts the others."""
    keys = [filing.head.declaration_key for filing in filings]
    there = Specimen.objects.filter(seed=world.about.seed, world_key__in=keys)
    known = set(there.values_list("world_key", flat=True))
    counts["known"] += len(known)
    for filing in filings:
        if filing.head.declaration_key in known:
            continue
        if is_filed(filing):
            yield filing
        else:
            counts["left out"] += 1
