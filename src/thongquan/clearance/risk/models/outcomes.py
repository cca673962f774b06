"""What the model of risk learns from: lines of the own records as they were declared, and what became known of them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class TradeLine(models.Model):
    """A line as it was first lodged. `coded` are its words and `amounts` its numbers, in the order that `shape` names:
    `learning.risk.trade.CODED` and `AMOUNTS`. Rows of an older shape are made again.
    """

    number = models.CharField(max_length=12)
    line = models.PositiveSmallIntegerField()
    shape = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    imports = models.BooleanField()
    coded = ArrayField(models.TextField(null=True))
    amounts = ArrayField(models.FloatField(null=True))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number", "line"], name="one_line_of_trade")]
        indexes: ClassVar = [models.Index(fields=["at", "number", "line"], name="risk_trade_by_time")]


class Outcome(models.Model):
    """What became known of a line, and when: never before `known_at`.

    `source` is inspection, audit, codes or certificate; `found` says that something differed from what was declared,
    `kinds` what; `evaded_vnd` the duty and tax that the line owed above what was declared, as far as it is known.
    """

    number = models.CharField(max_length=12)
    line = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12)
    known_at = models.DateTimeField()
    found = models.BooleanField()
    kinds = models.JSONField(default=list)
    evaded_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "line", "source"], name="one_outcome_of_source")
        ]
        indexes: ClassVar = [models.Index(fields=["known_at"], name="risk_outcomes_by_time")]


class ModelRun(models.Model):
    """A training: who asked, how far it is (`done` of `total`), and what came of it. `outcome` is '' when it failed or
    is under way, else the version; `report` what was measured."""

    state = models.CharField(max_length=8)
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    version = models.CharField(max_length=32, blank=True)
    error = models.CharField(max_length=200, blank=True)
    report = models.JSONField(default=dict)


class DriftWeek(models.Model):
    """How far the trade stood from what a version learned, measured once a week."""

    model = models.ForeignKey("risk.ModelVersion", models.CASCADE, related_name="weeks")
    on = models.DateField()
    at = models.DateTimeField()
    told = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "on"], name="one_drift_of_week")]
