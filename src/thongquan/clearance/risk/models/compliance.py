"""Levels and ranks as reckoned, a row whenever they change, and the reckonings themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Compliance(models.Model):
    """Level and rank of an enterprise from a day on, with grounds and what would raise the level.

    A row of a day is written when anything in it differs from the row before; `facts` are the record it was made from.
    """

    tax_code = models.CharField(max_length=14)
    valid_from = models.DateField()
    level = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveSmallIntegerField()
    assessed = models.JSONField()
    facts = models.JSONField()
    law_version = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tax_code", "valid_from"], name="one_compliance_of_day"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(1, 5)), name="compliance_level"
            ),
            models.CheckConstraint(condition=models.Q(rank__range=(1, 9)), name="compliance_rank"),
        ]


class Reckoning(models.Model):
    """One reckoning of all enterprises: `state` is done or failed. After a failed one the results before it stand."""

    on = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8)
    enterprises = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
