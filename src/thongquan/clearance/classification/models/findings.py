"""Findings: a line and another of the same goods under another code; and what officers said of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from thongquan.clearance.classification.models.cases import Case
from thongquan.clearance.classification.models.lines import DeclaredLine


class Finding(models.Model):
    """A question for a person: may both codes be right? `score` is how much speaks for an alarm, 0 to 1.

    `stake_vnd` is the duty between both codes on the value of the line, `rank` what the workbench is ordered by.
    `evidence` holds likeness, agreement of numbers, parties, ratio of prices and the signs. `outcome` repeats the label
    that stands.
    """

    line = models.ForeignKey(DeclaredLine, models.PROTECT, related_name="findings")
    partner = models.ForeignKey(DeclaredLine, models.PROTECT, related_name="found_by")
    declaration = models.BigIntegerField()
    office = models.CharField(max_length=6)
    importer = models.CharField(max_length=14, blank=True)
    code = models.CharField(max_length=8)
    other_code = models.CharField(max_length=8)
    score = models.FloatField()
    evidence = models.JSONField(default=dict)
    stake_vnd = models.DecimalField(max_digits=20, decimal_places=0, null=True)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    rank = models.FloatField(default=0.0)
    found_at = models.DateTimeField()
    closed = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="findings")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "partner"], name="one_finding_of_two_lines")]
        indexes: ClassVar = [
            models.Index(fields=["office", "-rank"], condition=Q(outcome="", closed=False), name="open_two_codes"),
            models.Index(fields=["declaration"], name="two_codes_of_declaration"),
        ]


class Label(models.Model):
    """What an officer said of a finding. The last one not taken back stands; none is ever written over."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="labels")
    outcome = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=32)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(taken_back_at__isnull=True), name="one_standing_label"
            )
        ]
