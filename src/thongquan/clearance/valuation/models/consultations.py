"""Consultations on the customs value, with everything said, found and decided in them.

The declared value stays with the declaration; what customs found stands here, beside its whole derivation.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Consultation(models.Model):
    """A consultation on one import. `lines` are those in question; `outcome` is '', `accepted` or `rejected`."""

    declaration = models.OneToOneField("declarations.Declaration", models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    subject = models.CharField(max_length=64)
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300)
    registered_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    lines = models.JSONField()
    ground = models.TextField()
    by_band = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=32)
    due_on = models.DateField()
    outcome = models.CharField(max_length=8, blank=True)
    reasoning = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=32, blank=True)
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-opened_at"], name="consultations_of_office"),
            models.Index(fields=["tax_code", "-opened_at"], name="consultations_of_trader"),
        ]


class Happening(models.Model):
    """A step of a consultation with its words."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="events")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)


class Question(models.Model):
    """A question to the declarant with its day, and the answer."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=32)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=32, blank=True)


class Determination(models.Model):
    """The value of a line by one of the methods; `tree` is the whole derivation. The newest of a line counts."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="determinations")
    line = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=11)
    declared_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    unit_vnd = models.DecimalField(max_digits=24, decimal_places=4)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    tree = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=32)
    withdrawn_at = models.DateTimeField(null=True)


class Reassessed(models.Model):
    """Duties decided again with the values found; facts and decision as bytes, so that it can be replayed."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="reassessments")
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    facts = models.BinaryField()
    decision = models.BinaryField()
    rows = models.JSONField()
    short_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    determinations = models.JSONField()
