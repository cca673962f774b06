"""Cases that an analyst builds from a chart: what was picked, the declarations, the question and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RiskCase(models.Model):
    """A question about some declarations. `picked` is the part of a chart that it was built from, as its filters.

    `offices` are those of its declarations. `handed` says whom it was given to: '' nobody, `officers` or `audit`;
    `outcome` is '' while it is open, then `confirmed`, `unfounded` or `unclear`.
    """

    title = models.CharField(max_length=120)
    question = models.CharField(max_length=600)
    picked = models.JSONField(default=dict)
    offices = models.JSONField(default=list)
    state = models.CharField(max_length=8)
    owner = models.CharField(max_length=32)
    opened_by = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    handed = models.CharField(max_length=8, blank=True)
    handed_at = models.DateTimeField(null=True)
    look_at = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    conclusion = models.CharField(max_length=600, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="risk_cases_by_state")]


class CaseItem(models.Model):
    """A declaration of a case, by its number: declarations stand above this room."""

    case = models.ForeignKey(RiskCase, models.CASCADE, related_name="items")
    number = models.CharField(max_length=12)
    office = models.CharField(max_length=6)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_item_of_case")]
        indexes: ClassVar = [models.Index(fields=["number"], name="risk_items_by_number")]


class CaseEvent(models.Model):
    """A step of a case with its words."""

    case = models.ForeignKey(RiskCase, models.CASCADE, related_name="events")
    step = models.CharField(max_length=8)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)
