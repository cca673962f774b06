"""What officers typed at the yard without network, received once."""

from __future__ import annotations

from django.db import models

from thongquan.clearance.control.models.inspections import Inspection


class KeptEntry(models.Model):
    """An entry of an act that was kept on a device: its key makes sure that it is written once.

    `typed_at` is the moment of the device; `told` is what the device was answered, so that asking again gives the same.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="kept_entries")
    officer = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    typed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="one_entry_per_key")]
