"""Signals: every night, office by office, what differs beyond chance; corrected for how much was looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.ledger.operations import record
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.integrity.models import DoneAct, Signal
from thongquan.clearance.integrity.operations.copying import CHECKS, LOWERING
from thongquan.clearance.revenue.queries.law import number_of_law
from thongquan.rules.integrity import ENOUGH, FAR, MOST_FALSE, Counted, corrected, distance, tail

MOST_EXAMPLES = 20
AGREES = "agrees"


class Compared(NamedTuple):
    """Somebody's counts beside everybody's, and declarations that show it."""

    officer: str
    lodger: str
    counted: Counted
    examples: list[int]


def reckon_signals(*, actor: Actor, on: date, at: datetime) -> int:
    """Make the signals of a day out of the window before it; gives how many there are. For the program alone."""
    if not is_program(actor):
        raise NotAllowed("integrity.reckon")
    end = timezone.make_aware(datetime.combine(on, time.min))
    since = end - timedelta(days=number_of_law("integrity_days", on))
    acts: dict[str, list[DoneAct]] = defaultdict(list)
    for act in DoneAct.objects.filter(at__gte=since, at__lt=end).order_by("declaration", "place"):
        acts[act.office].append(act)
    rows = [row for office, of_office in sorted(acts.items()) for row in _signals(office, of_office, on, since.date())]
    with transaction.atomic():
        Signal.objects.filter(on=on).delete()
        Signal.objects.bulk_create(rows)
        details = {"on": on.isoformat(), "offices": len(acts), "signals": len(rows)}
        record(action="integrity.reckoned", subject="integrity:all", actor=actor.reference, at=at, details=details)
    return len(rows)


def _signals(office: str, acts: list[DoneAct], on: date, since: date) -> Iterator[Signal]:
    kinds = {
        "overrides": _overrides(acts),
        "reassigned": _reassigned(acts),
        "timing": _timing(acts),
        "pair": _pairs(acts),
        "pair_clean": _clean(acts),
    }
    for kind, compared in kinds.items():
        known = [one for one in compared if one.counted.of >= ENOUGH]
        chances = [tail(one.counted) for one in known]
        for one, chance, after in zip(known, chances, corrected(chances), strict=True):
            if after <= MOST_FALSE:
                yield Signal(
                    kind=kind,
                    office=office,
                    officer=one.officer,
                    lodger=one.lodger,
                    on=on,
                    since=since,
                    part=one.counted.part,
                    of=one.counted.of,
                    part_all=one.counted.part_all,
                    of_all=one.counted.of_all,
                    chance=chance,
                    corrected=after,
                    looked_at=len(known),
                    examples=one.examples[-MOST_EXAMPLES:],
                )


def _overrides(acts: Iterable[DoneAct]) -> list[Compared]:
    """Declarations whose channel the officer proposed to lower or lowered, of those handled."""
    return _shares((act.officer, act.declaration, act.step in LOWERING) for act in acts if act.step != Step.ASSIGN)


def _reassigned(acts: Iterable[DoneAct]) -> list[Compared]:
    """Declarations that were given to the officer by somebody else, of those that came to the officer."""
    came = (act for act in acts if act.step in (Step.TAKE, Step.ASSIGN))
    return _shares((act.officer, act.declaration, act.step == Step.ASSIGN) for act in came)


def _timing(acts: Iterable[DoneAct]) -> list[Compared]:
    """Checks ended far faster than those of the same kind at the same hour of the office."""
    peers: dict[tuple[str, int], list[DoneAct]] = defaultdict(list)
    for act in acts:
        if act.step in CHECKS:
            peers[act.step, act.hour].append(act)
    found = []
    for of_hour in peers.values():
        minutes = [act.minutes for act in of_hour]
        far = {one: distance(one, minutes) for one in set(minutes)}
        found += [
            (act.officer, act.declaration, how_far <= -FAR)
            for act in of_hour
            if (how_far := far[act.minutes]) is not None
        ]
    return _shares(found)


def _pairs(acts: Iterable[DoneAct]) -> list[Compared]:
    """How many of a lodger's declarations an officer checked, beside how many of all: are they drawn together?"""
    handled = {(act.officer, act.declaration): act.lodger for act in acts if act.step in CHECKS}
    of_officer = Counter(officer for officer, _declaration in handled)
    of_lodger = Counter(handled.values())
    together: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (officer, declaration), lodger in handled.items():
        if lodger:
            together[officer, lodger].append(declaration)
    return [
        Compared(
            officer,
            lodger,
            Counted(part=len(both), of=of_lodger[lodger], part_all=of_officer[officer], of_all=len(handled)),
            both,
        )
        for (officer, lodger), both in together.items()
    ]


def _clean(acts: Iterable[DoneAct]) -> list[Compared]:
    """Checks of a lodger's declarations by an officer that found nothing, beside all checks of that lodger."""
    of_lodger: dict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    for act in acts:
        if act.step in CHECKS and act.outcome and act.lodger:
            of_lodger[act.lodger].append((act.officer, act.declaration, act.outcome == AGREES))
    return [one._replace(lodger=lodger) for lodger, checks in sorted(of_lodger.items()) for one in _shares(checks)]


def _shares(cases: Iterable[tuple[str, int, bool]]) -> list[Compared]:
    """By officer: how many of the cases are so, beside all; a declaration counts once for an officer."""
    merged: dict[tuple[str, int], bool] = {}
    for officer, declaration, is_so in cases:
        merged[officer, declaration] = merged.get((officer, declaration), False) or is_so
    part_all = sum(merged.values())
    mine: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for (officer, declaration), is_so in merged.items():
        mine[officer].append((declaration, is_so))
    return [
        Compared(
            officer,
            "",
            Counted(part=sum(so for _d, so in own), of=len(own), part_all=part_all, of_all=len(merged)),
            [declaration for declaration, so in own if so],
        )
        for officer, own in sorted(mine.items())
    ]
