"""Cases: goods that hang together by findings, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.classification.models.lines import Goods
from thongquan.clearance.classification.models.precedents import Precedent


class Case(models.Model):
    """Goods connected by findings. `became` is what an officer made of it; merged cases point to the one that stays."""

    office = models.CharField(max_length=6)
    codes = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=6, default="open")
    became = models.CharField(max_length=12, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-opened_at"], name="cases_by_state")]


class Member(models.Model):
    """Goods of a case: each goods is in one case at most, so that cases are connected components."""

    goods = models.OneToOneField(Goods, models.PROTECT, primary_key=True, related_name="membership")
    case = models.ForeignKey(Case, models.PROTECT, related_name="members")


class CaseStep(models.Model):
    """What was done with a case. `data` names what was made of it in another room."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=32)


class CaseRequest(models.Model):
    """A code that a case asks for: a `ruling` of those who rule, or a `notice` to be published.

    `state`: waiting, given, declined or withdrawn. `description` is what is told of the goods, and nobody's name;
    `importers` are the tax codes that hear of the answer, `names` what is blanked where it is published.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=8)
    office = models.CharField(max_length=6)
    importers = models.JSONField(default=list)
    names = models.JSONField(default=list)
    description = models.TextField()
    words = models.TextField()
    state = models.CharField(max_length=10, default="waiting")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=32)
    precedent = models.OneToOneField(Precedent, models.PROTECT, null=True, related_name="case_request")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=32, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="waiting"), name="one_waiting_request_of_case"
            ),
        ]
