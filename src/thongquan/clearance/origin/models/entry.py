"""Papers being entered: what a machine read of them, and what a person made of it before anything was registered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.origin.models.certificates import Certificate


class Entry(models.Model):
    """A paper on its way to a certificate. `read` is what the machine found: texts, certainty by field, turns of
    pages; `changed` what the person who confirmed it wrote otherwise: path, read, given.
    """

    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12)
    file_id = models.BigIntegerField()
    file_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    pages = models.IntegerField(default=0)
    pages_read = models.IntegerField(default=0)
    read = models.JSONField(default=dict)
    signings = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=32, blank=True)
    changed = models.JSONField(default=list)
    certificate = models.OneToOneField(Certificate, models.PROTECT, null=True, related_name="entry")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-made_at"], name="entries_of_office"),
            models.Index(fields=["tax_code", "-made_at"], name="entries_of_trader"),
        ]
