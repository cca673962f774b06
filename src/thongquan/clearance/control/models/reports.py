"""Checks that other rooms asked for before goods may be released."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RequestedCheck(models.Model):
    """A check of a declaration that runs elsewhere (similar goods, documents): release waits for it.

    `outcome` is empty while awaited, then `good`, `bad` or `timed_out`; after `deadline` its time-out is written down.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="requested_checks")
    name = models.CharField(max_length=24)
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)
    reported_by = models.CharField(max_length=32, blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["deadline"], name="checks_awaited", condition=Q(outcome=""))]
        constraints = [models.UniqueConstraint(fields=["declaration", "name"], name="one_request_per_check")]
