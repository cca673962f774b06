"""The specimen book: signatures and stamps that issuing authorities notified, each with the days it holds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Specimen(models.Model):
    """A signature or stamp of an issuer, `[valid_from, valid_to)`; withdrawn, never deleted."""

    country = models.CharField(max_length=2)
    issuer = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    holder = models.CharField(max_length=200, blank=True)
    picture = models.BinaryField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=32)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=32, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["country", "valid_from"], name="specimens_of_country")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="specimen_ends_after_it_begins",
            )
        ]
