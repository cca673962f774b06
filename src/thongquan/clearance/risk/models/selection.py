"""Selection: what each office can open in an hour, what the model said of a declaration, and what nights remembered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OfficeHour(models.Model):
    """What an office can open in the hour that begins at `begins_at`, as reckoned before it began.

    `minutes` of officers are there, `mandatory_minutes` go to what the law orders, each opening takes `minutes_each`;
    so many declarations are `expected`. `threshold` is the rank from which the model opens (null: nothing), `share`
    the probability of chance. `capped` are traders of whom the model may open no more today.
    """

    office = models.CharField(max_length=6)
    begins_at = models.DateTimeField()
    minutes = models.IntegerField()
    mandatory_minutes = models.IntegerField()
    minutes_each = models.IntegerField()
    expected = models.DecimalField(max_digits=9, decimal_places=2)
    exploration = models.DecimalField(max_digits=4, decimal_places=3)
    trade_off = models.DecimalField(max_digits=4, decimal_places=3)
    ranks = models.IntegerField()
    threshold = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    share = models.DecimalField(max_digits=8, decimal_places=6)
    capped = models.JSONField(default=list)
    model = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "begins_at"], name="one_hour_of_office")]


class DeclarationScore(models.Model):
    """What the model said of a declaration at lodging. `mode` is how far it was let in then; `opened` that it asked for
    an inspection, and `would` that it would have, had it been let in. `reasons` are meanings with their weights.
    """

    number = models.CharField(max_length=12, unique=True)
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14, blank=True)
    at = models.DateTimeField()
    mode = models.CharField(max_length=8)
    model = models.CharField(max_length=32)
    past = models.CharField(max_length=32)
    line = models.PositiveSmallIntegerField()
    probability = models.DecimalField(max_digits=8, decimal_places=6)
    rank = models.DecimalField(max_digits=12, decimal_places=6)
    duty_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    threshold = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    share = models.DecimalField(max_digits=8, decimal_places=6)
    drawn = models.BooleanField(default=False)
    opened = models.BooleanField(default=False)
    would = models.BooleanField(default=False)
    channel = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    vectors = models.BinaryField(default=bytes)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "at"], name="risk_scores_of_office")]


class NightPast(models.Model):
    """What a night remembered of the past: `version` is the digest of its files under the data directory."""

    version = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    lines = models.IntegerField()
    outcomes = models.IntegerField()
    features = models.IntegerField()
