"""Cases of verification: the certificates in doubt, what was asked and answered, the letters, and what followed.

Who used a certificate is a typed reference (`declaration:...`); what followed for it is told by the room above.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.origin.models.certificates import Certificate


class Verification(models.Model):
    """A case on certificates of one trader, agreement and issuing country. `why`: `doubt` or `random`.

    `doubts` are `rules.origin.verifying.Doubt`s; `answer` is what was recorded of the authority, `outcome` what the
    case came to: accepted, refused or partly.
    """

    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300, blank=True)
    agreement = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    issuer = models.CharField(max_length=300, blank=True)
    exporter = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=6)
    doubts = models.JSONField()
    state = models.CharField(max_length=10)
    answer = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=32)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-opened_at"], name="verifications_of_office"),
            models.Index(fields=["tax_code", "-opened_at"], name="verifications_of_trader"),
        ]


class Verified(models.Model):
    """A certificate of a case; `is_open` until the case is closed. `refused` are its lines that were refused."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="certificates")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="verifications")
    is_open = models.BooleanField(default=True)
    refused = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate"], condition=models.Q(is_open=True), name="one_open_verification"
            ),
            models.UniqueConstraint(fields=["verification", "certificate"], name="one_certificate_of_case"),
        ]


class CaseEvent(models.Model):
    """A step of a case: clocks are derived from these. `data` is what the step was about."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="events")
    step = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)


class CaseLetter(models.Model):
    """A letter to the issuing authority. `kind`: request, reminder or visit; signed by another than who wrote it.

    `papers` are the files it became when it was signed, by language; `sealed`: that these are signed electronically.
    """

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=8)
    addressee = models.CharField(max_length=300)
    contact = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    languages = models.JSONField()
    answer_by = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=32, blank=True)
    papers = models.JSONField(default=dict)
    sealed = models.BooleanField(default=False)


class Consequence(models.Model):
    """What a closed case came to for one that used a certificate: written once by the room of the user."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="consequences")
    subject = models.CharField(max_length=64)
    what = models.CharField(max_length=12)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verification", "subject"], name="one_consequence"),
        ]


class VerificationDraw(models.Model):
    """A draw for the random share: with which chance, from which seed, and whether it fell. Never drawn again."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="drawn")
    subject = models.CharField(max_length=64)
    propensity = models.DecimalField(max_digits=6, decimal_places=5)
    source = models.TextField()
    seed = models.CharField(max_length=64)
    value = models.DecimalField(max_digits=12, decimal_places=12)
    picked = models.BooleanField()
    at = models.DateTimeField()
    verification = models.ForeignKey(Verification, models.PROTECT, null=True, related_name="draws")
