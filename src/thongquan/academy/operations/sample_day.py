"""Bringing a practice realm to life: a day of a practice world, and the days before it with what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.academy.filing import Slot
from thongquan.academy.operations.batches import Batches
from thongquan.academy.operations.past import live_through
from thongquan.academy.permissions import check_practice_realm
from thongquan.academy.slices import CLOSES, OPENS, SEED, slots_until
from thongquan.base.accounts.operations import assess_enterprise, ensure_organization, give_mandate
from thongquan.base.accounts.operations.demo import DEMO_BROKER, DEMO_ENTERPRISE, DEMO_NAMES
from thongquan.base.accounts.queries import system_actor
from thongquan.clearance.declarations.queries import any_lodged
from thongquan.clearance.tariff.operations import ensure_practice_rates

SOURCE = "sample"
ASSESSED_BEFORE = timedelta(days=60)
ENOUGH = 10
"""Before this local hour the day before is taken."""
PRIORITY_LEVEL, NON_COMPLIANT_LEVEL = 1, 5
PRIORITY_PLACE, NON_COMPLIANT_PLACE = 1, 5

Progress = Callable[[int, int], None]


class SampleDay(msgspec.Struct, frozen=True):
    """What was lodged: the day, how many declarations on it, of each channel (1, 2, 3), and how many before it."""

    on: date
    total: int
    channels: dict[int, int]
    past: int


def lodge_sample_day(*, at: datetime, progress: Progress) -> SampleDay | None:
    """Lodge a slice of a practice world in an empty practice realm, all of it or nothing; None when there is some.

    Moments of lodging are spread over the hours of the day up to `at`, and over some days before it, whose
    declarations are paid, checked and cleared as far as they got by now. `progress` hears how many of how many are
    done. Raises NotAllowed outside a practice realm: invented trade never meets real trade.
    """
    check_practice_realm()
    if any_lodged():
        return None
    opens, closes = working_hours(at)
    slots = slots_until(opens, closes)
    for day in sorted({timezone.localdate(slot.moment) for slot in slots}):
        ensure_practice_rates(on=day, at=at)
    with transaction.atomic():
        _admit(slots, on=opens.date(), at=at)
        lodging, done = Batches(seed=SEED, source=SOURCE, at=at), Counter[str]()

        def tried() -> None:
            done["done"] += 1
            progress(done["done"], len(slots))

        kept = lodging.lodge(slots, tried)
        before = [one for one in kept if one.slot.moment < opens]
        live_through(before, at=at)
    channels = Counter(one.channel for one in kept[len(before) :])
    total = len(kept) - len(before)
    return SampleDay(on=opens.date(), total=total, channels=dict(sorted(channels.items())), past=len(before))


def working_hours(at: datetime) -> tuple[datetime, datetime]:
    """The hours of the sample day: this day up to now, or the whole day before when this one is young."""
    local = timezone.localtime(at)
    if local.hour < ENOUGH:
        local = (local - timedelta(days=1)).replace(hour=CLOSES, minute=0)
    opens = local.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return opens, min(local, local.replace(hour=CLOSES, minute=0, second=0, microsecond=0))


def _admit(slots: Iterable[Slot], *, on: date, at: datetime) -> None:
    """Make the enterprises, say what customs holds of them, and let the broker act for its clients."""
    actor = system_actor(SOURCE)
    heads = [slot.filing.head for slot in slots]
    sizes = Counter(head.trader_code for head in heads if head.trader_code != DEMO_ENTERPRISE)
    names = {head.trader_code: head.trader_name for head in heads}
    ensure_organization(actor=actor, kind="broker", code=DEMO_BROKER, name=DEMO_NAMES[DEMO_BROKER], at=at)
    for place, (code, _count) in enumerate(sizes.most_common(), 1):
        ensure_organization(actor=actor, kind="enterprise", code=code, name=names[code], at=at)
        level = level_of(place)
        if level is not None:
            assess_enterprise(
                actor=actor,
                tax_code=code,
                valid_from=on - ASSESSED_BEFORE,
                source="practice row for training, not an assessment",
                at=at,
                level=level,
                priority=level == PRIORITY_LEVEL,
            )
    for code in _clients(slots):
        give_mandate(actor=actor, enterprise=code, broker=DEMO_BROKER, at=at)


def _clients(slots: Iterable[Slot]) -> Sequence[str]:
    """Whom the demo broker lodges for; that it acts for the demo enterprise is known."""
    heads = (slot.filing.head for slot in slots)
    codes = {head.trader_code for head in heads if head.broker_code == DEMO_BROKER}
    return sorted(codes - {DEMO_ENTERPRISE})


def level_of(place: int) -> int | None:
    """Compliance level of the trader at a place by size: one priority enterprise, one that does not comply."""
    if place in (PRIORITY_PLACE, NON_COMPLIANT_PLACE):
        return PRIORITY_LEVEL if place == PRIORITY_PLACE else NON_COMPLIANT_LEVEL
    return (None, 2, 3, 4)[place % 4]
