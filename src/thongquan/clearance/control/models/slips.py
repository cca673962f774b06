"""Exit slips, and every time one was shown at a gate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ExitSlip(models.Model):
    """The right of one vehicle to leave once through one gate within [valid_from, valid_until)."""

    serial = models.CharField(max_length=10, unique=True)
    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="exit_slips")
    number = models.CharField(max_length=12)
    office = models.CharField(max_length=6)
    plate = models.CharField(max_length=20)
    gate = models.CharField(max_length=12)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    code = models.TextField()
    issued_by = models.CharField(max_length=32)
    issued_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=32, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["declaration", "id"], name="slips_of_declaration")]


class SlipUse(models.Model):
    """A slip shown at a gate: `verdict` is `passed`, `double` (passed elsewhere before) or `refused`, with `codes`.

    `shown_at` is when the vehicle stood there, `recorded_at` when customs' database learned of it; `key` is the same
    for the same use uploaded twice. The database lets only one use of a slip be `passed`.
    """

    key = models.CharField(max_length=64, unique=True)
    slip = models.ForeignKey(ExitSlip, models.PROTECT, null=True, related_name="uses")
    serial = models.CharField(max_length=24, blank=True)
    plate = models.CharField(max_length=20, blank=True)
    gate = models.CharField(max_length=12)
    office = models.CharField(max_length=6)
    shown_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    officer = models.CharField(max_length=32)
    offline = models.BooleanField(default=False)
    verdict = models.CharField(max_length=8)
    codes = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["gate", "-shown_at"], name="uses_at_gate"),
            models.Index(fields=["slip"], name="uses_of_slip"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slip"], condition=Q(verdict="passed"), name="one_pass_per_slip")
        ]
