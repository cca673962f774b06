"""Declarations of practice worlds with what really crossed, and the exercises in which officers judge them.

All of it exists in databases of the practice realm only. A truth is read through `queries`, which gives it to nobody
before they have decided.
"""

from __future__ import annotations

from django.db import models


class Specimen(models.Model):
    """A declaration of a practice world as it was lodged here, under the number it got.

    `registered_at` of the world was moved by `moved_days` whole days. `is_fraud` and `evaded_vnd` sum up its truths.
    """

    number = models.CharField(max_length=12, unique=True)
    office = models.CharField(max_length=6)
    seed = models.BigIntegerField()
    world_key = models.BigIntegerField()
    moved_days = models.IntegerField()
    is_fraud = models.BooleanField()
    is_clean = models.BooleanField()
    evaded_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seed", "world_key"], name="one_specimen_of_a_world")]
        indexes = [models.Index(fields=["office", "is_clean"], name="specimens_of_office")]


class Truth(models.Model):
    """What really crossed under a line of a specimen: dollars, kilograms, dong; `error` is an honest one."""

    specimen = models.ForeignKey(Specimen, models.CASCADE, related_name="truths")
    line = models.SmallIntegerField()
    hs = models.CharField(max_length=12)
    origin = models.CharField(max_length=2)
    quantity = models.DecimalField(max_digits=24, decimal_places=4)
    value_usd = models.DecimalField(max_digits=20, decimal_places=2)
    net_weight_kg = models.DecimalField(max_digits=20, decimal_places=3)
    regime = models.CharField(max_length=4)
    hidden_kg = models.DecimalField(max_digits=20, decimal_places=3)
    fraud = models.BooleanField()
    mechanism = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=16, blank=True)
    evaded_vnd = models.DecimalField(max_digits=20, decimal_places=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["specimen", "line"], name="one_truth_of_a_line")]


class Exercise(models.Model):
    """Some cases that one officer judges one after the other; over when the last is decided."""

    officer = models.CharField(max_length=32)
    office = models.CharField(max_length=6)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "-started_at"], name="exercises_of_officer")]
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=models.Q(ended_at__isnull=True), name="one_open_exercise"
            )
        ]


class Case(models.Model):
    """A specimen in an exercise. `decision`: pass, documents or open; `lines` are those that were doubted."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="cases")
    place = models.SmallIntegerField()
    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=9, blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "place"], name="one_case_of_a_place"),
            models.UniqueConstraint(fields=["exercise", "specimen"], name="one_case_of_a_specimen"),
        ]
