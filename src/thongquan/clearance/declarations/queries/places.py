"""Where a declaration stands in the queues: for whom it waits, until when, and before which others.

Legal basis: that of the clocks (`rules.clocks`); Customs Law 54/2014/QH13 Art. 33 (live and perishable goods are
inspected first; which goods these are is reference data).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from thongquan.clearance.declarations.models import Declaration, Line
from thongquan.clearance.declarations.queries.clocks import stories_of
from thongquan.clearance.declarations.queries.life import stand_from
from thongquan.clearance.declarations.states import State, Step
from thongquan.clearance.tariff.queries.controls import exemptions_on
from thongquan.rules.clocks import CERTAIN, CUSTOMS, DECLARANT, Clock, Side, Story, clock_that_matters, clocks_of

RED = 3
NO_CLOCK = 10**11
"""Rank of what waits without a clock: after everything that has one (seconds since 1970, of the year 5138)."""
AHEAD = 10**12
"""What takes precedence ranks so much lower."""
WITHOUT_CLOCK: dict[str, Side] = {
    State.CHANNELED: DECLARANT,
    State.INSTRUCTED: DECLARANT,
    State.SETTLED: CUSTOMS,
    State.PRESERVED: CUSTOMS,
}
"""Who acts next where no clock obliges anybody: duties are to be settled, or customs releases."""
_CHECKED = {2: Step.DOCUMENTS_CHECKED, RED: Step.GOODS_INSPECTED}
_NEW_VERSION = frozenset({Step.AMEND, Step.CONFIRM_CORRECTION})


class Place(NamedTuple):
    """What the queues keep of a declaration; `waiting_for` empty: it waits for nobody."""

    waiting_for: str
    due_at: datetime | None
    due_clock: str
    rank: int


NOWHERE = Place("", None, "", 0)


def places_of(rows: Sequence[Declaration], at: datetime) -> dict[int, Place]:
    """The place of each declaration by key. One read of events for all, one of guarantees where duties are settled."""
    by_number = {row.number: row for row in rows}
    found = {}
    for stand, story in stories_of([stand_from(row) for row in rows]):
        row = by_number[stand.number]
        found[row.id] = _place(row, story, at)
    return found


def _place(row: Declaration, story: Story, at: datetime) -> Place:
    clock = clock_that_matters(clocks_of(story), side=CUSTOMS, at=at)
    if clock is not None and not clock.obliges:
        clock = None
    if clock is not None and not _can_be_released(row, story, clock):
        return Place(clock.for_whom, clock.due_at, clock.name, _rank(row, clock))
    side = CUSTOMS if clock is not None else WITHOUT_CLOCK.get(row.state)
    return Place(side, None, "", NO_CLOCK) if side else NOWHERE


def _can_be_released(row: Declaration, story: Story, clock: Clock) -> bool:
    """Checked and settled: customs is next, though no event has told that the goods are there and their clock runs."""
    if row.state != State.SETTLED or clock.for_whom == CUSTOMS or clock.name in CERTAIN:
        return False
    kinds = [event.kind for event in story.events]
    last = max((place for place, kind in enumerate(kinds) if kind in _NEW_VERSION), default=0)
    return _CHECKED.get(row.channel) in kinds[last:]


def _rank(row: Declaration, clock: Clock) -> int:
    first = row.is_perishable and row.channel >= RED and clock.for_whom == CUSTOMS
    return int(clock.due_at.timestamp()) - (AHEAD if first else 0)


def perishable_among(keys: Iterable[int], at: datetime) -> set[int]:
    """Those whose goods in force hold live or perishable ones. One read."""
    prefixes = perishable_prefixes(timezone.localdate(at))
    lines = Line.objects.filter(declaration_id__in=list(keys), version=F("declaration__version"))
    return {key for key, hs in lines.values_list("declaration_id", "hs") if hs.startswith(prefixes)}


def perishable_prefixes(on: date) -> tuple[str, ...]:
    """Goods codes, or their beginnings, of what is inspected before others."""
    return tuple(one.key for one in exemptions_on(on) if one.first and one.by == "hs")
