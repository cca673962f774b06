"""How groups of traders are treated, as published day by day, and the alarms that stand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class TreatmentReport(models.Model):
    """What the public page shows from a day on: `content` is a `rules.treatment.Published`, small groups folded."""

    on = models.DateField(unique=True)
    at = models.DateTimeField()
    content = models.JSONField()


class TreatmentAlarm(models.Model):
    """A group that is opened more without finding more, from the night it was first seen until it is no longer so."""

    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=40)
    since = models.DateTimeField()
    evidence = models.JSONField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(ended_at=None), name="one_open_treatment_alarm"
            )
        ]
