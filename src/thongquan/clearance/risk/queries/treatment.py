"""How groups are treated, as published: read by everyone, nothing in it tells of one trader."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.clearance.risk.models import TreatmentAlarm, TreatmentReport
from thongquan.rules.treatment import Shown

MOST_ALARMS = 20


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """The groups of each kind over a time."""

    since: datetime
    until: datetime
    kinds: dict[str, tuple[Shown, ...]]


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm that stands or stood, of a group that is published."""

    kind: str
    key: str
    since: datetime
    ended_at: datetime | None


def newest_treatment() -> Published | None:
    """What was published last; None before anything was."""
    row = TreatmentReport.objects.order_by("-on").first()
    return msgspec.convert(row.content, Published, strict=False) if row else None


def published_alarms(told: Published) -> list[Alarm]:
    """Alarms of the groups that are shown, the newest first; those of folded groups are left out."""
    shown = {(kind, one.key) for kind, groups in told.kinds.items() for one in groups}
    rows = TreatmentAlarm.objects.order_by("-since")[: 10 * MOST_ALARMS]
    found = [Alarm(kind=one.kind, key=one.key, since=one.since, ended_at=one.ended_at) for one in rows]
    return [one for one in found if (one.kind, one.key) in shown][:MOST_ALARMS]
