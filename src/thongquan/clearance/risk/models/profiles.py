"""Risk profiles with their story and their dry runs, and the version of the set that is live."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Profile(models.Model):
    """A rule that an analyst wrote. `revision` counts changes of the draft.

    `channel` is what a hit asks for (2 documents, 3 goods); `look_at` is told to the officer who checks; the name is
    for analysts alone. `lists` are lists of risk goods one of which must name a line too. `expected_share` is the share
    of declarations it should hit, `cap` the most hits of a day, `priority` the order in which profiles are read.
    `paused_on` is the day on which the cap was reached. `replaces` is the live profile that this one follows.
    """

    name = models.CharField(max_length=120)
    expression = models.TextField()
    lists = models.JSONField(default=list)
    channel = models.PositiveSmallIntegerField()
    look_at = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    owner = models.CharField(max_length=32)
    valid_from = models.DateField()
    valid_to = models.DateField()
    expected_share = models.DecimalField(max_digits=6, decimal_places=5)
    cap = models.PositiveIntegerField()
    priority = models.PositiveSmallIntegerField(default=50)
    state = models.CharField(max_length=12)
    revision = models.IntegerField(default=0)
    changed_by = models.CharField(max_length=32)
    changed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=32, blank=True)
    approved_by = models.CharField(max_length=32, blank=True)
    live_at = models.DateTimeField(null=True)
    paused_on = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)
    evidence = models.JSONField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="risk_profiles_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(channel__in=(2, 3)), name="profile_channel"),
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="profile_period"),
        ]


class ProfileRun(models.Model):
    """A dry run of a profile at a revision on declarations registered in [since, until); `outcome` is its result."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="runs")
    revision = models.IntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=8)
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.JSONField(null=True)


class ProfileEvent(models.Model):
    """A step of a profile with its words."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="events")
    step = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)


class LiveSet(models.Model):
    """One row: the version of what is live. Every change of a live profile or of a list counts it up."""

    version = models.BigIntegerField(default=0)
