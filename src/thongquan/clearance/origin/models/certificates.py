"""Certificates of origin, the balance of each of their lines, who used them, and everything said about them.

The paper as registered is kept whole (`content`, a `rules.origin.certificate.Paper`); columns beside it serve
search. Who uses it is a typed reference (`declaration:...`): this room knows no room above its own.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Certificate(models.Model):
    """A registered proof of origin. `folded` and `keys` find its number again with one character altered."""

    agreement = models.CharField(max_length=12)
    form = models.CharField(max_length=12)
    number = models.CharField(max_length=40)
    folded = models.CharField(max_length=40)
    keys = ArrayField(models.CharField(max_length=40))
    goods_print = models.CharField(max_length=32, blank=True)
    country = models.CharField(max_length=2)
    issued_on = models.DateField(null=True)
    exporter = models.CharField(max_length=300, blank=True)
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12)
    content = models.JSONField()
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=32)
    grade = models.CharField(max_length=8, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["keys"], name="certificates_by_keys"),
            models.Index(fields=["goods_print"], name="certificates_by_goods"),
            models.Index(fields=["office", "-registered_at"], name="certificates_of_office"),
            models.Index(fields=["tax_code", "-registered_at"], name="certificates_of_trader"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["folded", "country"],
                condition=~models.Q(state="withdrawn"),
                name="one_live_certificate",
            )
        ]


class Item(models.Model):
    """A line of a certificate with its balance; the database itself refuses to overdraw it.

    `is_refused`: a verification ended against this line alone, nothing more may use it.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="items")
    number = models.IntegerField()
    hs = models.CharField(max_length=8, blank=True)
    description = models.TextField(blank=True)
    criterion = models.CharField(max_length=24, blank=True)
    quantity = models.DecimalField(max_digits=24, decimal_places=6)
    unit = models.CharField(max_length=3, blank=True)
    used = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    is_refused = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "number"], name="one_item_of_number"),
            models.CheckConstraint(
                condition=models.Q(used__gte=0, used__lte=models.F("quantity")), name="never_overdrawn"
            ),
        ]


class Use(models.Model):
    """What one line of a subject uses of an item; given back when the subject is amended or cancelled."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="uses")
    subject = models.CharField(max_length=64)
    line = models.IntegerField()
    quantity = models.DecimalField(max_digits=24, decimal_places=6)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject"], condition=models.Q(given_back_at=None), name="uses_of_subject")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "subject", "line"], condition=models.Q(given_back_at=None), name="one_live_use"
            )
        ]


class Check(models.Model):
    """A check of a certificate, alone or against a declaration, with everything found."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="checks")
    subject = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    grade = models.CharField(max_length=8)
    findings = models.JSONField()
    outcomes = models.JSONField()


class Event(models.Model):
    """A step in the life of a certificate, with its words."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
