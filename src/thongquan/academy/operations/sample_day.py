"""Bringing a practice realm to life: a sample day, lodged through the real operations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.academy.samples import (
    clients_of_broker,
    goods_under,
    level_of,
    sample_traders,
    shipped_goods,
)
from thongquan.base.accounts.operations import assess_enterprise, ensure_organization, give_mandate
from thongquan.base.accounts.operations.demo import DEMO_BROKER, DEMO_ENTERPRISE, DEMO_NAMES
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.realm import realm_name
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.queries import any_lodged
from thongquan.clearance.tariff.queries import current_law
from thongquan.practice import Enterprise, sample_day
from thongquan.rules.document import Document

SEED = "sample"
ASSESSED_BEFORE = timedelta(days=60)
OPENS, CLOSES, ENOUGH = 7, 19, 10
"""Local hours between which samples are lodged; before the third, the day before is taken."""

Progress = Callable[[int, int], None]


class SampleDay(msgspec.Struct, frozen=True):
    """What was lodged: the day, how many declarations, and how many of each channel (1, 2, 3)."""

    on: date
    total: int
    channels: dict[int, int]


def lodge_sample_day(*, at: datetime, progress: Progress) -> SampleDay | None:
    """Lodge a day of invented trade in an empty practice realm, all of it or nothing; None when there is some already.

    Moments of lodging are spread over the hours of the day up to `at`. `progress` hears how many of how many are done.
    Raises NotAllowed outside a practice realm: invented trade never meets real trade.
    """
    if realm_name() != "practice":
        raise NotAllowed("realm")
    if any_lodged():
        return None
    opens, closes = working_hours(at)
    on = opens.date()
    goods = goods_under(current_law(), on, shipped_goods())
    demo = Enterprise(tax_code=DEMO_ENTERPRISE, name=DEMO_NAMES[DEMO_ENTERPRISE], weight=20)
    broker = Enterprise(tax_code=DEMO_BROKER, name=DEMO_NAMES[DEMO_BROKER])
    traders = sample_traders(SEED, demo)
    clients = {client.tax_code: broker for client in clients_of_broker(traders)}
    documents = sample_day(SEED, on, goods, traders, brokers=clients)
    with transaction.atomic():
        _admit(traders, broker, list(clients), on=on, at=at)
        channels = _lodge_all(documents, traders, opens, closes, progress)
    return SampleDay(on=on, total=len(documents), channels=channels)


def working_hours(at: datetime) -> tuple[datetime, datetime]:
    """The hours of the sample day: this day up to now, or the whole day before when this one is young."""
    local = timezone.localtime(at)
    if local.hour < ENOUGH:
        local = (local - timedelta(days=1)).replace(hour=CLOSES, minute=0)
    opens = local.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return opens, min(local, local.replace(hour=CLOSES, minute=0, second=0, microsecond=0))


def _admit(traders: Sequence[Enterprise], broker: Enterprise, clients: list[str], *, on: date, at: datetime) -> None:
    """Make the enterprises, say what customs holds of them, and let the broker act for its clients."""
    actor = system_actor("sample")
    ensure_organization(actor=actor, kind="broker", code=broker.tax_code, name=broker.name, at=at)
    for place, trader in enumerate(traders):
        ensure_organization(actor=actor, kind="enterprise", code=trader.tax_code, name=trader.name, at=at)
        level = level_of(place)
        if level is not None:
            assess_enterprise(
                actor=actor,
                tax_code=trader.tax_code,
                valid_from=on - ASSESSED_BEFORE,
                source="practice row for training, not an assessment",
                at=at,
                level=level,
                priority=level == 1,
            )
        if trader.tax_code in clients and trader.tax_code != DEMO_ENTERPRISE:
            give_mandate(actor=actor, enterprise=trader.tax_code, broker=broker.tax_code, at=at)


def _lodge_all(
    documents: Sequence[Document],
    traders: Sequence[Enterprise],
    opens: datetime,
    closes: datetime,
    progress: Progress,
) -> dict[int, int]:
    actor = system_actor("sample", enterprises=[trader.tax_code for trader in traders])
    step = (closes - opens) / len(documents)
    channels: Counter[int] = Counter()
    for place, document in enumerate(documents, 1):
        lodged = lodge_declaration(actor=actor, document=document, at=opens + place * step, source="sample")
        channels[lodged.decision.channel or 0] += 1
        progress(place, len(documents))
    return dict(sorted(channels.items()))
