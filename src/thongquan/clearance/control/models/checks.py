"""The document check: its points, what each one came to, and the conclusion."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class DocumentCheck(models.Model):
    """One going-through of a declaration's documents; `version` is that of the declaration looked at.

    Open until concluded: then `outcome` is `agrees` or `differs` and nothing in it changes any more.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="document_checks")
    version = models.SmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=32)
    outcome = models.CharField(max_length=8, blank=True)
    note = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(concluded_at__isnull=True), name="one_open_document_check"
            )
        ]


class CheckPoint(models.Model):
    """A point of the checklist and its outcome: `agrees`, `differs` (declared, found), `missing`, or not yet."""

    check_of = models.ForeignKey(DocumentCheck, models.CASCADE, related_name="points")
    code = models.CharField(max_length=24)
    place = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, blank=True)
    line = models.PositiveSmallIntegerField(null=True)
    declared = models.CharField(max_length=500, blank=True)
    found = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "code"], name="one_point_per_code")]
