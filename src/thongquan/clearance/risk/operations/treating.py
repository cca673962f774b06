"""Publishing how groups are treated, and the alarm of a group that is opened more without finding more.

Legal basis: Customs Law 54/2014/QH13 Art. 17: controls follow the risk, not the person.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.risk.models import Lodged, TreatmentAlarm, TreatmentReport
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.fairness import WINDOW, treatment
from thongquan.clearance.risk.queries.treatment import Published
from thongquan.rules.fairness import Group
from thongquan.rules.treatment import published


def publish_treatment(*, actor: Actor, at: datetime) -> int:
    """Write what the public page shows from today on, raise new alarms and end those that no longer stand.

    The same day again writes it anew. Gives how many alarms were raised. For programs. Raises `NotAllowed`.
    """
    check_may(actor, "risk.publish")
    told = treatment(at)
    content = Published(
        since=told.since,
        until=at,
        kinds={kind: published(groups, told.traders[kind]) for kind, groups in told.kinds.items()},
    )
    with transaction.atomic():
        values = {"at": at, "content": msgspec.to_builtins(content)}
        TreatmentReport.objects.update_or_create(on=timezone.localdate(at), defaults=values)
        standing = {(kind, group.key): group for kind, group in told.alarms}
        for alarm in TreatmentAlarm.objects.select_for_update().filter(ended_at=None):
            if standing.pop((alarm.kind, alarm.key), None) is None:
                TreatmentAlarm.objects.filter(pk=alarm.pk).update(ended_at=at)
                _tell(alarm, "treatment_ended", actor, at)
        for (kind, key), group in standing.items():
            _raise(kind, key, group, actor, at)
    return len(standing)


def _raise(kind: str, key: str, group: Group, actor: Actor, at: datetime) -> None:
    evidence = msgspec.to_builtins(group)
    _tell(TreatmentAlarm.objects.create(kind=kind, key=key, since=at, evidence=evidence), "treatment_alarm", actor, at)


def _tell(alarm: TreatmentAlarm, verb: str, actor: Actor, at: datetime) -> None:
    """Ledger row and message; the message names the offices whose people are told."""
    subject, told = f"treatment:{alarm.pk}", {"kind": alarm.kind, "key": alarm.key}
    record(action=f"risk.{verb}", subject=subject, actor=actor.reference, at=at, details=told)
    lodged = Lodged.objects.filter(registered_at__gte=at - WINDOW, registered_at__lte=at)
    offices = sorted(lodged.values_list("office", flat=True).distinct())
    payload = {**told, "number": alarm.key, "offices": offices}
    announce(kind=f"risk.{verb}", subject=subject, payload=payload, at=at)
