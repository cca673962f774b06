"""The register of border residents."""

from __future__ import annotations

from django.db import models


class Resident(models.Model):
    """A person of a commune of the border area. The row is the lock under which the quota is counted.

    `seen_on` is the day of the last form; `erased_at` says when the personal data were taken out.
    """

    full_name = models.CharField(max_length=120, blank=True)
    commune = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    seen_on = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seen_on"], name="residents_by_day")]


class Identity(models.Model):
    """A document that names a person: `card` (citizen card) or `pass` (border pass). One person may have both.

    `digest` is keyed with a secret of the installation, so that two counters cannot make two persons of one document.
    """

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=4)
    number = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32, unique=True)
