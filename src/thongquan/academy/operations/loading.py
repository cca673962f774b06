"""Declarations of a practice world, lodged through the real operations, with the truth kept beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.academy.filing import document_of, is_filed
from thongquan.academy.models import Specimen, Truth
from thongquan.academy.permissions import check_practice_realm
from thongquan.academy.worlds import Filing, World
from thongquan.base.accounts.operations import ensure_organization
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.tariff.operations import ensure_practice_rates
from thongquan.clearance.tariff.queries import current_law
from thongquan.practice.places import GATES

SOURCE = "practice"
"""Marks such declarations everywhere a source is shown."""
WEEK = 7

Progress = Callable[[int, int], None]


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What was loaded: days as they are dated here, declarations, those of another kind or already there, refusals."""

    days: tuple[date, ...]
    lodged: int
    left_out: int
    known: int
    refused: dict[str, int]


def load_days(*, world: World, days: int, at: datetime, most: int = 0, progress: Progress) -> Loaded:
    """Lodge the last `days` days of a world, moved by whole weeks to end within the week before `at`.

    A declaration that is already there is not lodged again; one that our law refuses is counted by the code of its
    first fault and left out. `most` bounds the declarations, 0 does not; `progress` hears days done and days in all.
    Raises NotAllowed outside a practice realm: dates in the past are for invented trade only.
    """
    check_practice_realm()
    chosen = world.days()[-days:] if days > 0 else []
    moved = _moved(chosen, at)
    counts: Counter[str] = Counter()
    for place, day in enumerate(chosen, 1):
        ensure_practice_rates(on=day + moved, at=at)
        with transaction.atomic():
            counts += _load_day(world, day, moved, at, most - counts["lodged"] if most else 0)
        progress(place, len(chosen))
        if most and counts["lodged"] >= most:
            break
    return Loaded(
        days=tuple(day + moved for day in chosen),
        lodged=counts["lodged"],
        left_out=counts["left out"],
        known=counts["known"],
        refused={code: count for code, count in counts.items() if code.startswith("TQ-")},
    )


def _moved(days: list[date], at: datetime) -> timedelta:
    """Whole weeks, so that a Monday stays one, and nothing lies in the future."""
    if not days:
        return timedelta()
    yesterday = timezone.localdate(at) - timedelta(days=1)
    return timedelta(days=(yesterday - days[-1]).days // WEEK * WEEK)


def _load_day(world: World, day: date, moved: timedelta, at: datetime, most: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for filing in _unknown(world, day, counts):
        if most and counts["lodged"] >= most:
            break
        if not is_filed(filing):
            counts["left out"] += 1
            continue
        try:
            _lodge(world.about.seed, filing, moved, at)
            counts["lodged"] += 1
        except Refused as refused:
            counts[str(refused.faults[0].code)] += 1
    return counts


def _unknown(world: World, day: date, counts: Counter[str]) -> Iterator[Filing]:
    """Those of the day that are not here yet."""
    filings = list(world.filings(day))
    keys = [filing.head.declaration_key for filing in filings]
    known = set(Specimen.objects.filter(seed=world.about.seed, world_key__in=keys).values_list("world_key", flat=True))
    counts["known"] += len(known)
    return (filing for filing in filings if filing.head.declaration_key not in known)


def _lodge(seed: int, filing: Filing, moved: timedelta, at: datetime) -> None:
    """Lodge one at its moment, and keep its truth. Raises `Refused`."""
    head = filing.head
    moment = head.registered_at + moved
    _admit(filing, at)
    actor = system_actor(SOURCE, enterprises=[head.trader_code])
    document = document_of(filing, current_law(), on=timezone.localdate(moment), moved=moved)
    with transaction.atomic():
        lodged = lodge_declaration(actor=actor, document=document, at=moment, source=SOURCE)
        specimen = Specimen.objects.create(
            number=lodged.number,
            office=document.office or GATES[head.gate].office,
            seed=seed,
            world_key=head.declaration_key,
            moved_days=moved.days,
            is_fraud=any(one.fraud for one in filing.truths),
            is_clean=not any(one.fraud or one.error for one in filing.truths),
            evaded_vnd=sum(one.evaded_vnd for one in filing.truths),
            loaded_at=at,
        )
        Truth.objects.bulk_create(_truths(specimen, filing))


def _admit(filing: Filing, at: datetime) -> None:
    """Make the enterprise and its agent, when they are not there."""
    head, actor = filing.head, system_actor(SOURCE)
    ensure_organization(actor=actor, kind="enterprise", code=head.trader_code, name=head.trader_name, at=at)
    if head.broker_code:
        ensure_organization(actor=actor, kind="broker", code=head.broker_code, name=head.broker_name or "", at=at)


def _truths(specimen: Specimen, filing: Filing) -> list[Truth]:
    return [
        Truth(
            specimen=specimen,
            line=one.line_no,
            hs=one.hs,
            origin=one.origin,
            quantity=one.quantity,
            value_usd=one.value_usd,
            net_weight_kg=one.net_weight_kg,
            regime=one.regime,
            hidden_kg=one.hidden_kg,
            fraud=one.fraud,
            mechanism=one.mechanism or "",
            error=one.error or "",
            evaded_vnd=one.evaded_vnd,
        )
        for one in filing.truths
    ]
