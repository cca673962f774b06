"""Acts as dated law, cases with their findings, and every word of those who propose and decide.

Subjects are typed references (`declaration:101234567890`); a case knows no room above its own.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Act(models.Model):
    """An act that the law forbids, from `valid_from` on; a later load withdraws what it corrects and adds a new row."""

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    article = models.CharField(max_length=120)
    fine_rule = models.CharField(max_length=8)
    fine_share = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    annex_group = models.CharField(max_length=8, blank=True)
    annex_verified = models.BooleanField()
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    name_zh = models.CharField(max_length=300)
    name_fr = models.CharField(max_length=300)
    valid_from = models.DateField()
    source = models.TextField()
    verified = models.BooleanField()
    loaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=models.Q(withdrawn_at=None), name="one_live_act"
            )
        ]


class Case(models.Model):
    """What was found wrong with one subject, until it is decided."""

    subject = models.CharField(max_length=64)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300, blank=True)
    office = models.CharField(max_length=6)
    state = models.CharField(max_length=12)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=32)
    decided_at = models.DateTimeField(null=True)
    fine_vnd = models.DecimalField(max_digits=20, decimal_places=0, null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tax_code", "-decided_at"], name="violations_of_trader"),
            models.Index(fields=["office", "-opened_at"], name="violations_of_office"),
            models.Index(fields=["subject"], name="violations_of_subject"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject"], condition=models.Q(state="open"), name="one_open_case")
        ]


class Finding(models.Model):
    """One act: what was declared, what was found, by whom, and the difference of duty in dong."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="findings")
    act = models.CharField(max_length=40)
    on = models.DateField()
    line = models.SmallIntegerField(null=True)
    declared = models.TextField()
    found = models.TextField()
    difference_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=32)
    withdrawn_at = models.DateTimeField(null=True)


class Move(models.Model):
    """A step of a case with its words: a proposal or decision carries the fines it rests on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    fine_vnd = models.DecimalField(max_digits=20, decimal_places=0, null=True)
    fines = models.JSONField(default=list)
