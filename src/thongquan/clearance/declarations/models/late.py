"""Proofs of origin that are awaited after lodging: announced, asked for by a new code, proving another code, doubted.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (announced), 13 (new code), 16 (proof of the declared code's criterion),
19 (MFN while a doubt lasts: the certificate is there, and an officer is to accept it).
"""

from __future__ import annotations

from django.db import models

from thongquan.clearance.declarations.models.core import Declaration

ANNOUNCED, REDETERMINED, DIFFERING, DOUBTED = "announced", "redetermined", "differing", "doubted"
WAITING, FILED, GRANTED, LAPSED, DROPPED = "", "filed", "granted", "lapsed", "dropped"
_LIVE = [WAITING, FILED]


class LateProof(models.Model):
    """A proof awaited for one line, under a preferential schedule ('' for any), from a moment on.

    `due_at` serves order and search; the clock itself is derived anew (`queries.late`). `guaranteed`: the difference of
    duty is secured meanwhile. `hs` is a code determined anew, `found` what an audit found beside it. `certificate` is
    the identity of the certificate filed; `outcome` is empty while nothing came, then filed, and granted, lapsed or
    dropped in the end.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="late_proofs")
    line = models.SmallIntegerField()
    kind = models.CharField(max_length=12)
    schedule = models.CharField(max_length=8, blank=True)
    guaranteed = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    hs = models.CharField(max_length=12, blank=True)
    found = models.JSONField(default=list)
    certificate = models.BigIntegerField(null=True)
    number = models.CharField(max_length=40, blank=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["outcome", "due_at"], name="late_proofs_by_term"),
            models.Index(fields=["certificate"], condition=models.Q(outcome="filed"), name="late_proofs_filed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "line", "kind"],
                condition=models.Q(outcome__in=_LIVE),
                name="one_awaited_proof",
            )
        ]
