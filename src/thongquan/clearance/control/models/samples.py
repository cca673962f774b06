"""Samples sent for analysis, and specialized inspections asked of other agencies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thongquan.clearance.control.models.inspections import Inspection


class Sample(models.Model):
    """A set of equal samples of one line under seals, sent for analysis (Circular 14/2015/TT-BTC Art. 10-11).

    Kept until `kept_until`; the result is due on `due_on`. `result` is `agrees`, `differs`, or empty while awaited.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="samples")
    line = models.PositiveSmallIntegerField()
    seals = models.JSONField(default=list)
    question = models.CharField(max_length=500, blank=True)
    laboratory = models.CharField(max_length=200)
    is_complex = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=32)
    kept_until = models.DateField()
    due_on = models.DateField()
    result = models.CharField(max_length=8, blank=True)
    found = models.CharField(max_length=500, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    result_at = models.DateTimeField(null=True)
    result_by = models.CharField(max_length=32, blank=True)


class SpecializedInspection(models.Model):
    """A specialized inspection (quarantine, quality, food safety) asked of another agency, and its result.

    `kind` and `code` are those of the condition on the goods (`quarantine`, `PQ`); no `lines` means all. `result` is
    `passed`, `failed`, or empty while awaited (Customs Law Art. 35). One open request per kind and code.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="specialized")
    kind = models.CharField(max_length=24)
    code = models.CharField(max_length=24, blank=True)
    agency = models.CharField(max_length=200)
    lines = models.JSONField(default=list)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=32)
    result = models.CharField(max_length=8, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True)
    result_by = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "kind", "code"],
                condition=Q(result_at__isnull=True),
                name="one_open_specialized_inspection",
            )
        ]
