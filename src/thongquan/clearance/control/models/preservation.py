"""Goods kept elsewhere until the result of a check is there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Preservation(models.Model):
    """A request to take goods to preservation, its answer, the arrival, and the result (Circular 38/2015 Art. 32).

    `place_kind` is `agency` (a place the agency names) or `own` (the declarant's store). `result_due` is the last
    moment for the result; after it the trader may preserve nothing more until the result is there.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="preservations")
    tax_code = models.CharField(max_length=14)
    office = models.CharField(max_length=6)
    place_kind = models.CharField(max_length=8)
    place = models.CharField(max_length=300)
    reason = models.TextField()
    requested_by = models.CharField(max_length=32)
    requested_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=32, blank=True)
    answered_at = models.DateTimeField(null=True)
    result_due = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.CharField(max_length=32, blank=True)
    result = models.CharField(max_length=8, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    result_at = models.DateTimeField(null=True)
    result_by = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tax_code"], name="preserved_without_result", condition=Q(granted=True, result="")),
            models.Index(fields=["office", "-requested_at"], name="preservations_of_office"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(granted__isnull=True), name="one_open_preservation_request"
            )
        ]
