"""What follows from the search for the same goods under other codes: a stricter channel, or a time-out written down.

Legal basis: Circular 38/2015/TT-BTC Art. 19.4 as amended: the channel may change on new information until the goods
arrive. How long release waits for the search is a house rule (`similar_goods_minutes`), not law.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.queries.findings import searched_versions
from thongquan.clearance.control.models import RequestedCheck
from thongquan.clearance.control.operations.channel import raise_channel
from thongquan.clearance.control.operations.releasing import clear_by_itself
from thongquan.clearance.control.queries.conditions import SIMILAR_GOODS
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand, stand_by_subject
from thongquan.clearance.declarations.queries.waiting import settled_since
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.codes import Code

SEARCHER, DOCUMENTS = "similar-goods", 2
MINUTES = "similar_goods_minutes"
_DEFAULT_MINUTES, _MOST = 10, 200
_LOOK_BACK = timedelta(days=30)


def follow_search(*, stand: Stand, alarms: int, at: datetime) -> None:
    """Raise the channel where the search found something, then clear what waited for nothing else.

    Where the channel cannot go up any more (the goods are there), that is written down and the alarm stays with the
    workbench. Idempotent.
    """
    if State(stand.state) not in STEPS[Step.RAISE_CHANNEL].moves:
        return
    if alarms and stand.channel < DOCUMENTS:
        _raise(stand, at)
    else:
        clear_by_itself(stand=stand, at=at)


def _raise(stand: Stand, at: datetime) -> None:
    """To the check of documents, with the code of the reason in place of words: it names nobody's goods."""
    actor = system_actor(SEARCHER)
    try:
        with transaction.atomic():
            raise_channel(
                actor=actor,
                number=stand.number,
                channel=DOCUMENTS,
                reason=Code.TQ_CHN_019,
                evidence={"code": Code.TQ_CHN_019},
                at=at,
            )
    except Refused:
        _write_down(stand, "good", at)


def log_search_time_outs(*, at: datetime) -> int:
    """Write down for which settled declarations the search has not reported in time; how many there were."""
    parameter = current_law().parameter(MINUTES, timezone.localdate(at))
    minutes = int(parameter.value) if parameter and parameter.value.isdigit() else _DEFAULT_MINUTES
    waiting = settled_since(since=at - _LOOK_BACK, until=at - timedelta(minutes=minutes), most=_MOST)
    known = searched_versions(waiting)
    told = set(
        RequestedCheck.objects.filter(declaration_id__in=waiting, name=SIMILAR_GOODS).values_list(
            "declaration_id", flat=True
        )
    )
    late = [key for key, version in waiting.items() if known.get(key, -1) < version and key not in told]
    for key in late:
        stand = stand_by_subject(f"declaration:{key}0")
        with suppress(Refused, NotAllowed):  # somebody moved it along in this very moment
            if stand is not None:
                _write_down(stand, "timed_out", at)
    return len(late)


def _write_down(stand: Stand, outcome: str, at: datetime) -> None:
    actor = system_actor(SEARCHER)
    with transaction.atomic():
        row, _is_new = RequestedCheck.objects.get_or_create(
            declaration_id=stand.key,
            name=SIMILAR_GOODS,
            defaults={"asked_by": actor.reference, "asked_at": stand.registered_at, "deadline": at},
        )
        if row.outcome == outcome:
            return
        row.outcome, row.reported_by, row.reported_at = outcome, actor.reference, at
        row.save(update_fields=["outcome", "reported_by", "reported_at"])
        told = {"check": SIMILAR_GOODS, "outcome": outcome}
        take_step(actor=actor, number=stand.number, step=Step.REPORT_CHECK, at=at, data=told, details=told)
