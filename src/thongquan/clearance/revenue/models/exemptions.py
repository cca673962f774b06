"""Exemption lists: goods an enterprise may bring in free of duty, written down by every declaration that uses them.

Legal basis: Law 107/2016/QH13 Art. 16; Decree 134/2016/NĐ-CP Art. 30 as amended by 18/2021 (list notified before the
first import, written down line by line).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ExemptionList(models.Model):
    """A list of exempt goods. `state`: proposed, registered, refused, closed; `number` has twelve digits."""

    number = models.CharField(max_length=12, unique=True)
    tax_code = models.CharField(max_length=14)
    office = models.CharField(max_length=6)
    exemption = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    valid_to = models.DateField(null=True)
    proposed_by = models.CharField(max_length=32)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tax_code", "-at"], name="exemptions_of_trader"),
            models.Index(fields=["office", "state", "-at"], name="exemptions_of_office"),
        ]


class ExemptionLine(models.Model):
    """Goods of a list: how much of them is exempt and how much was used. Its row is the lock of every use."""

    list = models.ForeignKey(ExemptionList, models.PROTECT, related_name="lines")
    number = models.IntegerField()
    hs = models.CharField(max_length=8, blank=True)
    description = models.CharField(max_length=200)
    unit = models.CharField(max_length=4)
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    used = models.DecimalField(max_digits=18, decimal_places=4, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="one_exemption_line"),
            models.CheckConstraint(
                condition=Q(used__gte=0) & Q(used__lte=F("quantity")), name="exemption_within_quantity"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="exemption_of_something"),
        ]


class ExemptionUse(models.Model):
    """What one line of a declaration took from a line of a list."""

    line = models.ForeignKey(ExemptionLine, models.PROTECT, related_name="uses")
    subject = models.CharField(max_length=32)
    declaration_line = models.IntegerField()
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["line", "-at"], name="uses_of_exemption_line")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "declaration_line"], name="one_use_of_declaration_line"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="exemption_use_positive"),
        ]
