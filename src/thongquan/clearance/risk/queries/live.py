"""The live profiles in process memory, and which of them a declaration meets.

On the path of lodging: the database is asked for a newer set at most once a second; with none live, nothing is done.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from django.utils import timezone

from thongquan.clearance.risk.expressions import Compiled, compiled, evaluated, given
from thongquan.clearance.risk.models import ListedGoods, LiveSet, Profile
from thongquan.clearance.risk.queries.proofs import PROOF_FACTS, Verdicts, verdicts
from thongquan.clearance.risk.states import LIVE
from thongquan.rules.document import Document
from thongquan.rules.facts import ProfileHit, Standing
from thongquan.rules.law import LawOfDay
from thongquan.rules.origin.presented import Presented

FRESH_SECONDS = 1.0
Listings = Mapping[str, Mapping[str, tuple[tuple[date, bool], ...]]]
"""By list and code: from which day it stands on the list, or no longer does, oldest first."""


class LiveProfile(msgspec.Struct, frozen=True, kw_only=True):
    """A profile as it is live: its hit, when it holds, and the lists one of which must name a line too."""

    hit: ProfileHit
    expression: str
    valid_from: date
    valid_to: date
    paused_on: date | None = None
    lists: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether it chooses on this day."""
        return self.valid_from <= day <= self.valid_to and self.paused_on != day


class LiveProfiles(msgspec.Struct, frozen=True):
    """What is live at a version of the set."""

    version: int
    profiles: tuple[LiveProfile, ...]
    programs: Compiled | None
    listings: Listings
    verdicts: Verdicts = Verdicts()

    def hits(self, document: Document, facts: Mapping[str, Any], day: date) -> tuple[ProfileHit, ...]:
        """The profiles that these facts meet, in their order."""
        if self.programs is None:
            return ()
        met = evaluated(self.programs, facts)
        return tuple(
            one.hit
            for one, is_met in zip(self.profiles, met, strict=True)
            if is_met and one.holds_on(day) and (not one.lists or is_listed(document, one.lists, self.listings, day))
        )


_lock = threading.Lock()
_held: LiveProfiles | None = None
_checked = 0.0


def live_profiles() -> LiveProfiles:
    """The set that is live; the database is asked for a newer one at most once a second."""
    global _held, _checked
    moment, held = time.monotonic(), _held
    if held is not None and moment - _checked < FRESH_SECONDS:
        return held
    with _lock:
        version = LiveSet.objects.values_list("version", flat=True).first() or 0
        if _held is None or _held.version != version:
            _held = _read(version)
        _checked = moment
        return _held


def forget_live() -> None:
    """Drop the held set: a change in this process shows at once."""
    global _held, _checked
    with _lock:
        _held, _checked = None, 0.0


def live_hits(
    document: Document,
    standing: Standing,
    law: LawOfDay,
    at: datetime,
    certificates: tuple[Presented, ...] = (),
) -> tuple[ProfileHit, ...]:
    """The live profiles that a declaration meets at a moment; () at no cost when none is live.

    `certificates` are those that its lines name.
    """
    live = live_profiles()
    if live.programs is None:
        return ()
    zone = timezone.get_default_timezone()
    facts = given(document, standing, law, at, zone, live.verdicts.facts(certificates, at))
    return live.hits(document, facts, at.astimezone(zone).date())


def is_listed(document: Document, lists: Iterable[str], listings: Listings, day: date) -> bool:
    """Whether a line stands on one of these lists of risk goods on a day, by its eight digits or more."""
    return any(_stands(listings.get(name, {}).get(line.hs or "", ()), day) for name in lists for line in document.lines)


def _stands(turns: tuple[tuple[date, bool], ...], day: date) -> bool:
    held = [listed for since, listed in turns if since <= day]
    return bool(held) and held[-1]


def _read(version: int) -> LiveProfiles:
    rows = list(Profile.objects.filter(state__in=LIVE).order_by("-priority", "pk")) if version else []
    profiles = tuple(as_live(row) for row in rows)
    programs = compiled([one.expression for one in profiles]) if profiles else None
    known = verdicts() if programs and not set(PROOF_FACTS).isdisjoint(programs.names) else Verdicts()
    named = listings() if any(one.lists for one in profiles) else {}
    return LiveProfiles(version, profiles, programs, named, known)


def as_live(row: Profile) -> LiveProfile:
    """A profile as it would be live."""
    return LiveProfile(
        hit=ProfileHit(
            profile=row.pk,
            revision=row.revision,
            name=row.name,
            channel=row.channel,
            source=row.basis,
            look_at=row.look_at,
        ),
        expression=row.expression,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        paused_on=row.paused_on,
        lists=tuple(row.lists),
    )


def listings() -> Listings:
    """All listings of risk goods, by list and code."""
    found: dict[str, dict[str, list[tuple[date, bool]]]] = defaultdict(lambda: defaultdict(list))
    for row in ListedGoods.objects.order_by("valid_from"):
        found[row.risk_list][row.hs].append((row.valid_from, row.listed))
    return {name: {hs: tuple(turns) for hs, turns in goods.items()} for name, goods in found.items()}
