"""Copies of what officers did, the signals made of them, and the cases in which somebody is asked.

Copies and signals are deleted after the days of a parameter; so are cases, so many days after their end.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class DoneAct(models.Model):
    """A step that an officer took with a declaration.

    `lodger` is the tax code of the broker, or of the trader where none lodged. `minutes` lie between the step and the
    one before it; `outcome` is that of a check. `officer` is whom an assignment was to, `actor` whose step it was.
    """

    declaration = models.BigIntegerField()
    place = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=6)
    step = models.CharField(max_length=24)
    at = models.DateTimeField()
    officer = models.CharField(max_length=32)
    lodger = models.CharField(max_length=14, blank=True)
    hour = models.PositiveSmallIntegerField()
    minutes = models.IntegerField()
    outcome = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["declaration", "place"], name="one_act_of_step")]
        indexes: ClassVar = [models.Index(fields=["office", "at"], name="acts_of_office")]


class Signal(models.Model):
    """Something about an officer's work that differs beyond chance, as of a day; counts as in `rules.integrity`."""

    kind = models.CharField(max_length=12)
    office = models.CharField(max_length=6)
    officer = models.CharField(max_length=32)
    lodger = models.CharField(max_length=14, blank=True)
    on = models.DateField()
    since = models.DateField()
    part = models.IntegerField()
    of = models.IntegerField()
    part_all = models.IntegerField()
    of_all = models.IntegerField()
    chance = models.DecimalField(max_digits=7, decimal_places=6)
    corrected = models.DecimalField(max_digits=7, decimal_places=6)
    looked_at = models.IntegerField()
    examples = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "office", "officer", "lodger", "on"], name="one_signal_of_day")
        ]
        indexes: ClassVar = [models.Index(fields=["office", "-on"], name="signals_of_office")]


class Case(models.Model):
    """A question to an officer, the answer, and the end with its ground; `end` is explained, measures or passed_on."""

    kind = models.CharField(max_length=12)
    office = models.CharField(max_length=6)
    officer = models.CharField(max_length=32)
    lodger = models.CharField(max_length=14, blank=True)
    figures = models.JSONField()
    state = models.CharField(max_length=10)
    question = models.TextField()
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, blank=True)
    ground = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=32, blank=True)
    ended_by = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "office", "officer", "lodger"],
                condition=~models.Q(state="ended"),
                name="one_open_integrity_case",
            )
        ]


class CaseEvent(models.Model):
    """A step of a case. The ledger has only a digest of its words and its person, under the salt that stays here."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    step = models.CharField(max_length=10)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    salt = models.BinaryField()
