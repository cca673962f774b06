"""Certificates that enterprises and agents sign with, whom customs trusts to issue them, and what was signed.

Legal basis: Circular 38/2015/TT-BTC Art. 5 as amended (digital signatures in customs procedures).
"""

from __future__ import annotations

from django.db import models


class Authority(models.Model):
    """An issuer of certificates that this installation trusts. `practice` authorities exist in practice realms only."""

    name = models.CharField(max_length=200)
    der = models.BinaryField()
    fingerprint = models.BinaryField(max_length=32, unique=True)
    practice = models.BooleanField(default=False)
    added_at = models.DateTimeField()


class Revocation(models.Model):
    """A certificate that its issuer has called back; `serial` is hexadecimal."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="revocations")
    serial = models.CharField(max_length=64)
    revoked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "serial"], name="one_revocation")]


class RevocationList(models.Model):
    """The newest list of revoked certificates taken over from an authority, whole and with its signature.

    `issued_at` and `next_at` are those of the list; without `next_at` it never counts as one in force.
    """

    authority = models.OneToOneField(Authority, models.PROTECT, related_name="revocation_list")
    der = models.BinaryField()
    issued_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField()


class Certificate(models.Model):
    """A certificate registered for an organization; `code` is its tax code. Times are those of the certificate."""

    code = models.CharField(max_length=20)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="certificates")
    serial = models.CharField(max_length=64)
    subject = models.CharField(max_length=300)
    fingerprint = models.BinaryField(max_length=32, unique=True)
    der = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    registered_by = models.CharField(max_length=32)
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"], name="certificates_of_code")]


class Seal(models.Model):
    """A certificate an office signs its papers with; its key lies in a file beside the database."""

    office = models.CharField(max_length=6)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="seals")
    serial = models.CharField(max_length=64)
    subject = models.CharField(max_length=300)
    fingerprint = models.BinaryField(max_length=32, unique=True)
    der = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    installed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office"], name="seals_of_office")]


class Signature(models.Model):
    """A signature that was verified: over which bytes, for which subject, by which certificate."""

    subject = models.CharField(max_length=64)
    digest = models.BinaryField(max_length=32)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="signatures")
    value = models.TextField()
    actor = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="signatures_of_subject")]
