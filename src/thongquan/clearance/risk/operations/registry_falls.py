"""Falling back: when the trade moved away from the champion, the last good version takes its seat at once.

Automatic, in the cautious direction alone: nothing is let in further by a program. Where no version holds, the champion
keeps its seat and is let in no further than the shadow, so that rules and chance select.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.model_alarms import raise_alarm
from thongquan.clearance.risk.model_states import Mode, Role, Step, Trouble, not_beyond
from thongquan.clearance.risk.models import ModelVersion
from thongquan.clearance.risk.operations.registry import champion_locked, happened, overtake, whole
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.champions import forget_champion


def fall_back(*, actor: Actor, told: Mapping[str, Any], good: frozenset[str], at: datetime) -> str:
    """Take the champion out of its seat for drift, and seat the last version before it that holds on the same lines.

    `good` are the versions that were measured and hold; `told` is what was measured. Gives the version that sits now:
    the champion itself, in the shadow, when none holds. Raises `NotAllowed`, `NotFound` without a champion.
    """
    check_may(actor, "risk.fall_back")
    with transaction.atomic():
        row = champion_locked()
        former = _former(row, good)
        raise_alarm(
            model=row.pk, trouble=Trouble.DRIFT, instead=former.version if former else "", at=at, told=dict(told)
        )
        if former is None:
            _into_the_shadow(row, actor, at)
        else:
            _give_way(row, former, actor, at)
        transaction.on_commit(forget_champion)
    return former.version if former else row.version


def _former(row: ModelVersion, good: frozenset[str]) -> ModelVersion | None:
    rows = ModelVersion.objects.exclude(seated_at=None).filter(failed_at=None, version__in=good).exclude(pk=row.pk)
    return next((one for one in rows.order_by("-seated_at") if not whole(one)), None)


def _into_the_shadow(row: ModelVersion, actor: Actor, at: datetime) -> None:
    before = row.mode
    if before == Mode.SHADOW:
        return
    row.mode = Mode.SHADOW
    row.save(update_fields=["mode"])
    overtake(row, actor.reference, at)
    happened(row, Step.FALL, actor.reference, at, data={"from": before, "mode": str(row.mode), "to": ""})


def _give_way(row: ModelVersion, former: ModelVersion, actor: Actor, at: datetime) -> None:
    mode = not_beyond(Mode(row.mode), Mode(former.mode))
    row.role, row.failed_at, row.failure = Role.RETIRED, at, Trouble.DRIFT
    row.save(update_fields=["role", "failed_at", "failure"])
    overtake(row, actor.reference, at)
    happened(row, Step.FALL, actor.reference, at, data={"to": former.version, "mode": str(mode)})
    former.role, former.mode, former.seated_at, former.seated_by = Role.CHAMPION, mode, at, actor.reference
    former.save(update_fields=["role", "mode", "seated_at", "seated_by"])
    happened(former, Step.FALL, actor.reference, at, data={"for": row.version, "mode": str(mode)})
