"""Declarations of a practice world, lodged through the real operations, with the truth kept beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.academy.filing import document_of, is_filed
from thongquan.academy.models import Specimen
from thongquan.academy.operations.specimens import Kept, keep_truths
from thongquan.academy.permissions import check_practice_realm
from thongquan.academy.worlds import Filing, World
from thongquan.base.accounts.operations import ensure_organization
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.operations.together import written_together
from thongquan.clearance.tariff.operations import ensure_practice_rates
from thongquan.clearance.tariff.queries import current_law
from thongquan.practice.places import GATES

SOURCE = "practice"
"""Marks such declarations everywhere a source is shown."""
WEEK = 7
BATCH = 500
"""Declarations of one transaction: what a break costs, and what is held in memory beside a day of the world."""

Progress = Callable[[int, int], None]


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What was loaded: days as they are dated here, declarations with their lines, those of another kind or already
    there, refusals.
    """

    days: tuple[date, ...]
    lodged: int
    lines: int
    left_out: int
    known: int
    refused: dict[str, int]


class Loading:
    """One run over a world: where it goes in time, how it writes, and what it has done so far."""

    def __init__(self, world: World, *, moved: timedelta, at: datetime, together: bool) -> None:
        self.seed, self.world = world.about.seed, world
        self.moved, self.at, self.together = moved, at, together
        self.counts: Counter[str] = Counter()
        self.admitted: set[tuple[str, str]] = set()

    def day(self, day: date, most: int) -> None:
        """Lodge what is left of a day, at most so many unless that is zero; each batch is a transaction of its own."""
        ensure_practice_rates(on=day + self.moved, at=self.at)
        filings = [one for one in self._unknown(day) if self._is_ours(one)]
        filings = filings[:most] if most else filings
        for start in range(0, len(filings), BATCH):
            self.batch(filings[start : start + BATCH])

    def batch(self, filings: Sequence[Filing]) -> None:
        """Lodge them in one transaction. Goods that were declared before make it go the slow way, which tells them."""
        if self.together:
            try:
                self.counts += self._lodged(filings, written_together())
            except IntegrityError:
                pass
            else:
                return
        self.counts += self._lodged(filings, nullcontext())

    def _lodged(self, filings: Sequence[Filing], writing: AbstractContextManager[None]) -> Counter[str]:
        counts: Counter[str] = Counter()
        kept: list[Kept] = []
        with transaction.atomic():
            for filing in filings:
                self._admit(filing)
            with writing:
                for filing in filings:
                    try:
                        kept.append(self._lodge(filing))
                    except Refused as refused:
                        counts[str(refused.faults[0].code)] += 1
            keep_truths(kept, seed=self.seed, moved=self.moved, at=self.at)
        counts["lodged"], counts["lines"] = len(kept), sum(len(one.filing.lines) for one in kept)
        return counts

    def _lodge(self, filing: Filing) -> Kept:
        """Lodge one at its moment. Raises `Refused`."""
        head = filing.head
        moment = head.registered_at + self.moved
        actor = system_actor(SOURCE, enterprises=[head.trader_code])
        document = document_of(filing, current_law(), on=timezone.localdate(moment), moved=self.moved)
        lodged = lodge_declaration(actor=actor, document=document, at=moment, source=SOURCE)
        return Kept(filing, lodged.number, document.office or GATES[head.gate].office)

    def _unknown(self, day: date) -> Iterator[Filing]:
        """Those of the day that are not here yet."""
        filings = list(self.world.filings(day))
        keys = [filing.head.declaration_key for filing in filings]
        found = Specimen.objects.filter(seed=self.seed, world_key__in=keys).values_list("world_key", flat=True)
        known = set(found)
        self.counts["known"] += len(known)
        return (filing for filing in filings if filing.head.declaration_key not in known)

    def _is_ours(self, filing: Filing) -> bool:
        ours = is_filed(filing)
        self.counts["left out"] += not ours
        return ours

    def _admit(self, filing: Filing) -> None:
        """Make the enterprise and its agent, when they are not there."""
        head = filing.head
        for kind, code, name in (
            ("enterprise", head.trader_code, head.trader_name),
            ("broker", head.broker_code, head.broker_name or ""),
        ):
            if code and (kind, code) not in self.admitted:
                ensure_organization(actor=system_actor(SOURCE), kind=kind, code=code, name=name, at=self.at)
                self.admitted.add((kind, code))

    def told(self, days: Sequence[date]) -> Loaded:
        """What it did."""
        return Loaded(
            days=tuple(day + self.moved for day in days),
            lodged=self.counts["lodged"],
            lines=self.counts["lines"],
            left_out=self.counts["left out"],
            known=self.counts["known"],
            refused={code: count for code, count in self.counts.items() if code.startswith("TQ-")},
        )


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
    loading = Loading(world, moved=_moved(chosen, at), at=at, together=together)
    for place, day in enumerate(chosen, 1):
        loading.day(day, most - loading.counts["lodged"] if most else 0)
        progress(place, len(chosen))
        if most and loading.counts["lodged"] >= most:
            break
    return loading.told(chosen)


def _moved(days: list[date], at: datetime) -> timedelta:
    """Whole weeks, so that a Monday stays one, and nothing lies in the future."""
    if not days:
        return timedelta()
    yesterday = timezone.localdate(at) - timedelta(days=1)
    return timedelta(days=(yesterday - days[-1]).days // WEEK * WEEK)
