"""Applications for export certificates, everything said about them, and the counters of their references.

The application is kept whole (`content`, a `rules.origin.outbound.Application`); columns beside it serve search.
`issued_*` is what the issuer gave: this program issues nothing.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Outbound(models.Model):
    """An application. `replaces` is the issued one it is to replace; `office` that of the export, if named."""

    reference = models.CharField(max_length=40, unique=True)
    agreement = models.CharField(max_length=12)
    form = models.CharField(max_length=12)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300, blank=True)
    office = models.CharField(max_length=6, blank=True)
    state = models.CharField(max_length=12)
    content = models.JSONField()
    edition = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    handed_at = models.DateTimeField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    issued_number = models.CharField(max_length=40, blank=True)
    issued_folded = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tax_code", "-made_at"], name="outbound_of_trader"),
            models.Index(fields=["office", "-made_at"], name="outbound_of_office"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "issued_folded"],
                condition=~models.Q(issued_folded=""),
                name="one_issued_number",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~models.Q(state__in=["refused", "cancelled"]),
                name="one_live_replacement",
            ),
        ]


class OutboundEvent(models.Model):
    """A step in the life of an application, with its words."""

    outbound = models.ForeignKey(Outbound, models.PROTECT, related_name="events")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)


class OutboundCounter(models.Model):
    """The last serial given out under a key (agreement and year); a serial is never given twice."""

    key = models.CharField(max_length=24, primary_key=True)
    last = models.BigIntegerField()
