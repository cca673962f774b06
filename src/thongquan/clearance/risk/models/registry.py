"""Versions of the model of risk: what each learned from, what it is worth, where it stands; proposals and alarms."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.risk.model_states import Mode, Role


class ModelVersion(models.Model):
    """A model whose files lie under the data directory, in the folder of its version.

    `version` is the digest of all that makes it. `source` tells what it learned from: `own` records or a practice
    `world`; `since` and `until` are the moments of the first and last line, `lines` and `found` how many were opened
    and how many of them were fraud; `counts` the labels by where they came from. `measures` is what it was worth on the
    last fifth of the time, which it was not fitted on. `mode` is that of the champion, or what a former champion had.
    `failed_at` is set when it fell: its files were not whole, or the trade moved away from it.
    """

    version = models.CharField(max_length=32, unique=True)
    role = models.CharField(max_length=10)
    mode = models.CharField(max_length=8, default=Mode.SHADOW.value)
    source = models.CharField(max_length=8)
    world = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    lines = models.IntegerField()
    found = models.IntegerField()
    counts = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)
    measures = models.JSONField(default=dict)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=32)
    seated_at = models.DateTimeField(null=True)
    seated_by = models.CharField(max_length=32, blank=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(role=Role.CHAMPION.value), name="one_champion_of_risk"
            ),
            models.CheckConstraint(condition=models.Q(role__in=[one.value for one in Role]), name="model_role"),
            models.CheckConstraint(condition=models.Q(mode__in=[one.value for one in Mode]), name="model_mode"),
        ]
        indexes: ClassVar = [models.Index(fields=["-registered_at"], name="risk_models_newest")]


class ModelProposal(models.Model):
    """A step that one person proposes and another decides: the seat of the champion, or the champion's next mode.

    `outcome` is empty while it waits, then approved, refused, withdrawn, or overtaken by a fall.
    """

    model = models.ForeignKey(ModelVersion, models.PROTECT, related_name="proposals")
    asked = models.CharField(max_length=8)
    mode = models.CharField(max_length=8)
    why = models.TextField()
    proposed_by = models.CharField(max_length=32)
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)
    decided_by = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["model"], condition=models.Q(outcome=""), name="one_open_proposal_of_model"
            ),
        ]


class ModelEvent(models.Model):
    """A step of a version with its words."""

    model = models.ForeignKey(ModelVersion, models.CASCADE, related_name="events")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)


class ModelAlarm(models.Model):
    """A version that cannot be relied on: told once, open until somebody ended it or its files are whole again.

    `trouble` is one of `model_states.Trouble`; `instead` the version that stands in, '' for rules and chance alone.
    """

    model = models.ForeignKey(ModelVersion, models.CASCADE, related_name="alarms")
    trouble = models.CharField(max_length=8)
    told = models.JSONField(default=dict)
    instead = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["model", "trouble"], condition=models.Q(ended_at=None), name="one_open_alarm_of_model"
            ),
        ]
