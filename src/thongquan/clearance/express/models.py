"""Batches of low-value parcels: the carrier, the file as it arrives, what was judged of it, and checks of parcels.

Rows of parcels are only ever added: whether goods may go follows from the batch's money and the parcel's check.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thongquan.clearance.express.states import LIVE, BatchState


class Carrier(models.Model):
    """An enterprise that an office knows as an express operator from a moment on, until `ended_at`."""

    tax_code = models.CharField(max_length=14)
    office = models.CharField(max_length=6)
    name = models.CharField(max_length=300)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
    ended_by = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code", "office"], condition=Q(ended_at__isnull=True), name="one_carrier_of_office"
            )
        ]


class Batch(models.Model):
    """A file of parcels on its way. `received` bytes are here of `size`; the worker stands at `offset`, row `line`.

    `digest` is the SHA-256 of the whole file, announced by its sender or counted by the worker; `columns` is the first
    row of a CSV. `faults` (MessagePack) tells why a file was refused whole. Of `held` parcels `checked` are decided.
    Amounts are dong.
    """

    tax_code = models.CharField(max_length=14)
    office = models.CharField(max_length=6)
    carrier = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=32, default=b"")
    kind = models.CharField(max_length=6, blank=True)
    columns = models.TextField(blank=True)
    state = models.CharField(max_length=9, default=BatchState.RECEIVING)
    offset = models.BigIntegerField(default=0)
    line = models.IntegerField(default=1)
    parcels = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    checked = models.IntegerField(default=0)
    totals_vnd = models.JSONField(default=dict)
    fee_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    chunks = models.IntegerField(default=0)
    faults = models.BinaryField(default=b"")
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tax_code", "-at"], name="batches_of_carrier"),
            models.Index(fields=["office", "-at"], name="batches_of_office"),
            models.Index(fields=["office"], name="batches_to_check", condition=Q(held__gt=models.F("checked"))),
            models.Index(
                fields=["worked_at", "received_at"],
                name="batches_waiting",
                condition=Q(state__in=["waiting", "working"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code", "digest"],
                condition=Q(state__in=[str(state) for state in LIVE]) & ~Q(digest=b""),
                name="one_live_batch_of_a_file",
            ),
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="batch_within_its_size"),
        ]


class Part(models.Model):
    """Bytes of a file from `start` on, kept until the file is judged."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="parts")
    start = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "start"], name="one_part_at_a_place")]


class Chunk(models.Model):
    """Parcels judged in one transaction: the law they were judged by (MessagePack) and the root over their verdicts."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="pieces")
    number = models.IntegerField()
    at = models.DateTimeField()
    law = models.BinaryField()
    salt = models.BinaryField(max_length=16)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_chunk")]


class Parcel(models.Model):
    """A parcel as given and what was found of it. `place` counts parcels of the file, `line` is its first row.

    `given` is the parcel with its draw, `faults` what was wrong (both MessagePack); the verdict is made again from
    them and the chunk's law, and `leaf` proves that it is the same.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    chunk = models.IntegerField()
    place = models.IntegerField()
    line = models.IntegerField()
    consignment = models.CharField(max_length=35)
    tax_code = models.CharField(max_length=14)
    accepted = models.BooleanField()
    channel = models.SmallIntegerField(null=True)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    duty_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    vat_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    fee_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    given = models.BinaryField()
    faults = models.BinaryField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["batch"], name="parcels_held", condition=Q(channel__gt=1))]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="one_parcel_at_a_place"),
            models.UniqueConstraint(
                fields=["consignment", "tax_code"], condition=Q(accepted=True), name="one_parcel_of_a_carrier"
            ),
        ]


class Check(models.Model):
    """What an officer decided on a held parcel: `released`, or `refused` with the reason told to the carrier."""

    parcel = models.OneToOneField(Parcel, models.PROTECT, related_name="check_made")
    outcome = models.CharField(max_length=8)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
