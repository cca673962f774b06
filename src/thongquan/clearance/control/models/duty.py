"""Who is on duty at an office, and when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class DutyTurn(models.Model):
    """An officer's turn of duty at an office, for the half-open period [starts_at, ends_at).

    Entered and withdrawn by the team leader; a withdrawn turn is kept, since draws were made with it.
    """

    office = models.CharField(max_length=6)
    officer = models.CharField(max_length=32)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    entered_by = models.CharField(max_length=32)
    entered_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=32, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "ends_at"], name="duty_of_office")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_period")]
