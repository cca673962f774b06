"""The goods inspection: its officers, what was measured, what was found apart from what was declared, signatures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thongquan.clearance.control.models.checks import DocumentCheck


class Inspection(models.Model):
    """One inspection of goods; `version` is that of the declaration the act compares with.

    Open until two officers signed the same content: then `outcome` is `agrees` or `differs` and nothing changes.
    `drawn_on` is the day that entered the draw; `place` says where the goods stood.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="inspections")
    version = models.SmallIntegerField()
    office = models.CharField(max_length=6)
    drawn_on = models.DateField()
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=32)
    first = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "concluded_at"], name="inspections_of_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(concluded_at__isnull=True), name="one_open_inspection"
            )
        ]


class Assignment(models.Model):
    """An officer drawn for an inspection; who was replaced stays, with the reason and who replaced them."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="assignments")
    officer = models.CharField(max_length=32)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    replaced_by = models.CharField(max_length=32, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "until"], name="inspections_of_officer")]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "officer"], condition=Q(until__isnull=True), name="one_live_assignment"
            )
        ]


class InspectedLine(models.Model):
    """What was counted and weighed of one line. What was declared is not here: it stays in the document."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="lines")
    line = models.PositiveSmallIntegerField()
    agrees = models.BooleanField()
    quantity = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    unit = models.CharField(max_length=8, blank=True)
    packages = models.PositiveIntegerField(null=True)
    net_weight_kg = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    gross_weight_kg = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    note = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "line"], name="one_measure_per_line")]


class Finding(models.Model):
    """A coded finding of a check: what was declared and, apart from it, what was found. Models learn from these rows.

    `kind` is one of quantity, weight, origin, value, code, prohibited, ipr, or none where a line was looked at and
    nothing was found. Of a document check `check_of` is set, of an inspection `inspection`. Never changed once its
    check is concluded; while the act is open a finding taken back is deleted.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="findings")
    version = models.SmallIntegerField()
    inspection = models.ForeignKey(Inspection, models.CASCADE, null=True, related_name="findings")
    check_of = models.ForeignKey(DocumentCheck, models.CASCADE, null=True, related_name="findings")
    line = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=12)
    declared = models.CharField(max_length=500, blank=True)
    found = models.CharField(max_length=500, blank=True)
    unit = models.CharField(max_length=8, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["declaration", "kind"], name="findings_of_declaration")]
        constraints = [
            models.CheckConstraint(
                condition=Q(inspection__isnull=True) ^ Q(check_of__isnull=True), name="finding_of_one_check"
            )
        ]


class Signature(models.Model):
    """An officer's signature under an act: over the digest of all it says. A change of the act voids it."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="signatures")
    officer = models.CharField(max_length=32)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "officer"], condition=Q(void_at__isnull=True), name="one_live_signature"
            )
        ]
