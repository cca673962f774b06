"""The room's own copy of what verifications of origin came to, fed by `origin.verification.closed`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class VerifiedProof(models.Model):
    """A certificate of a closed verification: known from `closed_at`, never before.

    `issuer` and `exporter` are keys for comparing (`queries.proofs.key_of`), '' where the paper named none.
    `by_chance`: the random share chose it, not a doubt. `wrong`: refused whole or in some lines. `uses` are the lines
    refused of each declaration that used it, by number of declaration: labels for whoever learns from outcomes.
    """

    verification = models.BigIntegerField()
    number = models.CharField(max_length=60)
    agreement = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    issuer = models.CharField(max_length=300, blank=True)
    exporter = models.CharField(max_length=300, blank=True)
    tax_code = models.CharField(max_length=14)
    by_chance = models.BooleanField()
    wrong = models.BooleanField()
    uses = models.JSONField(default=dict)
    closed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verification", "number"], name="one_verdict_of_certificate")
        ]
        indexes: ClassVar = [models.Index(fields=["closed_at"], name="risk_proofs_by_time")]
