"""Short declarations of residents, their goods, their story, and what they took from the quota."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thongquan.clearance.residents.models.people import Resident
from thongquan.clearance.residents.states import PASSED


class ShortForm(models.Model):
    """Form HQ2019/TKNKBG (import) or HQ2019/TKXKBG (export). `number` is given at registration, from a series of ours.

    `code` opens a form prepared on a phone and verifies the receipt; `prepared` is what was typed there about the
    person, kept until an officer has seen the document. `on` is the local day of registration. Amounts are dong.
    """

    code = models.CharField(max_length=10, unique=True)
    number = models.CharField(max_length=12, unique=True, null=True)
    attempt = models.CharField(max_length=40, unique=True, null=True)
    flow = models.CharField(max_length=6)
    purpose = models.CharField(max_length=6)
    state = models.CharField(max_length=10)
    office = models.CharField(max_length=6, blank=True)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, related_name="forms")
    prepared = models.JSONField(default=dict)
    prepared_at = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3)
    plate = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    buyer = models.CharField(max_length=120, blank=True)
    on = models.DateField(null=True)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.CharField(max_length=32, blank=True)
    law_version = models.CharField(max_length=40, blank=True)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    free_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    over_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    totals_vnd = models.JSONField(default=dict)
    fee_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    missing = models.JSONField(default=list)
    must_inspect = models.BooleanField(default=False)
    inspected_at = models.DateTimeField(null=True)
    inspected_by = models.CharField(max_length=32, blank=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["office", "-registered_at"], name="forms_of_office"),
            models.Index(fields=["resident", "-on"], name="forms_of_resident"),
            models.Index(fields=["prepared_at"], name="forms_prepared", condition=Q(state="prepared")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(must_inspect=False)
                | Q(inspected_at__isnull=False)
                | ~Q(state__in=[state.value for state in PASSED]),
                name="inspected_before_passing",
            ),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(number__isnull=False) | Q(state="cancelled"), name="numbered_form"
            ),
        ]


class FormLine(models.Model):
    """One good of a form; `taxes` are those of the part above the quota as they were computed."""

    form = models.ForeignKey(ShortForm, models.CASCADE, related_name="lines")
    number = models.SmallIntegerField()
    hs = models.CharField(max_length=8)
    description = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=4, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    rate = models.CharField(max_length=10, blank=True)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    free_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    over_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    taxes = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_line_of_form")]


class FormEvent(models.Model):
    """A step of a form with its words, which stay out of the ledger."""

    form = models.ForeignKey(ShortForm, models.CASCADE, related_name="events")
    step = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)


class QuotaUse(models.Model):
    """What a form took from a person's quota; `given_back_at` when it was cancelled or refused."""

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="uses")
    form = models.OneToOneField(ShortForm, models.PROTECT, related_name="use")
    on = models.DateField()
    free_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["resident", "on"], name="uses_of_resident")]
