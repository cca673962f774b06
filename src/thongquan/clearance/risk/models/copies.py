"""The room's own copy of what it reckons with, fed by events: declarations with what became of them, decided acts.

Declarations stand above this room, so nothing here is a foreign key into them; every row can be made again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Lodged(models.Model):
    """A declaration as it was decided at lodging, and what the checks of it found. Amounts in dong.

    `drawn` says that the random draw chose it; `profiles` are identities of the profiles that hit. `checked` is '',
    `documents` or `goods`, the highest concluded check; `found` is None until a check is concluded. `recovered_vnd` is
    what is due now above what was first declared due.
    """

    number = models.CharField(max_length=12, unique=True)
    registered_at = models.DateTimeField()
    office = models.CharField(max_length=6)
    gate = models.CharField(max_length=12, blank=True)
    flow = models.CharField(max_length=6)
    regime = models.CharField(max_length=3, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    trader_name = models.CharField(max_length=300, blank=True)
    lodged_by = models.CharField(max_length=32)
    origin = models.CharField(max_length=2, blank=True)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    channel = models.PositiveSmallIntegerField()
    drawn = models.BooleanField(default=False)
    profiles = models.JSONField(default=list)
    ended = models.BooleanField(default=False)
    checked = models.CharField(max_length=9, blank=True)
    found = models.BooleanField(null=True)
    found_kinds = models.JSONField(default=list)
    recovered_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    check_minutes = models.IntegerField(default=0)
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tax_code", "registered_at"], name="risk_lodged_of_trader"),
            models.Index(fields=["registered_at"], name="risk_lodged_by_time"),
        ]


class LodgedLine(models.Model):
    """A line of goods as declared; `unit_value_vnd` is its customs value by unit of quantity."""

    lodged = models.ForeignKey(Lodged, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    hs = models.CharField(max_length=12)
    origin = models.CharField(max_length=2, blank=True)
    unit = models.CharField(max_length=8, blank=True)
    quantity = models.DecimalField(max_digits=20, decimal_places=4)
    net_weight_kg = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    unit_value_vnd = models.DecimalField(max_digits=24, decimal_places=4, null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["lodged", "number"], name="one_copy_of_line")]
        indexes: ClassVar = [models.Index(fields=["hs", "origin", "unit"], name="risk_lines_of_goods")]


class DecidedAct(models.Model):
    """An act of a decided case of violation; rows of a case are replaced together when it changes."""

    case = models.BigIntegerField()
    tax_code = models.CharField(max_length=14)
    on = models.DateField()
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    annex_group = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tax_code", "on"], name="risk_acts_of_trader")]
