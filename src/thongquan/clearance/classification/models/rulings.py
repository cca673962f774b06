"""Applications for an advance ruling on the code of goods, step by step to the decision.

Legal basis: Decree 08/2015/NĐ-CP Art. 24 as amended.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Ruling(models.Model):
    """An application and what came of it. `secret` names the fields that are never published.

    `complex` gives the longer term. `outcome` is what is proposed or was signed: issued, refused or ''. `number`,
    `valid_from` and `valid_to` stand from the second signature on; `[valid_from, valid_to)`.
    """

    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300, blank=True)
    goods = models.CharField(max_length=300)
    description = models.TextField()
    composition = models.TextField(blank=True)
    process = models.TextField(blank=True)
    use = models.TextField(blank=True)
    maker = models.CharField(max_length=300, blank=True)
    secret = models.JSONField(default=list)
    own_hs = models.CharField(max_length=8, blank=True)
    own_reasons = models.TextField(blank=True)
    state = models.CharField(max_length=10)
    complex = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, blank=True)
    hs = models.CharField(max_length=8, blank=True)
    reasons = models.TextField(blank=True)
    ground = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=32)
    decided_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-opened_at"], name="rulings_of_office"),
            models.Index(fields=["tax_code", "-opened_at"], name="rulings_of_trader"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="ruling_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="one_ruling_of_number"),
        ]


class RulingEvent(models.Model):
    """A step of an application: clocks are derived from these. `data` is what the step was about."""

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="events")
    step = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)
