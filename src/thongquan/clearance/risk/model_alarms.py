"""The alarm about a model that cannot be relied on: written once for as long as the trouble lasts, told to analysts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.risk.model_states import Trouble
from thongquan.clearance.risk.models import Lodged, ModelAlarm, ModelVersion

ALARM, ALARM_OVER = "risk.model_alarm", "risk.model_whole_again"
OF_FILES = (Trouble.MISSING, Trouble.DAMAGED)
OF_WATCH = (Trouble.DRIFT, Trouble.FOREIGN)


def subject_of(version: str) -> str:
    """The typed reference of a version."""
    return f"riskmodel:{version}"


def raise_alarm(
    *, model: int, trouble: Trouble, instead: str, at: datetime, told: Mapping[str, object] | None = None
) -> bool:
    """Raise the alarm about a version unless it is raised already; whether it was raised now.

    `instead` is the version that stands in, '' when rules and chance select alone.
    """
    with transaction.atomic():
        version = ModelVersion.objects.values_list("version", flat=True).get(pk=model)
        _row, fresh = ModelAlarm.objects.get_or_create(
            model_id=model,
            trouble=trouble,
            ended_at=None,
            defaults={"at": at, "instead": instead, "told": dict(told or {})},
        )
        if fresh:
            _tell(ALARM, version, {"trouble": str(trouble), "instead": instead}, at)
    return fresh


def end_alarms(*, model: int, at: datetime, troubles: Collection[Trouble] = OF_FILES) -> bool:
    """End alarms about what is well again, files unless told otherwise; whether there were any."""
    with transaction.atomic():
        by = system_actor("risk").reference
        ended = ModelAlarm.objects.filter(model=model, trouble__in=troubles, ended_at=None).update(
            ended_at=at, ended_by=by
        )
        if ended:
            version = ModelVersion.objects.values_list("version", flat=True).get(pk=model)
            _tell(ALARM_OVER, version, {}, at)
    return bool(ended)


def _tell(kind: str, version: str, details: dict[str, object], at: datetime) -> None:
    subject = subject_of(version)
    record(action=kind, subject=subject, actor=system_actor("risk").reference, at=at, details=details)
    announce(kind=kind, subject=subject, payload={"version": version, **details, "offices": offices_known()}, at=at)


def offices_known() -> list[str]:
    """The offices whose declarations stand here: their analysts and directors are told of models."""
    return sorted(Lodged.objects.order_by().values_list("office", flat=True).distinct())
