"""Writing down what this process measured and that it is alive. Nobody acts here: it is the program that reports."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from thongquan.insight.status.measuring import SLOTS, Measures, Pulse, hour_from
from thongquan.insight.status.models import Answers, Beats

KEPT = timedelta(days=90, hours=1)
SLOT_BYTES = SLOTS // 8


def write_measures(*, measures: Measures, at: datetime) -> int:
    """Write what has changed; returns how many rows. What cannot be written is kept for the next time."""
    rows = measures.changed()
    try:
        Answers.objects.bulk_create(
            [
                Answers(
                    hour=hour_from(key.hour),
                    process=measures.process,
                    group=key.group,
                    outcome=key.outcome,
                    requests=requests,
                    buckets=packed,
                )
                for key, requests, packed in rows
            ],
            update_conflicts=True,
            unique_fields=["hour", "group", "outcome", "process"],
            update_fields=["requests", "buckets"],
        )
    except BaseException:
        measures.put_back(key for key, _, _ in rows)
        raise
    return len(rows)


def write_beat(*, process: str, source: str, pulse: Pulse, at: datetime) -> None:
    """Say that this process is alive and reaches the database; a beat that fails was none, also afterwards."""
    hour, bits = pulse.with_beat(at.timestamp())
    Beats.objects.bulk_create(
        [
            Beats(
                hour=hour_from(hour),
                process=process,
                source=source,
                slots=bits.to_bytes(SLOT_BYTES, "little"),
                last_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["hour", "source", "process"],
        update_fields=["slots", "last_at"],
    )
    pulse.keep(hour, bits)


def forget_old(*, at: datetime) -> int:
    """Delete what is older than 90 days; returns how many rows."""
    with transaction.atomic():
        answers, _ = Answers.objects.filter(hour__lt=at - KEPT).delete()
        beats, _ = Beats.objects.filter(hour__lt=at - KEPT).delete()
    return answers + beats
