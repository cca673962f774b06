"""What is asked back, or asked not to be collected, and how customs decided.

Legal basis: Law 107/2016/QH13 Art. 19; Decree 134/2016/NĐ-CP Art. 33-37.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Claim(models.Model):
    """A claim of `kind` refund (paid tax back) or waiver (tax not collected), by its case of the law.

    `state`: requested, proposed, approved, refused. Two people of customs: one proposes, another decides. `grounds` and
    `finding` are words of people and stay out of the ledger.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=6)
    case = models.CharField(max_length=8)
    subject = models.CharField(max_length=32)
    tax_code = models.CharField(max_length=14)
    office = models.CharField(max_length=6)
    tax = models.CharField(max_length=16)
    asked_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    proposed_vnd = models.DecimalField(max_digits=20, decimal_places=0, null=True)
    decided_vnd = models.DecimalField(max_digits=20, decimal_places=0, null=True)
    state = models.CharField(max_length=10)
    grounds = models.TextField()
    finding = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    requested_by = models.CharField(max_length=32)
    requested_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=32, blank=True)
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tax_code", "-requested_at"], name="claims_of_trader"),
            models.Index(fields=["office", "state", "-requested_at"], name="claims_of_office"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "tax", "kind"],
                condition=Q(state__in=("requested", "proposed")),
                name="one_open_claim",
            ),
            models.CheckConstraint(condition=Q(asked_vnd__gt=0), name="claim_of_something"),
            models.CheckConstraint(condition=Q(proposed_vnd__lte=F("asked_vnd")), name="claim_proposed_within"),
            models.CheckConstraint(condition=Q(decided_vnd__lte=F("asked_vnd")), name="claim_decided_within"),
            models.CheckConstraint(condition=~Q(decided_by__gt="", decided_by=F("proposed_by")), name="claim_second"),
        ]
